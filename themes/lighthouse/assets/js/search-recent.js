// The reader's last searches, on this device only. What could be a secret or a private matter is never kept.
import { say } from "./data.js";
import { make } from "./dom.js";
import { recall, remember } from "./store.js";

const NAME = "searches";
const MOST = 5;
const LONGEST = 60;
// A seed phrase has 12 words or more.
const SECRET_WORDS = 12;

/** @returns {string[]} the latest first */
export function recentSearches() {
  try {
    const kept = JSON.parse(recall(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string" && !looksPrivate(query)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {string} query */
export function keepSearch(query) {
  const text = query.trim();
  if ([...text].length < 2 || looksPrivate(text)) return;
  remember(NAME, JSON.stringify([text, ...recentSearches().filter((other) => other !== text)].slice(0, MOST)));
}

/** @param {string} query */
function forgetSearch(query) {
  const left = recentSearches().filter((other) => other !== query);
  remember(NAME, left.length > 0 ? JSON.stringify(left) : null);
}

/**
 * Whether a query could hold a code, a number of a card or account, a key, an address or a seed phrase.
 * @param {string} query
 */
export function looksPrivate(query) {
  const text = query.normalize("NFKC");
  const together = text.replace(/[\s.\-_]+/g, "");
  return (
    text.length > LONGEST ||
    text.trim().split(/\s+/).length >= SECRET_WORDS ||
    /\p{Nd}{6}/u.test(together) ||
    /(?=[0-9a-z]*[0-9])(?=[0-9a-z]*[a-z])[0-9a-z]{12}/i.test(text) ||
    /[0-9a-z]{20}/i.test(text) ||
    text.includes("@")
  );
}

/**
 * The last searches as a list: each asks again, or is removed; one button clears all. Null if there are none.
 * @param {import("./data.js").Words} words
 * @param {(query: string) => void} ask
 * @param {() => void} changed called when one was removed, or all were
 * @returns {HTMLElement | null}
 */
export function recentList(words, ask, changed) {
  const queries = recentSearches();
  if (queries.length === 0) return null;
  const rows = queries.map((query) => {
    const again = make("button", { type: "button", class: "recent-ask" }, query);
    again.addEventListener("click", () => ask(query));
    const away = make("button", { type: "button", class: "recent-away", "aria-label": say(words, "recent_remove", { query }) });
    away.addEventListener("click", () => {
      forgetSearch(query);
      changed();
    });
    return make("li", {}, again, away);
  });
  const clear = make("button", { type: "button", class: "link-button" }, say(words, "recent_clear"));
  clear.addEventListener("click", () => {
    remember(NAME, null);
    changed();
  });
  const head = make("div", { class: "recent-head" }, make("span", { id: "hg-recent" }, say(words, "recent_title")), clear);
  const list = make("ul", { "aria-labelledby": "hg-recent" }, ...rows);
  return make("div", { class: "recent" }, head, list, make("p", {}, say(words, "recent_note")));
}
