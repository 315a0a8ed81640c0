// What a name looks like to the eye: letters of other scripts, digits and pairs of letters that pass for Latin ones.
import { distance } from "./spelling.js";

/** @typedef {Map<string, string>} Lookalikes  a character -> the Latin letter or digit that it looks like */

/**
 * @param {Record<string, string>} data  lookalikes.js
 * @returns {Lookalikes}
 */
export function readLookalikes(data) {
  return new Map(Object.entries(data).flatMap(([letter, others]) => [...others].map((other) => /** @type {[string, string]} */ ([other, letter]))));
}

// Digits and signs that stand for letters, and letters that look like each other; then pairs that look like one letter.
const DIGITS = new Map(Object.entries({ 0: "o", 1: "l", 2: "z", 3: "e", 4: "a", 5: "s", 6: "b", 7: "t", 8: "b", 9: "g", $: "s", "!": "l", "|": "l", i: "l" }));
const PAIRS = /** @type {[string, string][]} */ ([["rn", "m"], ["vv", "w"], ["cl", "d"], ["nn", "m"]]);

/**
 * Letters without accents, each replaced by the Latin one that it looks like.
 * @param {string} text
 * @param {Lookalikes} lookalikes
 */
export function latin(text, lookalikes) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return [...plain].map((letter) => lookalikes.get(letter) ?? letter).join("");
}

/**
 * Two names that the eye could take for each other have the same outline.
 * @param {string} text
 * @param {Lookalikes} lookalikes
 */
export function outline(text, lookalikes) {
  const letters = [...latin(text, lookalikes)].map((letter) => DIGITS.get(letter) ?? letter).join("");
  return PAIRS.reduce((rest, [pair, one]) => rest.replaceAll(pair, one), letters);
}

/**
 * The characters of a text that are not what they look like.
 * @param {string} text
 * @param {Lookalikes} lookalikes
 * @returns {{ character: string, code: string, like: string }[]}
 */
export function strangers(text, lookalikes) {
  const found = [...new Set(text)].filter((character) => /[^\0-\x7f]/.test(character) && /^[a-z0-9]+$/.test(latin(character, lookalikes)));
  return found.map((character) => ({
    character,
    code: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
    like: latin(character, lookalikes),
  }));
}

/**
 * Whether a name is a misspelling of another: one slip in short names, two in long ones, or letters doubled.
 * @param {string} name   an outline
 * @param {string} brand  an outline
 */
export function isNear(name, brand) {
  if (brand.length < 4) return false;
  const single = (/** @type {string} */ text) => text.replace(/(.)\1+/gu, "$1");
  const most = brand.length >= 8 ? 2 : 1;
  // "southbank" is no slip of the finger for "northbank": where two letters differ, the first is kept.
  if (/^[a-z]/.test(name) && name[0] !== brand[0] && distance(name, brand) > 1) return false;
  return distance(name, brand) <= most || distance(single(name), single(brand)) <= most - (brand.length < 8 && single(brand).length < 4 ? 1 : 0);
}
