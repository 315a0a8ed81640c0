/**
 * The search in the browser, in a worker or in Node: a query → results. Twin of engine.py, which lists the steps.
 * docs/search.md describes the interface; nothing is fetched before the first call of `ready`, `search` or `suggest`.
 */

import { isHan, normalise, tokens } from "./analysis.js";
import { SearchError } from "./errors.js";
import { bestSection, excerpt, marked } from "./highlight.js";
import { family, groupTerms, parseQuery } from "./query.js";
import { bestDocuments, titleFactor, weigh } from "./rank.js";
import { Store } from "./shards.js";
import { resolve } from "./unknown.js";

export { SearchError };

const RERANKED = 10;

/**
 * @typedef {import("./highlight.js").Part} Part
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./query.js").QueryTerm} QueryTerm
 * @typedef {import("./rank.js").Scored} Scored
 * @typedef {import("./rank.js").Weighted} Weighted
 * @typedef {Map<string, string> | null} Simplified
 * @typedef {{
 *   key: string, url: string, title: string, titleParts: Part[], path: string[], section: string, anchor: string,
 *   excerpt: Part[], score: number, locale: string, kind: "article" | "faq",
 * }} Hit
 * @typedef {{query: string, hits: Hit[], total: number, unknown: string[], didYouMean: string | null}} Results
 * @typedef {{row: import("./checked.js").Row, number: number, scored: Scored, factor: number}} Ranked
 */

/**
 * The search of one locale.
 * @param {{base: string, locale: string, fetch?: import("./shards.js").Fetch}} options
 *   `base` is the URL of the folder that holds one folder a locale
 */
