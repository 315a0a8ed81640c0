/**
 * Groups and texts → the best section, an excerpt of it, and the marks. Twin of highlight.py, which says what is chosen.
 * Knows no DOM: it gives parts, plain text with or without a mark.
 */

import { isCjk, normalise, tokens } from "./analysis.js";

/** A query has a few hundred groups at the most. */
const GROUP_BITS = 12;
const GROUP_MASK = 4095;
const EXCERPT_WIDTH = 180;
const CONTEXT = 8;
const SENTENCE_END = /[。！？!?；;\n]+|[.](?=[ \u00a0]|$)/g;
const JOINING = /^[\u0300-\u036f\u3099\u309a\u1161-\u11ff\uff9e\uff9f]/;

/**
 * @typedef {import("./analysis.js").Token} Token
 * @typedef {import("./checked.js").Section} Section
 * @typedef {import("./rank.js").Weighted} Weighted
 * @typedef {Map<string, string> | null} Simplified
 * @typedef {{text: string, mark: boolean}} Part  plain text, and whether the query matched here
 * @typedef {{start: number, end: number, mass: number, leads: boolean, cutStart: boolean, cutEnd: boolean}} Stretch
 * @typedef {{
 *   starts: number[], ends: number[], sentences: number[], widths: number[], begins: number[], spots: Map<string, number[]>,
 * }} Looked  the words and characters of a text in order: where each begins and ends, in which sentence, and the width of all
 *   before it; where each sentence begins; the spots of each term
 * @typedef {{number: number, stretch: Stretch, mass: number}} Best  section, its stretch, and the most that any place matches
 */

/**
 * The texts looked through last: while a reader types, the same articles are asked for again and again. `limit` characters
 * are ten articles as long as the index keeps them, some 8 MB; who asks more may set `limit`.
 * @type {{simplified: Simplified, looked: Map<string, Looked>, size: number, limit: number}}
 */
export const memory = { simplified: null, looked: new Map(), size: 0, limit: 40_000 };

/**
 * Term of the index → number of the group it stands for; the first group that has it. No text has the terms of evidence.
 * @param {Weighted[]} groups
 * @returns {Map<string, number>}
 */
export function groupNumbers(groups) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  groups.forEach(({ group }, number) => {
    if (group.term.evidence) return;
    const terms = [...group.variants.keys(), ...group.phrases.flatMap(([phrase]) => phrase)];
    for (const term of terms) if (!numbers.has(term)) numbers.set(term, number);
  });
  return numbers;
}

/**
 * The tokens of a text; [start, end) is in the text itself, whose normal form may be longer or shorter.
 * @param {string} text
 * @param {Simplified} simplified
 * @returns {Token[]}
 */
export function locate(text, simplified) {
  const normal = normalise(text, simplified);
  if (normal.length === text.length) return tokens(normal);
  const characters = Array.from(text);
  let pieces = "";
  /** @type {number[]} */
  const origins = [];
  let start = 0;
  let chunk = "";
  characters.forEach((character, at) => {
    chunk += character;
    if (at + 1 < characters.length && JOINING.test(characters[at + 1])) return;
    const piece = normalise(chunk, simplified);
    pieces += piece;
    for (let unit = 0; unit < piece.length; unit += 1) origins.push(start);
    start += chunk.length;
    chunk = "";
  });
  origins.push(text.length);
  return tokens(pieces).map((token) => ({
    ...token,
    start: origins[token.start],
    end: Math.max(origins[token.end], origins[token.start] + 1),
  }));
}

/**
 * The best section. A heading counts half as much again as text.
 * @param {Section[]} sections
 * @param {Weighted[]} groups
 * @param {Simplified} simplified
 * @returns {Best}
 */
export function bestSection(sections, groups, simplified) {
  const numbers = groupNumbers(groups);
  let best = { number: 0, stretch: bestStretchOf("", groups, numbers, simplified) };
  let bestScore = -1;
  let mass = 0;
  sections.forEach(([, heading, text], number) => {
    const named = nameMass(heading, groups, numbers, simplified);
    const stretch = bestStretchOf(text, groups, numbers, simplified);
    mass = Math.max(mass, named, stretch.mass);
    const score = 3 * named + 2 * stretch.mass;
    if (score > bestScore) {
      bestScore = score;
      best = { number, stretch };
    }
  });
  return { ...best, mass };
}

