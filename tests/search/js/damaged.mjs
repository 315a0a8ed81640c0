/**
 * {cases: [files], locale, query} on standard input → for each "answered" or the code of the error. Search, answer and
 * suggestions are asked; any other exception ends the script, and what takes longer than ten seconds is "hangs".
 */
import { readFileSync } from "node:fs";
import { openSearch, SearchError } from "../../../helpgen/search/shipped/engine.js";

const { cases, locale = "en", query = "deposits wrong network" } = JSON.parse(readFileSync(0, "utf8"));
const outcomes = [];
for (const files of cases) {
  const texts = new Map(Object.entries(files));
  const fetch = async (url) => {
    const body = texts.get(url.slice(`/${locale}/`.length));
    return { ok: body !== undefined, status: 404, text: async () => body };
  };
  const search = openSearch({ base: "/", locale, fetch });
  let outcome = "answered";
  for (const asked of [() => search.search(query), () => search.answer(query), () => search.suggest(query)]) {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(() => resolve("hangs"), 10_000)));
    try {
      if ((await Promise.race([asked(), late])) === "hangs") outcome = "hangs";
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      outcome = error.code;
    }
    clearTimeout(timer);
  }
  outcomes.push(outcome);
}
process.stdout.write(JSON.stringify(outcomes));
