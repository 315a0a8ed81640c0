/**
 * Groups and postings → scores. Twin of rank.py: same operations in the same order, so the same numbers.
 * Knows no DOM and no fetch.
 */

import { normalise, tokens } from "./analysis.js";

/**
 * @typedef {import("./checked.js").Rank} Rank
 * @typedef {import("./query.js").Group} Group
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./checked.js").Manifest} Manifest
 * @typedef {{group: Group, weight: number, matches: number[]}} Weighted
 *   weight in thousandths; for each unit that the group matches its best score · factor: [unit, value, unit, value, …]
 * @typedef {{unit: number, score: number}} Scored
 */

/**
 * @param {Group} group
 * @param {(term: string) => number[]} postings [unit, score, unit, score, …]
 * @param {number} units
 * @param {Rank} rank
 * @returns {Weighted}
 */
export function weigh(group, postings, units, rank) {
  const matches = matchesOf(group, postings);
  const count = matches.length / 2;
  const idf = Math.log(1 + (units - count + 0.5) / (count + 0.5));
  return { group, weight: Math.floor(1000 * group.term.weight * idf ** rank.idfPower + 0.5), matches };
}

/**
 * The best unit of each of the best `most` documents, best first, equals in the order of the index; and how many documents
 * match at all.
 * @param {Weighted[]} groups
 * @param {Query} query
 * @param {Manifest} manifest
 * @param {number} most
 * @param {Uint8Array | null} allowed  for each document whether it may be shown; null = every one
 * @returns {{best: Scored[], total: number}}
 */
export function bestDocuments(groups, query, { unitCount, documentOf, firstUnit, rank }, most, allowed) {
  const sums = new Float64Array(unitCount);
  const masses = new Float64Array(unitCount);
  let whole = 0;
  for (const { group, weight, matches } of groups) {
    const mass = group.term.evidence ? 0 : weight;
    if (matches.length) whole += mass;
    for (let at = 0; at < matches.length; at += 2) {
      sums[matches[at]] += weight * matches[at + 1];
      masses[matches[at]] += mass;
    }
  }
  const exponent = query.question ? rank.coordinationQuestion : rank.coordinationKeywords;
  const bestScores = new Float64Array(firstUnit.length).fill(-1);
  const bestUnits = new Int32Array(firstUnit.length);
  for (const unit of unitsOf(groups, unitCount)) {
    const score = (sums[unit] * (whole ? power(masses[unit] / whole, exponent) : 1)) / 1_500_000;
    if (score > bestScores[documentOf[unit]] && (!allowed || allowed[documentOf[unit]])) {
      bestScores[documentOf[unit]] = score;
      bestUnits[documentOf[unit]] = unit;
    }
  }
  const scores = bestScores.filter((score) => score >= 0).sort();
  const least = scores[Math.max(0, scores.length - most)];
  /** @type {Scored[]} */
  const best = [];
  bestScores.forEach((score, document) => {
    if (score >= 0 && score >= least) best.push({ unit: bestUnits[document], score });
  });
  best.sort((one, other) => other.score - one.score || one.unit - other.unit);
  return { best: best.slice(0, most), total: scores.length };
}

/**
 * The units that a group matches, each once with its best score · factor: [unit, value, unit, value, …].
 * @param {Group} group
 * @param {(term: string) => number[]} postings
 * @returns {number[]}
 */
function matchesOf({ variants }, postings) {
  if (variants.size === 1) {
    const [[variant, percent]] = variants;
    return postings(variant).map((number, at) => (at % 2 ? number * percent : number));
  }
  /** @type {Map<number, number>} */
  const matches = new Map();
  for (const [variant, percent] of variants) {
    const found = postings(variant);
    for (let at = 0; at < found.length; at += 2) {
      const value = found[at + 1] * percent;
      if (value > (matches.get(found[at]) ?? 0)) matches.set(found[at], value);
    }
  }
  return Array.from(matches).flat();
}

/**
 * The units that any group matches, in the order of the index.
 * @param {Weighted[]} groups
 * @param {number} unitCount
 */
function* unitsOf(groups, unitCount) {
  const matched = new Uint8Array(unitCount);
  for (const { matches } of groups) for (let at = 0; at < matches.length; at += 2) matched[matches[at]] = 1;
  for (let unit = 0; unit < unitCount; unit += 1) if (matched[unit]) yield unit;
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
  const found = new Set(tokens(normalise(title, simplified)).map((token) => token.text));
  if (!found.size) return 1;
  const asked = groups.map(({ group }) => group).filter(({ term }) => !term.evidence);
  let shared = 0;
  for (const group of asked) {
    for (const variant of group.variants.keys()) {
      if (found.has(variant)) {
        shared += 1;
        break;
      }
    }
  }
  const dice = (2 * shared) / (asked.length + found.size);
  if (query.question) return 1 + rank.titleQuestion * dice;
  return 1 + (asked.some(({ term }) => term.cjk) ? rank.titleCharacters : rank.titleKeywords) * dice;
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
