// What the build has written about scenarios, fields and channels, for the pages that need it.

/** @typedef {import("./support/message.js").Support} Support */

/** @type {Promise<Support> | null} */
let loaded = null;

/**
 * Loaded at the first call, tried again after a failure.
 * @param {Pick<import("./data.js").PageData, "support">} data
 * @returns {Promise<Support>}
 */
export function loadSupport(data) {
  loaded ??= load(data.support).catch((error) => {
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

/**
 * The link from this page to an address of that file: whole addresses stay, others are below the site's root.
 * @param {{ root: string }} data
 * @param {string} url
 */
export function linkTo(data, url) {
  return /^(https?|mailto|tel):/.test(url) ? url : data.root + url;
}
