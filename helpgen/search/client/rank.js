/**
 * Groups and postings → scores. Twin of rank.py: same operations in the same order, so the same numbers.
 * Knows no DOM and no fetch.
 */

import { lookThrough } from "./highlight.js";
import { standsIn } from "./query.js";

/**
 * @typedef {import("./checked.js").Rank} Rank
 * @typedef {import("./query.js").Group} Group
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./checked.js").Manifest} Manifest
 * @typedef {import("./codec.js").Postings} Postings
 * @typedef {{units: Uint32Array, values: Uint16Array}} Matches
 * @typedef {{group: Group, weight: number, matches: Matches}} Weighted
 *   weight in thousandths; the units that the group matches, ascending, and the best score · factor of each
 * @typedef {{unit: number, score: number}} Scored
 */

/**
 * @param {Group} group
 * @param {(term: string) => Postings} postings
 * @param {number} units
 * @param {Rank} rank
 * @returns {Weighted}
 */
export function weigh(group, postings, units, rank) {
  const matches = matchesOf(group, postings, units);
  let count = matches.units.length;
  for (const variant of group.variants.keys()) count = Math.max(count, postings(variant).frequency);
  const idf = Math.log(1 + (units - count + 0.5) / (count + 0.5));
  return { group, weight: Math.floor(1000 * group.term.weight * idf ** rank.idfPower + 0.5), matches };
}

/**
 * The units that a group matches, each once with its best score · factor.
 * @param {Group} group
 * @param {(term: string) => Postings} postings
 * @param {number} unitCount
 * @returns {Matches}
 */
function matchesOf({ variants, phrases }, postings, unitCount) {
  if (variants.size === 1 && !phrases.length) {
    const [[variant, percent]] = variants;
    const { units, scores } = postings(variant);
    const values = new Uint16Array(scores.length);
    for (let at = 0; at < scores.length; at += 1) values[at] = scores[at] * percent;
    return { units, values };
  }
  const best = new Uint16Array(variants.size || phrases.length ? unitCount : 0);
  for (const [variant, percent] of variants) {
    const { units, scores } = postings(variant);
    for (let at = 0; at < units.length; at += 1) best[units[at]] = Math.max(best[units[at]], scores[at] * percent);
  }
  for (const [phrase, percent] of phrases) {
    for (const [unit, value] of phraseMatches(phrase, postings)) best[unit] = Math.max(best[unit], value * percent);
  }
  const units = new Uint32Array(best.length);
  const values = new Uint16Array(best.length);
  let count = 0;
  for (let unit = 0; unit < best.length; unit += 1) {
    if (!best[unit]) continue;
    units[count] = unit;
    values[count] = best[unit];
    count += 1;
  }
  return { units: units.subarray(0, count), values: values.subarray(0, count) };
}

/**
 * The units that have all terms of a phrase, each with the lowest of their scores.
 * @param {string[]} phrase
 * @param {(term: string) => Postings} postings
 */
function phraseMatches(phrase, postings) {
  /** @type {Map<number, number> | null} */
  let shared = null;
  for (const term of phrase) {
    const { units, scores } = postings(term);
    /** @type {Map<number, number>} */
    const both = new Map();
    for (let at = 0; at < units.length; at += 1) {
      const least = shared ? shared.get(units[at]) : scores[at];
      if (least !== undefined) both.set(units[at], Math.min(least, scores[at]));
    }
    shared = both;
  }
  return shared ?? new Map();
}

/**
 * The best unit of each of the best `most` documents, best first, equals in the order of the index; and how many documents
 * match at all.
 *
 * A unit whose sum alone is no better than the last of the best so far is passed over: coordination only lowers it.
 * @param {Weighted[]} groups
 * @param {Query} query
 * @param {Manifest} manifest
 * @param {number} most
 * @param {Uint8Array | null} allowed  for each document whether it may be shown; null = every one
 * @returns {{best: Scored[], total: number}}
 */
