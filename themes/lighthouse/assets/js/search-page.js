// The page of results: the query stands in the address, so a result can be shared and the back button works.
import { loadWords, say } from "./data.js";
import { make } from "./dom.js";
import { failureOf, openClient } from "./search-client.js";
import { hitLink } from "./search-hits.js";
import { emptyMessage, failureMessage, message, suggestion } from "./search-messages.js";
import { whenTyped } from "./typing.js";

const LIMIT = 20;
const PATIENCE = 300;

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

  /** @param {Node[]} nodes @param {string} said @param {boolean} found */
  const show = (nodes, said, found) => {
    status.textContent = said;
    list.replaceChildren(...nodes);
    browse.hidden = found;
  };
  /** @param {import("./search-client.js").Results} results */
  const showResults = (results) => {
    const found = results.hits.length > 0;
    /** @type {Node[]} */
    const nodes = results.didYouMean ? [suggestion(results.didYouMean, words, go)] : [];
    if (found) nodes.push(make("ul", { class: "results" }, ...results.hits.map((hit) => make("li", {}, hitLink(hit, data)))));
    else nodes.push(emptyMessage(results.query, data, words));
    show(nodes, found ? say(words, "results", { count: results.total }) : "", found);
  };
  const ask = async () => {
    const query = input.value.trim();
    asked = query;
    document.title = query ? say(words, "search_title", { query }) : title;
    if (!query) return show([], "", false);
    const waiting = setTimeout(() => show([message(say(words, "searching"))], "", true), PATIENCE);
    try {
      const results = await (await openClient(data)).search(query, { limit: LIMIT });
      if (results && asked === query) showResults(results);
    } catch (error) {
      if (asked === query) show([failureMessage(failureOf(error), data, words)], "", false);
    } finally {
      clearTimeout(waiting);
    }
  };
  /** @param {string} query */
  const go = (query) => {
    input.value = query;
    keepAddress("pushState", query);
    ask();
  };
  const fromAddress = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    ask();
  };
  whenTyped(input, () => {
    if (input.value.trim() === asked) return;
    keepAddress("replaceState", input.value.trim());
    ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim() !== asked) go(input.value.trim());
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
