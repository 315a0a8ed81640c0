// The index of a site that is opened from a disk.
import { loadFromDisk } from "./disk.js";

/**
 * What `openSearch` needs as its `fetch`: answers from the index that stands in the page.
 * @param {import("./data.js").PageData} data
 * @param {string} base  the folder of the index, as `openSearch` is told it
 */
export async function offlineFetch(data, base) {
  await loadFromDisk(`${base}data.${data.locale}.js`);
  const all = /** @type {{ helpgenSearch?: Record<string, Record<string, string>> }} */ (globalThis).helpgenSearch ?? {};
  const files = new Map(Object.entries(all[data.locale] ?? {}));
  return async (/** @type {string} */ url) => {
    const body = files.get(url.slice(`${base}${data.locale}/`.length));
    return new Response(body ?? "", { status: body === undefined ? 404 : 200 });
  };
}
