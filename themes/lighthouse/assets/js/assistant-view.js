// What the assistant and the reader have said, as elements.
import { linkTo, say } from "./data.js";
import { make } from "./dom.js";

/**
 * @typedef {import("./support/conversation.js").Told} Told
 * @typedef {import("./support/conversation.js").Turn} Turn
 * @typedef {object} Surroundings
 * @property {import("./data.js").PageData} data
 * @property {import("./data.js").Words} words
 * @property {import("./support/message.js").Support | null} support
 * @typedef {{ choose: (scenario: string) => void, again: () => void, solved: () => void, person: () => void }} Acts
 */

/**
 * @param {Turn} turn
 * @param {Surroundings} around
 * @param {Acts | null} acts  null for a turn that is past: it has no buttons
 */
export function turnView(turn, around, acts) {
  const { words } = around;
  const name = make("span", { class: "hidden" }, `${say(words, turn.who === "reader" ? "assistant_you" : "assistant_it")} `);
  if (turn.who === "reader") return make("li", { class: "said said-reader" }, name, make("p", {}, turn.text));
  const said = make("p", {}, say(words, `assistant_say_${turn.kind}`));
  const answers = acts ? buttons(turn, around, acts) : [];
  // The choices of a question stand right under it.
  const parts = turn.kind === "clarify" ? [...answers, ...matter(turn, around)] : [...matter(turn, around), ...answers];
  return make("li", { class: `said said-assistant said-${turn.kind}` }, name, said, ...parts);
}

/** @param {Told} turn @param {Surroundings} around */
function matter(turn, { data, words, support }) {
  const parts = [];
  if (turn.kind === "danger" && support?.danger) {
    parts.push(make("ol", { class: "said-steps" }, ...support.danger.freeze.map((step) => make("li", {}, step))));
    if (data.danger) parts.push(make("a", { class: "said-source", href: data.danger }, say(words, "assistant_danger_page")));
  }
  // What is about danger without crying for help: the way out is named all the same.
  if (turn.kind !== "danger" && turn.risk && data.danger) {
    parts.push(make("p", { class: "said-risk" }, make("a", { href: data.danger }, say(words, "assistant_risk"))));
  }
  if (turn.quote) {
    const address = linkTo(data, turn.quote.url);
    const quote = make("blockquote", { cite: address }, make("p", { class: "said-title" }, turn.quote.title), ...turn.quote.blocks.map(blockView));
    if (turn.quote.locale && turn.quote.locale !== data.locale) quote.lang = turn.quote.locale;
    parts.push(quote, make("a", { class: "said-source", href: address }, say(words, turn.quote.whole ? "assistant_source" : "assistant_more")));
  }
  const links = turn.kind === "guide" && turn.guide ? [turn.guide] : turn.links;
  if (links.length > 0) {
    if (turn.kind === "danger" || turn.kind === "clarify" || turn.kind === "answer") parts.push(make("p", { class: "said-label" }, say(words, "assistant_also")));
    parts.push(make("ul", { class: "said-links" }, ...links.map(({ title, url }) => make("li", {}, make("a", { href: linkTo(data, url) }, title)))));
  }
  return parts;
}

/** @param {import("./support/conversation.js").Block} block */
function blockView({ steps, lines }) {
  if (steps) return make("ol", {}, ...lines.map((line) => make("li", {}, line)));
  return make("p", {}, ...lines);
}

/** @param {Told} turn @param {Surroundings} around @param {Acts} acts */
function buttons(turn, { words }, acts) {
  /** @type {[string, () => void][]} */
  const rows = turn.kind === "clarify" ? turn.scenarios.map(({ id, name }) => [name, () => acts.choose(id)]) : [];
  if (["answer", "perhaps", "guide"].includes(turn.kind)) rows.push([say(words, "assistant_solved"), acts.solved], [say(words, "assistant_again"), acts.again]);
  if (["nothing", "clarify"].includes(turn.kind)) rows.push([say(words, "assistant_person"), acts.person]);
  if (rows.length === 0) return [];
  return [make("div", { class: "said-choices" }, ...rows.map(([label, act]) => button(label, act)))];
}

/**
 * @param {string} label
 * @param {() => void} act
 */
export function button(label, act) {
  const element = make("button", { type: "button", class: "button quiet" }, label);
  element.addEventListener("click", act);
  return element;
}
