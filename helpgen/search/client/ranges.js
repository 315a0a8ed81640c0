/**
 * Where a term is: ranges of the vocabulary and their shards. Twin of ranges.py, which says how they are cut.
 * Knows no DOM and no fetch.
 */

import { isCjk } from "./analysis.js";
import { decodeNumbers } from "./codec.js";
import { must } from "./errors.js";

const MAX_RANGES = 3;
const NUMBER = /^[g-z0-9_-]*[A-Za-f]/;

/**
 * @typedef {{begins: string[], rangeOf: number[], start: number[], characters: number}} Ranges
 *   `begins` of each shard of words; the number of each shard's range; each range's first shard, with the number of shards at
 *   the end; how many shards of characters come behind them
 */

/**
 * In which of so many shards a key is.
 * @param {string} key
 * @param {number} shards
 */
export function hashedPlace(key, shards) {
  let value = 0;
  for (const character of key) value = (value * 31 + /** @type {number} */ (character.codePointAt(0))) % 65_521;
  return value % shards;
}

/**
 * What places a term of characters: itself, or its first two characters in order.
 * @param {string} term
 */
function characterKey(term) {
  const [one, other = ""] = term;
  return /** @type {number} */ (one.codePointAt(0)) > (other.codePointAt(0) ?? Infinity) ? other + one : one + other;
}

/**
 * Numbers of the shards that the terms from `first` to `last` fall in; if many, of three ranges from that of `own` on.
 * @param {Ranges} ranges
 * @param {string} first
 * @param {string} last
 * @param {string} own
 * @returns {number[]}
 */
export function shardsBetween({ begins, rangeOf, start, characters }, first, last, own) {
  if (isCjk(first)) return characters ? [begins.length + hashedPlace(characterKey(first), characters)] : [];
  if (!begins.length) return [];
  let low = placeIn(begins, first);
  let high = placeIn(begins, last);
  if (rangeOf[high] - rangeOf[low] >= MAX_RANGES) {
    const number = rangeOf[placeIn(begins, own)];
    low = Math.max(low, start[number]);
    high = Math.min(high, start[Math.min(number + MAX_RANGES, start.length - 1)] - 1);
  }
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, at) => low + at);
}

/**
 * @param {string[]} begins of each shard of words
 * @param {number[]} parts how many shards each range of words has
 * @param {number} characters how many shards of characters there are
 * @returns {Ranges}
 */
export function readRanges(begins, parts, characters) {
  /** @type {number[]} */
  const rangeOf = [];
  const start = [0];
  parts.forEach((count, number) => {
    must(count && rangeOf.length + count <= begins.length, "a shard a range");
    for (let part = 0; part < count; part += 1) rangeOf.push(number);
    start.push(rangeOf.length);
  });
  must(rangeOf.length === begins.length, "a range a shard");
  return { begins, rangeOf, start, characters };
}

/**
 * Lines whose first character is a number, how far it is from that of the line before → texts.
 * @param {string[]} lines
 * @returns {string[]}
 */
export function deltaDecoded(lines) {
  let first = 0;
  return lines.map((line) => {
    const digits = NUMBER.exec(line)?.[0];
    must(digits, "a beginning");
    first += decodeNumbers(digits)[0];
    return String.fromCodePoint(first) + line.slice(digits.length);
  });
}

/**
 * The shard that a term is in, if it is in any.
 * @param {string[]} begins
 * @param {string} term
 */
function placeIn(begins, term) {
  let low = 0;
  let high = begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begins[middle] <= term) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
