// Data of a site that is opened from a disk: browsers fetch nothing there, so each file comes as a script that puts its
// content into a table of the page.

/**
 * Run such a script of the site.
 * @param {string} address
 * @returns {Promise<unknown>}
 */
export function loadFromDisk(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${address} could not be loaded`)));
    script.src = trusted(new URL(address, location.href).href);
    document.head.append(script);
  });
}

/**
 * The only addresses of scripts that the page's policy lets through: the search index, and the ways to a human.
 * @param {string} address
 * @returns {string}
 */
function trusted(address) {
  const { trustedTypes } = /** @type {{ trustedTypes?: any }} */ (globalThis);
  if (!/^(?:file|https?):[^?#]*\/(?:data\.[A-Za-z0-9-]+|support\.[A-Za-z0-9-]+\.[0-9a-f]+)\.js$/.test(address)) throw new Error(`${address} holds no data of this site`);
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy("helpgen-offline", { createScriptURL: (/** @type {string} */ text) => text });
  return policy.createScriptURL(address);
}

/** @type {any} */
let policy = null;
