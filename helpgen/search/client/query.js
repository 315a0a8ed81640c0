/**
 * A query → what to look up, and what was found in the vocabulary → groups. Twin of query.py. Knows no DOM and no fetch.
 */

import { characterCount, isCjk, normalise, singleTerms, tokens, triples, wordPairs } from "./analysis.js";
import { stemOf } from "./stem.js";

const MAX_TERMS = 200;
const MAX_PAIRS = 6;

/** After every string of the vocabulary that begins with what stands before it. */
export const LAST = "\uffff";

/**
 * @typedef {import("./analysis.js").Token} Token
 * @typedef {import("./checked.js").Manifest} Manifest
 * @typedef {import("./checked.js").Rank} Rank
 * @typedef {{
 *   text: string, weight: number, cjk: boolean, pair: boolean, stop: boolean, unfinished: boolean,
 *   evidence: boolean,
 * }} QueryTerm  `pair`: two characters of Han, kana or Hangul; `stop`: part of the asking; `unfinished`: perhaps still typed;
 *   `evidence`: a pair of words or a triple of characters, which only adds to a score
 * @typedef {{text: string, runs: string[][], unfinished: boolean, terms: QueryTerm[], question: boolean,
 *   crossed: Map<string, string[]>, synonyms: Map<string, string[][]>}} Query
 *   `runs` are the words that stand together, for pinyin; `unfinished`: the last of them may still be typed; `crossed`: for a
 *   pair of characters those that may be meant if the index does not have it; `synonyms`: for a term the phrases, terms each,
 *   that it may stand for
 * @typedef {{term: QueryTerm, variants: Map<string, number>, phrases: [string[], number][]}} Group
 *   what stands for a term in the index: terms, and phrases of which all terms must be there; with factors in hundredths
 */

/**
 * The terms of a query, each once, in the order of their first place.
 * @param {string} text
 * @param {Manifest} manifest
 * @param {Map<string, string> | null} simplified
 * @returns {Query}
 */
export function parseQuery(text, manifest, simplified) {
  const normal = normalise(text, simplified);
  const found = tokens(normal).slice(0, MAX_TERMS * 2);
  const final = found.at(-1);
  const last = final && final.end === normal.length && !isCjk(final.text) ? final.text : "";
  const question = isQuestion(normal, found, manifest);
  const stops = stopPositions(found, question ? [manifest.stopWords, manifest.talkWords] : [manifest.stopWords]);
  /** @type {Map<string, QueryTerm>} */
  const terms = new Map();
  for (const token of found) {
    if (terms.has(token.text) || terms.size >= MAX_TERMS) continue;
    terms.set(token.text, termOf(token, stops, last, question, manifest.rank));
  }
  for (const pair of new Set(wordPairs(found, manifest.stopWords).slice(0, MAX_PAIRS))) {
    const unfinished = last !== "" && pair.endsWith(` ${last}`);
    const weight = manifest.rank.wordPair;
    terms.set(pair, { text: pair, weight, cjk: false, pair: false, stop: false, unfinished, evidence: true });
  }
  // Questions are worded in too many ways for triples to be evidence.
  for (const triple of question ? [] : triples(found)) {
    const weight = manifest.rank.triple;
    terms.set(triple, { text: triple, weight, cjk: true, pair: false, stop: false, unfinished: false, evidence: true });
  }
  return {
    text,
    runs: runsOf(found),
    unfinished: last !== "",
    terms: Array.from(terms.values()),
    question,
    crossed: question ? new Map() : crossedOf(found),
    synonyms: synonymsOf(found, manifest),
  };
}

/**
 * The first and last string between which the forms of a term lie in the vocabulary.
 * @param {QueryTerm} term
 * @param {Manifest} manifest
 * @returns {[string, string]}
 */
export function family(term, manifest) {
  let root = term.text;
  const stems = (manifest.stems || manifest.endings.size > 0) && !term.evidence;
  if (term.cjk || !(term.unfinished || stems)) return [root, root];
  if (stems && characterCount(root) > 2) {
    const common = stemOf(root, manifest);
    const shorter = Math.min(common.length, root.length);
    let length = 0;
    while (length < shorter && common[length] === root[length]) length += 1;
    const less = common.endsWith("i") && length === common.length ? 1 : 0;
    root = root.slice(0, Math.max(2, length - less));
  }
  return [root, root + LAST];
}

/**
 * A group for each term of the query; its variants are empty when the index has nothing for it.
 * @param {Query} query
 * @param {Manifest} manifest
 * @param {(term: string) => boolean} known
 * @param {(term: QueryTerm) => string[]} between
 * @returns {Group[]}
 */
export function groupTerms(query, manifest, known, between) {
  return query.terms.map((term) => {
    const variants = variantsOf(term, manifest, known(term.text), term.cjk ? [] : between(term));
    /** @type {Map<string, [string[], number]>} */
    const phrases = new Map();
    for (const phrase of query.synonyms.get(term.text) ?? []) {
      if (!phrase.every(known)) continue;
      const percent = manifest.rank.synonymPercent;
      if (phrase.length > 1) phrases.set(phrase.join("\n"), [phrase, percent]);
      else variants.set(phrase[0], Math.max(variants.get(phrase[0]) ?? 0, percent));
    }
    return { term, variants, phrases: Array.from(phrases.values()) };
  });
}

/**
 * Whether a text with these terms has anything that a group stands for.
 * @param {Group} group
 * @param {{has: (term: string) => boolean}} found
 */
