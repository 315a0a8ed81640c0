/**
 * Posting lists as text: base64 varints. Twin of codec.py, which describes them.
 */

import { must } from "./errors.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Before the number of units that have a term, in a list that holds only the best of them. */
const CUT = "~";
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/**
 * The numbers of a text. Throws on a foreign digit, an unfinished number or one beyond 32 bits.
 * @param {string} text
 * @returns {number[]}
 */
export function decodeNumbers(text) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code < 128 ? VALUES[code] : -1;
    must(digit >= 0 && shift <= 30, "numbers");
    value += (digit & 31) * 2 ** shift;
    if (digit & 32) shift += 5;
    else {
      numbers.push(value);
      value = shift = 0;
    }
  }
  must(!shift, "whole numbers");
  return numbers;
}

/**
 * The postings of one term, ascending by unit; `frequency` is how many units had it before the list was cut, 0 for a whole list.
 * @typedef {{units: Uint32Array, scores: Uint8Array, frequency: number}} Postings
 */

/** The postings of a term that the index does not have. @type {Postings} */
export const NONE = { units: new Uint32Array(0), scores: new Uint8Array(0), frequency: 0 };

/**
 * @param {string} text
 * @param {number} units how many units there are
 * @returns {Postings}
 */
export function decodePostings(text, units) {
  const cut = text.startsWith(CUT);
  const numbers = decodeNumbers(cut ? text.slice(1) : text);
  const skipped = cut ? 1 : 0;
  must(!cut || numbers.length, "a length");
  const found = {
    units: new Uint32Array(numbers.length - skipped),
    scores: new Uint8Array(numbers.length - skipped),
    frequency: cut ? Math.min(numbers[0], units) : 0,
  };
  let unit = 0;
  for (let at = skipped; at < numbers.length; at += 1) {
    unit += Math.floor(numbers[at] / 16);
    found.units[at - skipped] = unit;
    found.scores[at - skipped] = numbers[at] % 16;
  }
  must(!found.units.length || unit < units, "known units");
  return found;
}
