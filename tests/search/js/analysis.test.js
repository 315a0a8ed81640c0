/** The vectors that tests/search/test_analysis.py reads too. Run: node --test tests/search/js */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { normalise, tokens, wordPairs } from "../../../helpgen/search/client/analysis.js";
import { stem } from "../../../helpgen/search/client/stem.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const table = read("../../../helpgen/search/data/simplified.json");
const simplified = new Map(Array.from(table.from, (character, at) => [character, table.to[at]]));

for (const { text, terms } of read("../vectors/analysis.json")) {
  test(`terms of ${JSON.stringify(text).slice(0, 40)}`, () => {
    const found = tokens(normalise(text, simplified)).map((token) => `${token.text}@${token.position}`);
    assert.equal(found.join(" "), terms);
  });
}

test("Porter's stems", () => {
  for (const [word, expected] of Object.entries(read("../vectors/stems.json"))) assert.equal(stem(word), expected);
});

test("pairs of words leave stop words out", () => {
  const stopWords = new Set(["how", "to", "the"]);
  assert.deepEqual(wordPairs(tokens("how to flash the board"), stopWords), [" flash board"]);
});
