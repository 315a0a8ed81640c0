/**
 * Words that the index does not have: pinyin, then misspelt words, then initials. Twin of unknown.py.
 */

import { areNear, halves, isCorrectable, nearest } from "./fuzzy.js";
import { beside, cuts, initialGroups, pinyinGroups } from "./pinyin.js";
import { LAST } from "./query.js";

/**
 * @typedef {import("./query.js").Group} Group
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./shards.js").Store} Store
 * @typedef {{groups: Group[], unknown: string[], corrected: Map<string, string>}} Resolved
 *   `corrected` maps a misspelt word to the commonest of those it was taken for
 */

/**
 * The groups with pinyin and misspelt words resolved as far as the index has anything for them.
 * @param {Store} store
 * @param {Query} query
 * @param {Group[]} groups
 * @returns {Promise<Resolved>}
 */
export async function resolve(store, query, groups) {
  const { sounded, explained } = await pinyinOf(store, query);
  const { fuzzyPercent } = store.manifest.rank;
  /** @type {string[]} */
  const unknown = [];
  /** @type {Map<string, string>} */
  const corrected = new Map();
  const left = groups.filter(({ term }) => !explained.has(term.text));
  const putRight = await Promise.all(
    left.map(async (group) => {
      const { term, variants, phrases } = group;
      if (variants.size || phrases.length || term.evidence) return [group];
      if (term.cjk) return [{ term, variants: await crossedOf(store, query.crossed.get(term.text) ?? []), phrases }];
      const near = await nearestOf(store, term.text);
      if (near.length) {
        corrected.set(term.text, commonest(store, near));
        return [{ term, variants: new Map(near.map((word) => [word, fuzzyPercent])), phrases }];
      }
      let found = await besideOf(store, term.text);
      if (!found.length) found = await initialsOf(store, term.text);
      if (!found.length) unknown.push(term.text);
      return [group, ...found];
    }),
  );
  // In the order of the query, whichever file came first.
  const order = left.map(({ term }) => term.text);
  unknown.sort((one, other) => order.indexOf(one) - order.indexOf(other));
  return { groups: [...putRight.flat(), ...sounded], unknown, corrected };
}

/**
 * Groups for the words that are pinyin, and these words as far as the index does not have them as such.
 * @param {Store} store
 * @param {Query} query
 */
async function pinyinOf(store, query) {
  /** @type {Group[]} */
  const sounded = [];
  /** @type {Set<string>} */
  const explained = new Set();
  for (const { words, ways, unfinished } of soundedRuns(store, query)) {
    const foreign = words.filter((word) => !store.lists.has(word));
    if (!foreign.length) continue;
    const groups = await lookedUp(store, pinyinGroups(ways, unfinished), store.manifest.rank.pinyin);
    sounded.push(...groups);
    if (groups.length) for (const word of foreign) explained.add(word);
  }
  return { sounded, explained };
}

/**
 * The shards that a query may need if its words are pinyin.
 * @param {Store} store
 * @param {Query} query
 * @returns {number[]}
 */
export function shardsOfPinyin(store, query) {
  const groups = soundedRuns(store, query).flatMap(({ ways, unfinished }) => pinyinGroups(ways, unfinished));
  return groups.flatMap(({ terms, unfinished }) => terms.flatMap((term) => shardsOf(store, term, unfinished)));
}

/**
 * Neighbouring words that can all be cut into syllables, with the ways to cut each; an unfinished word ends its run.
 * @param {Store} store
 * @param {Query} query
 */
function soundedRuns(store, { runs, unfinished: open }) {
  const { syllables } = store.manifest;
  /** @type {{words: string[], ways: string[][][], unfinished: boolean}[]} */
  const found = [];
  if (!syllables.size) return found;
  runs.forEach((run, number) => {
    /** @type {string[]} */
    let words = [];
    /** @type {string[][][]} */
    let ways = [];
    [...run, ""].forEach((word, place) => {
      const unfinished = open && number === runs.length - 1 && place === run.length - 1;
      const cut = cuts(word, syllables, unfinished);
      if (cut.length) {
        words.push(word);
        ways.push(cut);
      }
      if (!words.length || (cut.length && !unfinished)) return;
      found.push({ words, ways, unfinished: cut.length > 0 && unfinished });
      words = [];
      ways = [];
    });
  });
  return found;
}

/**
 * @param {Store} store
 * @param {string} term
 * @param {boolean} unfinished
 */
function shardsOf(store, term, unfinished) {
  return store.shardsOf(term, unfinished ? term + LAST : term, term);
}

