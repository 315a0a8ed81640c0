// Results as the page of results shows them: did-you-mean, the answer, topics, the nearest results, then the others.
import { say } from "./data.js";
import { make } from "./dom.js";
import { answerBox, noAnswer } from "./search-answer.js";
import { facetChips, isChosen } from "./search-facets.js";
import { hitLink, nearCount } from "./search-hits.js";
import { emptyMessage, suggestion } from "./search-messages.js";

const FAINT = 0.25;
const FEW = 5;

/**
 * @param {import("./search-client.js").Results} results
 * @param {import("./search-client.js").Answer | null} answer
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 * @param {(query: string) => void} ask
 * @param {(said: string) => void} announce  called when the reader changes what is shown
 * @returns {{ nodes: Node[], said: string }}
 */
export function resultsView(results, answer, data, words, ask, announce) {
  /** @type {Node[]} */
  const nodes = results.didYouMean ? [suggestion(results.didYouMean, data, words, ask)] : [];
  if (results.hits.length === 0) return { nodes: [...nodes, emptyMessage(results.query, data, words)], said: "" };
  nodes.push(answer?.certain ? answerBox(answer, data, words) : noAnswer(data, words));
  const place = make("div", {});
  // Where hardly anything fits, all hits are equally near: a few are enough.
  const faint = !answer || answer.confidence < FAINT;
  let count = Math.min(nearCount(results.hits), faint ? FEW : results.hits.length);
  let choice = { topic: "", platform: "" };

  const draw = () => {
    const shown = results.hits.slice(0, count);
    const chosen = shown.filter((hit) => isChosen(hit, choice));
    const rows = facetChips(shown, words, choice, (next) => {
      // Where the focus goes on: the row that was pressed.
      const number = next.topic === choice.topic ? rows.length - 1 : 0;
      choice = next;
      change(() => place.querySelectorAll(".chips")[number]?.querySelector('[aria-pressed="true"]') ?? null);
    });
    const list = make("ul", { class: "results" }, ...chosen.map((hit) => make("li", {}, hitLink(hit, data))));
    place.replaceChildren(...rows, list, ...(count < results.hits.length ? [more(chosen.length)] : []));
    return say(words, "results_near", { count: chosen.length });
  };
  /** @param {() => Element | null} next  what has the focus after it */
  const change = (next) => {
    announce(draw());
    const element = next();
    if (element instanceof HTMLElement) element.focus();
  };
  /** @param {number} before  results shown so far */
  const more = (before) => {
    const button = make("button", { type: "button", class: "button quiet more-results" }, say(words, "results_more"));
    button.addEventListener("click", () => {
      count = results.hits.length;
      choice = { topic: "", platform: "" };
      change(() => place.querySelectorAll(".results a")[before] ?? null);
    });
    return button;
  };

  const said = draw();
  nodes.push(place);
  return { nodes, said };
}
