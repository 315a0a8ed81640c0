// Articles that fit what is being typed, found while one types: perhaps nobody needs to be asked.
import { say } from "./data.js";
import { make } from "./dom.js";
import { secretsIn } from "./guard-field.js";
import { openClient } from "./search-client.js";
import { hitLink, nearCount } from "./search-hits.js";

const REST = 600;
const SHOWN = 3;
const LONGEST = 160;

/**
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 * @param {Set<string>} known  addresses of articles that are shown already
 * @returns {{ element: HTMLElement, ask: (query: string) => void }}
 */
export function liveArticles(data, words, known) {
  const list = make("ul", { class: "results" });
  const element = make("section", { class: "live-articles", hidden: "" }, make("h4", {}, say(words, "compose_live")), list);
  let timer = 0;
  let asked = "";
  const find = async () => {
    const query = asked;
    try {
      // The index comes in pieces, which would tell a server the words of a secret.
      const secret = (await secretsIn(query)).length > 0;
      const client = secret ? null : await openClient(data);
      const results = await client?.search(query.slice(0, LONGEST), { limit: SHOWN + known.size });
      if (secret) element.hidden = true;
      if (!results || asked !== query) return;
      const near = results.hits.slice(0, nearCount(results.hits)).filter((hit) => !known.has(new URL(hitLink(hit, data).getAttribute("href") ?? "", location.href).pathname));
      list.replaceChildren(...near.slice(0, SHOWN).map((hit) => make("li", {}, hitLink(hit, data))));
      element.hidden = near.length === 0;
    } catch {
      // Without the search the message can be written all the same.
      element.hidden = true;
    }
  };
  return {
    element,
    ask(query) {
      clearTimeout(timer);
      asked = query.trim();
      if (asked) timer = window.setTimeout(find, REST);
      else element.hidden = true;
    },
  };
}

/**
 * The articles above the form: a click on one is told by its title. Answers their addresses.
 * @param {HTMLElement} place
 * @param {(title: string) => void} opened
 * @returns {Set<string>}
 */
export function watchArticles(place, opened) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...place.querySelectorAll(".articles a")]);
  for (const link of links) {
    link.addEventListener("click", () => {
      const title = link.querySelector(".article-title")?.textContent?.trim();
      if (title) opened(title);
    });
  }
  return new Set(links.map(({ pathname }) => pathname));
}
