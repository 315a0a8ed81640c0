// Seed phrases (BIP-39): twelve words or more of a list of 2,048, in English or Chinese.
//
// English: a window of twelve words that are all of the list, a few of them with a typing error. Prose uses words of
// the list too, but mixes them with words that are not, and with more small words (you, this, will) than chance gives.
// Chinese: nearly every common character is in the list, so what counts is that they do not form words: chance puts
// two that do side by side in one phrase of three hundred. Written without spaces, the checksum must hold as well.
import { sha256 } from "./digests.js";
import { labelOf } from "./guard-text.js";

/** @typedef {import("./guard-tables.js").Tables} Tables */
/** @typedef {import("./guard.js").Secret} Secret */
/** @typedef {{ text: string, start: number, end: number }} Token */

const FEWEST = 12;
const LENGTHS = [12, 15, 18, 21, 24];
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
const FILLERS = new Set("and the st nd rd th no nr number third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" "));

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

/**
 * @param {string} text
 * @param {Tables} tables
 */
function englishSpans(text, tables) {
  const prefixes = new Set([...tables.english.keys()].map((word) => word.slice(0, 4)));
  const tokens = englishTokens(text, tables).filter(({ text: word }) => tables.english.has(word) || !(FILLERS.has(word) || word.length === 1));
  const exact = tokens.map(({ text: word }) => tables.english.has(word) || (word.length === 4 && prefixes.has(word) && !PROSE.has(word)));
  /** @type {Map<string, boolean>} */
  const near = new Map();
  const isNear = (/** @type {string} */ word) => {
    if (!near.has(word)) near.set(word, !PROSE.has(word) && isTypo(word, tables.english));
    return near.get(word);
  };
  /** @type {[number, number][]} */
  const spans = [];
  for (let first = 0; first + FEWEST <= tokens.length; first += 1) {
    const window = tokens.slice(first, first + FEWEST);
    const right = exact.slice(first, first + FEWEST);
    if (right.filter(Boolean).length < FEWEST - MOST_TYPOS || !isTogether(text, window)) continue;
    const typos = window.filter((token, i) => !right[i]);
    const strange = typos.filter((token) => !isNear(token.text)).length;
    const small = window.filter((token) => SMALL.has(token.text)).length;
    if (strange > 1 || (strange === 1 && (typos.length > 2 || small > 2))) continue;
    const [start, end] = [window[0].start, window[FEWEST - 1].end];
    if (small <= MOST_SMALL || hasChecksum(window, tables) || labelOf(text, start, end) === "phrase") spans.push([start, end]);
  }
  return spans;
}

/** @param {Token[]} window @param {Tables} tables */
function hasChecksum(window, tables) {
  const numbers = window.map(({ text }) => tables.english.get(text) ?? -1);
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
  return tokens.slice(1).every(({ start }, i) => start - tokens[i].end <= FAR && !/[\p{L}]{9}/u.test(text.slice(tokens[i].end, start)));
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

/**
 * Edits of one letter, and exchanges of two neighbours (optimal string alignment).
 * @param {string} one
 * @param {string} two
 */
function distance(one, two) {
  let older = [];
  let last = Array.from({ length: two.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const swap = i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1] ? older[j - 2] + 1 : Infinity;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1), swap);
    }
    [older, last] = [last, row];
  }
  return last[two.length];
}

/**
 * BIP-39: the last bits of the phrase are the first of the hash of the others.
 * @param {number[]} numbers  of 11 bits
 */
function checksumHolds(numbers) {
  const bits = numbers.map((number) => number.toString(2).padStart(11, "0")).join("");
  const size = bits.length / 33;
  if (!Number.isInteger(size)) return false;
  const entropy = bits.slice(0, -size).match(/.{8}/g) ?? [];
  const hash = sha256(Uint8Array.from(entropy, (byte) => parseInt(byte, 2)));
  return hash[0].toString(2).padStart(8, "0").slice(0, size) === bits.slice(-size);
}

