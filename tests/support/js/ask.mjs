// Asks the assistant: reads {folder, locale, questions, support} as JSON, writes one line of JSON for each question.
// `folder` is a built site, `support` the path in it of what the scripts read of scenarios.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { openSearch } from "../../../helpgen/search/client/engine.js";
import { articleKey, respond } from "../../../helpgen/support/client/assistant.js";

const { folder, locale, questions, support } = JSON.parse(readFileSync(0, "utf-8"));
const fetch = async (address) => {
  const body = await readFile(new URL(address)).catch(() => null);
  return body ? new Response(body) : new Response("", { status: 404 });
};
const search = openSearch({ base: `file://${folder}/search/`, locale, fetch });
const data = JSON.parse(readFileSync(`${folder}/${support}`, "utf-8"));
for (const question of questions) {
  const reply = await respond(question, search, data);
  const answered = reply.answer ? [articleKey(reply.answer.hit)] : [];
  const { kind, scenarios } = reply;
  const shown = [...answered, ...reply.hits.map(articleKey)];
  const confidence = (await search.answer(question))?.confidence ?? 0;
  process.stdout.write(`${JSON.stringify({ question, kind, shown, scenarios: scenarios.map(({ id }) => id), confidence })}\n`);
}
