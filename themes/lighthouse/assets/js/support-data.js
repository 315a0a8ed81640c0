// What the build has written about scenarios, fields and channels, for the pages that need it.

/** @typedef {import("./support/message.js").Support} Support */

/** @type {Promise<Support> | null} */
let loaded = null;

/**
 * Loaded at the first call, tried again after a failure.
 * @param {Pick<import("./data.js").PageData, "support" | "locale" | "offline">} data
 * @returns {Promise<Support>}
 */
export function loadSupport(data) {
  loaded ??= (data.offline ? readFromDisk(data) : load(data.support)).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

/** @param {string} address */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @param {Pick<import("./data.js").PageData, "support" | "locale">} data */
async function readFromDisk({ support, locale }) {
  const { loadFromDisk } = await import("./disk.js");
  await loadFromDisk(support);
  const found = /** @type {{ helpgenSupport?: Record<string, Support> }} */ (globalThis).helpgenSupport?.[locale];
  if (!found) throw new Error(`${support} says nothing for ${locale}`);
  return found;
}
