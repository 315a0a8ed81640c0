// Topics and platforms of the results as chips: one shows only the results that it names.
import { say } from "./data.js";
import { make } from "./dom.js";

// Platforms are worth a row only if choosing one leaves out a good part of the results.
const TELLING = 0.75;

/**
 * @typedef {import("./search-client.js").Hit} Hit
 * @typedef {{ topic: string, platform: string }} Choice  "" = all
 */

/**
 * The rows of chips; none where there is nothing to choose.
 * @param {Hit[]} hits
 * @param {import("./data.js").Words} words
 * @param {Choice} chosen
 * @param {(choice: Choice) => void} choose
 * @returns {HTMLElement[]}
 */
export function facetChips(hits, words, chosen, choose) {
  const topics = countsOf(hits.map((hit) => [topicOf(hit)]));
  topics.delete("");
  // An article that names no platform is for all, so it counts for each of those that others name.
  const named = Array.from(new Set(hits.flatMap((hit) => hit.platforms)));
  const platforms = countsOf(hits.map((hit) => (hit.platforms.length ? hit.platforms : named)));
  const rows = [];
  if (topics.size > 1) {
    const label = say(words, "facet_label");
    rows.push(row(label, topics, hits.length, words, chosen.topic, (topic) => choose({ ...chosen, topic })));
  }
  if (platforms.size > 1 && Math.min(...platforms.values()) <= TELLING * hits.length) {
    const label = say(words, "facet_platform");
    const choosePlatform = (/** @type {string} */ platform) => choose({ ...chosen, platform });
    const name = (/** @type {string} */ platform) => say(words, `platform_${platform}`) || platform;
    rows.push(row(label, platforms, hits.length, words, chosen.platform, choosePlatform, name));
  }
  return rows;
}

/**
 * Whether a hit is among those chosen.
 * @param {Hit} hit
 * @param {Choice} choice
 */
export function isChosen(hit, { topic, platform }) {
  return (
    (!topic || topicOf(hit) === topic) &&
    (!platform || hit.platforms.length === 0 || hit.platforms.includes(platform))
  );
}

/** @param {Hit} hit */
function topicOf(hit) {
  return hit.path[0] ?? "";
}

/**
 * @param {string[][]} lists
 * @returns {Map<string, number>}
 */
function countsOf(lists) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/**
 * @param {string} label
 * @param {Map<string, number>} counts
 * @param {number} all
 * @param {import("./data.js").Words} words
 * @param {string} chosen
 * @param {(value: string) => void} choose
 * @param {(value: string) => string} nameOf
 */
function row(label, counts, all, words, chosen, choose, nameOf = (value) => value) {
  const values = [...counts].sort((one, other) => other[1] - one[1]);
  const chips = [/** @type {[string, number]} */ (["", all]), ...values].map(([value, count]) => {
    const name = value ? nameOf(value) : say(words, "facet_all");
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(value === chosen) }, name);
    chip.append(" ", make("span", { class: "chip-count" }, String(count)));
    chip.addEventListener("click", () => choose(value));
    return chip;
  });
  return make("div", { class: "chips", role: "group", "aria-label": label }, ...chips);
}
