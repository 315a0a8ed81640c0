// Chinese seed phrases. Nearly every common character is in the list, so what counts is that they do not form words:
// chance puts two that do side by side in one phrase of two hundred. Written without spaces, the checksum must hold too.
import { checksumHolds } from "./guard-checksum.js";
import { exactPhrase } from "./guard-exact.js";
import { JOINTS } from "./guard-tables.js";
import { labelOf } from "./guard-text.js";

/** @typedef {import("./guard-tables.js").Tables} Tables */
/** @typedef {{ text: string, start: number, end: number }} Token */

const FEWEST = 12;
const LENGTHS = [12, 15, 18, 21, 24];
/** What stands next to a phrase: 助记词是, 如下, 帮忙. */
const LABELS = new Set("助记記词詞为為如下就这這按顺順序共帮幫忙看谢謝");
const BETWEEN = /^[\s\d.,，、。;；:：|/\\_\-—–~·•*()（）[\]【】"'“”‘’「」『』#>+&=\u20e3①-⑳第个個]*$/;

/**
 * @param {string} text
 * @param {Tables} tables
 */
export function chineseSpans(text, tables) {
  // The signs of a numbering are none of its words: 第1个, 第二…
  const characters = [...text.matchAll(/\p{Script=Han}/gu)].filter(({ 0: sign, index }) => !isNumbering(text, sign, index));
  const tokens = characters.map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  /** @type {[number, number][]} */
  const spans = [];
  for (const row of rows(text, tokens)) {
    if (row.length < FEWEST) continue;
    const parted = row.map(({ start }, i) => i === 0 || start > row[i - 1].end);
    const spaced = spacedSpans(text, row, parted, tables);
    const joined = joinedSpans(text, row, parted, tables).filter(([start, end]) => spaced.every((span) => end <= span[0] || start >= span[1]));
    spans.push(...spaced, ...joined);
  }
  return spans;
}

/** @param {string} text @param {string} sign @param {number} at */
function isNumbering(text, sign, at) {
  return (sign === "第" && /^\s?\d/.test(text.slice(at + 1, at + 3))) || (/[个個]/.test(sign) && /第\s?\d{1,2}\s?$/.test(text.slice(Math.max(0, at - 6), at)));
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
  const stretches = [];
  for (let first = 0; first + FEWEST <= row.length; first += 1) {
    const group = row.slice(first, first + FEWEST);
    const gaps = parted.slice(first + 1, first + FEWEST).filter(Boolean).length;
    if (gaps < FEWEST - 2 || countKnown(group, tables) < FEWEST - 1) continue;
    const [start, end] = [group[0].start, group[FEWEST - 1].end];
    if (countPairs(group, tables) > (labelOf(text, start, end) === "phrase" ? 3 : 2)) continue;
    const last = stretches.at(-1);
    if (last && first <= last[1]) last[1] = first + FEWEST;
    else stretches.push([first, first + FEWEST]);
  }
  const isOrdinary = (/** @type {Token} */ { text: character }) => JOINTS.has(character) || LABELS.has(character);
  const isProven = (/** @type {Token[]} */ group) => [tables.simplified, tables.traditional].some((list) => holds(group, list));
  return stretches.map(([first, end]) => {
    const phrase = exactPhrase(text, row.slice(first, end), isOrdinary, isProven);
    return /** @type {[number, number]} */ ([phrase[0].start, phrase[phrase.length - 1].end]);
  });
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
      const group = row.slice(first, first + length);
      const ends = first + length === row.length || parted[first + length];
      if (group.length < length || !ends || countKnown(group, tables) < (named ? length - 2 : length)) continue;
      const joints = group.filter((token) => JOINTS.has(token.text)).length;
      const pairs = countPairs(group, tables);
      const chance = length / FEWEST;
      const proven = pairs <= chance && joints <= 2 * chance && [tables.simplified, tables.traditional].some((list) => holds(group, list));
      if (proven || (named && pairs <= chance && joints <= 2 * chance)) {
        spans.push([group[0].start, group[length - 1].end]);
      }
    }
  }
  return spans;
}

/** @param {string} text @param {number} start */
function endsLabel(text, start) {
  return /(?:助[记記][词詞]|恢复词|种子词)(?:是|为|為|如下)?$/u.test(text.slice(Math.max(0, start - 8), start));
}

/** @param {Token[]} group @param {Map<string, number>} list */
function holds(group, list) {
  const numbers = group.map(({ text }) => list.get(text) ?? -1);
  return !numbers.includes(-1) && checksumHolds(numbers);
}

/** @param {Token[]} group @param {Tables} tables */
function countKnown(group, tables) {
  const count = (/** @type {Map<string, number>} */ list) => group.filter(({ text }) => list.has(text)).length;
  return Math.max(count(tables.simplified), count(tables.traditional));
}

/** @param {Token[]} group @param {Tables} tables */
function countPairs(group, tables) {
  return group.slice(1).filter(({ text }, i) => tables.pairs.has(group[i].text + text)).length;
}
