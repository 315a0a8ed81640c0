// Asks the same questions with one set of ranking constants after another: node ablate.mjs <client folder> <index folder> <locale>
// < {queries, ranks} > a line of JSON for each of the ranks: for each query the keys of its ten best hits
//
// The constants travel in the manifest, so each set gets a manifest of its own; all other files are read once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [client, folder, locale] = process.argv.slice(2);
const { openSearch } = await import(pathToFileURL(join(client, "engine.js")).href);
const { queries, ranks } = JSON.parse(readFileSync(0, "utf8"));
const texts = new Map();

/** @param {string} name */
function textOf(name) {
  if (!texts.has(name)) texts.set(name, readFileSync(join(folder, name), "utf8"));
  return texts.get(name);
}

for (const rank of ranks) {
  const manifest = JSON.stringify({ ...JSON.parse(textOf(`${locale}/manifest.json`)), rank });
  const fetch = async (/** @type {string} */ url) => {
    const name = decodeURIComponent(new URL(url, "http://index/").pathname.slice(1));
    return { ok: true, status: 200, text: async () => (name.endsWith("/manifest.json") ? manifest : textOf(name)) };
  };
  const search = openSearch({ base: "http://index/", locale, fetch });
  const found = [];
  for (const query of queries) found.push((await search.search(query, { limit: 10 })).hits.map((hit) => hit.key));
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
