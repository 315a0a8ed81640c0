/**
 * The search in the browser, in a worker or in Node: a query → results. Twin of engine.py, which lists the steps.
 * docs/search.md describes the interface; nothing is fetched before the first call of `ready`, `search` or `suggest`.
 */

import { normalise, tokens } from "./analysis.js";
import {
  CERTAIN,
  confidence as confidenceOf,
  FAQ_WIDTH,
  fit,
  mayBeCut,
  passage,
  PASSAGE_WIDTH,
  passageRange,
} from "./answer.js";
import { SearchError } from "./errors.js";
import { isExact } from "./exact.js";
import { filterOf, platformsOf } from "./facets.js";
import { bestSection, excerpt, marked, memory, nearness } from "./highlight.js";
import { family, groupTerms, parseQuery } from "./query.js";
import { bestDocuments, dice, nearFactor, titleFactor, weigh } from "./rank.js";
import { Store } from "./shards.js";
import { mayBeTraditional } from "./traditional.js";
import { mayBeMisspelt, resolve, shardsOfPinyin, shardsOfSlips } from "./unknown.js";

export { memory, SearchError };

const RERANKED = 10;
const NEAREST = 6;
/** Documents whose titles are fetched while something unknown is looked up. */
const EXPECTED = 20;
/** Words of a query that are taken for slips before it is known that the index lacks them, if there are no more. */
const DOUBTFUL = 4;

/**
 * @typedef {import("./highlight.js").Part} Part
 * @typedef {import("./query.js").Group} Group
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./query.js").QueryTerm} QueryTerm
 * @typedef {import("./rank.js").Scored} Scored
 * @typedef {import("./rank.js").Weighted} Weighted
 * @typedef {Map<string, string> | null} Simplified
 * @typedef {{
 *   key: string, url: string, title: string, titleParts: Part[], path: string[], section: string, anchor: string,
 *   excerpt: Part[], score: number, near: number, locale: string, kind: "article" | "faq",
 *   platforms: string[],
 * }} Hit
 * @typedef {{query: string, hits: Hit[], total: number, unknown: string[], didYouMean: string | null}} Results
 * @typedef {{
 *   query: string, certain: boolean, confidence: number, evidence: import("./answer.js").Evidence, hit: Hit,
 *   whole: boolean, blocks: import("./answer.js").Block[],
 * }} Answer  docs/search.md says what each field is
 * @typedef {import("./checked.js").Section} Section
 * @typedef {{
 *   row: import("./checked.js").Row, number: number, names: string[], scored: Scored, factor: number, exact: boolean,
 *   near: number, place?: Place,
 * }} Ranked
 * @typedef {{sections: Section[], best: import("./highlight.js").Best}} Place
 * @typedef {{
 *   query: Query, simplified: Simplified, weighted: Weighted[], unknown: string[], corrected: Map<string, string>,
 *   ranked: Ranked[], total: number,
 * }} Found
 */

/** @typedef {ReturnType<typeof openSearch>} Client  what `openSearch` gives */

/**
 * The search of one locale.
 * @param {{base: string, locale: string, fetch?: import("./shards.js").Fetch, note?: (name: string) => void}} options
 *   `base` is the URL of the folder that holds one folder a locale; `note` is told the name of each file that an answer
 *   depends on, also of one that has been read before
 */
