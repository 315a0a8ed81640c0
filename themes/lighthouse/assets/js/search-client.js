// The search library, opened for this page; and what its failures are called.

/**
 * @typedef {import("./search/engine.js").Part} Part
 * @typedef {import("./search/engine.js").Hit} Hit
 * @typedef {import("./search/engine.js").Answer} Answer
 * @typedef {Answer["blocks"][number]} Block
 * @typedef {import("./search/engine.js").Results} Results
 * @typedef {import("./search/engine.js").Client} Client
 */

/** @type {Promise<Client> | null} */
let opened = null;

/**
 * The client of this page: loaded at the first call, tried again after a failure.
 * @param {import("./data.js").PageData} data
 * @returns {Promise<Client>}
 */
export function openClient(data) {
  opened ??= load(data).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** @param {import("./data.js").PageData} data */
async function load(data) {
  const { openSearch } = await import("./search/engine.js");
  const base = new URL(data.index, location.href).href;
  if (!data.offline) return openSearch({ base, locale: data.locale });
  const { offlineFetch } = await import("./search-offline.js");
  return openSearch({ base, locale: data.locale, fetch: await offlineFetch(data, base) });
}

/**
 * What to tell the reader: "offline", "missing" or "version".
 * @param {unknown} error
 */
export function failureOf(error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "version") return "version";
  // A module that could not be fetched has no code of its own.
  if (code === "offline" || !navigator.onLine) return "offline";
  return "missing";
}
