/**
 * Whether a text may be written in Traditional characters: those that GB 2312 lacks. Twin of traditional.py.
 * Knows no DOM and no fetch.
 */

import { isHan } from "./analysis.js";

const EXCEPTIONS = "乾吒夥後徵捱摺於榘甯菸薹醣麴麽";

/** @type {Set<string> | null} */
let simplified = null;

/**
 * Whether any character of Han in a text is one that a Simplified text hardly has.
 * @param {string} text
 */
export function mayBeTraditional(text) {
  const known = (simplified ??= charactersOfGb2312());
  for (const character of text) if (isHan(character) && !known.has(character)) return true;
  return false;
}

/** The characters that rows 16 to 87 of the standard have; none where the platform does not know it. */
function charactersOfGb2312() {
  const bytes = new Uint8Array(72 * 94 * 2);
  for (let at = 0; at < 72 * 94; at += 1) bytes.set([0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)], 2 * at);
  // The mark of repetition stands with the signs.
  const found = new Set("々");
  try {
    for (const character of new TextDecoder("gb2312").decode(bytes)) found.add(character);
  } catch {
    // A Node without its tables: then every query reads the table, and finds the same.
  }
  for (const character of EXCEPTIONS) found.delete(character);
  return found;
}
