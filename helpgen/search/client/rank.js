/**
 * Groups and postings → scores. Twin of rank.py: same operations in the same order, so the same numbers.
 * Knows no DOM and no fetch.
 */

import { normalise, tokens } from "./analysis.js";

/**
 * @typedef {import("./checked.js").Rank} Rank
 * @typedef {import("./query.js").Group} Group
 * @typedef {import("./query.js").Query} Query
 * @typedef {{group: Group, weight: number, matches: Map<number, number>}} Weighted
 *   weight in thousandths; for each unit that the group matches its best score · factor
 * @typedef {{unit: number, score: number, coordination: number}} Scored
 */

/**
 * @param {Group} group
 * @param {(term: string) => number[]} postings [unit, score, unit, score, …]
 * @param {number} units
 * @param {Rank} rank
 * @returns {Weighted}
 */
export function weigh(group, postings, units, rank) {
  /** @type {Map<number, number>} */
  const matches = new Map();
  for (const [variant, percent] of group.variants) {
    const found = postings(variant);
    for (let at = 0; at < found.length; at += 2) {
      const value = found[at + 1] * percent;
      if (value > (matches.get(found[at]) ?? 0)) matches.set(found[at], value);
    }
  }
  const idf = Math.log(1 + (units - matches.size + 0.5) / (matches.size + 0.5));
  return { group, weight: Math.floor(1000 * group.term.weight * idf ** rank.idfPower + 0.5), matches };
}

/**
 * All units that match anything, the best first; equals in the order of the index.
 * @param {Weighted[]} groups
 * @param {Query} query
 * @param {Rank} rank
 * @returns {Scored[]}
 */
export function scoreUnits(groups, query, rank) {
  /** @type {Map<number, number>} */
  const sums = new Map();
  /** @type {Map<number, number>} */
  const masses = new Map();
  let whole = 0;
  for (const { group, weight, matches } of groups) {
    const { evidence } = group.term;
    if (matches.size && !evidence) whole += weight;
    for (const [unit, value] of matches) {
      sums.set(unit, (sums.get(unit) ?? 0) + weight * value);
      if (!evidence) masses.set(unit, (masses.get(unit) ?? 0) + weight);
    }
  }
  const exponent = query.question ? rank.coordinationQuestion : rank.coordinationKeywords;
  /** @type {Scored[]} */
  const scored = [];
  for (const [unit, total] of sums) {
    const coordination = whole ? power((masses.get(unit) ?? 0) / whole, exponent) : 1;
    scored.push({ unit, score: (total * coordination) / 1_500_000, coordination });
  }
  return scored.sort((one, other) => other.score - one.score || one.unit - other.unit);
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
