/** {files, locale, queries, limit, filters} on standard input → a result a query, or {code} where the client refuses. */
import { readFileSync } from "node:fs";
import { openSearch, SearchError } from "../../../helpgen/search/shipped/engine.js";

const { files, locale, queries, limit, filters } = JSON.parse(readFileSync(0, "utf8"));
const texts = new Map(Object.entries(files));

async function fetch(url) {
  const body = texts.get(url.replace(`/search/${locale}/`, ""));
  return { ok: body !== undefined, status: body === undefined ? 404 : 200, text: async () => body };
}

const answers = [];
for (const query of queries) {
  const search = openSearch({ base: "/search", locale, fetch });
  try {
    answers.push(await search.search(query, { limit, filters }));
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    answers.push({ code: error.code });
  }
}
process.stdout.write(JSON.stringify(answers));