/**
 * The share of the query that stands together, in a name of an article or in the best place of its text.
 * @param {string[]} names
 * @param {number} mass what `bestSection` has found in headings and text
 * @param {Weighted[]} groups
 * @param {Simplified} simplified
 * @param {number} less how much that counts
 */
export function nearness(names, mass, groups, simplified, less) {
  const numbers = groupNumbers(groups);
  const whole = massOf(new Set(numbers.values()), groups);
  const named = Math.max(...names.map((name) => nameMass(name, groups, numbers, simplified)));
  return whole && Math.max(named, mass * less) / whole;
}

/**
 * The weight of all groups that a text matches.
 * @param {string} text
 * @param {Weighted[]} groups
 * @param {Map<string, number>} numbers
 * @param {Simplified} simplified
 */
function nameMass(text, groups, numbers, simplified) {
  const found = new Set();
  for (const term of lookThrough(text, simplified).spots.keys()) if (numbers.has(term)) found.add(numbers.get(term));
  return massOf(found, groups);
}

/**
 * The stretch that matches most; rather one that begins with a match, one that begins a sentence, the earliest.
 * @param {string} text
 * @param {Weighted[]} groups
 * @param {Map<string, number>} numbers
 * @param {Simplified} simplified
 * @returns {Stretch}
 */
export function bestStretchOf(text, groups, numbers, simplified) {
  const looked = lookThrough(text, simplified);
  const matches = matchesOf(looked, numbers);
  /** @type {Stretch} */
  let best = { start: 0, end: text.length, mass: -1, leads: false, cutStart: false, cutEnd: false };
  for (const first of firstsOf(looked, matches)) {
    const stretch = stretchFrom(text, looked, matches, first, groups);
    if (isBetter(stretch, best)) best = stretch;
  }
  return best;
}

/**
 * A stretch of a text as parts, on one line, with "…" where a sentence is cut.
 * @param {string} text
 * @param {Stretch} stretch
 * @param {Weighted[]} groups
 * @param {Simplified} simplified
 * @returns {Part[]}
 */
export function excerpt(text, stretch, groups, simplified) {
  const cut = text.slice(stretch.start, stretch.end).replace(/[ \n]+/g, " ").replace(/^ | $/g, "");
  return marked((stretch.cutStart ? "…" : "") + cut + (stretch.cutEnd ? "…" : ""), groups, simplified);
}

/**
 * A text as parts. Question words are not marked, single characters of Han only where no pair of them matches.
 * @param {string} text
 * @param {Weighted[]} groups
 * @param {Simplified} simplified
 * @returns {Part[]}
 */
export function marked(text, groups, simplified) {
  const numbers = groupNumbers(groups);
  /** @type {{token: Token, term: import("./query.js").QueryTerm}[]} */
  const hits = [];
  for (const token of locate(text, simplified)) {
    const number = numbers.get(token.text);
    if (number !== undefined && !groups[number].group.term.stop) hits.push({ token, term: groups[number].group.term });
  }
  const pairs = hits.some(({ term }) => term.pair);
  /** @type {Part[]} */
  const parts = [];
  let done = 0;
  for (const { token, term } of hits) {
    if (pairs && term.cjk && !term.pair) continue;
    const start = Math.max(token.start, done);
    if (token.end <= start) continue;
    if (start > done) parts.push({ text: text.slice(done, start), mark: false });
    const last = parts.at(-1);
    if (last?.mark) last.text += text.slice(start, token.end);
    else parts.push({ text: text.slice(start, token.end), mark: true });
    done = token.end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), mark: false });
  return parts;
}

/**
 * The spots that match, in order, each with a group that matches there in its lower bits: a search sorts thousands.
 * @param {Looked} looked
 * @param {Map<string, number>} numbers
 */
function matchesOf({ spots }, numbers) {
  /** @type {number[]} */
  const matches = [];
  numbers.forEach((number, term) => spots.get(term)?.forEach((spot) => matches.push((spot << GROUP_BITS) | number)));
  return Uint32Array.from(matches).sort();
}

/**
 * A text looked through, from memory if it is there.
 * @param {string} text
 * @param {Simplified} simplified
 * @returns {Looked}
 */
