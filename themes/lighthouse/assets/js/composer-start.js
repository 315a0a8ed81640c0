// The composer is large, so it comes when a scenario is opened, or when the reader arrives with one: handed over, in the
// address, or as a draft.
import { recall } from "./store.js";

/**
 * @param {HTMLElement} container
 * @param {import("./data.js").PageData} data
 */
export function startComposerWhenUsed(container, data) {
  const load = () => {
    container.removeEventListener("toggle", load, { capture: true });
    import("./composer.js").then((module) => module.startComposer(container, data)).catch(() => {});
  };
  if (arrivesWithScenario() || container.querySelector("details[open]")) load();
  else container.addEventListener("toggle", load, { capture: true });
}

function arrivesWithScenario() {
  const asked = new URLSearchParams(location.search).has("scenario") || location.hash.startsWith("#hg-scenario-");
  return asked || recall("draft") !== null || handed();
}

function handed() {
  try {
    return sessionStorage.getItem("hg-handover") !== null;
  } catch {
    return false;
  }
}
