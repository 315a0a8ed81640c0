/** The client as a page uses it: the stored index and its answers, laziness, overtaking, errors, a site published anew. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openSearch, SearchError } from "../../../helpgen/search/shipped/engine.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/site.json", import.meta.url), "utf8"));

/** A fetch over a Map of URL → text, which remembers what it was asked. */
function fakeFetch(files) {
  const asked = [];
  const fetch = async (url) => {
    asked.push(url);
    const body = files.get(url);
    return { ok: body !== undefined, status: body === undefined ? 404 : 200, text: async () => body };
  };
  return { fetch, asked };
}

const site = () => new Map(Object.entries(vectors).map(([locale, { manifest }]) => [`/s/${locale}/manifest.json`, manifest]));

for (const [locale, { answers }] of Object.entries(vectors)) {
  test(`stored answers, ${locale}`, async () => {
    const search = openSearch({ base: "/s/", locale, fetch: fakeFetch(site()).fetch });
    for (const answer of answers) assert.deepEqual(await search.search(answer.query, { limit: 3 }), answer);
  });
}

test("nothing is fetched before it is needed, and the manifest once", async () => {
  const { fetch, asked } = fakeFetch(site());
  const search = openSearch({ base: "/s", locale: "zh", fetch });
  await search.search("  。 ");
  assert.deepEqual(asked, []);
  await Promise.all([search.ready(), search.ready(), search.search("提币")]);
  assert.deepEqual(asked, ["/s/zh/manifest.json"]);
});

test("an overtaken search answers null", async () => {
  const search = openSearch({ base: "/s/", locale: "zh", fetch: fakeFetch(site()).fetch });
  const [first, second] = await Promise.all([search.search("提"), search.search("提币")]);
  assert.equal(first, null);
  assert.equal(second.query, "提币");
});

test("an overtaken search does not report its error either", async () => {
  const search = openSearch({ base: "/nowhere/", locale: "zh", fetch: fakeFetch(site()).fetch });
  const [first] = await Promise.allSettled([search.search("提"), search.search("提币")]);
  assert.deepEqual(first, { status: "fulfilled", value: null });
});

test("a network that fails is offline, and works again when it is back", async () => {
  let up = false;
  const { fetch } = fakeFetch(site());
  const search = openSearch({
    base: "/s/",
    locale: "en",
    fetch: async (url) => {
      if (!up) throw new TypeError("Failed to fetch");
      return fetch(url);
    },
  });
  await assert.rejects(search.search("deposit"), (error) => error instanceof SearchError && error.code === "offline");
  up = true;
  assert.ok((await search.search("deposit")).hits.length);
});

test("an HTML page instead of the manifest is corrupt", async () => {
  const files = new Map([["/s/en/manifest.json", "<!doctype html>"]]);
  const search = openSearch({ base: "/s/", locale: "en", fetch: fakeFetch(files).fetch });
  await assert.rejects(search.ready(), { name: "SearchError", code: "corrupt" });
});

/** The files of an index in a folder, each digest with its first letter replaced, as if all had been written anew. */
function published(letter, locale = "en") {
  const { files: inline, digests, ...manifest } = JSON.parse(vectors[locale].manifest);
  const other = (digits) => digits.replace(/.{4}/g, (digest) => letter + digest.slice(1));
  const generation = manifest.generation.replace(/^./, letter);
  const renamed = Object.fromEntries(Object.entries(digests).map(([kind, digits]) => [kind, other(digits)]));
  const files = new Map([[`/s/${locale}/manifest.json`, JSON.stringify({ ...manifest, generation, digests: renamed })]]);
  for (const [name, value] of Object.entries(inline)) {
    files.set(`/s/${locale}/${name.replace(/-.{4}\./, (digest) => `-${other(digest.slice(1, 5))}.`)}`, JSON.stringify(value));
  }
  return files;
}

test("a page that was open while the site was published asks the new index", async () => {
  let files = published("a");
  const search = openSearch({ base: "/s/", locale: "en", fetch: (url) => fakeFetch(files).fetch(url) });
  await search.ready();
  files = published("b");
  assert.equal((await search.search("deposit")).hits[0].key, "en/deposits/not-arrived");
});

test("a page with scripts that do not know the new index says so", async () => {
  let files = published("a");
  const search = openSearch({ base: "/s/", locale: "en", fetch: (url) => fakeFetch(files).fetch(url) });
  await search.ready();
  files = new Map([["/s/en/manifest.json", JSON.stringify({ ...JSON.parse(vectors.en.manifest), format: 99 })]]);
  await assert.rejects(search.search("deposit"), { name: "SearchError", code: "version" });
});

/** A fetch that counts the requests in sequence before the titles, and a search that uses it. */
function counted(locale) {
  let place = 0;
  let done = 0;
  const { fetch } = fakeFetch(published("a", locale));
  const counting = async (url) => {
    if (!url.includes("/excerpts/")) place = Math.max(place, done + 1);
    const own = done + 1;
    const response = await fetch(url);
    return { ...response, text: async () => response.text().finally(() => (done = Math.max(done, own))) };
  };
  return { search: openSearch({ base: "/s/", locale, fetch: counting }), steps: () => place };
}

test("the first titles take three requests in sequence, two after ready()", async () => {
  const { search, steps } = counted("en");
  await search.ready();
  assert.equal(steps(), 1);
  await search.search("deposit not arrived");
  assert.equal(steps(), 3);
});

for (const [locale, query, kind] of [
  ["zh", "充值沒有到帳", "a Traditional query"],
  ["zh", "chongzhi meidao", "pinyin"],
  ["zh", "提币处中理", "a slip between characters"],
  ["en", "withdrawla ", "a word with an error at its end"],
]) {
  test(`${kind} takes no more requests in sequence than any other`, async () => {
    const { search, steps } = counted(locale);
    const { hits } = await search.search(query);
    assert.ok(hits.length);
    assert.equal(steps(), 3);
  });
}

test("without the table of Traditional characters such a query is refused, and found when the table is back", async () => {
  const files = published("a", "zh");
  const table = files.get("/s/zh/simplified.json");
  files.delete("/s/zh/simplified.json");
  const search = openSearch({ base: "/s/", locale: "zh", fetch: fakeFetch(files).fetch });
  await assert.rejects(search.search("充值沒有到帳"), { name: "SearchError", code: "missing" });
  files.set("/s/zh/simplified.json", table);
  assert.equal((await search.search("充值沒有到帳")).hits[0].key, "zh/deposits/not-arrived");
});

test("suggestions are titles that contain what was typed", async () => {
  const search = openSearch({ base: "/s/", locale: "en", fetch: fakeFetch(site()).fetch });
  assert.deepEqual(await search.suggest("limit or"), ["Limit orders and market orders"]);
  assert.deepEqual(await search.suggest(" "), []);
});
