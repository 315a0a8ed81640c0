// The composer: finds out which scenario is meant (handed over, in the address, or a draft) and opens it. One is open at a time.
import { readDraft, newDraft } from "./composer-draft.js";
import { Composer } from "./composer-scenario.js";
import { loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { loadSupport } from "./support-data.js";
import { takeHandover } from "./support/handover.js";

/**
 * @param {HTMLElement} container
 * @param {import("./data.js").PageData} data
 */
export async function startComposer(container, data) {
  const words = await loadLateWords(data);
  const support = await loadSupport(data).catch(() => null);
  if (!support) {
    container.before(make("p", { class: "notice", role: "status" }, say(words, "compose_failed")));
    return;
  }
  const all = /** @type {HTMLDetailsElement[]} */ ([...container.querySelectorAll("details[data-scenario]")]);
  const handed = takeHandover();
  const kept = readDraft();
  /** @type {Map<string, Composer>} */
  const composers = new Map();

  /** @param {HTMLDetailsElement} details */
  const opened = (details) => {
    const id = details.dataset.scenario ?? "";
    const scenario = support.scenarios.find((one) => one.id === id);
    if (scenario && !composers.has(id)) {
      const composer = new Composer(details, scenario, { data, words, support });
      composers.set(id, composer);
      composer.start(kept?.scenario === id ? kept : newDraft(id), handed?.scenario === id ? handed : null, () => composers.delete(id));
    }
  };
  /** @param {HTMLDetailsElement} details */
  const toggled = (details) => {
    if (details.open) {
      for (const other of all) if (other !== details) other.open = false;
      opened(details);
    }
    container.toggleAttribute("data-chosen", all.some(({ open }) => open));
  };
  for (const details of all) details.addEventListener("toggle", () => toggled(details));
  const asked = new URLSearchParams(location.search).get("scenario") || location.hash.replace("#hg-scenario-", "");
  const wanted = handed?.scenario || asked || kept?.scenario || "";
  const first = all.find(({ dataset }) => dataset.scenario === wanted);
  if (first) first.open = true;
  // Somebody was quicker than these scripts.
  const early = all.find(({ open }) => open);
  if (early) toggled(early);
}
