// What a page does to search, for each engine: opens it and gives a function from a query to {ids, ms}.
// `ms` is the search alone; for Pagefind without fetching the pages' data, in which the titles are.
import * as libraries from "./libraries.mjs";

/** @param {(query: string) => Promise<string[]> | string[]} search */
function timed(search) {
  return async (/** @type {string} */ query) => {
    const start = performance.now();
    const ids = await search(query);
    return { ids, ms: performance.now() - start };
  };
}

/** @param {"minisearch" | "flexsearch"} name */
function library(name) {
  return async (/** @type {string} */ locale) => {
    const [module, response] = await Promise.all([import(`/${name}.js`), fetch("/index.json")]);
    const opened = libraries[name](module, locale);
    opened.load([await response.text()]);
    return timed(opened.search);
  };
}

export const open = {
  /** @param {string} locale */
  async helpgen(locale) {
    const { openSearch } = await import("/client/engine.js");
    const client = openSearch({ base: `${location.origin}/index/`, locale });
    return timed(async (query) => (await client.search(query, { limit: 10 })).hits.map((hit) => hit.key));
  },

  async pagefind() {
    const pagefind = await import("/pagefind/pagefind.js");
    await pagefind.init();
    const known = new Map();
    return async (/** @type {string} */ query) => {
      const start = performance.now();
      const { results } = await pagefind.search(query);
      const ms = performance.now() - start;
      const ids = results.slice(0, 10).map(async (result) => {
        if (!known.has(result.id)) known.set(result.id, (await result.data()).url.replace(/^.*\/|\.html.*$/g, ""));
        return known.get(result.id);
      });
      return { ids: await Promise.all(ids), ms };
    };
  },

  minisearch: library("minisearch"),
  flexsearch: library("flexsearch"),
};
