// The first page, once: offers the reader's own language where the site has it and the page is in another.
import { loadWords, say } from "./data.js";
import { make } from "./dom.js";
import { recall, remember } from "./store.js";

/** @param {import("./data.js").PageData} data */
export async function offerLanguage(data) {
  // Only where the site is entered; who comes from inside it has chosen already.
  if (data.root !== "./" || recall("language") || document.referrer.startsWith(location.origin)) return;
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".menu-list a[hreflang]")]);
  const wanted = best(navigator.languages, links.map((link) => link.hreflang));
  const link = links.find(({ hreflang }) => hreflang === wanted);
  if (!link || wanted === data.locale) return;
  const words = await wordsFor(link.hreflang);
  if (words) document.body.append(offer(link, words));
}

/**
 * The first of the reader's languages that the site has, by whole code or by its first part.
 * @param {readonly string[]} reader
 * @param {string[]} site
 */
export function best(reader, site) {
  for (const language of reader) {
    const exact = site.find((code) => code.toLowerCase() === language.toLowerCase());
    const close = site.find((code) => code.split("-")[0] === language.split("-")[0]);
    if (exact ?? close) return exact ?? close;
  }
  return undefined;
}

/** @param {string} code */
async function wordsFor(code) {
  for (const words of new Set([code, code.split("-")[0] ?? ""])) {
    try {
      return await loadWords({ words });
    } catch {
      // The theme does not speak it; the switch in the header is there.
    }
  }
  return null;
}

/**
 * @param {HTMLAnchorElement} link
 * @param {import("./data.js").Words} words
 */
function offer(link, words) {
  const go = make("a", { class: "button", href: link.href }, say(words, "language_go"));
  const stay = make("button", { type: "button", class: "button quiet" }, say(words, "language_stay"));
  const box = make("aside", { class: "offer", lang: link.hreflang, "aria-label": say(words, "language_offer") });
  const done = () => remember("language", "asked");
  go.addEventListener("click", done);
  stay.addEventListener("click", () => {
    done();
    box.remove();
  });
  box.append(make("p", {}, say(words, "language_offer")), go, stay);
  return box;
}