export function standsIn({ variants, phrases }, found) {
  for (const variant of variants.keys()) if (found.has(variant)) return true;
  return phrases.some(([phrase]) => phrase.every((term) => found.has(term)));
}

/**
 * The term itself, words of the same stem, and if it is unfinished the words that it begins.
 * @param {QueryTerm} term
 * @param {Manifest} manifest
 * @param {boolean} known
 * @param {string[]} near
 * @returns {Map<string, number>}
 */
function variantsOf(term, manifest, known, near) {
  /** @type {Map<string, number>} */
  const variants = new Map();
  // Who has typed "im" so far rather begins a word than asks for "I'm".
  if (known) variants.set(term.text, term.stop && term.unfinished ? manifest.rank.prefixPercent : 100);
  const ownStem = stemOf(term.text, manifest);
  for (const other of near) {
    if (variants.has(other) || isCjk(other)) continue;
    if (!term.evidence && stemOf(other, manifest) === ownStem) variants.set(other, manifest.rank.stemPercent);
    else if (term.unfinished && other.startsWith(term.text)) variants.set(other, manifest.rank.prefixPercent);
  }
  return variants;
}

/**
 * @param {Token} token
 * @param {Set<number>} stops
 * @param {string} last
 * @param {boolean} question
 * @param {Rank} rank
 * @returns {QueryTerm}
 */
function termOf(token, stops, last, question, rank) {
  const cjk = isCjk(token.text);
  const length = cjk ? characterCount(token.text) : 1;
  const unigram = question ? rank.unigramQuestion : rank.unigramKeywords;
  const little = question ? rank.stop : rank.stopKeywords;
  let stop = true;
  for (let at = 0; at < length; at += 1) stop &&= stops.has(token.position + at);
  return {
    text: token.text,
    weight: (stop ? little : 1) * (cjk && length === 1 ? unigram : 1),
    cjk,
    pair: cjk && length === 2,
    stop,
    unfinished: token.text === last,
    evidence: false,
  };
}

/**
 * Words in order, those together that no other character stands between.
 * @param {Token[]} found
 * @returns {string[][]}
 */
function runsOf(found) {
  /** @type {string[][]} */
  const runs = [];
  let before = -1;
  for (const token of found) {
    if (isCjk(token.text)) continue;
    if (!runs.length || token.position !== before + 1) runs.push([]);
    runs[runs.length - 1].push(token.text);
    before = token.position;
  }
  return runs;
}

/**
 * For each term of a phrase of the query that has synonyms, the terms of these: a synonym stands for every pair of the phrase,
 * and only as a whole.
 * @param {Token[]} found
 * @param {Manifest} manifest
 */
function synonymsOf(found, manifest) {
  const singles = singleTerms(found);
  /** @type {Map<string, string[][]>} */
  const phrases = new Map();
  for (const { phrase, asked, found: other } of manifest.synonyms) {
    const stands = singles.some((_, start) => phrase.every((single, at) => singles[start + at] === single));
    if (!other.length || !stands) continue;
    for (const term of asked) phrases.set(term, [...(phrases.get(term) ?? []), other]);
  }
  return phrases;
}

/**
 * For each pair of characters what it may be a slip of the keyboard for: the two exchanged, or one too many between.
 * @param {Token[]} found
 */
function crossedOf(found) {
  /** @type {Map<number, string[]>} */
  const pairs = new Map();
  for (const { text, position } of found) {
    if (isCjk(text) && characterCount(text) === 2) pairs.set(position, Array.from(text));
  }
  /** @type {Map<string, string[]>} */
  const crossed = new Map();
  for (const [position, [one, other]] of pairs) {
    const before = pairs.get(position - 1);
    const after = pairs.get(position + 1);
    const others = [other + one, ...(after ? [one + after[1]] : []), ...(before ? [before[0] + other] : [])];
    crossed.set(one + other, Array.from(new Set([...(crossed.get(one + other) ?? []), ...others])));
  }
  return crossed;
}

/**
 * Positions of the query that stop words cover; in Chinese these may be several characters.
 * @param {Token[]} found
 * @param {Set<string>[]} lists
 * @returns {Set<number>}
 */
function stopPositions(found, lists) {
  /** @type {Set<number>} */
  const positions = new Set();
  /** @type {Map<number, string>} */
  const single = new Map();
  for (const token of found) {
    if (!(isCjk(token.text) && characterCount(token.text) === 2)) single.set(token.position, token.text);
  }
  for (const position of single.keys()) {
    let word = "";
    for (let length = 0; length < 3; length += 1) {
      word += single.get(position + length) ?? "";
      if (lists.some((list) => list.has(word))) for (let at = position; at <= position + length; at += 1) positions.add(at);
      if (!isCjk(word)) break;
    }
  }
  return positions;
}

/**
 * Whether the query asks, or tells at such length that it is no list of keywords; a word counts twice, a character once.
 * @param {string} normal
 * @param {Token[]} found
 * @param {Manifest} manifest
 */
function isQuestion(normal, found, { questionWords, rank }) {
  if (normal.includes("?") || found.some((token) => questionWords.has(token.text))) return true;
  const length = singleTerms(found).reduce((sum, term) => sum + (isCjk(term) ? 1 : 2), 0);
  if (length >= rank.questionLength) return true;
  for (const word of questionWords) if (isCjk(word) && normal.includes(word)) return true;
  return false;
}
