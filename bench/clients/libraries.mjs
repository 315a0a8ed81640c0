// The libraries that search in the page, each with the settings that its documentation proposes for such a site.
// Runs in Node (to index and to ask) and in Chromium (to load what Node has indexed).
//
// MiniSearch: title and body, prefix and fuzzy search, words by Intl.Segmenter, which knows Chinese.
// FlexSearch: a Document with its CJK or Latin encoder; below three hits asked again with `suggest`.

/** @param {string} locale */
function words(locale) {
  const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
  return (/** @type {string} */ text) => {
    const found = [];
    // Line by line, which gives the same words: each part holds a copy of the text that is segmented, so that of a text of
    // 170,000 characters minutes and the memory would be gone.
    for (const line of text.split("\n")) {
      for (const part of segmenter.segment(line)) if (part.isWordLike) found.push(part.segment.toLowerCase());
    }
    return found;
  };
}

/** @param {any} module @param {string} locale */
export function minisearch({ default: MiniSearch }, locale) {
  const options = { fields: ["title", "body"], storeFields: ["title"], searchOptions: { prefix: true, fuzzy: 0.2 }, tokenize: words(locale) };
  let index = new MiniSearch(options);
  return {
    add: (rows) => index.addAll(rows),
    save: () => [JSON.stringify(index)],
    load: ([json]) => void (index = MiniSearch.loadJSON(json, options)),
    search: (query) => index.search(query).slice(0, 10).map((hit) => hit.id),
  };
}

/** @param {any} module @param {string} locale */
export function flexsearch(module, locale) {
  const { Document, Charset } = module.default ?? module;
  const encoder = locale === "zh" ? Charset.CJK : Charset.LatinDefault ?? Charset.Default;
  const field = { encoder, context: false };
  const index = new Document({
    document: { id: "id", store: ["title"], index: [{ field: "title", tokenize: "forward", ...field }, { field: "body", tokenize: "strict", ...field }] },
  });
  return {
    add: (rows) => rows.forEach((row) => index.add(row)),
    save: () => {
      const parts = [];
      index.export((key, data) => void parts.push([key, data]));
      return [JSON.stringify(parts)];
    },
    load: ([json]) => JSON.parse(json).forEach(([key, data]) => index.import(key, data)),
    search: (query) => {
      const found = index.search(query, { limit: 10, merge: true }).map((hit) => hit.id);
      if (found.length < 3) found.push(...index.search(query, { limit: 10, merge: true, suggest: true }).map((hit) => hit.id));
      return [...new Set(found)].slice(0, 10);
    },
  };
}
