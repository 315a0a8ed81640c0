/**
 * Asks the queries of a build of its own index, with its own scripts, in Node 20 or later.
 *
 *   node canaries.mjs <folder of the scripts> <
 *     {files: {locale: {name: [offset, bytes]}}, folders: {locale: path}, asked: [{locale, query, limit}], seconds}
 *
 * The files stand in `indexes.pack` in that folder. Those that are not given are read from the folder of their language.
 *
 * Prints {answers}: for each query {keys, reads} or {refusal, reads}, null when the seconds were over before its turn; or
 * {broken} when the scripts do not load. `reads` are the files that the answer depends on, also those that an earlier query
 * has read. Leaves with code 20 if this Node is too old.
 */

import { openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const OLDEST = 20;
if (Number(process.versions.node.split(".")[0]) < OLDEST) process.exit(OLDEST);

const { files, folders, asked, seconds } = JSON.parse(readFileSync(0, "utf8"));

const pack = openSync(join(process.argv[2], "indexes.pack"), "r");

/** What the question that is being answered depends on. */
let reads = new Set();

/** Neighbours among the questions are of many languages, but a text is remembered in the form of one. */
const BLOCK = 60;
/** Characters of text that the search remembers: of a sample every question has the same few hundred articles among its hits. */
const REMEMBERED = 400_000;

async function answerAll() {
  const { memory, openSearch } = await import(pathToFileURL(join(process.argv[2], "engine.js")).href);
  memory.limit = REMEMBERED;
  const note = (name) => reads.add(name);
  const indexes = new Map(Object.keys(files).map((locale) => [locale, openSearch({ base: "/search/", locale, fetch, note })]));
  const started = performance.now();
  const answers = [];
  for (const number of inBlocks()) {
    const { locale, query, limit } = asked[number];
    const late = seconds > 0 && performance.now() - started > seconds * 1000;
    answers[number] = late ? null : await answer(indexes.get(locale), query, limit);
  }
  return answers;
}

/** The numbers of the questions, block by block, those of one language together. */
function inBlocks() {
  const numbers = [];
  for (let start = 0; start < asked.length; start += BLOCK) {
    const block = Array.from(asked.slice(start, start + BLOCK), (_, at) => start + at);
    numbers.push(...block.sort((one, other) => asked[one].locale.localeCompare(asked[other].locale) || one - other));
  }
  return numbers;
}

async function answer(index, query, limit) {
  reads = new Set();
  try {
    const { hits } = await index.search(query, { limit });
    return { keys: hits.map((hit) => hit.key), reads: Array.from(reads) };
  } catch (error) {
    return { refusal: String(error), reads: Array.from(reads) };
  }
}

/** The built files in the place of the network. */
async function fetch(url) {
  const [locale, ...name] = url.replace("/search/", "").split("/");
  const text = textOf(decodeURIComponent(locale), name.join("/"));
  return { ok: text !== undefined, status: text === undefined ? 404 : 200, text: async () => text };
}

function textOf(locale, name) {
  if (Object.hasOwn(files[locale], name)) return packed(...files[locale][name]);
  if (!Object.hasOwn(folders, locale)) return undefined;
  try {
    return readFileSync(join(folders[locale], name), "utf8");
  } catch {
    return undefined;
  }
}

/** @param {number} offset @param {number} length */
function packed(offset, length) {
  const bytes = Buffer.alloc(length);
  readSync(pack, bytes, 0, length, offset);
  return bytes.toString("utf8");
}

let result;
try {
  result = { answers: await answerAll() };
} catch (error) {
  result = { broken: String(error?.stack ?? error) };
}
process.stdout.write(JSON.stringify(result));
