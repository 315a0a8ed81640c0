/**
 * Text → terms. Twin of analysis.py, which says what and why; shared vectors and a differential test hold them equal.
 * Knows no DOM and no fetch.
 */

import { CJK_START, HAN_START, INVISIBLE, RUN, UNSTABLE } from "./characters.js";

/** An index of another version is refused. */
export const ANALYSIS_VERSION = 1;

const MAX_WORD = 40;
const PAIR_REACH = 4;
const ACCENTED = /[\u00e0-\u024f\u1e00-\u1eff]|[a-z][\u0300-\u036f]/;
const ACCENTS = /[\u0300-\u036f]/g;
const APOSTROPHES = /['\u2019]/g;
const NOT_ASCII = /[^\x00-\x7f]/;

/**
 * A term at a place: `position` counts characters of Han and words, [start, end) is in the normalised text.
 * @typedef {{text: string, position: number, start: number, end: number}} Token
 */

/**
 * The text that is cut into runs.
 * @param {string} text
 * @param {Map<string, string> | null} [simplified] Traditional character → Simplified
 * @returns {string}
 */
export function normalise(text, simplified = null) {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  const stable = text.replace(INVISIBLE, "").replace(UNSTABLE, " ");
  const lowered = stable.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");
  return simplified ? translate(lowered, simplified) : lowered;
}

/**
 * Whether a term comes from a run of Han, kana or Hangul.
 * @param {string} term
 */
export function isCjk(term) {
  return CJK_START.test(term);
}

/**
 * Whether a character is Han.
 * @param {string} character
 */
export function isHan(character) {
  return HAN_START.test(character);
}

/**
 * How many characters a term has; beyond the first plane one has two code units.
 * @param {string} term
 */
export function characterCount(term) {
  return term.length > 1 ? Array.from(term).length : term.length;
}

/**
 * All tokens of a normalised text in order of position, a pair after its first character.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  /** @type {Token[]} */
  const found = [];
  let position = 0;
  for (const run of text.matchAll(RUN)) {
    let start = /** @type {number} */ (run.index);
    const stop = start + run[0].length;
    if (!isCjk(run[0])) {
      found.push({ text: wordOf(run[0]), position, start, end: stop });
      position += 1;
      continue;
    }
    for (let end = after(text, start); start < stop; position += 1) {
      found.push({ text: text.slice(start, end), position, start, end });
      const next = end < stop ? after(text, end) : end;
      if (end < stop) found.push({ text: text.slice(start, next), position, start, end: next });
      start = end;
      end = next;
    }
  }
  return found;
}

/**
 * Where the character ends that begins at a place; beyond the first plane one has two code units.
 * @param {string} text
 * @param {number} at
 */
function after(text, at) {
  return at + (/** @type {number} */ (text.codePointAt(at)) > 0xffff ? 2 : 1);
}

/**
 * The characters and words of a text in order, without pairs.
 * @param {Token[]} found
 * @returns {string[]}
 */
export function singleTerms(found) {
  return found.filter(({ text }) => !isPair(text)).map(({ text }) => text);
}

/**
 * The terms that stand for a phrase: its words, and pairs of characters; a character only where it stands alone.
 * @param {Token[]} found
 * @returns {string[]}
 */
export function contentTerms(found) {
  const paired = new Set(found.filter(({ text }) => isPair(text)).flatMap(({ position }) => [position, position + 1]));
  return found.filter(({ text, position }) => !isCjk(text) || isPair(text) || !paired.has(position)).map(({ text }) => text);
}

/** @param {string} term */
function isPair(term) {
  return isCjk(term) && characterCount(term) === 2;
}

/**
 * Pairs of words beside each other or with one between them, stop words left out: evidence of a phrase.
 * @param {Token[]} found
 * @param {Set<string>} stopWords
 * @returns {string[]} each is " first second"
 */
export function wordPairs(found, stopWords) {
  const words = found.filter((token) => !stopWords.has(token.text) && !isCjk(token.text));
  /** @type {string[]} */
  const pairs = [];
  words.forEach((second, number) => {
    for (const first of words.slice(Math.max(0, number - 2), number)) {
      if (second.position - first.position <= PAIR_REACH) pairs.push(` ${first.text} ${second.text}`);
    }
  });
  return pairs;
}

/**
 * Three characters of Han, kana or Hangul in a row: evidence of a phrase, as pairs of words are.
 * @param {Token[]} found
 * @returns {string[]}
 */
export function triples(found) {
  const pairs = found.filter(({ text }) => isPair(text));
  /** @type {string[]} */
  const made = [];
  pairs.forEach((other, number) => {
    const one = pairs[number - 1];
    if (one && other.position === one.position + 1) made.push(one.text + Array.from(other.text)[1]);
  });
  return made;
}

/**
 * @param {string} text
 * @param {Map<string, string>} table
 */
function translate(text, table) {
  let result = "";
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

/**
 * One word as a term: without apostrophe, cut, Latin letters without accents.
 * @param {string} run
 */
function wordOf(run) {
  const word = run.replace(APOSTROPHES, "").slice(0, MAX_WORD);
  return ACCENTED.test(word) ? word.normalize("NFD").replace(ACCENTS, "") : word;
}
