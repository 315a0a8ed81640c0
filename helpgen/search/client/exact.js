/**
 * Whether a query says just what a title or a recorded question says. Twin of exact.py. Knows no DOM and no fetch.
 */

import { normalise, singleTerms, tokens } from "./analysis.js";

const MODULUS = 16_777_213;

/**
 * The words and characters of a text, one space between them.
 * @param {string} text
 * @param {Map<string, string> | null} simplified
 */
export function spoken(text, simplified) {
  return singleTerms(tokens(normalise(text, simplified))).join(" ");
}

/**
 * A number that stands for what `spoken` gives.
 * @param {string} words
 */
export function fingerprint(words) {
  let value = 0;
  for (const character of words) value = (value * 31 + /** @type {number} */ (character.codePointAt(0))) % MODULUS;
  return value;
}

/**
 * Whether one of the names, or of the questions behind the fingerprints, is the query itself.
 * @param {string} query
 * @param {string[]} names
 * @param {Set<number>} fingerprints
 * @param {Map<string, string> | null} simplified
 */
export function isExact(query, names, fingerprints, simplified) {
  const asked = spoken(query, simplified);
  return fingerprints.has(fingerprint(asked)) || names.some((name) => spoken(name, simplified) === asked);
}
