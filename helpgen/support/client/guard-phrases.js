// Seed phrases (BIP-39): twelve words or more of a list of 2,048, in English or Chinese.
import { chineseSpans } from "./guard-chinese.js";
import { englishSpans } from "./guard-english.js";

/** @typedef {import("./guard-tables.js").Tables} Tables */
/** @typedef {import("./guard.js").Secret} Secret */

/**
 * @param {string} text  folded
 * @param {Tables} tables
 * @returns {Secret[]}
 */
export function findPhrases(text, tables) {
  const spans = [...englishSpans(text, tables), ...chineseSpans(text, tables)];
  return merge(spans).map(([start, end]) => ({ kind: "seed-phrase", start, end }));
}

/** @param {[number, number][]} spans */
function merge(spans) {
  /** @type {[number, number][]} */
  const result = [];
  for (const [start, end] of spans.sort((one, two) => one[0] - two[0])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
