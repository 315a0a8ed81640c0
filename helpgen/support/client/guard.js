// The secret guard: what in a text must never leave the page.
//
// 1. The text is folded: full-width letters and digits become plain ones, what cannot be seen is dropped.
// 2. Each kind has a finder of its own. What looks the same but is harmless (transaction ids, addresses, order
//    numbers) is told apart by arithmetic where there is a checksum, else by the nearest word that names it.
// 3. Where finds overlap, the more dangerous stays.
//
// Nothing here knows a page, sends anything or keeps anything.
import { findCodes } from "./guard-codes.js";
import { findKeys } from "./guard-keys.js";
import { findCards, findNationalIds } from "./guard-numbers.js";
import { findPasswords } from "./guard-passwords.js";
import { findPhrases } from "./guard-phrases.js";
import { fold } from "./guard-text.js";

/**
 * @typedef {"password" | "one-time-code" | "seed-phrase" | "private-key" | "api-secret" | "card" | "national-id"} Kind
 * @typedef {{ kind: Kind, start: number, end: number }} Secret  places in the text as it was given
 */

// A message is shorter; what is longer is examined up to here.
const LONGEST = 50_000;
/** @type {Kind[]} */
const DANGER = ["seed-phrase", "private-key", "api-secret", "card", "national-id", "one-time-code", "password"];

/**
 * Every secret in a text, in the order of the text, without overlaps.
 * @param {string} text
 * @param {import("./guard-tables.js").Tables | null} tables  null = seed phrases are not looked for
 * @returns {Secret[]}
 */
export function findSecrets(text, tables) {
  const folded = fold(text.slice(0, LONGEST));
  const found = [
    ...(tables ? findPhrases(folded.plain, tables) : []),
    ...findKeys(folded.plain),
    ...findCards(folded.plain),
    ...findNationalIds(folded.plain),
    ...findCodes(folded.plain),
    ...findPasswords(folded.plain),
  ];
  found.sort((one, two) => DANGER.indexOf(one.kind) - DANGER.indexOf(two.kind) || two.end - two.start - (one.end - one.start));
  /** @type {Secret[]} */
  const kept = [];
  for (const secret of found) {
    if (kept.every((other) => secret.end <= other.start || secret.start >= other.end)) kept.push(secret);
  }
  return kept
    .sort((one, two) => one.start - two.start)
    .map(({ kind, start, end }) => ({ kind, start: folded.places[start], end: folded.places[end - 1] + 1 }));
}

/**
 * The text with a mark in place of each secret.
 * @param {string} text
 * @param {Secret[]} found  of this very text
 * @param {string} [mark]
 */
export function removeSecrets(text, found, mark = "[…]") {
  return [...found].sort((one, two) => two.start - one.start).reduce((rest, { start, end }) => rest.slice(0, start) + mark + rest.slice(end), text);
}
