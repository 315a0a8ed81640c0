// The page of results: the query stands in the address, so a result can be shared and the back button works.
//
// 1. What is typed, or stands in the address, is asked; an empty box offers the last searches.
// 2. `search-results.js` shows what came: the answer, the nearest results, topics to choose from.
// 3. What could be a secret is neither asked nor put into the address; the reader is told.
// 4. What has been settled on (submitted, or a result of it opened) is kept as a recent search.
import { loadWords, say } from "./data.js";
import { make } from "./dom.js";
import { mayHoldSecret, searchWarning, secretsInQuery } from "./guard-search.js";
import { failureOf, openClient } from "./search-client.js";
import { failureMessage } from "./search-messages.js";
import { keepSearch, recentList } from "./search-recent.js";
import { resultsView } from "./search-results.js";
import { whileWaiting } from "./search-waiting.js";
import { whenTyped } from "./typing.js";

const LIMIT = 20;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {import("./data.js").PageData} data
 */
export async function startSearchPage(form, input, data) {
  const place = document.querySelector("[data-results]");
  const browse = document.querySelector("[data-browse]");
  if (!(place instanceof HTMLElement) || !(browse instanceof HTMLElement)) return;
  const words = await loadWords(data);
  const title = document.title;
  const status = make("p", { role: "status", class: "results-count" });
  const list = make("div", {});
  place.append(status, list);
  let asked = "";
  /** The last query that held a secret. */
  let refused = "";

  /** @param {Node[]} nodes @param {string} said @param {boolean} found */
  const show = (nodes, said, found) => {
    status.textContent = said;
    list.replaceChildren(...nodes);
    browse.hidden = found;
  };
  /** The room that was kept for results is no longer needed. */
  const settle = () => delete document.documentElement.dataset.asked;
  const showRecent = () => {
    const inside = list.contains(document.activeElement);
    const recent = document.activeElement === input || inside ? recentList(words, go, showRecent) : null;
    show(recent ? [recent] : [], "", false);
    if (inside) input.focus();
  };
  /** @param {string} query */
  const refuse = async (query) => {
    const secrets = await secretsInQuery(query);
    if (secrets.length === 0 || asked !== query) return asked !== query;
    refused = query;
    document.title = title;
    keepAddress("replaceState", "");
    const { said, node } = await searchWarning(secrets, data, () => go(""));
    if (asked === query) show([node], said, true);
    return true;
  };
  /**
   * @param {"pushState" | "replaceState" | ""} how  what happens to the address
   * @param {boolean} [settled]  whether it is kept as a recent search
   */
  const ask = async (how, settled = false) => {
    const query = input.value.trim();
    asked = query;
    if (mayHoldSecret(query) && (await refuse(query))) return;
    document.title = query ? say(words, "search_title", { query }) : title;
    if (how) keepAddress(how, query);
    if (settled) keepSearch(query);
    if (!query) return showRecent();
    const stopWaiting = whileWaiting((note) => asked === query && show([note], "", true), words);
    try {
      const client = await openClient(data);
      const results = await client.search(query, { limit: LIMIT });
      if (!results || asked !== query) return;
      const answer = await client.answer(query);
      if (asked !== query) return;
      stopWaiting();
      const view = resultsView(results, answer, data, words, go, (said) => (status.textContent = said));
      show(view.nodes, view.said, results.hits.length > 0);
    } catch (error) {
      if (asked === query) show([failureMessage(failureOf(error), data, words)], "", false);
    } finally {
      stopWaiting();
      settle();
    }
  };
  /** @param {string} query @param {boolean} [settled] */
  const go = (query, settled) => {
    input.value = query;
    input.focus();
    ask("pushState", settled);
  };
  const fromAddress = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    ask("", true);
  };
  whenTyped(input, () => {
    if (input.value.trim() !== asked) ask("replaceState");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.trim();
    if (query !== asked) go(query, true);
    else if (query !== refused) keepSearch(query);
  });
  input.addEventListener("focus", () => {
    if (!input.value.trim()) showRecent();
  });
  list.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) keepSearch(asked);
  });
  addEventListener("popstate", fromAddress);
  fromAddress();
  if (!input.value && matchMedia("(hover: hover)").matches) input.focus();
}

/**
 * @param {"pushState" | "replaceState"} how
 * @param {string} query
 */
function keepAddress(how, query) {
  const address = new URL(location.href);
  if (query) address.searchParams.set("q", query);
  else address.searchParams.delete("q");
  history[how](null, "", address);
}