export function openSearch({ base, locale, fetch = globalThis.fetch.bind(globalThis), note = () => {} }) {
  const folder = `${base.endsWith("/") ? base : `${base}/`}${encodeURIComponent(locale)}/`;
  /** @type {Promise<Store> | null} */
  let opening = null;
  let latest = 0;

  /** @param {boolean} traditional */
  function open(traditional) {
    opening ??= Store.open(folder, fetch, traditional, note).catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  /**
   * Ask; once more with a fresh manifest if a file is gone, since the site may have been published anew under an open page.
   * @template T
   * @param {string} text what the reader has typed
   * @param {(store: Store) => Promise<T>} question
   * @returns {Promise<T>}
   */
  async function ask(text, question) {
    const traditional = mayBeTraditional(text);
    const store = await open(traditional);
    try {
      return await question(store);
    } catch (error) {
      if (!(error instanceof SearchError) || error.code !== "missing") throw error;
      opening = null;
      const fresh = await open(traditional);
      if (fresh.manifest.generation === store.manifest.generation) throw error;
      return question(fresh);
    }
  }

  return {
    /** Fetches the manifest, so that the first answer is quicker. */
    async ready() {
      await open(false);
    },

    /**
     * The best articles for a query, or null when a later search has overtaken this one.
     * @param {string} query
     * @param {{limit?: number, filters?: Record<string, string>}} [options]
     *   `filters`: "category" → a category's label, "platform" → a platform; a RangeError for other names
     * @returns {Promise<Results | null>}
     */
    async search(query, { limit = 10, filters = {} } = {}) {
      latest += 1;
      const own = latest;
      try {
        const results = isEmpty(query)
          ? { query, hits: [], total: 0, unknown: [], didYouMean: null }
          : await ask(query, (store) => searchIn(store, query, limit, filters));
        return own === latest ? results : null;
      } catch (error) {
        if (own !== latest) return null;
        throw error;
      }
    },

    /**
     * The best article with the passage that answers, and how certain that is; null if nothing matches at all.
     * @param {string} query
     * @returns {Promise<Answer | null>}
     */
    async answer(query) {
      return isEmpty(query) ? null : ask(query, (store) => answerIn(store, query));
    },

    /**
     * Titles, questions of FAQs and recorded questions that contain what has been typed; those of the best articles first.
     * @param {string} prefix
     * @param {{limit?: number}} [options]
     * @returns {Promise<string[]>}
     */
    async suggest(prefix, { limit = 5 } = {}) {
      if (isEmpty(prefix)) return [];
      const typed = normalise(prefix).replace(/^ +| +$/g, "");
      const { ranked } = await ask(prefix, (store) => find(store, prefix, RERANKED, {}));
      const names = ranked.flatMap(({ row }) => namesOf(row));
      return Array.from(new Set(names.filter((name) => normalise(name).includes(typed)))).slice(0, limit);
    },
  };
}

/** @param {string} query */
function isEmpty(query) {
  return !tokens(normalise(query)).length;
}

/**
 * @param {Store} store
 * @param {string} text
 * @param {number} limit
 * @param {Record<string, string>} filters
 * @returns {Promise<Results>}
 */
async function searchIn(store, text, limit, filters) {
  const found = await nearestFirst(store, await find(store, text, limit, filters));
  return {
    query: text,
    hits: await Promise.all(found.ranked.slice(0, limit).map((one) => hitOf(store, one, found))),
    total: found.total,
    unknown: found.unknown,
    didYouMean: found.corrected.size ? reworded(found.query, found.corrected) : null,
  };
}

/**
 * @param {Store} store
 * @param {string} text
 * @returns {Promise<Answer | null>}
 */
async function answerIn(store, text) {
  const found = await nearestFirst(store, await find(store, text, 1, {}));
  const [first, second] = found.ranked;
  if (!first) return null;
  const { weighted, simplified } = found;
  const { sections, best } = await sectionOf(store, first, found);
  const section = sections[best.number] ?? ["", "", ""];
  const [start, end] = passageRange(section[2], best.stretch, first.number ? FAQ_WIDTH : PASSAGE_WIDTH, mayBeCut(sections));
  const title = first.number ? first.row.units[first.number][1] : first.row.title;
  // What is asked in its own words has no rival.
  const name = first.exact ? 1 : dice(weighted, title, simplified);
  const known = {
    fit: fit(weighted, first.scored.unit),
    title: Math.max(name, dice(weighted, section[1], simplified)),
    margin: second && !first.exact ? 1 - scoreOf(second) / scoreOf(first) : 1,
    name,
  };
  const confidence = confidenceOf(known);
  return {
    query: text,
    certain: confidence >= CERTAIN && end > start,
    confidence,
    evidence: known,
    hit: await hitOf(store, first, found),
    whole: start === 0 && end === section[2].length,
    blocks: passage(section[2].slice(start, end), weighted, simplified),
  };
}

/**
 * Steps 1 to 4 of engine.py, for at least RERANKED documents.
 * @param {Store} store
 * @param {string} text
 * @param {number} limit
 * @param {Record<string, string>} filters
 * @returns {Promise<Found>}
 */
async function find(store, text, limit, filters) {
  const { manifest } = store;
  const allowed = filterOf(manifest.facets, filters, manifest.firstUnit.length);
  const { query, simplified } = await parse(store, text);
  const known = groupTerms(query, manifest, (term) => store.lists.has(term), (term) => familyOf(store, term));
  const bestOf = (/** @type {Group[]} */ groups, /** @type {number} */ most) => {
    const weighted = groups.map((group) => weigh(group, (term) => store.postings(term), manifest.unitCount, manifest.rank));
    return { weighted, ...bestDocuments(weighted, query, manifest, most, allowed) };
  };
  if (known.some(({ term, variants }) => !variants.size && !term.evidence)) {
    // Something is unknown and will be looked up. Mostly the best of the rest stay the best: their titles come at the same time.
    store.loadRows(bestOf(known, EXPECTED).best.map((one) => manifest.documentOf[one.unit])).catch(() => {});
  }
  const { groups, unknown, corrected } = await resolve(store, query, known);
  const { weighted, best, total } = bestOf(groups, Math.max(limit, RERANKED));
  const ranked = await rerank(store, best, weighted, query, simplified);
  return { query, simplified, weighted, unknown, corrected, ranked, total };
}

/**
 * The query with its shards read. Only one that may be Traditional needs the table of Traditional characters.
 * @param {Store} store
 * @param {string} text
 * @returns {Promise<{query: Query, simplified: Simplified}>}
 */
async function parse(store, text) {
  const { manifest } = store;
  const traditional = manifest.traditional || mayBeTraditional(text);
  const simplified = traditional ? await store.loadSimplified() : null;
  const query = parseQuery(text, manifest, simplified);
  const others = [...query.synonyms.values(), ...query.crossed.values()].flat(2);
  const doubtful = mayBeMisspelt(query);
  if (doubtful.length <= DOUBTFUL) for (const word of doubtful) store.loadTypos(word).catch(() => {});
  await store.loadTerms([
    ...query.terms.flatMap((term) => shardsOf(store, term)),
    ...others.flatMap((other) => store.shardsOf(other, other, other)),
    // What is no word may be pinyin or a slip: these shards come with those of the words, not after them.
    ...shardsOfPinyin(store, query),
    ...shardsOfSlips(store, doubtful),
  ]);
  return { query, simplified };
}

/**
 * @param {Store} store
 * @param {QueryTerm} term
 */
function shardsOf(store, term) {
  const [first, last] = family(term, store.manifest);
  return store.shardsOf(first, last, term.text);
}

/**
 * @param {Store} store
 * @param {QueryTerm} term
 */
function familyOf(store, term) {
  const [first, last] = family(term, store.manifest);
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
    const names = number ? [row.units[number][1]] : [row.title, ...row.questions];
    const factor = Math.max(...names.map((name) => titleFactor(weighted, query, name, rank, simplified)));
    const exact = isExact(query.text, namesOf(row), row.fingerprints, simplified);
    return { row, number, names, scored, factor, exact, near: 1 };
  });
  return sorted(ranked);
}

