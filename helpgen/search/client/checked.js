/**
 * Parsed JSON of an index → checked values. Twin of checked.py: every check throws for anything unexpected, so that nothing
 * but plain strings and numbers of the right kind gets further. Tables are Maps, never objects with names from outside.
 */

import { ANALYSIS_VERSION, contentTerms, singleTerms, tokens } from "./analysis.js";
import { decodeNumbers } from "./codec.js";
import { must, SearchError } from "./errors.js";
import { readFacets } from "./facets.js";
import { deltaDecoded, readRanges } from "./ranges.js";

export const FORMAT_VERSION = 8;

/** A hit's address: relative, no scheme, no host, no way up. */
const URL_PATTERN = /^(?![/\\])(?!.*(?:^|\/)\.\.(?:\/|$))[^:\\?#\x00-\x20]*$/;
const FILE_PATTERN = /^excerpts\/[0-9a-f]{12}\.json$/;
const GENERATION_PATTERN = /^[0-9a-f]{12}$/;
const DIGESTS_PATTERN = /^[A-Za-z0-9_-]*$/;
/** Letters of one digest in a shard's name. */
const DIGEST = 4;
const MOST_SHARE = 1 << 12;
const MOST = 1 << 20;
/** How many constants of the ranking there are. */
const CONSTANTS = 22;

/**
 * @typedef {{
 *   idfPower: number, stop: number, stopKeywords: number, unigramQuestion: number, unigramKeywords: number,
 *   questionLength: number, wordPair: number, triple: number, synonymPercent: number, pinyin: number, initials: number,
 *   stemPercent: number, prefixPercent: number, fuzzyPercent: number,
 *   coordinationQuestion: number, coordinationKeywords: number, titleQuestion: number,
 *   titleKeywords: number, titleCharacters: number, nearQuestion: number, nearKeywords: number, nearText: number,
 * }} Rank
 * @typedef {{
 *   locale: string, generation: string, unitCount: number, documentOf: number[], firstUnit: number[],
 *   terms: import("./ranges.js").Ranges, titles: number, traditional: boolean, syllables: Set<string>, stems: boolean,
 *   endings: Set<string>, questionWords: Set<string>, stopWords: Set<string>, talkWords: Set<string>, rank: Rank, synonyms: Synonym[], files: Map<string, unknown>, shards: Record<Kind, string[]>,
 *   facets: import("./facets.js").Facets,
 * }} Manifest  `shards` are the files of each kind; `terms` tells where a term is
 * @typedef {"terms" | "titles" | "typos"} Kind
 * @typedef {{phrase: string[], asked: string[], found: string[]}} Synonym
 *   a phrase as its single characters and words, the terms that stand for it, and those of what is found instead
 * @typedef {{
 *   key: string, url: string, title: string, path: string[], faq: boolean, excerptFile: string, units: [string, string][],
 *   questions: string[], fingerprints: Set<number>,
 * }} Row  `units` are [anchor, heading], ["", ""] for the first; `fingerprints` stand for questions that are not told
 * @typedef {[anchor: string, heading: string, text: string]} Section
 */

/**
 * @param {unknown} value
 * @returns {Manifest}
 */
export function manifest(value) {
  const data = mapping(value);
  if (data.get("format") !== FORMAT_VERSION || data.get("analysis") !== ANALYSIS_VERSION) {
    throw new SearchError("version", "another version of helpgen wrote the index");
  }
  const documents = count(data.get("documents"));
  const titles = Math.max(1, count(data.get("titles")));
  const { firstUnit, documentOf } = groups(text(data.get("groups")), documents, count(data.get("units")));
  const ranges = readRanges(beginsOf(data.get("terms")), decodeNumbers(text(data.get("parts"))), count(data.get("characters")));
  const digests = mapping(data.get("digests"));
  const share = count(data.get("share"));
  const filesOf = (/** @type {Kind} */ kind, /** @type {number} */ most) => shardFiles(kind, digests, share, most);
  const known = mapping(data.get("words"));
  return {
    locale: text(data.get("locale")),
    generation: matching(data.get("generation"), GENERATION_PATTERN),
    unitCount: documentOf.length,
    documentOf,
    firstUnit,
    terms: ranges,
    titles,
    traditional: Boolean(data.get("traditional")),
    syllables: new Set(text(data.get("syllables")).split(" ").filter(Boolean)),
    stems: Boolean(data.get("stems")),
    endings: new Set(list(data.get("endings"), text)),
    questionWords: new Set(list(known.get("question"), text)),
    stopWords: new Set(list(known.get("stop"), text)),
    talkWords: new Set(list(known.get("talk"), text)),
    rank: rankOf(data.get("rank")),
    synonyms: synonymsOf(data.get("synonyms")),
    facets: readFacets(new Map(Array.from(mapping(data.get("facets")), ([kind, values]) => [kind, mapping(values)])), documents),
    files: data.has("files") ? mapping(data.get("files")) : new Map(),
    shards: {
      terms: filesOf("terms", ranges.begins.length + ranges.characters),
      titles: filesOf("titles", Math.ceil(documents / titles)),
      typos: filesOf("typos", count(data.get("typos"))),
    },
  };
}

/**
 * The terms of a shard and their posting lists; there may be none.
 * @param {unknown} value
 * @returns {{terms: string[], lists: string[]}}
 */
export function terms(value) {
  const [first, second] = tuple(value, 2);
  if (first === "" && second === "") return { terms: [], lists: [] };
  const found = { terms: lines(first), lists: lines(second) };
  must(found.terms.length === found.lists.length, "a list a term");
  return found;
}

/**
 * The documents of a title shard.
 * @param {unknown} value
 * @returns {Row[]}
 */
export function rows(value) {
  const data = mapping(value);
  const paths = list(data.get("paths"), (path) => list(path, text));
  return list(data.get("rows"), (item) => {
    const [key, url, title, path, faq, excerptFile, units, questions, fingerprints] = tuple(item, 9);
    const place = count(path);
    must(place < paths.length, "a path");
    return {
      key: text(key),
      url: matching(url, URL_PATTERN),
      title: text(title),
      path: paths[place],
      faq: Boolean(faq),
      excerptFile: matching(excerptFile, FILE_PATTERN),
      units: [["", ""], ...list(units, (unit) => /** @type {[string, string]} */ (tuple(unit, 2).map(text)))],
      questions: list(questions, text),
      fingerprints: new Set(decodeNumbers(text(fingerprints))),
    };
  });
}

/**
 * The sections of a document.
 * @param {unknown} value
 * @returns {Section[]}
 */
export function sections(value) {
  return list(value, (item) => /** @type {Section} */ (tuple(item, 3).map(text)));
}

/**
 * A table of two strings of equal length.
 * @param {unknown} value
 * @returns {Map<string, string>}
 */
export function pairs(value) {
  const [one, other] = tuple(value, 2).map((item) => Array.from(text(item)));
  must(one.length === other.length, "even columns");
  return new Map(one.map((character, at) => [character, other[at]]));
}

/**
 * A string of lines, at least one.
 * @param {unknown} value
 */
function lines(value) {
  return text(value).split("\n");
}

/**
 * Every pair of two that mean the same, and of what is asked and found; each phrase is taken apart once.
 * @param {unknown} value
 * @returns {Synonym[]}
 */
function synonymsOf(value) {
  const [twoWay, oneWay] = tuple(value, 2).map((part) => list(part, (texts) => list(texts, phraseOf)));
  const pair = (/** @type {Phrase} */ one, /** @type {Phrase} */ other) => ({ ...one, found: other.asked });
  return [
    ...twoWay.flatMap((all) => all.flatMap((one) => all.filter((other) => other !== one).map((other) => pair(one, other)))),
    ...oneWay.flatMap(([asked, ...others]) => others.map((other) => pair(asked, other))),
  ];
}

/**
 * @typedef {{phrase: string[], asked: string[]}} Phrase
 * @param {unknown} value
 * @returns {Phrase}
 */
function phraseOf(value) {
  const found = tokens(text(value));
  return { phrase: singleTerms(found), asked: contentTerms(found) };
}

/**
 * The files of the shards of one kind. One digest stands for `share` neighbours.
 * @param {Kind} kind
 * @param {Map<string, unknown>} digests
 * @param {number} share
 * @param {number} most
 * @returns {string[]}
 */
function shardFiles(kind, digests, share, most) {
  const digits = matching(digests.get(kind), DIGESTS_PATTERN);
  must(share >= 1 && share <= MOST_SHARE && digits.length === Math.ceil(most / share) * DIGEST, "a digest a shard");
  return Array.from({ length: most }, (_, at) => {
    const start = Math.floor(at / share) * DIGEST;
    return `${kind}/${at}-${digits.slice(start, start + DIGEST)}.json`;
  });
}

/**
 * Where shards begin; there may be none.
 * @param {unknown} value
 */
function beginsOf(value) {
  return value === null ? [] : deltaDecoded(lines(value));
}

/**
 * The constants of the ranking in the order in which Python names them; one by one, so that shipping can shorten their names.
 * @param {unknown} value
 * @returns {Rank}
 */
function rankOf(value) {
  const [
    idfPower, stop, stopKeywords, unigramQuestion, unigramKeywords, questionLength, wordPair, triple, synonymPercent,
    pinyin, initials, stemPercent, prefixPercent, fuzzyPercent, coordinationQuestion, coordinationKeywords,
    titleQuestion, titleKeywords, titleCharacters, nearQuestion, nearKeywords, nearText,
  ] = tuple(value, CONSTANTS).map(number);
  return {
    idfPower, stop, stopKeywords, unigramQuestion, unigramKeywords, questionLength, wordPair, triple, synonymPercent,
    pinyin, initials, stemPercent, prefixPercent, fuzzyPercent, coordinationQuestion, coordinationKeywords,
    titleQuestion, titleKeywords, titleCharacters, nearQuestion, nearKeywords, nearText,
  };
}

/**
 * The first unit of each document and the document of each unit, from the documents that have several.
 * @param {string} digits
 * @param {number} documents
 * @param {number} units
 */
function groups(digits, documents, units) {
  const numbers = decodeNumbers(digits);
  must(numbers.length % 2 === 0, "pairs");
  /** @type {Map<number, number>} */
  const extra = new Map();
  let document = 0;
  let sum = documents;
  for (let at = 0; at < numbers.length; at += 2) {
    document += numbers[at];
    sum += numbers[at + 1];
    extra.set(document, numbers[at + 1]);
  }
  must(sum === units, "all units");
  /** @type {number[]} */
  const firstUnit = [];
  /** @type {number[]} */
  const documentOf = [];
  for (let one = 0; one < documents; one += 1) {
    firstUnit.push(documentOf.length);
    for (let more = extra.get(one) ?? 0; more >= 0; more -= 1) documentOf.push(one);
  }
  return { firstUnit, documentOf };
}

/**
 * @param {unknown} value
 * @returns {Map<string, unknown>}
 */
function mapping(value) {
  must(typeof value === "object" && value && !Array.isArray(value), "a mapping");
  return new Map(Object.entries(value));
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function text(value) {
  must(typeof value === "string", "a text");
  return value;
}

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 */
function matching(value, pattern) {
  must(pattern.test(text(value)), "an address");
  return text(value);
}

/**
 * @param {unknown} value
 * @returns {number}
 */
function number(value) {
  must(typeof value === "number" && Number.isFinite(value), "a number");
  return value;
}

/** @param {unknown} value */
function count(value) {
  const found = number(value);
  must(Number.isInteger(found) && found >= 0 && found < MOST, "a count");
  return found;
}

/**
 * @template T
 * @param {unknown} value
 * @param {(item: unknown) => T} check
 * @returns {T[]}
 */
function list(value, check) {
  must(Array.isArray(value), "a list");
  return value.map((item) => check(item));
}

/**
 * @param {unknown} value
 * @param {number} length
 * @returns {unknown[]}
 */
function tuple(value, length) {
  must(Array.isArray(value) && value.length === length, "a row");
  return value;
}
