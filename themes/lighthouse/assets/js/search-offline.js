// The index of a site that is opened from a disk: browsers fetch nothing there, so it comes as a script.

/**
 * What `openSearch` needs as its `fetch`: answers from the index that stands in the page.
 * @param {import("./data.js").PageData} data
 * @param {string} base  the folder of the index, as `openSearch` is told it
 */
export async function offlineFetch(data, base) {
  await loadScript(`${base}data.${data.locale}.js`);
  const all = /** @type {{ helpgenSearch?: Record<string, Record<string, string>> }} */ (globalThis).helpgenSearch ?? {};
  const files = new Map(Object.entries(all[data.locale] ?? {}));
  return async (/** @type {string} */ url) => {
    const body = files.get(url.slice(`${base}${data.locale}/`.length));
    return new Response(body ?? "", { status: body === undefined ? 404 : 200 });
  };
}

/** @param {string} address */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${address} could not be loaded`)));
    script.src = trusted(address);
    document.head.append(script);
  });
}

/**
 * The only address of a script that the page's policy lets through.
 * @param {string} address
 * @returns {string}
 */
function trusted(address) {
  const { trustedTypes } = /** @type {{ trustedTypes?: any }} */ (globalThis);
  if (!/^(?:file|https?):[^?#]*\/data\.[A-Za-z0-9-]+\.js$/.test(address)) throw new Error(`${address} is no index`);
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy("helpgen-offline", { createScriptURL: (/** @type {string} */ text) => text });
  return policy.createScriptURL(address);
}

/** @type {any} */
let policy = null;
