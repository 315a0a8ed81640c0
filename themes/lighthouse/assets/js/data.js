// What the page tells its scripts, and the words they show.

/**
 * @typedef {object} PageData
 * @property {string} locale  language of the page
 * @property {string} words   code of the theme's words
 * @property {boolean} offline whether the site is opened from a disk, where links name their files
 * @property {string} root    the site's root as seen from the page
 * @property {string} index   folder of the search index
 * @property {string} search  the search page
 * @property {string} contact the contact page, "" = none
 * @property {string} support what scripts read of scenarios and channels, "" = none
 * @property {string} case    the page of what was sent, "" = none
 * @property {string} danger  the page for an emergency, "" = none
 * @property {string} key     key of the article, "" = not an article
 * @typedef {Record<string, string | Record<string, string>>} Words
 */

/**
 * The data of the page; null if they are not there or not ours.
 * @returns {PageData | null}
 */
export function readData() {
  // By id and by tag: an element of the text could bear the same id, but never be a script.
  const element = document.querySelector('script#hg-data[type="application/json"]');
  try {
    const data = element ? JSON.parse(element.textContent ?? "") : null;
    if (!data) return null;
    const article = /** @type {HTMLElement | null} */ (document.querySelector("article[data-key]"));
    const key = article?.dataset.key ?? "";
    return data.offline ? { ...data, key, root: folderOf(data.root), index: folderOf(data.index) } : { ...data, key };
  } catch {
    return null;
  }
}

/** @param {string} address  of a folder's index.html */
function folderOf(address) {
  return address.replace(/index\.html$/, "") || "./";
}

/**
 * The link from this page to an address that a script was told: whole addresses stay, others are below the site's root.
 * @param {Pick<PageData, "root" | "offline">} data
 * @param {string} url
 */
export function linkTo({ root, offline }, url) {
  if (/^(https?|mailto|tel):/.test(url)) return url;
  // On a disk no host adds the file to a folder.
  return root + (offline ? url.replace(/^([^?#]*\/)?(?=$|[?#])/, "$1index.html") : url);
}

/**
 * The address of this page for somebody elsewhere; "" where it lies on the reader's own disk.
 * @param {Pick<PageData, "offline">} data
 */
export function publicAddress({ offline }) {
  return offline ? "" : location.origin + location.pathname;
}

/**
 * The words of the page's language.
 * @param {Pick<PageData, "words">} data
 * @returns {Promise<Words>}
 */
export async function loadWords(data) {
  return (await import(`./text/${codeOf(data)}.js`)).default;
}

/**
 * The words that few pages need, together with the others.
 * @param {Pick<PageData, "words">} data
 * @returns {Promise<Words>}
 */
export async function loadLateWords(data) {
  const [late, words] = await Promise.all([import(`./text/late/${codeOf(data)}.js`), loadWords(data)]);
  return { ...words, ...late.default };
}

/** @param {Pick<PageData, "words">} data */
function codeOf(data) {
  return /^[A-Za-z0-9-]+$/.test(data.words) ? data.words : "en";
}

/**
 * A text with its {places} filled; `count` also chooses the plural form.
 * @param {Words} words
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(words, name, values = {}) {
  const entry = words[name] ?? "";
  const form = typeof entry === "string" ? entry : ((values.count === 1 ? entry.one : undefined) ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (place, key) => (key in values ? String(values[key]) : place));
}
