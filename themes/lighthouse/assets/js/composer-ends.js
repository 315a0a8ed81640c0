// How a message ends: nothing was needed, it is sent, or the draft is deleted. A row with a button for each.
import { say } from "./data.js";
import { make } from "./dom.js";

/**
 * "That solved it": the best end of all.
 * @param {import("./data.js").Words} words
 * @param {() => void} act
 */
export function solvedRow(words, act) {
  return make("p", { class: "solved-row" }, button(say(words, "compose_solved"), "button quiet", act));
}

/**
 * What stands in the form's place then. Its first line takes the focus.
 * @param {import("./data.js").Words} words
 */
export function solvedNote(words) {
  const title = make("p", { class: "solved-title", tabindex: "-1" }, say(words, "compose_solved_title"));
  return { title, element: make("div", { class: "solved", role: "status" }, title, make("p", {}, say(words, "compose_solved_text"))) };
}

/**
 * Has it been sent? Only the reader knows.
 * @param {import("./data.js").Words} words
 * @param {() => void} act
 */
export function sentQuestion(words, act) {
  const asked = make("strong", {}, say(words, "compose_sent_question"));
  const lines = make("div", {}, asked, make("p", {}, say(words, "compose_sent_text")), button(say(words, "compose_sent"), "button", act));
  return make("div", { class: "notice sent-question" }, lines);
}

/**
 * @param {import("./data.js").Words} words
 * @param {() => void} act
 */
export function draftRow(words, act) {
  return make("p", { class: "draft-row" }, make("span", {}, say(words, "compose_draft")), button(say(words, "compose_draft_delete"), "button quiet", act));
}

/**
 * @param {string} label
 * @param {string} look
 * @param {() => void} act
 */
function button(label, look, act) {
  const element = make("button", { type: "button", class: look }, label);
  element.addEventListener("click", act);
  return element;
}
