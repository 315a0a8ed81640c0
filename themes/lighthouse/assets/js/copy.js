// A copy button on messages, code and addresses.
import { say } from "./data.js";
import { make } from "./dom.js";

/**
 * @param {HTMLElement[]} elements  blocks of code, and addresses
 * @param {import("./data.js").Words} words
 */
export function startCopy(elements, words) {
  for (const element of elements) {
    const source = element.querySelector("code") ?? element;
    const text = (source.textContent ?? "").replace(/\n$/, "");
    const button = make("button", { type: "button", class: "copy" }, say(words, "copy"));
    const status = make("span", { role: "status", class: "hidden" });
    button.addEventListener("click", () => copy(text, source, button, status, words));
    element.append(button, status);
  }
}

/**
 * @param {string} text
 * @param {Element} source
 * @param {HTMLElement} button
 * @param {HTMLElement} status
 * @param {import("./data.js").Words} words
 */
async function copy(text, source, button, status, words) {
  let said = say(words, "copied");
  try {
    await navigator.clipboard.writeText(text);
    button.dataset.done = "";
  } catch {
    // No clipboard (an old browser, or a page from a disk): mark the text, so that one key press copies it.
    getSelection()?.selectAllChildren(source);
    said = say(words, "copy_failed");
  }
  button.textContent = said;
  status.textContent = said;
  setTimeout(() => {
    button.textContent = say(words, "copy");
    status.textContent = "";
    delete button.dataset.done;
  }, 2500);
}
