// The switch between system, light and dark. scheme.js applies the choice before the first paint.
import { recall, remember } from "./store.js";

export function startSchemes() {
  const group = document.querySelector("[data-schemes]");
  if (!group) return;
  const radios = /** @type {HTMLInputElement[]} */ ([...group.querySelectorAll("input")]);
  const current = recall("scheme") ?? "system";
  for (const radio of radios) radio.checked = radio.value === current;
  group.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) apply(event.target.value);
  });
}

/** @param {string} choice */
function apply(choice) {
  const root = document.documentElement;
  const fixed = choice === "light" || choice === "dark";
  if (fixed) root.dataset.scheme = choice;
  else delete root.dataset.scheme;
  remember("scheme", fixed ? choice : null);
}
