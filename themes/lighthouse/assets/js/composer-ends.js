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
 * Has it been sent? Only the reader knows; and by which channel, where it was only copied.
 * @param {import("./data.js").Words} words
 * @param {import("./support/router.js").Channel[]} channels  by which it can have gone
 * @param {(channel: import("./support/router.js").Channel) => void} act
 */
export function sentQuestion(words, channels, act) {
  const asked = make("strong", {}, say(words, "compose_sent_question"));
  const answer = (/** @type {import("./support/router.js").Channel} */ channel) =>
    channels.length === 1 ? say(words, "compose_sent") : say(words, "compose_sent_by", { channel: channel.name });
  const buttons = channels.map((channel) => button(answer(channel), "button", () => act(channel)));
  const lines = make("div", {}, asked, make("p", {}, say(words, "compose_sent_text")), make("p", { class: "way-buttons" }, ...buttons));
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
