/**
 * The best hit → whether it answers, and the passage that says it. Twin of answer.py, which explains the constants.
 * Knows no DOM and no fetch.
 */

import { isCjk } from "./analysis.js";
import { marked } from "./highlight.js";

const PASSAGE_WIDTH = 420;
const FAQ_WIDTH = 800;
const EXCERPT_BYTES = 4096;
const CERTAIN = 0.54;
const SAME_NAME = 0.9;
const FIT = 0.61;
const TITLE = 0.11;
const MARGIN = 0.28;
const LEAST_STEPS = 3;

const SENTENCE_END = /[。！？!?；;]+[」』”’）)]*|[.][”’)"']*(?=[ \u00a0]|$)/g;
const NUMBERED = /^(?:第[一二三四五六七八九十]步|[Ss]tep [0-9]+|[0-9]{1,2}[.)、．](?![0-9]))[:：、. ]*/;
const BLANK = /^[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+$/g;
const DOING =
  /^(?:(?:打开|打開|点|點|选|選|输入|輸入|粘贴|貼上|复制|複製|填|确认|確認|提交|上传|上傳|扫|掃|登录|登入|进入|進入|按|勾)|(?:Open|Tap|Click|Choose|Select|Enter|Type|Paste|Copy|Fill|Confirm|Submit|Upload|Scan|Go|Press|Check|Set|Sign|Log|Complete|Find|Turn|Add|Save|Read|Wait|Change|Follow)(?= ))/;

/**
 * @typedef {import("./checked.js").Section} Section
 * @typedef {import("./highlight.js").Part} Part
 * @typedef {import("./highlight.js").Stretch} Stretch
 * @typedef {import("./rank.js").Weighted} Weighted
 * @typedef {Map<string, string> | null} Simplified
 * @typedef {{fit: number, title: number, margin: number, name: number}} Evidence  each from 0 to 1
 * @typedef {{steps: boolean, lines: Part[][]}} Block  a paragraph (one line), or the lines of numbered steps
 */

export { CERTAIN, FAQ_WIDTH, PASSAGE_WIDTH };

/**
 * Share of the query's weight that a unit has, as strongly as can be.
 * @param {Weighted[]} weighted
 * @param {number} unit
 */
export function fit(weighted, unit) {
  let whole = 0;
  let strength = 0;
  for (const { group, weight, matches } of weighted) {
    if (group.term.evidence) continue;
    whole += weight;
    const at = matches.units.indexOf(unit);
    if (at >= 0) strength += weight * matches.values[at];
  }
  return whole ? strength / (whole * 1500) : 0;
}

/**
 * From 0 to 1; 1 for who asks for an article by name.
 * @param {Evidence} known
 */
export function confidence({ fit, title, margin, name }) {
  if (name >= SAME_NAME) return 1;
  return FIT * fit + TITLE * title + MARGIN * margin;
}

/**
 * [start, end) of whole sentences: all of a short text, else from the line of the densest stretch on.
 * @param {string} text
 * @param {Stretch} stretch
 * @param {number} width
 * @param {boolean} cut whether the text may have been cut for the index
 * @returns {[number, number]}
 */
export function passageRange(text, stretch, width, cut) {
  const sentences = sentencesOf(text);
  if (cut && sentences.length > 1 && text.slice(sentences[sentences.length - 1][0]).search(SENTENCE_END) < 0) sentences.pop();
  const final = sentences.at(-1);
  if (!final) return [0, 0];
  if (widthOf(text.slice(0, final[1])) <= width) return [0, final[1]];
  let first = 0;
  sentences.forEach(([start], number) => {
    if (start <= stretch.start) first = number;
  });
  let line = first;
  while (line > 0 && text[sentences[line][0] - 1] !== "\n") line -= 1;
  if (widthOf(text.slice(sentences[line][0], sentences[first][1])) <= Math.floor(width / 2)) first = line;
  let last = first;
  while (last + 1 < sentences.length && widthOf(text.slice(sentences[first][0], sentences[last + 1][1])) <= width) last += 1;
  return [sentences[first][0], sentences[last][1]];
}

/**
 * Whether the index may lack the end of some section's text.
 * @param {Section[]} sections
 */
export function mayBeCut(sections) {
  const encoder = new TextEncoder();
  const kept = sections.reduce((sum, [, , text]) => sum + encoder.encode(text).length, 0);
  return kept >= EXCERPT_BYTES - 4 * sections.length;
}

/**
 * The lines of a text as blocks. Numbers that stand before steps are taken off: the list brings its own.
 * @param {string} text
 * @param {Weighted[]} weighted
 * @param {Simplified} simplified
 * @returns {Block[]}
 */
export function passage(text, weighted, simplified) {
  const lines = text.split("\n").map((line) => line.replace(BLANK, "")).filter(Boolean);
  /** @type {Block[]} */
  const blocks = [];
  for (let start = 0, end = 0; start < lines.length; start = end) {
    const steps = looksLikeStep(lines[start]);
    end = start + 1;
    while (end < lines.length && looksLikeStep(lines[end]) === steps) end += 1;
    const run = lines.slice(start, end);
    if (steps && run.length >= LEAST_STEPS) {
      blocks.push({ steps: true, lines: run.map((line) => marked(line.replace(NUMBERED, ""), weighted, simplified)) });
    } else for (const line of run) blocks.push({ steps: false, lines: [marked(line, weighted, simplified)] });
  }
  return blocks;
}

/** @param {string} line */
function looksLikeStep(line) {
  return NUMBERED.test(line) || DOING.test(line);
}

/**
 * [start, end) of every sentence, none across lines.
 * @param {string} text
 * @returns {[number, number][]}
 */
function sentencesOf(text) {
  /** @type {[number, number][]} */
  const found = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    let start = 0;
    for (const match of line.matchAll(SENTENCE_END)) {
      const end = /** @type {number} */ (match.index) + match[0].length;
      found.push([offset + start, offset + end]);
      start = end;
    }
    if (line.slice(start).replace(BLANK, "")) found.push([offset + start, offset + line.length]);
    offset += line.length + 1;
  }
  return found;
}

/** @param {string} text */
function widthOf(text) {
  let width = 0;
  for (const character of text) width += isCjk(character) ? 2 : 1;
  return width;
}
