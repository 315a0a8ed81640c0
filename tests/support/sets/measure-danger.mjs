// Which cries for help the assistant hears: `node tests/support/sets/measure-danger.mjs [--json]`. The texts of danger.json were
// written to be missed, or to raise a false alarm; each part taught the assistant something after it was first measured.
import { readFileSync } from "node:fs";
import { understand } from "../../../helpgen/support/client/assistant.js";

const { cries, calm } = JSON.parse(readFileSync(new URL("danger.json", import.meta.url), "utf8"));
const isDanger = (text) => understand(text).kind === "danger";
const result = { cries: cries.length, missed: cries.filter((text) => !isDanger(text)), calm: calm.length, alarms: calm.filter(isDanger) };
if (process.argv.includes("--json")) {
  console.log(JSON.stringify(result));
} else {
  console.log(`cries for help: ${result.cries - result.missed.length} of ${result.cries} heard`);
  for (const text of result.missed) console.log(`    ${text}`);
  console.log(`calm questions: ${result.alarms.length} of ${result.calm} taken for danger`);
  for (const text of result.alarms) console.log(`    ${text}`);
}