/**
 * Step 5 of engine.py: the best by how much of the query stands together in them.
 * @param {Store} store
 * @param {Found} found
 * @returns {Promise<Found>}
 */
async function nearestFirst(store, found) {
  const { ranked, query, weighted, simplified } = found;
  const { rank } = store.manifest;
  const near = await Promise.all(
    ranked.slice(0, NEAREST).map(async (one) => {
      const place = await sectionOf(store, one, found);
      const near = nearFactor(nearness(one.names, place.best.mass, weighted, simplified, rank.nearText), query, rank);
      return { ...one, near, place };
    }),
  );
  return { ...found, ranked: [...sorted(near), ...ranked.slice(NEAREST)] };
}

/** @param {Ranked[]} ranked */
function sorted(ranked) {
  return ranked.sort(
    (one, other) =>
      Number(other.exact) - Number(one.exact) || scoreOf(other) - scoreOf(one) || one.scored.unit - other.scored.unit,
  );
}

/** @param {import("./checked.js").Row} row */
function namesOf({ title, units, questions }) {
  return [title, ...units.slice(1).map(([, heading]) => heading), ...questions];
}

/** @param {Ranked} one */
function scoreOf({ scored, factor, near }) {
  return scored.score * factor * near;
}

/**
 * The sections that may be quoted, and the best of them.
 * @param {Store} store
 * @param {Ranked} ranked
 * @param {Found} found
 * @returns {Promise<Place>}
 */
async function sectionOf(store, { row, number, place }, { weighted, simplified }) {
  if (place) return place;
  const all = await store.loadExcerpt(row);
  // A question of a FAQ has been found by itself: quote its own answer.
  const sections = number ? all.filter(([anchor]) => anchor === row.units[number][0]) : all;
  return { sections, best: bestSection(sections, weighted, simplified) };
}

/**
 * @param {Store} store
 * @param {Ranked} ranked
 * @param {Found} found
 * @returns {Promise<Hit>}
 */
async function hitOf(store, ranked, found) {
  const { row } = ranked;
  const { weighted, simplified } = found;
  const { sections, best } = await sectionOf(store, ranked, found);
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
    score: scoreOf(ranked),
    near: ranked.near,
    // An untranslated article stands in the indexes of other languages too; its key begins with its own.
    locale: row.key.includes("/") ? row.key.slice(0, row.key.indexOf("/")) : store.manifest.locale,
    kind: row.faq ? "faq" : "article",
    platforms: platformsOf(store.manifest.facets, store.manifest.documentOf[ranked.scored.unit]),
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