const BETWEEN = /^[\s\d.,，、。;；:：|/\\_\-—–~·•*()（）[\]【】"'“”‘’「」『』#>+&=\u20e3①-⑳]*$/;
// Characters that hold sentences together.
const JOINTS = new Set("的了我是不在有这这個个到没沒要能可么麼吗嗎怎请請您你们們就也都和还還会會上下");

/**
 * @param {string} text
 * @param {Tables} tables
 */
function chineseSpans(text, tables) {
  const tokens = [...text.matchAll(/\p{Script=Han}/gu)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  /** @type {[number, number][]} */
  const spans = [];
  for (const row of rows(text, tokens)) {
    if (row.length < FEWEST) continue;
    const parted = row.map(({ start }, i) => i === 0 || start > row[i - 1].end);
    spans.push(...spacedSpans(text, row, parted, tables), ...joinedSpans(text, row, parted, tables));
  }
  return spans;
}

/**
 * Characters with nothing but spaces, punctuation and numbers between them.
 * @param {string} text
 * @param {Token[]} tokens
 */
function rows(text, tokens) {
  /** @type {Token[][]} */
  const result = [];
  tokens.forEach((token, i) => {
    const gap = i > 0 ? text.slice(tokens[i - 1].end, token.start) : null;
    if (gap !== null && gap.length <= 8 && BETWEEN.test(gap)) result[result.length - 1].push(token);
    else result.push([token]);
  });
  return result;
}

/**
 * Windows of twelve characters each of which stands alone.
 * @param {string} text @param {Token[]} row @param {boolean[]} parted @param {Tables} tables
 */
function spacedSpans(text, row, parted, tables) {
  /** @type {[number, number][]} */
  const spans = [];
  for (let first = 0; first + FEWEST <= row.length; first += 1) {
    const window = row.slice(first, first + FEWEST);
    const gaps = parted.slice(first + 1, first + FEWEST).filter(Boolean).length;
    if (gaps < FEWEST - 2 || countKnown(window, tables) < FEWEST - 1) continue;
    const [start, end] = [window[0].start, window[FEWEST - 1].end];
    if (countPairs(window, tables) <= (labelOf(text, start, end) === "phrase" ? 3 : 1)) spans.push([start, end]);
  }
  return spans;
}

/**
 * Whole rows, or parts between two gaps, as long as a phrase can be.
 * @param {string} text @param {Token[]} row @param {boolean[]} parted @param {Tables} tables
 */
function joinedSpans(text, row, parted, tables) {
  /** @type {[number, number][]} */
  const spans = [];
  for (let first = 0; first < row.length; first += 1) {
    const starts = parted[first] || endsLabel(text, row[first].start);
    if (!starts) continue;
    const named = labelOf(text, row[first].start, row[first].start + 1) === "phrase";
    for (const length of LENGTHS) {
      const window = row.slice(first, first + length);
      const ends = first + length === row.length || parted[first + length];
      if (window.length < length || !ends || countKnown(window, tables) < (named ? length - 2 : length)) continue;
      const joints = window.filter((token) => JOINTS.has(token.text)).length;
      const pairs = countPairs(window, tables);
      const chance = length / FEWEST;
      const proven = pairs <= chance && joints <= 2 * chance && [tables.simplified, tables.traditional].some((list) => holds(window, list));
      if (proven || (pairs === 0 && joints <= chance) || (named && pairs <= chance && joints <= 2 * chance)) {
        spans.push([window[0].start, window[length - 1].end]);
      }
    }
  }
  return spans;
}

/** @param {string} text @param {number} start */
function endsLabel(text, start) {
  return /(?:助[记記][词詞]|恢复词|种子词)(?:是|为|為|如下)?$/u.test(text.slice(Math.max(0, start - 8), start));
}

/** @param {Token[]} window @param {Map<string, number>} list */
function holds(window, list) {
  const numbers = window.map(({ text }) => list.get(text) ?? -1);
  return !numbers.includes(-1) && checksumHolds(numbers);
}

/** @param {Token[]} window @param {Tables} tables */
function countKnown(window, tables) {
  const count = (/** @type {Map<string, number>} */ list) => window.filter(({ text }) => list.has(text)).length;
  return Math.max(count(tables.simplified), count(tables.traditional));
}

/** @param {Token[]} window @param {Tables} tables */
function countPairs(window, tables) {
  return window.slice(1).filter(({ text }, i) => tables.pairs.has(window[i].text + text)).length;
}
