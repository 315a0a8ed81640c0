/**
 * Reading the files of an index, each once. Twin of store.py; the only module of the client that fetches.
 */

import * as checked from "./checked.js";
import { decodePostings } from "./codec.js";
import { SearchError } from "./errors.js";

const MAX_RANGE_SHARDS = 3;

/** @typedef {(url: string, init?: RequestInit) => Promise<Response>} Fetch */

export class Store {
  /**
   * @param {string} folder URL of one locale's search folder, with a slash at its end
   * @param {Fetch} fetch
   * @param {checked.Manifest} manifest
   */
  constructor(folder, fetch, manifest) {
    this.manifest = manifest;
    /** @type {Map<string, string>} terms of the shards that are here → posting lists still as text */
    this.lists = new Map();
    /** @type {Map<number, string[]>} */
    this.shards = new Map();
    this.folder = folder;
    this.fetch = fetch;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /**
   * The store behind a folder's manifest. The manifest is asked for anew each time, all else is kept by its name.
   * @param {string} folder
   * @param {Fetch} fetch
   */
  static async open(folder, fetch) {
    const value = await fetchJson(folder, "manifest.json", fetch, "no-cache");
    return new Store(folder, fetch, check("manifest.json", value, checked.manifest));
  }

  /**
   * Numbers of the shards that the terms from `first` to `last` fall in: at most three, from the one of `own` on.
   * @param {string} first
   * @param {string} last
   * @param {string} own
   * @returns {number[]}
   */
  shardsOf(first, last, own) {
    const separators = this.manifest.terms;
    if (!separators.length) return [];
    let low = placeOf(separators, first);
    let high = placeOf(separators, last);
    if (high - low >= MAX_RANGE_SHARDS) {
      low = placeOf(separators, own);
      high = Math.min(high, low + MAX_RANGE_SHARDS - 1);
    }
    return Array.from({ length: high - low + 1 }, (_, at) => low + at);
  }

  /**
   * Add shards to the vocabulary, all at once.
   * @param {Iterable<number>} numbers
   */
  async loadTerms(numbers) {
    const missing = Array.from(new Set(numbers)).filter((number) => !this.shards.has(number));
    await Promise.all(
      missing.map(async (number) => {
        const { terms, lists } = await this.file(`${this.manifest.generation}/terms-${number}.json`, checked.terms);
        this.shards.set(number, terms);
        terms.forEach((/** @type {string} */ term, /** @type {number} */ at) => this.lists.set(term, lists[at]));
      }),
    );
  }

  /**
   * The postings of a term whose shard is here, none if it does not occur: [unit, score, unit, score, …].
   * @param {string} term
   * @returns {number[]}
   */
  postings(term) {
    const list = this.lists.get(term);
    if (list === undefined) return [];
    return check(`the postings of "${term}"`, list, () => decodePostings(list, this.manifest.unitCount));
  }

  /**
   * The terms of shards that are here from `first` up to but without `last`, in order.
   * @param {Iterable<number>} numbers
   * @param {string} first
   * @param {string} last
   * @returns {string[]}
   */
  termsBetween(numbers, first, last) {
    /** @type {string[]} */
    const found = [];
    for (const number of numbers) {
      const terms = this.shards.get(number) ?? [];
      for (let at = lowerBound(terms, first); at < terms.length && terms[at] < last; at += 1) found.push(terms[at]);
    }
    return found;
  }

  /**
   * The rows of documents by their numbers.
   * @param {number[]} documents
   * @returns {Promise<Map<number, checked.Row>>}
   */
  async loadRows(documents) {
    const { generation, titles } = this.manifest;
    /** @type {Map<number, checked.Row>} */
    const rows = new Map();
    await Promise.all(
      documents.map(async (number) => {
        const name = `${generation}/titles-${Math.floor(number / titles)}.json`;
        const row = (await this.file(name, checked.rows))[number % titles];
        if (!row) throw new SearchError("corrupt", `${name} lacks a document`);
        rows.set(number, row);
      }),
    );
    return rows;
  }

  /**
   * @param {checked.Row} row
   * @returns {Promise<checked.Section[]>}
   */
  loadExcerpt(row) {
    return this.file(row.excerptFile, checked.sections);
  }

  /** @returns {Promise<Map<string, string>>} Traditional → Simplified */
  loadSimplified() {
    return this.file(`${this.manifest.generation}/simplified.json`, checked.pairs);
  }

  /** @returns {Promise<Set<string>>} the syllables of pinyin */
  loadSyllables() {
    return this.file(`${this.manifest.generation}/syllables.json`, checked.words);
  }

  /**
   * Reversed words from `first` up to but without `last`; none when they are in more than three shards.
   * @param {string} first
   * @param {string} last
   * @returns {Promise<string[]>}
   */
  async loadReversed(first, last) {
    const separators = this.manifest.reversed;
    const low = placeOf(separators, first);
    const high = placeOf(separators, last);
    if (!separators.length || high - low >= MAX_RANGE_SHARDS) return [];
    const names = Array.from({ length: high - low + 1 }, (_, at) => `${this.manifest.generation}/reversed-${low + at}.json`);
    const shards = await Promise.all(names.map((name) => this.file(name, checked.lines)));
    return shards.flat().filter((word) => word >= first && word < last);
  }

  /**
   * @template T
   * @param {string} name
   * @param {(value: unknown) => T} checkValue
   * @returns {Promise<T>}
   */
  file(name, checkValue) {
    let promise = this.files.get(name);
    if (!promise) {
      promise = this.read(name, checkValue);
      // What failed may come the next time: the network, or a build that was being published.
      promise.catch(() => this.files.delete(name));
      this.files.set(name, promise);
    }
    return promise;
  }

  /**
   * @template T
   * @param {string} name
   * @param {(value: unknown) => T} checkValue
   * @returns {Promise<T>}
   */
  async read(name, checkValue) {
    const inline = this.manifest.files;
    return check(name, inline.has(name) ? inline.get(name) : await fetchJson(this.folder, name, this.fetch), checkValue);
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {Fetch} fetch
 * @param {RequestCache} [cache]
 * @returns {Promise<unknown>}
 */
async function fetchJson(folder, name, fetch, cache) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(folder + name, cache ? { cache } : undefined);
  } catch (error) {
    throw new SearchError("offline", `${name} could not be fetched: ${error}`);
  }
  if (!response.ok) throw new SearchError("missing", `${name}: HTTP ${response.status}`);
  /** @type {string} */
  let body;
  try {
    body = await response.text();
  } catch (error) {
    throw new SearchError("offline", `${name} broke off: ${error}`);
  }
  return check(name, body, JSON.parse);
}

/**
 * @template T, V
 * @param {string} name
 * @param {V} value
 * @param {(value: V) => T} checkValue
 * @returns {T}
 */
function check(name, value, checkValue) {
  try {
    return checkValue(value);
  } catch (error) {
    if (error instanceof SearchError) throw error;
    throw new SearchError("corrupt", `${name} is damaged: ${error}`);
  }
}

/**
 * The shard that a term is in, if it is in any.
 * @param {string[]} separators
 * @param {string} term
 */
function placeOf(separators, term) {
  let place = lowerBound(separators, term);
  if (separators[place] === term) while (separators[place + 1] === term) place += 1;
  else place -= 1;
  return Math.max(0, place);
}

/**
 * The first place of a sorted list at which `term` could stand.
 * @param {string[]} sorted
 * @param {string} term
 */
function lowerBound(sorted, term) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}
