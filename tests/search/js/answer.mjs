/** {files, locale, queries} on standard input → for each what `answer` and `suggest` say. */
import { readFileSync } from "node:fs";
import { openSearch } from "../../../helpgen/search/shipped/engine.js";

const { files, locale, queries } = JSON.parse(readFileSync(0, "utf8"));
const texts = new Map(Object.entries(files));

async function fetch(url) {
  const body = texts.get(url.replace(`/search/${locale}/`, ""));
  return { ok: body !== undefined, status: body === undefined ? 404 : 200, text: async () => body };
}

const search = openSearch({ base: "/search", locale, fetch });
const answers = [];
for (const query of queries) answers.push([await search.answer(query), await search.suggest(query)]);
process.stdout.write(JSON.stringify(answers));
