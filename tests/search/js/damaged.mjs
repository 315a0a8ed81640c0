/** {cases: [files]} on standard input → for each "answered" or the code of the error; any other exception ends the script. */
import { readFileSync } from "node:fs";
import { openSearch, SearchError } from "../../../helpgen/search/client/engine.js";

const { cases } = JSON.parse(readFileSync(0, "utf8"));
const outcomes = [];
for (const files of cases) {
  const texts = new Map(Object.entries(files));
  const fetch = async (url) => {
    const body = texts.get(url.slice("/en/".length));
    return { ok: body !== undefined, status: 404, text: async () => body };
  };
  try {
    await openSearch({ base: "/", locale: "en", fetch }).search("deposits wrong network");
    outcomes.push("answered");
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    outcomes.push(error.code);
  }
}
process.stdout.write(JSON.stringify(outcomes));
