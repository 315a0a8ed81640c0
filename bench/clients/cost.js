// What each question costs, asked of helpgen's client: the files of a first search with their places in the sequence, those
// of a search that is not the first of a session, and the least time of three searches more, when everything is at hand.
import { openSearch } from "/client/engine.js";

const SESSION = 10;
const AGAIN = 3;
const EXCERPTS = 5;
// Milliseconds from a request to its answer, as on a good connection: what is asked together is answered together. On the
// machine itself one of two requests made at once may be answered before the other is read, and look like its cause.
const ROUND_TRIP = 40;

/**
 * @param {string} locale
 * @param {string[]} queries
 */
export async function costs(locale, queries) {
  /** @type {[string, number][]} */
  let log = [];
  let done = 0;
  const spy = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    const place = done + 1;
    log.push([new URL(url).pathname, place]);
    const due = performance.now() + ROUND_TRIP;
    const response = await fetch(url, init);
    const text = response.text.bind(response);
    response.text = async () => {
      const body = await text();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      done = Math.max(done, place);
      return body;
    };
    return response;
  };
  const open = () => openSearch({ base: `${location.origin}/index/`, locale, fetch: spy });
  const ask = async (/** @type {ReturnType<typeof open>} */ client, /** @type {string} */ query) => {
    log = [];
    done = 0;
    const start = performance.now();
    await client.search(query, { limit: EXCERPTS });
    return { files: log, ms: performance.now() - start };
  };
  const rows = [];
  let session = open();
  for (const [number, query] of queries.entries()) {
    if (number % SESSION === 0) session = open();
    const client = open();
    const { files } = await ask(client, query);
    const again = [];
    for (let time = 0; time < AGAIN; time += 1) again.push((await ask(client, query)).ms);
    const further = (await ask(session, query)).files;
    rows.push({ files, ms: Math.min(...again), further: number % SESSION ? further : null });
  }
  return rows;
}
