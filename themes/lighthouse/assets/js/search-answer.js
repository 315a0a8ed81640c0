// The answer box of the page of results: a passage quoted from its article, or a quiet word that none is certain.
import { say } from "./data.js";
import { make } from "./dom.js";
import { hitAddress, marked } from "./search-hits.js";

/**
 * @param {import("./search-client.js").Answer} answer
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
export function answerBox({ hit, blocks, whole }, data, words) {
  const address = hitAddress(hit, data);
  const title = make("h2", { id: "hg-answer", class: "answer-title" }, make("a", { href: address }, hit.section || hit.title));
  const quote = make("blockquote", { class: "answer-text", cite: address }, ...blocks.map(blockOf));
  const source = make("a", { class: "answer-source", href: address }, say(words, whole ? "answer_source" : "answer_more", { title: hit.title }));
  const label = make("p", { class: "answer-label" }, say(words, "answer_label"));
  const box = make("section", { class: "answer", "aria-labelledby": "hg-answer" }, label, title, quote, source);
  if (hit.locale && hit.locale !== data.locale) box.lang = hit.locale;
  return box;
}

/**
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
export function noAnswer(data, words) {
  const said = make("p", { class: "no-answer" }, `${say(words, "answer_none")} `);
  if (data.contact) said.append(make("a", { href: data.contact }, say(words, "contact")));
  return said;
}

/** @param {import("./search-client.js").Block} block */
function blockOf({ steps, lines }) {
  if (steps) return make("ol", {}, ...lines.map((line) => make("li", {}, ...marked(line))));
  return make("p", {}, ...lines.flatMap(marked));
}