export function bestDocuments(groups, query, { unitCount, documentOf, rank }, most, allowed) {
  const { sums, masses, matched, whole } = summed(groups, unitCount);
  const exponent = query.question ? rank.coordinationQuestion : rank.coordinationKeywords;
  const best = new Best(most);
  let total = 0;
  let before = -1;
  for (let unit = 0; unit < unitCount; unit += 1) {
    if (!matched[unit]) continue;
    const document = documentOf[unit];
    if (allowed && !allowed[document]) continue;
    if (document !== before) total += 1;
    before = document;
    if (sums[unit] / 1_500_000 <= best.least) continue;
    best.add(document, unit, (sums[unit] * (whole ? power(masses[unit] / whole, exponent) : 1)) / 1_500_000);
  }
  return { best: best.sorted(), total };
}

/**
 * For each unit the sum of what it matches, the weight of the groups that it matches, and whether it matches anything.
 * @param {Weighted[]} groups
 * @param {number} unitCount
 */
function summed(groups, unitCount) {
  const sums = new Float64Array(unitCount);
  const masses = new Float64Array(unitCount);
  const matched = new Uint8Array(unitCount);
  let whole = 0;
  for (const { group, weight, matches } of groups) {
    const { units, values } = matches;
    const mass = group.term.evidence ? 0 : weight;
    if (units.length) whole += mass;
    for (let at = 0; at < units.length; at += 1) {
      const unit = units[at];
      sums[unit] += weight * values[at];
      masses[unit] += mass;
      matched[unit] = 1;
    }
  }
  return { sums, masses, matched, whole };
}

/** The best of what is added. Units come in the order of the index, so of equals the first stays. */
class Best {
  /** @param {number} most */
  constructor(most) {
    this.most = most;
    /** @type {{document: number, unit: number, score: number}[]} the worst first, of a document only its best unit */
    this.entries = [];
    /** What a score must exceed to be among the best. */
    this.least = -1;
  }

  /**
   * @param {number} document
   * @param {number} unit
   * @param {number} score
   */
  add(document, unit, score) {
    if (score <= this.least) return;
    const { entries } = this;
    const own = entries.findIndex((entry) => entry.document === document);
    if (own >= 0) {
      if (entries[own].score >= score) return;
      entries.splice(own, 1);
    } else if (entries.length === this.most) entries.shift();
    let place = entries.length;
    while (place > 0 && entries[place - 1].score >= score) place -= 1;
    entries.splice(place, 0, { document, unit, score });
    if (entries.length === this.most) this.least = entries[0].score;
  }

  /** @returns {Scored[]} */
  sorted() {
    return this.entries.map(({ unit, score }) => ({ unit, score })).reverse();
  }
}

/**
 * 1 + b · Dice coefficient between the terms of the query and of a title.
 * @param {Weighted[]} groups
 * @param {Query} query
 * @param {string} title
 * @param {Rank} rank
 * @param {Map<string, string> | null} simplified
 */
export function titleFactor(groups, query, title, rank, simplified) {
  const keywords = groups.some(({ group: { term } }) => term.cjk && !term.evidence) ? rank.titleCharacters : rank.titleKeywords;
  return 1 + (query.question ? rank.titleQuestion : keywords) * dice(groups, title, simplified);
}

/**
 * 1 + c · nearness^4.
 * @param {number} nearness
 * @param {Query} query
 * @param {Rank} rank
 */
export function nearFactor(nearness, query, rank) {
  const square = nearness * nearness;
  return 1 + (query.question ? rank.nearQuestion : rank.nearKeywords) * (square * square);
}

/**
 * The Dice coefficient between the terms of the query and those of a title or heading.
 * @param {Weighted[]} groups
 * @param {string} text
 * @param {Map<string, string> | null} simplified
 */
export function dice(groups, text, simplified) {
  const found = lookThrough(text, simplified).spots;
  const asked = groups.filter(({ group }) => !group.term.evidence);
  const shared = asked.filter(({ group }) => standsIn(group, found)).length;
  return shared ? (2 * shared) / (asked.length + found.size) : 0;
}

/**
 * share^exponent for exponents that are multiples of a quarter, by square roots and products only.
 * @param {number} share
 * @param {number} exponent
 */
function power(share, exponent) {
  const root = Math.sqrt(Math.sqrt(share));
  let result = 1;
  for (let quarters = Math.floor(exponent * 4 + 0.5); quarters > 0; quarters -= 1) result *= root;
  return result;
}
