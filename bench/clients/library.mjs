// Indexes and asks one of the libraries: node library.mjs <name> <docs.jsonl> <index file> <locale> < [queries]
// Prints {build_s, answers: [{ids, ms}]} and writes the index as the page would load it.
import { readFileSync, writeFileSync } from "node:fs";
import * as libraries from "./libraries.mjs";

const [name, docs, file, locale] = process.argv.slice(2);
const library = libraries[name](await import(name), locale);
const rows = readFileSync(docs, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const start = performance.now();
library.add(rows.map(({ id, title, body }) => ({ id, title, body })));
const build = (performance.now() - start) / 1000;
const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  const asked = performance.now();
  const ids = library.search(query);
  answers.push({ ids, ms: performance.now() - asked });
}
// A JSON text longer than the longest string of JavaScript cannot be shipped: then there is no file.
try {
  writeFileSync(file, library.save()[0]);
} catch (error) {
  process.stderr.write(`${name}: ${error}\n`);
}
process.stdout.write(JSON.stringify({ build_s: build, answers }));
