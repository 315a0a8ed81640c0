// "Was this helpful?": the answer stays on the device. A "no" is answered with the next way to go.
import { recall, remember } from "./store.js";

/**
 * @param {HTMLElement} box
 * @param {string} key  key of the article
 */
export function startHelpful(box, key) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...box.querySelectorAll("button[value]")]);
  const answers = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[data-answer]")]);

  /** @param {string} answer */
  const show = (answer) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === answer));
    for (const element of answers) element.hidden = element.dataset.answer !== answer;
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      show(button.value);
      remember("helpful", JSON.stringify({ ...given(), [key]: button.value }));
    });
  }
  const earlier = given()[key];
  if (earlier === "yes" || earlier === "no") {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === earlier));
  }
  box.querySelector("[data-focus-search]")?.addEventListener("click", (event) => {
    const input = document.getElementById("hg-q");
    if (!input) return;
    event.preventDefault();
    input.focus();
  });
}

/** @returns {Record<string, string>} */
function given() {
  try {
    const value = JSON.parse(recall("helpful") ?? "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}
