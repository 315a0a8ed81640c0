// English seed phrases: windows of twelve words that are all of the list, a few of them with a typing error. Prose uses
// words of the list too, but mixes them with words that are not, and with more small words (you, this, will) than
// chance gives.
import { checksumHolds } from "./guard-checksum.js";
import { exactPhrase } from "./guard-exact.js";
import { labelOf } from "./guard-text.js";
import { distance } from "./spelling.js";

/** @typedef {import("./guard-tables.js").Tables} Tables */
/** @typedef {{ text: string, start: number, end: number }} Token */

const FEWEST = 12;
const FAR = 16;
const MOST_TYPOS = 3;
// Twelve words of chance hold five of these once in thirty thousand; a sentence nearly always.
const MOST_SMALL = 4;
const SMALL = new Set(
  "about above again all also any around because before behind between can could day end ever few first have into just keep know like little make more much must near need never next nothing now often only other over same say such that then there they thing this time today together turn under until upon very wait want what when where will wish without you".split(" "),
);
// Words of prose that lie one letter from a word of the list.
const PROSE = new Set(
  "your our from with here been were does did has had was its for the and are not but his her she who how why too two one may been some than them these those their there's even ever each both does done down else form gone got help home hours just last left less long made mail many money most name note page part past paid pay per put read said sent sell sold still take tell text told took type used user want went work year years days coin coins funds fund bank app apps link site email phone card back hello thanks thank please account".split(" "),
);
// What people call a phrase, and how a sentence goes on after it.
const LABELS = new Set("seed phrase phrases recovery recover secret mnemonic wallet word words backup key keys list order write wrote written copy correct exact following below help please thanks urgent ask assist refund restore check problem deposit coin arrive fee phone mobile update error screen lock open account enter use number old new real still exchange money hurry paper".split(" "));
// Numbering: "1st", "a)", "no. 3", "word 4:".
const NUMBERING = /^(?:st|nd|rd|th|no|nr)$/;

/**
 * @param {string} text
 * @param {Tables} tables
 */
export function englishSpans(text, tables) {
  const prefixes = byFour(tables.english);
  const tokens = englishTokens(text, tables).filter((token) => !isNumbering(text, token));
  const exact = tokens.map(({ text: word }) => tables.english.has(word) || (word.length === 4 && prefixes.has(word) && !PROSE.has(word)));
  /** @type {Map<string, boolean>} */
  const near = new Map();
  const isNear = (/** @type {string} */ word) => {
    if (!near.has(word)) near.set(word, !PROSE.has(word) && isTypo(word, tables.english));
    return near.get(word);
  };
  /** @type {[number, number][]} */
  const stretches = [];
  for (let first = 0; first + FEWEST <= tokens.length; first += 1) {
    const group = tokens.slice(first, first + FEWEST);
    const right = exact.slice(first, first + FEWEST);
    if (right.filter(Boolean).length < FEWEST - MOST_TYPOS || !isTogether(text, group)) continue;
    const typos = group.filter((token, i) => !right[i]);
    const strange = typos.filter((token) => !isNear(token.text)).length;
    const small = group.filter((token) => SMALL.has(token.text)).length;
    if (strange > 1 || (strange === 1 && (typos.length > 2 || small > 2))) continue;
    const [start, end] = [group[0].start, group[FEWEST - 1].end];
    if (small > MOST_SMALL && !hasChecksum(group, tables) && labelOf(text, start, end) !== "phrase") continue;
    const last = stretches.at(-1);
    if (last && first <= last[1]) last[1] = first + FEWEST;
    else stretches.push([first, first + FEWEST]);
  }
  const isOrdinary = (/** @type {Token} */ { text: word }) => SMALL.has(word) || PROSE.has(word) || LABELS.has(word) || (!tables.english.has(word) && !prefixes.has(word) && !isNear(word));
  return stretches.map(([first, end]) => {
    const phrase = exactPhrase(text, tokens.slice(first, end), isOrdinary, (group) => hasChecksum(group, tables));
    return /** @type {[number, number]} */ ([phrase[0].start, phrase[phrase.length - 1].end]);
  });
}

/** @type {WeakMap<Map<string, number>, Map<string, number>>} */
const shortened = new WeakMap();

/**
 * The words by their first four letters: no two of BIP-39 share them.
 * @param {Map<string, number>} words
 */
function byFour(words) {
  const known = shortened.get(words) ?? new Map([...words].map(([word, number]) => [word.slice(0, 4), number]));
  shortened.set(words, known);
  return known;
}

/** @param {string} text @param {Token} token */
function isNumbering(text, { text: word, start, end }) {
  if (word === "word" && /^\s?#?\d{1,2}\s?[:.)=-]/.test(text.slice(end, end + 6))) return true;
  return (word.length === 1 && /[.):]/.test(text[end] ?? "")) || (NUMBERING.test(word) && /\d/.test(text[start - 1] ?? text[end + 1] ?? ""));
}

/** @param {Token[]} group @param {Tables} tables */
function hasChecksum(group, tables) {
  const numbers = group.map(({ text }) => tables.english.get(text) ?? (text.length === 4 ? byFour(tables.english).get(text) : undefined) ?? -1);
  return !numbers.includes(-1) && checksumHolds(numbers);
}

/**
 * Words in lower case; a row of many letters, or one with capitals inside, is taken apart.
 * @param {string} text
 * @param {Tables} tables
 * @returns {Token[]}
 */
function englishTokens(text, tables) {
  /** @type {Token[]} */
  const tokens = [];
  for (const match of text.matchAll(/[A-Za-z]+/g)) {
    const parts = match[0].length > 8 ? match[0].match(/[A-Z]*[a-z]+|[A-Z]+/g) ?? [] : [match[0]];
    let start = match.index;
    for (const part of parts) {
      for (const piece of part.length >= 3 * FEWEST ? segment(part.toLowerCase(), tables.english) : [part]) {
        tokens.push({ text: piece.toLowerCase(), start, end: start + piece.length });
        start += piece.length;
      }
    }
  }
  return tokens;
}

/**
 * A row of letters as words of the list, or as it is.
 * @param {string} letters
 * @param {Map<string, number>} words
 * @returns {string[]}
 */
function segment(letters, words) {
  if (letters.length > 400) return [letters];
  /** @type {(string[] | null)[]} */
  const best = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    best[end] = null;
    for (let length = 3; length <= 8 && length <= end && !best[end]; length += 1) {
      const before = best[end - length];
      const word = letters.slice(end - length, end);
      if (before && words.has(word)) best[end] = [...before, word];
    }
  }
  return best[letters.length] ?? [letters];
}

/** @param {string} text @param {Token[]} tokens */
function isTogether(text, tokens) {
  return tokens.slice(1).every(({ start }, i) => start - tokens[i].end <= FAR && !/\p{L}{9}|\d{3}/u.test(text.slice(tokens[i].end, start)));
}

/**
 * Whether a word is one of the list with a typing error: one letter wrong, missing, doubled or exchanged; two in long words.
 * @param {string} word
 * @param {Map<string, number>} words
 */
function isTypo(word, words) {
  if (word.length < 3 || word.length > 10) return false;
  const most = word.length >= 7 ? 2 : 1;
  for (const other of words.keys()) {
    if (Math.abs(other.length - word.length) <= most && distance(word, other) <= most) return true;
  }
  return false;
}
