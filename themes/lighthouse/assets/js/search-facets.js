// Topics of the results as chips: one shows the results of its topic only.
import { say } from "./data.js";
import { make } from "./dom.js";

/**
 * Chips with counts, or null where there is nothing to choose.
 * @param {import("./search-client.js").Hit[]} hits
 * @param {import("./data.js").Words} words
 * @param {string} chosen  a topic, "" = all
 * @param {(topic: string) => void} choose
 * @returns {HTMLElement | null}
 */
export function topicChips(hits, words, chosen, choose) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const hit of hits) counts.set(topicOf(hit), (counts.get(topicOf(hit)) ?? 0) + 1);
  counts.delete("");
  if (counts.size < 2) return null;
  const topics = [...counts].sort((one, other) => other[1] - one[1]);
  const chips = [["", hits.length], ...topics].map(([topic, count]) => {
    const name = String(topic) || say(words, "facet_all");
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(topic === chosen) }, name);
    chip.append(" ", make("span", { class: "chip-count" }, String(count)));
    chip.addEventListener("click", () => choose(String(topic)));
    return chip;
  });
  return make("div", { class: "chips", role: "group", "aria-label": say(words, "facet_label") }, ...chips);
}

/** @param {import("./search-client.js").Hit} hit */
export function topicOf(hit) {
  return hit.path[0] ?? "";
}
