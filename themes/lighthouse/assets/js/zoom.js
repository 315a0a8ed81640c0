// Pictures grow in place on a click or Enter, and shrink again. Without script the link opens the picture itself.
import { say } from "./data.js";

/**
 * @param {HTMLElement[]} links
 * @param {import("./data.js").Words} words
 */
export function startZoom(links, words) {
  for (const link of links) {
    const text = link.querySelector("img")?.alt ?? "";
    link.setAttribute("role", "button");

    /** @param {boolean} large */
    const set = (large) => {
      link.classList.toggle("is-large", large);
      link.setAttribute("aria-expanded", String(large));
      link.setAttribute("aria-label", [say(words, large ? "zoom_out" : "zoom_in"), text].filter(Boolean).join(": "));
    };
    set(false);
    link.addEventListener("click", (event) => {
      // Opening in a new tab stays possible.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      set(!link.classList.contains("is-large"));
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === "Escape") set(false);
      if (event.key === " ") {
        event.preventDefault();
        link.click();
      }
    });
  }
}
