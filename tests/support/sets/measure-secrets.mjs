// How well the guard does on the labelled set: `node tests/support/sets/measure-secrets.mjs [--json] [--misses PART]`.
//
// Found = the value is covered by finds, at least one of the right kind; exact = nothing else is covered, so that only the
// secret goes when it is removed. A false alarm = any find in a text without a secret. Precision is over the whole set, so a
// find of one kind in a text of another kind counts against the first.
import { readFileSync } from "node:fs";
import { findSecrets } from "../../../helpgen/support/client/guard.js";
import { readTables } from "../../../helpgen/support/client/guard-tables.js";

const HERE = new URL(".", import.meta.url);
const tables = readTables(JSON.parse(readFileSync(new URL("../../../helpgen/support/data/phrase-words.json", HERE), "utf8")));
const read = (name) => readFileSync(new URL(name, HERE), "utf8").trim().split("\n").map((line) => JSON.parse(line));
// Those by hand were written to get past the guard, after it was made; what they taught it is in it now.
const lines = [...read("secrets.jsonl"), ...read("secrets-by-hand.jsonl")];
const shown = process.argv.includes("--misses") ? process.argv[process.argv.indexOf("--misses") + 1] : "";

/** The places of the letters and digits of the value that no find covers, and of those around it that one does. */
function strays(line, found) {
  const start = line.text.indexOf(line.value);
  const letters = [...line.text.matchAll(/[\p{L}\p{N}]/gu)].map(({ index }) => index);
  const covered = (at) => found.some((secret) => secret.start <= at && at < secret.end);
  const inside = (at) => at >= start && at < start + line.value.length;
  return { left: letters.filter((at) => inside(at) && !covered(at)), taken: letters.filter((at) => !inside(at) && covered(at)) };
}

const results = { parts: {} };
for (const part of ["tuning", "held-out", "by hand"]) {
  const kinds = {};
  const groups = {};
  const kind = (name) => (kinds[name] ??= { strings: 0, found: 0, exact: 0, alarms: 0, right: 0 });
  const harmless = { strings: 0, alarms: 0 };
  for (const line of lines.filter((each) => each.part === part)) {
    const found = findSecrets(line.text, tables);
    for (const { kind: name } of found) {
      kind(name).alarms += 1;
      if (name === line.kind) kind(name).right += 1;
    }
    const group = (groups[`${line.kind || "harmless"}: ${line.group}`] ??= { strings: 0, wrong: 0 });
    group.strings += 1;
    let wrong;
    if (line.kind) {
      kind(line.kind).strings += 1;
      const { left, taken } = strays(line, found);
      wrong = left.length > 0 || !found.some((secret) => secret.kind === line.kind);
      if (!wrong) kind(line.kind).found += 1;
      if (!wrong && taken.length === 0) kind(line.kind).exact += 1;
    } else {
      harmless.strings += 1;
      wrong = found.length > 0;
      if (wrong) harmless.alarms += 1;
    }
    if (!wrong) continue;
    group.wrong += 1;
    if (shown === part) console.log(`${line.kind || "harmless"}/${line.group}: ${line.text}\n    -> ${found.map((s) => `${s.kind}: ${line.text.slice(s.start, s.end)}`).join(" | ") || "nothing"}`);
  }
  results.parts[part] = { kinds, groups, harmless };
}

if (process.argv.includes("--json")) {
  console.log(JSON.stringify(results));
} else {
  for (const [part, { kinds, harmless }] of Object.entries(results.parts)) {
    console.log(`\n${part}\n${"kind".padEnd(16)}${"strings".padStart(8)}${"recall".padStart(9)}${"exact".padStart(9)}${"precision".padStart(11)}`);
    for (const [name, k] of Object.entries(kinds).sort()) {
      console.log(`${name.padEnd(16)}${String(k.strings).padStart(8)}${(k.found / k.strings).toFixed(4).padStart(9)}${(k.exact / k.strings).toFixed(4).padStart(9)}${(k.right / k.alarms).toFixed(4).padStart(11)}`);
    }
    console.log(`harmless        ${String(harmless.strings).padStart(8)}   false alarms ${harmless.alarms} (${((100 * harmless.alarms) / harmless.strings).toFixed(2)} %)`);
  }
  console.log(`\n${lines.length} strings`);
}