export function lookThrough(text, simplified) {
  if (memory.simplified !== simplified || memory.size > memory.limit) {
    memory.simplified = simplified;
    memory.looked.clear();
    memory.size = 0;
  }
  let looked = memory.looked.get(text);
  if (!looked) {
    looked = lookedThrough(text, simplified);
    memory.looked.set(text, looked);
    memory.size += text.length;
  }
  return looked;
}

/**
 * @param {string} text
 * @param {Simplified} simplified
 * @returns {Looked}
 */
function lookedThrough(text, simplified) {
  const passages = Array.from(text.matchAll(SENTENCE_END), (match) => /** @type {number} */ (match.index) + match[0].length);
  /** @type {Looked} */
  const looked = { starts: [], ends: [], sentences: [], widths: [0], begins: [], spots: new Map() };
  const { starts, ends, sentences, widths, begins, spots } = looked;
  let passed = 0;
  for (const token of locate(text, simplified)) {
    let at = starts.length;
    const cjk = isCjk(token.text);
    // A pair has the place of its first character.
    if (at && cjk && token.start === starts[at - 1]) at -= 1;
    else {
      const before = passed;
      while (passages[passed] <= token.start) passed += 1;
      if (!at || passed > before) begins.push(at);
      starts.push(token.start);
      ends.push(token.end);
      sentences.push(begins.length - 1);
      widths.push(widths[at] + (cjk ? 2 : token.text.length + 1));
    }
    const places = spots.get(token.text);
    if (places) places.push(at);
    else spots.set(token.text, [at]);
  }
  return looked;
}

/**
 * @param {Stretch} one
 * @param {Stretch} other
 */
function isBetter(one, other) {
  if (one.mass !== other.mass) return one.mass > other.mass;
  return one.leads !== other.leads ? one.leads : other.cutStart && !one.cutStart;
}

/**
 * Where an excerpt may begin, in order: with the text, with a sentence that a match is not too far from, and shortly before a
 * match that is far into its sentence.
 * @param {Looked} looked
 * @param {Uint32Array} matches
 */
function firstsOf({ sentences, widths, begins }, matches) {
  const firsts = new Set([0]);
  for (const match of matches) {
    const spot = match >> GROUP_BITS;
    let sentence = sentences[spot];
    if (widths[spot] - widths[begins[sentence]] > EXCERPT_WIDTH / 2) firsts.add(Math.max(0, spot - CONTEXT));
    for (; sentence >= 0 && widths[spot + 1] - widths[begins[sentence]] <= EXCERPT_WIDTH; sentence -= 1) firsts.add(begins[sentence]);
  }
  return Uint32Array.from(firsts).sort();
}

/**
 * From a place on as far as the width allows, but not beyond the last whole sentence if there is one.
 * @param {string} text
 * @param {Looked} looked
 * @param {Uint32Array} matches
 * @param {number} first
 * @param {Weighted[]} groups
 * @returns {Stretch}
 */
function stretchFrom(text, { starts, ends, sentences, widths, begins }, matches, first, groups) {
  let after = first + 1;
  while (widths[after + 1] <= widths[first] + EXCERPT_WIDTH) after += 1;
  let cutEnd = after < starts.length && sentences[after] === sentences[after - 1];
  if (cutEnd && begins[sentences[after]] > first) {
    after = begins[sentences[after]];
    cutEnd = false;
  }
  const found = new Set();
  let leads = false;
  for (const match of matches) {
    const spot = match >> GROUP_BITS;
    if (spot >= after) break;
    if (spot < first) continue;
    found.add(match & GROUP_MASK);
    leads ||= sentences[spot] === sentences[first];
  }
  const end = cutEnd ? ends[after - 1] : after < starts.length ? starts[after] : text.length;
  const cutStart = first > 0 && sentences[first - 1] === sentences[first];
  return { start: first ? starts[first] : 0, end, mass: massOf(found, groups), leads, cutStart, cutEnd };
}

/**
 * @param {Iterable<number>} numbers
 * @param {Weighted[]} groups
 */
function massOf(numbers, groups) {
  let mass = 0;
  for (const number of numbers) mass += groups[number].weight;
  return mass;
}
