// While an answer is on its way: quick answers show nothing between, slow ones say so, and very slow ones offer the topics.
import { say } from "./data.js";
import { message, slowMessage } from "./search-messages.js";

const PATIENCE = 300;
const SLOW = 1000;

/**
 * @param {(note: HTMLElement) => void} show
 * @param {import("./data.js").Words} words
 * @returns {() => void}  to be called when the answer is here, or none will come
 */
export function whileWaiting(show, words) {
  const first = setTimeout(() => show(message(say(words, "searching"))), PATIENCE);
  const second = setTimeout(() => show(slowMessage(words)), SLOW);
  return () => {
    clearTimeout(first);
    clearTimeout(second);
  };
}
