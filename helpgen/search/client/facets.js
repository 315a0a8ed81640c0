/**
 * Which documents stand in a category or are for a platform, for filters. Twin of facets.py, which describes them.
 * Knows no DOM and no fetch.
 */

import { decodeNumbers } from "./codec.js";
import { must } from "./errors.js";

const CATEGORY = "category";
const PLATFORM = "platform";

/** @typedef {Map<string, Map<string, number[]>>} Facets  kind → value → numbers of its documents */

/**
 * @param {unknown} value  {kind: {value: runs}} as Maps
 * @param {number} documents
 * @returns {Facets}
 */
export function readFacets(value, documents) {
  /** @type {Facets} */
  const facets = new Map();
  for (const kind of [CATEGORY, PLATFORM]) {
    const values = value instanceof Map ? value.get(kind) : null;
    must(values instanceof Map, "facets");
    facets.set(kind, new Map(Array.from(values, ([name, runs]) => [name, documentsOf(runs, documents)])));
  }
  return facets;
}

/**
 * For each document whether it may be shown; null where every one may.
 * @param {Facets} facets
 * @param {Record<string, string>} filters  kind → the value wanted, "" for any
 * @param {number} documents
 * @returns {Uint8Array | null}
 */
export function filterOf(facets, filters, documents) {
  const wanted = Object.entries(filters).filter(([, value]) => value);
  const unknown = wanted.find(([kind]) => !facets.has(kind));
  if (unknown) throw new RangeError(`no filter "${unknown[0]}"`);
  if (!wanted.length) return null;
  const allowed = new Uint8Array(documents).fill(1);
  for (const [kind, value] of wanted) {
    const values = /** @type {Map<string, number[]>} */ (facets.get(kind));
    const passed = new Uint8Array(documents);
    // A document that names no platform is for every platform.
    if (kind === PLATFORM) {
      passed.fill(1);
      for (const numbers of values.values()) for (const number of numbers) passed[number] = 0;
    }
    for (const number of values.get(value) ?? []) passed[number] = 1;
    for (let number = 0; number < documents; number += 1) allowed[number] &= passed[number];
  }
  return allowed;
}

/**
 * What a document is for; empty for everything.
 * @param {Facets} facets
 * @param {number} document
 * @returns {string[]}
 */
export function platformsOf(facets, document) {
  const values = Array.from(facets.get(PLATFORM) ?? []);
  return values.filter(([, documents]) => documents.includes(document)).map(([value]) => value);
}

/**
 * @param {unknown} runs
 * @param {number} documents
 */
function documentsOf(runs, documents) {
  must(typeof runs === "string", "facets");
  const numbers = decodeNumbers(runs);
  must(numbers.length % 2 === 0, "pairs");
  /** @type {number[]} */
  const found = [];
  let passed = 0;
  for (let at = 0; at < numbers.length; at += 2) {
    const start = passed + numbers[at];
    passed = start + numbers[at + 1];
    must(passed <= documents, "known documents");
    for (let number = start; number < passed; number += 1) found.push(number);
  }
  return found;
}
