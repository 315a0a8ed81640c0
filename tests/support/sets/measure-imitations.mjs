// How well the verifier does on its labelled set: `node tests/support/sets/measure-imitations.mjs [--json] [--misses PART]`.
import { readFileSync } from "node:fs";
import { readLookalikes } from "../../../helpgen/support/client/outlines.js";
import { judge } from "../../../helpgen/support/client/verifier.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const lookalikes = readLookalikes(read("../../../helpgen/support/data/lookalikes.json"));
const { firms, lines: made } = read("imitations.json");
// Written to get past the verifier, after it was made: firm|what it is|text.
const written = readFileSync(new URL("imitations-by-hand.txt", import.meta.url), "utf8").trim().split("\n");
const lines = [...made, ...written.map((line) => line.split("|")).map(([firm, is, text]) => ({ firm, part: "by hand", is, text }))];
const shown = process.argv.includes("--misses") ? process.argv[process.argv.indexOf("--misses") + 1] : "";

const results = {};
for (const { firm, part, is, text } of lines) {
  const { verdict, kind, value, reasons } = judge(text, firms[firm], lookalikes);
  const right = is === "other" ? verdict === "unknown" || verdict === "unreadable" : verdict === is;
  const row = ((results[part] ??= {})[is] ??= { strings: 0, right: 0, official: 0 });
  row.strings += 1;
  row.right += right ? 1 : 0;
  row.official += verdict === "official" ? 1 : 0;
  if (!right && part === shown) console.log(`${firm} ${is}: ${text}\n    -> ${verdict} ${kind} ${value} ${JSON.stringify(reasons)}`);
}
if (process.argv.includes("--json")) {
  console.log(JSON.stringify(results));
} else {
  for (const [part, rows] of Object.entries(results)) {
    console.log(part);
    for (const [is, { strings, right, official }] of Object.entries(rows)) console.log(`  ${is.padEnd(10)} ${right}/${strings} right, ${official} called official`);
  }
  console.log(`${lines.length} strings`);
}
