/**
 * Groups and texts → the best section, an excerpt of it, and the marks. Twin of highlight.py, which says what is chosen.
 * Knows no DOM: it gives parts, plain text with or without a mark.
 */

import { isCjk, normalise, tokens } from "./analysis.js";

const EXCERPT_WIDTH = 180;
const CONTEXT = 8;
/** Characters of text whose spots are remembered: ten articles as long as the index keeps them; some 8 MB. */
const REMEMBERED = 40_000;
/** The groups of most spots. @type {number[]} */
const NO_GROUPS = [];
const SENTENCE_END = /[。！？!?；;\n]+|[.](?=[ \u00a0]|$)/g;
const JOINING = /^[\u0300-\u036f\u3099\u309a\u1161-\u11ff\uff9e\uff9f]/;

/**
 * @typedef {import("./analysis.js").Token} Token
 * @typedef {import("./checked.js").Section} Section
 * @typedef {import("./rank.js").Weighted} Weighted
 * @typedef {Map<string, string> | null} Simplified
 * @typedef {{text: string, mark: boolean}} Part  plain text, and whether the query matched here
 * @typedef {{start: number, end: number, mass: number, leads: boolean, cutStart: boolean, cutEnd: boolean}} Stretch
 * @typedef {{start: number, end: number, width: number, sentence: number, terms: string[]}} Spot
 *   a word or character of a text: the word, or the character and the pair that begins with it
 */

/**
 * The spots of the texts asked for last: while a reader types, the same articles are looked through again and again.
 * @type {{simplified: Simplified, spots: Map<string, Spot[]>, characters: number}}
 */
const memory = { simplified: null, spots: new Map(), characters: 0 };

/**
 * Term of the index → number of the group it stands for; the first group that has it.
 * @param {Weighted[]} groups
 * @returns {Map<string, number>}
 */
export function groupNumbers(groups) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  groups.forEach(({ group }, number) => {
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
 * The number of the best section and its best stretch. A heading counts half as much again as text.
 * @param {Section[]} sections
 * @param {Weighted[]} groups
 * @param {Simplified} simplified
 * @returns {{number: number, stretch: Stretch}}
 */
export function bestSection(sections, groups, simplified) {
  const numbers = groupNumbers(groups);
  let best = { number: 0, stretch: { start: 0, end: 0, mass: 0, leads: false, cutStart: false, cutEnd: false } };
  let bestScore = -1;
  sections.forEach(([, heading, text], number) => {
    const found = new Set();
    for (const token of locate(heading, simplified)) if (numbers.has(token.text)) found.add(numbers.get(token.text));
    const stretch = bestStretchOf(text, groups, numbers, simplified);
    const score = 3 * massOf(found, groups) + 2 * stretch.mass;
    if (score > bestScore) {
      bestScore = score;
      best = { number, stretch };
    }
  });
  return best;
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
  const spots = spotsOf(text, simplified);
  const matches = groupsAt(spots, numbers);
  /** @type {Stretch | null} */
  let best = null;
  for (const first of startsOf(spots, matches)) {
    const stretch = stretchFrom(text, spots, matches, first, groups);
    if (!best || isBetter(stretch, best)) best = stretch;
  }
  return best ?? { start: 0, end: text.length, mass: 0, leads: false, cutStart: false, cutEnd: false };
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
 * The groups that match at each spot.
 * @param {Spot[]} spots
 * @param {Map<string, number>} numbers
 * @returns {number[][]}
 */
function groupsAt(spots, numbers) {
  return spots.map(({ terms }) => {
    let groups = NO_GROUPS;
    for (const term of terms) {
      const group = numbers.get(term);
      if (group !== undefined) groups = [...groups, group];
    }
    return groups;
  });
}

/**
 * The spots of a text, from memory if they are there.
 * @param {string} text
 * @param {Simplified} simplified
 * @returns {Spot[]}
 */
function spotsOf(text, simplified) {
  if (memory.simplified !== simplified || memory.characters > REMEMBERED) {
    memory.simplified = simplified;
    memory.spots.clear();
    memory.characters = 0;
  }
  let spots = memory.spots.get(text);
  if (!spots) {
    spots = lookedThrough(text, simplified);
    memory.spots.set(text, spots);
    memory.characters += text.length;
  }
  return spots;
}

/**
 * @param {string} text
 * @param {Simplified} simplified
 * @returns {Spot[]}
 */
function lookedThrough(text, simplified) {
  const ends = Array.from(text.matchAll(SENTENCE_END), (match) => /** @type {number} */ (match.index) + match[0].length);
  /** @type {Spot[]} */
  const spots = [];
  let sentence = 0;
  for (const token of locate(text, simplified)) {
    const before = spots.at(-1);
    const cjk = isCjk(token.text);
    if (before && cjk && token.start === before.start) {
      // The pair at the place of its first character.
      before.terms.push(token.text);
      continue;
    }
    while (sentence < ends.length && ends[sentence] <= token.start) sentence += 1;
    const width = cjk ? 2 : token.text.length + 1;
    spots.push({ start: token.start, end: token.end, width, sentence, terms: [token.text] });
  }
  return spots;
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
 * Where an excerpt may begin: at every sentence, and shortly before a match that is far into its sentence.
 * @param {Spot[]} spots
 * @param {number[][]} matches
 * @returns {number[]}
 */
function startsOf(spots, matches) {
  /** @type {number[]} */
  const starts = [];
  let width = 0;
  spots.forEach((spot, number) => {
    if (number === 0 || spots[number - 1].sentence !== spot.sentence) {
      starts.push(number);
      width = 0;
    } else if (width > EXCERPT_WIDTH / 2 && matches[number].length) starts.push(number - CONTEXT);
    width += spot.width;
  });
  return starts;
}

/**
 * From a place on as far as the width allows, but not beyond the last whole sentence if there is one.
 * @param {string} text
 * @param {Spot[]} spots
 * @param {number[][]} matches
 * @param {number} first
 * @param {Weighted[]} groups
 * @returns {Stretch}
 */
function stretchFrom(text, spots, matches, first, groups) {
  let width = 0;
  let after = first;
  while (after < spots.length && width + spots[after].width <= EXCERPT_WIDTH) {
    width += spots[after].width;
    after += 1;
  }
  after = Math.max(after, first + 1);
  let cutEnd = after < spots.length && spots[after].sentence === spots[after - 1].sentence;
  if (cutEnd) {
    let whole = after;
    while (whole > first && spots[whole - 1].sentence === spots[after].sentence) whole -= 1;
    if (whole > first) {
      after = whole;
      cutEnd = false;
    }
  }
  const found = new Set();
  let leads = false;
  for (let at = first; at < after; at += 1) {
    for (const group of matches[at]) found.add(group);
    leads ||= matches[at].length > 0 && spots[at].sentence === spots[first].sentence;
  }
  const end = cutEnd ? spots[after - 1].end : after < spots.length ? spots[after].start : text.length;
  const cutStart = first > 0 && spots[first - 1].sentence === spots[first].sentence;
  return { start: first ? spots[first].start : 0, end, mass: massOf(found, groups), leads, cutStart, cutEnd };
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