export function openSearch({ base, locale, fetch = globalThis.fetch.bind(globalThis) }) {
  const folder = `${base.endsWith("/") ? base : `${base}/`}${encodeURIComponent(locale)}/`;
  /** @type {Promise<Store> | null} */
  let opening = null;
  let latest = 0;

  function open() {
    opening ??= Store.open(folder, fetch).catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  /**
   * Ask; once more with a fresh manifest if a file is gone, since the site may have been published anew under an open page.
   * @param {string} query
   * @param {number} limit
   */
  async function ask(query, limit) {
    const store = await open();
    try {
      return await searchIn(store, query, limit);
    } catch (error) {
      if (!(error instanceof SearchError) || error.code !== "missing") throw error;
      opening = null;
      const fresh = await open();
      if (fresh.manifest.generation === store.manifest.generation) throw error;
      return searchIn(fresh, query, limit);
    }
  }

  return {
    /** Fetches the manifest, so that the first answer is quicker. */
    async ready() {
      await open();
    },

    /**
     * The best articles for a query, or null when a later search has overtaken this one.
     * @param {string} query
     * @param {{limit?: number}} [options]
     * @returns {Promise<Results | null>}
     */
    async search(query, { limit = 10 } = {}) {
      latest += 1;
      const own = latest;
      try {
        const empty = !tokens(normalise(query)).length;
        const results = empty ? { query, hits: [], total: 0, unknown: [], didYouMean: null } : await ask(query, limit);
        return own === latest ? results : null;
      } catch (error) {
        if (own !== latest) return null;
        throw error;
      }
    },

    /**
     * Titles that go on from what has been typed.
     * @param {string} prefix
     * @param {{limit?: number}} [options]
     * @returns {Promise<string[]>}
     */
    async suggest(prefix, { limit = 5 } = {}) {
      const typed = normalise(prefix).trim();
      if (!tokens(typed).length) return [];
      const { hits } = await ask(prefix, RERANKED);
      return hits.map((hit) => hit.title).filter((title) => normalise(title).includes(typed)).slice(0, limit);
    },
  };
}

/**
 * @param {Store} store
 * @param {string} text
 * @param {number} limit
 * @returns {Promise<Results>}
 */
async function searchIn(store, text, limit) {
  const { manifest } = store;
  const { query, simplified } = await parse(store, text);
  const found = groupTerms(query, manifest, (term) => store.lists.has(term), (term) => familyOf(store, term));
  const { groups, unknown, corrected } = await resolve(store, query, found);
  const weighted = groups.map((group) => weigh(group, (term) => store.postings(term), manifest.unitCount, manifest.rank));
  const { best, total } = bestDocuments(weighted, query, manifest, Math.max(limit, RERANKED));
  const ranked = await rerank(store, best, weighted, query, simplified);
  return {
    query: text,
    hits: await Promise.all(ranked.slice(0, limit).map((one) => hitOf(store, one, weighted, simplified))),
    total,
    unknown,
    didYouMean: corrected.size ? reworded(query, corrected) : null,
  };
}

/**
 * The query with its shards read. An unknown character of Han may be a Traditional one.
 * @param {Store} store
 * @param {string} text
 * @returns {Promise<{query: Query, simplified: Simplified}>}
 */
async function parse(store, text) {
  const { manifest } = store;
  let simplified = manifest.traditional ? await store.loadSimplified() : null;
  let query = parseQuery(text, manifest, simplified);
  await load(store, query);
  if (!simplified && query.terms.some((term) => isHan(term.text) && !term.pair && !store.lists.has(term.text))) {
    simplified = await store.loadSimplified();
    query = parseQuery(text, manifest, simplified);
    await load(store, query);
  }
  return { query, simplified };
}

/**
 * @param {Store} store
 * @param {Query} query
 */
function load(store, query) {
  const others = Array.from(query.synonyms.values()).flat();
  return store.loadTerms([
    ...query.terms.flatMap((term) => shardsOf(store, term)),
    ...others.flatMap((other) => store.shardsOf(other, other, other)),
  ]);
}

/**
 * @param {Store} store
 * @param {QueryTerm} term
 */
function shardsOf(store, term) {
  const [first, last] = family(term, store.manifest.stems);
  return store.shardsOf(first, last, term.text);
}

/**
 * @param {Store} store
 * @param {QueryTerm} term
 */
function familyOf(store, term) {
  const [first, last] = family(term, store.manifest.stems);
  return store.termsBetween(shardsOf(store, term), first, last);
}

/**
 * @param {Store} store
 * @param {Scored[]} pool
 * @param {Weighted[]} weighted
 * @param {Query} query
 * @param {Simplified} simplified
 * @returns {Promise<Ranked[]>}
 */
async function rerank(store, pool, weighted, query, simplified) {
  const { documentOf, firstUnit, rank } = store.manifest;
  const rows = await store.loadRows(pool.map((one) => documentOf[one.unit]));
  const ranked = pool.map((scored) => {
    const document = documentOf[scored.unit];
    const row = /** @type {import("./checked.js").Row} */ (rows.get(document));
    const number = scored.unit - firstUnit[document];
    if (number >= row.units.length) throw new SearchError("corrupt", `${row.key} lacks a question`);
    const title = number ? row.units[number][1] : row.title;
    return { row, number, scored, factor: titleFactor(weighted, query, title, rank, simplified) };
  });
  const scoreOf = (/** @type {Ranked} */ one) => one.scored.score * one.factor;
  return ranked.sort((one, other) => scoreOf(other) - scoreOf(one) || one.scored.unit - other.scored.unit);
}

/**
 * @param {Store} store
 * @param {Ranked} ranked
 * @param {Weighted[]} weighted
 * @param {Simplified} simplified
 * @returns {Promise<Hit>}
 */
async function hitOf(store, { row, number, scored, factor }, weighted, simplified) {
  const all = await store.loadExcerpt(row);
  // A question of a FAQ has been found by itself: quote its own answer.
  const sections = number ? all.filter(([anchor]) => anchor === row.units[number][0]) : all;
  const best = bestSection(sections, weighted, simplified);
  const [anchor, heading, text] = sections[best.number] ?? ["", "", ""];
  return {
    key: row.key,
    url: row.url,
    title: row.title,
    titleParts: marked(row.title, weighted, simplified),
    path: row.path,
    section: heading,
    anchor,
    excerpt: excerpt(text, best.stretch, weighted, simplified),
    score: scored.score * factor,
    // An untranslated article stands in the indexes of other languages too; its key begins with its own.
    locale: row.key.includes("/") ? row.key.slice(0, row.key.indexOf("/")) : store.manifest.locale,
    kind: row.faq ? "faq" : "article",
  };
}

/**
 * The query's words with the misspelt ones replaced, in the spelling of the index.
 * @param {Query} query
 * @param {Map<string, string>} corrected
 */
function reworded(query, corrected) {
  let text = "";
  for (const term of query.terms) {
    if (!term.pair && !term.evidence) text += (text && !term.cjk ? " " : "") + (corrected.get(term.text) ?? term.text);
  }
  return text;
}
