// What the search says when it has nothing to show: each message names the next step.
import { say } from "./data.js";
import { make } from "./dom.js";

const NEAREST = 4;

/**
 * "Nothing found": other words, the nearest topics, a person.
 * @param {string} query
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
export function emptyMessage(query, data, words) {
  return message(
    make("strong", {}, say(words, "empty_title", { query })),
    make("p", {}, say(words, "empty_text")),
    topics(nearest(query, siteTopics()).slice(0, NEAREST)),
    ...person(data, words),
  );
}

/**
 * A failure, in words for who only wanted an answer.
 * @param {string} failure  "offline", "missing" or "version"
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
export function failureMessage(failure, data, words) {
  const parts = [make("strong", {}, say(words, `${failure}_title`)), make("p", {}, say(words, `${failure}_text`))];
  if (failure === "version") {
    const reload = make("button", { type: "button", class: "button" }, say(words, "reload"));
    reload.addEventListener("click", () => location.reload());
    return message(...parts, reload);
  }
  return message(...parts, topics(siteTopics()), ...person(data, words));
}

/**
 * The answer takes long: it still comes, and the topics are here already.
 * @param {import("./data.js").Words} words
 */
export function slowMessage(words) {
  return message(make("strong", {}, say(words, "slow_title")), make("p", {}, say(words, "slow_text")), topics(siteTopics()));
}

/**
 * "Did you mean …": a link to the page of results; a plain click asks at once.
 * @param {string} suggestion
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 * @param {(query: string) => void} ask
 */
export function suggestion(suggestion, data, words, ask) {
  const link = make("a", { href: `${data.search}?q=${encodeURIComponent(suggestion)}` }, suggestion);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    ask(suggestion);
  });
  return make("p", { class: "message did-you-mean" }, `${say(words, "did_you_mean")} `, link);
}

/** @param {...(Node | string)} children */
export function message(...children) {
  return make("div", { class: "message" }, ...children);
}

/** The topics of the site, as the footer names them. */
function siteTopics() {
  return /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("[data-topics] a")]);
}

/** @param {HTMLAnchorElement[]} links */
function topics(links) {
  return make("ul", {}, ...links.map((link) => make("li", {}, make("a", { href: link.href }, link.textContent ?? ""))));
}

/**
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
function person(data, words) {
  return data.contact ? [make("a", { class: "button", href: data.contact }, say(words, "contact"))] : [];
}

/**
 * Topics that share most with the query first: by words, and by characters where a language does not part its words.
 * @param {string} query
 * @param {HTMLAnchorElement[]} links
 */
function nearest(query, links) {
  const wanted = pieces(query);
  const score = (/** @type {HTMLAnchorElement} */ link) => [...pieces(link.textContent ?? "")].filter((piece) => wanted.has(piece)).length;
  return links.map((link) => ({ link, value: score(link) })).sort((a, b) => b.value - a.value).map(({ link }) => link);
}

/** @param {string} text */
function pieces(text) {
  return new Set(text.toLowerCase().match(/[\p{Script=Han}]|[\p{L}\p{N}]{3,}/gu) ?? []);
}
