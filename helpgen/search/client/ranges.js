/**
 * Where a term is: ranges of the vocabulary and their shards. Twin of ranges.py, which says how they are cut.
 * Knows no DOM and no fetch.
 */

import { isCjk } from "./analysis.js";
import { decodeNumbers } from "./codec.js";

export const MAX_RANGES = 3;
const MOST_PARTS = 31;
const NUMBER = /^[g-z0-9_-]*[A-Za-f]/;

/**
 * @typedef {{begins: string[], rangeOf: number[], start: number[]}} Ranges
 *   `begins` of each shard, the same for all shards of a hashed range; the number of each shard's range; each range's first
 *   shard, with the number of shards at the end
 */

/**
 * In which of so many shards of its range a term is.
 * @param {string} term
 * @param {number} shards
 */
export function hashedPlace(term, shards) {
  let value = 0;
  for (const character of term) value = (value * 31 + /** @type {number} */ (character.codePointAt(0))) % 65_521;
  return value % shards;
}

/**
 * Numbers of the shards that the terms from `first` to `last` fall in; if many, of three ranges from that of `own` on.
 * @param {Ranges} ranges
 * @param {string} first
 * @param {string} last
 * @param {string} own
 * @returns {number[]}
 */
export function shardsBetween({ begins, rangeOf, start }, first, last, own) {
  if (!begins.length) return [];
  let low = placeIn(begins, first);
  if (first === last && isCjk(first)) {
    const begin = start[rangeOf[low]];
    return [isCjk(begins[low]) ? begin + hashedPlace(first, start[rangeOf[low] + 1] - begin) : low];
  }
  let high = placeIn(begins, last);
  if (rangeOf[high] - rangeOf[low] >= MAX_RANGES) {
    const number = rangeOf[placeIn(begins, own)];
    low = Math.max(low, start[number]);
    high = Math.min(high, start[Math.min(number + MAX_RANGES, start.length - 1)] - 1);
  }
  /** @type {number[]} */
  const found = [];
  for (let shard = low; shard <= high; shard += 1) if (!isCjk(begins[shard])) found.push(shard);
  return found;
}

/**
 * @param {string[]} begins of each shard of words and of each range of characters
 * @param {number[]} parts how many shards each range has
 * @returns {Ranges}
 */
export function readRanges(begins, parts) {
  /** @type {string[]} */
  const found = [];
  /** @type {number[]} */
  const rangeOf = [];
  const start = [0];
  let taken = 0;
  parts.forEach((count, number) => {
    if (count < 1 || count > MOST_PARTS) throw new TypeError("a range has no shard, or too many");
    const hashed = taken < begins.length && isCjk(begins[taken]);
    for (let part = 0; part < count; part += 1) {
      found.push(begins[hashed ? taken : taken + part]);
      rangeOf.push(number);
    }
    taken += hashed ? 1 : count;
    start.push(found.length);
  });
  if (taken !== begins.length) throw new TypeError("ranges and shards do not add up");
  return { begins: found, rangeOf, start };
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
    if (digits === undefined) throw new TypeError("a shard begins with no number");
    first += decodeNumbers(digits)[0];
    return String.fromCodePoint(first) + line.slice(digits.length);
  });
}

/**
 * The shard that a term is in, if it is in any.
 * @param {string[]} begins
 * @param {string} term
 */
export function placeIn(begins, term) {
  let low = 0;
  let high = begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begins[middle] <= term) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/**
 * The first place of a sorted list at which `term` could stand.
 * @param {string[]} sorted
 * @param {string} term
 */
export function lowerBound(sorted, term) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}
