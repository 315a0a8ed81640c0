// Results as elements: text nodes and <mark>, nothing else.
import { linkTo } from "./data.js";
import { make } from "./dom.js";

// Any word of the query may match, so nearly everything does; below this share of the best score it is chance. The factor
// for what stands together is no part of it: a title that says the query makes the others no worse.
const NEAR = 0.4;

/**
 * How many of the hits, which come best first, are near enough to be shown at once.
 * @param {import("./search-client.js").Hit[]} hits
 */
export function nearCount(hits) {
  const fits = hits.map(({ score, near }) => score / near);
  const best = Math.max(...fits);
  return fits.findLastIndex((fit) => fit >= NEAR * best) + 1;
}

/**
 * @param {import("./search-client.js").Hit} hit
 * @param {import("./data.js").PageData} data
 */
export function hitAddress(hit, data) {
  return linkTo(data, hit.url + (hit.anchor ? `#${encodeURIComponent(hit.anchor)}` : ""));
}

/**
 * @param {import("./search-client.js").Hit} hit
 * @param {import("./data.js").PageData} data
 */
export function hitLink(hit, data) {
  const link = make("a", { class: "hit", href: hitAddress(hit, data) });
  link.append(make("span", { class: "hit-title" }, ...marked(hit.titleParts)));
  const place = hit.path.map((label) => make("span", {}, label));
  if (hit.section) place.push(make("span", { class: "hit-section" }, hit.section));
  const other = hit.locale && hit.locale !== data.locale;
  if (other) place.push(make("span", { class: "hit-language", lang: hit.locale }, languageName(hit.locale)));
  if (place.length > 0) link.append(make("span", { class: "hit-path" }, ...place));
  if (hit.excerpt.length > 0) link.append(make("span", { class: "hit-excerpt" }, ...marked(hit.excerpt)));
  if (other) link.lang = hit.locale;
  return link;
}

/**
 * What a language calls itself: "中文", "English".
 * @param {string} code
 */
function languageName(code) {
  return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
}

/** @param {import("./search-client.js").Part[]} parts */
export function marked(parts) {
  return parts.map(({ text, mark }) => (mark ? make("mark", {}, text) : document.createTextNode(text)));
}
