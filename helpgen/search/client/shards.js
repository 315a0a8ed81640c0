/**
 * Reading the files of an index, each once. Twin of store.py; the only module of the client that fetches.
 */

import * as checked from "./checked.js";
import { decodePostings, NONE } from "./codec.js";
import { SearchError } from "./errors.js";
import { typoKey } from "./fuzzy.js";
import { hashedPlace, shardsBetween } from "./ranges.js";

/** @typedef {(url: string, init?: RequestInit) => Promise<Response>} Fetch */

/** The table of Traditional characters keeps its name, so that a query that needs it can ask for it beside the manifest. */
const SIMPLIFIED = "simplified.json";

export class Store {
  /**
   * @param {string} folder URL of one locale's search folder, with a slash at its end
   * @param {Fetch} fetch
   * @param {checked.Manifest} manifest
   * @param {(name: string) => void} note told the name of each file that is asked for, whether it is here or not
   */
  constructor(folder, fetch, manifest, note) {
    this.manifest = manifest;
    this.note = note;
    /** @type {Map<string, string>} terms of the shards that are here → posting lists still as text */
    this.lists = new Map();
    /** @type {Map<string, import("./codec.js").Postings>} posting lists that have been asked for */
    this.decoded = new Map();
    /** @type {Map<number, string[]>} */
    this.shards = new Map();
    this.folder = folder;
    this.fetch = fetch;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /**
   * The store behind a folder's manifest. The manifest is asked for anew each time, and so is the table of Traditional
   * characters; all else is kept by its name.
   * @param {string} folder
   * @param {Fetch} fetch
   * @param {boolean} traditional whether to ask for that table at the same time
   * @param {(name: string) => void} note see the constructor
   */
  static async open(folder, fetch, traditional, note) {
    const [value, table] = await Promise.all([
      fetchJson(folder, "manifest.json", fetch, "no-cache"),
      // If it does not come, whoever needs it asks again.
      traditional ? fetchJson(folder, SIMPLIFIED, fetch, "no-cache").catch(() => null) : null,
    ]);
    const store = new Store(folder, fetch, check("manifest.json", value, checked.manifest), note);
    if (table) store.files.set(SIMPLIFIED, Promise.resolve(check(SIMPLIFIED, table, checked.pairs)));
    return store;
  }

  /**
   * Numbers of the shards that the terms from `first` to `last` fall in; if many, of three ranges from that of `own` on.
   * @param {string} first
   * @param {string} last
   * @param {string} own
   * @returns {number[]}
   */
  shardsOf(first, last, own) {
    return shardsBetween(this.manifest.terms, first, last, own);
  }

  /**
   * Add shards to the vocabulary, all at once.
   * @param {Iterable<number>} numbers
   */
  async loadTerms(numbers) {
    const wanted = Array.from(new Set(numbers));
    wanted.forEach((number) => this.note(this.manifest.shards.terms[number]));
    const missing = wanted.filter((number) => !this.shards.has(number));
    await Promise.all(
      missing.map(async (number) => {
        this.shards.set(number, await this.listed(this.manifest.shards.terms[number]));
      }),
    );
  }

  /**
   * The postings of a term whose shard is here, none if it does not occur.
   * @param {string} term
   * @returns {import("./codec.js").Postings}
   */
  postings(term) {
    const list = this.lists.get(term);
    if (list === undefined) return NONE;
    let found = this.decoded.get(term);
    if (!found) {
      found = check(`the postings of "${term}"`, list, () => decodePostings(list, this.manifest.unitCount));
      this.decoded.set(term, found);
    }
    return found;
  }

  /**
   * The terms of shards that are here from `first` up to but without `last`, in order.
   * @param {number[]} numbers
   * @param {string} first
   * @param {string} last
   * @returns {string[]}
   */
  termsBetween(numbers, first, last) {
    return numbers.flatMap((number) => (this.shards.get(number) ?? []).filter((term) => term >= first && term < last));
  }

  /**
   * The rows of documents by their numbers.
   * @param {number[]} documents
   * @returns {Promise<Map<number, checked.Row>>}
   */
  async loadRows(documents) {
    const { shards, titles } = this.manifest;
    /** @type {Map<number, checked.Row>} */
    const rows = new Map();
    await Promise.all(
      documents.map(async (number) => {
        const name = shards.titles[Math.floor(number / titles)];
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
    return this.file(SIMPLIFIED, checked.pairs);
  }

  /**
   * Words that end like a misspelt one, with their posting lists where these are short.
   * @param {string} word
   * @returns {Promise<string[]>}
   */
  async loadTypos(word) {
    const shards = this.manifest.shards.typos;
    return shards.length ? this.listed(shards[hashedPlace(typoKey(word), shards.length)]) : [];
  }

  /**
   * The terms of a shard; their posting lists are kept, unless they are empty because they stand elsewhere.
   * @param {string} name
   * @returns {Promise<string[]>}
   */
  async listed(name) {
    const { terms, lists } = await this.file(name, checked.terms);
    terms.forEach((/** @type {string} */ term, /** @type {number} */ at) => lists[at] && this.lists.set(term, lists[at]));
    return terms;
  }

  /**
   * @template T
   * @param {string} name
   * @param {(value: unknown) => T} checkValue
   * @returns {Promise<T>}
   */
  file(name, checkValue) {
    this.note(name);
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
    if (inline.has(name)) return check(name, inline.get(name), checkValue);
    const cache = name === SIMPLIFIED ? "no-cache" : undefined;
    return check(name, await fetchJson(this.folder, name, this.fetch, cache), checkValue);
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
  let body = "";
  try {
    response = await fetch(folder + name, cache ? { cache } : undefined);
    if (response.ok) body = await response.text();
  } catch (error) {
    throw new SearchError("offline", `${name}: ${error}`);
  }
  if (!response.ok) throw new SearchError("missing", `${name}: HTTP ${response.status}`);
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