/**
 * The pairs of characters that one may be a slip for, as far as the index has them.
 * @param {Store} store
 * @param {string[]} others
 * @returns {Promise<Map<string, number>>}
 */
async function crossedOf(store, others) {
  await store.loadTerms(others.flatMap((other) => store.shardsOf(other, other, other)));
  const known = others.filter((other) => store.lists.has(other));
  return new Map(known.map((other) => [other, store.manifest.rank.fuzzyPercent]));
}

/**
 * Groups for pinyin or initials run together with a word of the index ("xiazaiapp", "appxz"), the longest pinyin first.
 * @param {Store} store
 * @param {string} word
 * @returns {Promise<Group[]>}
 */
async function besideOf(store, word) {
  const { syllables } = store.manifest;
  if (!syllables.size) return [];
  const parts = beside(word, syllables);
  await store.loadTerms(parts.flatMap(([, other]) => store.shardsOf(other, other, other)));
  for (const [found, other] of parts) {
    if (!store.lists.has(other)) continue;
    const sounded = await lookedUp(store, found, store.manifest.rank.pinyin);
    if (!sounded.length || !sounded.every(({ variants }) => variants.size)) continue;
    const term = { text: other, weight: 1, cjk: false, pair: false, stop: false, unfinished: false, evidence: false };
    return [...sounded, { term, variants: new Map([[other, 100]]), phrases: [] }];
  }
  return [];
}

/**
 * Groups for a word of initials, all of which the index must have: single letters are weak evidence.
 * @param {Store} store
 * @param {string} word
 */
async function initialsOf(store, word) {
  if (!store.manifest.syllables.size) return [];
  const groups = await lookedUp(store, initialGroups(word), store.manifest.rank.initials);
  return groups.every(({ variants }) => variants.size) ? groups : [];
}

/**
 * Groups of the index for those of the query; none at all if the index lacks more than half of them.
 * @param {Store} store
 * @param {import("./pinyin.js").PinyinGroup[]} found
 * @param {number} weight
 * @returns {Promise<Group[]>}
 */
async function lookedUp(store, found, weight) {
  await store.loadTerms(found.flatMap(({ terms, unfinished }) => terms.flatMap((term) => shardsOf(store, term, unfinished))));
  const groups = found.map(({ terms, unfinished }) => {
    /** @type {Map<string, number>} */
    const variants = new Map();
    for (const term of terms) {
      if (store.lists.has(term)) variants.set(term, 100);
      if (!unfinished) continue;
      for (const other of store.termsBetween(shardsOf(store, term, true), term, term + LAST)) {
        if (!variants.has(other)) variants.set(other, store.manifest.rank.prefixPercent);
      }
    }
    const term = { text: terms[0], weight, cjk: false, pair: true, stop: false, unfinished, evidence: false };
    return { term, variants, phrases: [] };
  });
  const matched = groups.filter(({ variants }) => variants.size).length;
  return matched * 2 >= groups.length ? groups : [];
}

/**
 * The words of the index that a misspelt one may stand for, with their shards read.
 * @param {Store} store
 * @param {string} word
 * @returns {Promise<string[]>}
 */
async function nearestOf(store, word) {
  if (!isCorrectable(word)) return [];
  const [beginning] = halves(word);
  const shards = store.shardsOf(beginning, beginning + LAST, word);
  await store.loadTerms(shards);
  const alike = store.termsBetween(shards, beginning, beginning + LAST);
  let near = nearest(word, alike);
  if (!areNear(word, near)) near = nearest(word, [...alike, ...(await store.loadTypos(word))]);
  const lacking = near.filter((other) => !store.lists.has(other));
  await store.loadTerms(lacking.flatMap((other) => store.shardsOf(other, other, other)));
  return near;
}

/**
 * The words of a query that may be misspelt ones.
 * @param {Query} query
 */
export function mayBeMisspelt({ terms }) {
  return terms.filter((term) => !term.cjk && !term.evidence && !term.stop && isCorrectable(term.text)).map(({ text }) => text);
}

/**
 * The shards of words that others may be slips for, if these are written right up to their middle: they come with those of the
 * query's words, since a round trip takes longer than they do.
 * @param {Store} store
 * @param {string[]} words
 * @returns {number[]}
 */
export function shardsOfSlips(store, words) {
  return words.flatMap((word) => store.shardsOf(halves(word)[0], halves(word)[0] + LAST, word));
}

/**
 * @param {Store} store
 * @param {string[]} words at least one
 */
function commonest(store, words) {
  let best = words[0];
  for (const word of words) if (store.postings(word).units.length > store.postings(best).units.length) best = word;
  return best;
}
