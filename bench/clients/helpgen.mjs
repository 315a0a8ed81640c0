// Asks the search as readers get it: node helpgen.mjs <client folder> <index folder> <locale> < [queries] > [{ids, ms}]
//
// A fetch that reads files stands in for the network. The first query opens the index and is asked once before the
// clock runs; of the others each pays for the files that it is the first to need.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [client, folder, locale] = process.argv.slice(2);
const { openSearch } = await import(pathToFileURL(join(client, "engine.js")).href);
const queries = JSON.parse(readFileSync(0, "utf8"));

/** @param {string} url */
async function fetch(url) {
  const name = decodeURIComponent(new URL(url, "http://index/").pathname.slice(1));
  try {
    return new Response(readFileSync(join(folder, name)));
  } catch {
    return new Response(null, { status: 404 });
  }
}

const search = openSearch({ base: "http://index/", locale, fetch });
await search.search(queries[0], { limit: 10 });
const answers = [];
for (const query of queries) {
  const start = performance.now();
  const { hits } = await search.search(query, { limit: 10 });
  answers.push({ ids: hits.map((hit) => hit.key), ms: performance.now() - start });
}
process.stdout.write(JSON.stringify(answers));
