// The secret guard of the search box. What it finds is not searched for (the index is fetched in pieces that would tell
// a server which words were meant), not kept and not put into the address.
import { loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { message } from "./search-messages.js";

// Only what could be a secret at all loads the guard: most searches are a few plain words.
const MAY_BE = /\d{4}|\S{20}|.{36}|(?:\S+\s+){7}|[\p{Script=Han}\s]{12}|密|口令|pass|pwd|\bp(?:in|w)\b/iu;

/** @typedef {import("./support/guard.js").Secret} Secret */

/** @param {string} query */
export function mayHoldSecret(query) {
  return MAY_BE.test(query.normalize("NFKC"));
}

/**
 * The secrets in a query; none where the guard cannot be loaded, for the search would fail then too.
 * @param {string} query
 * @returns {Promise<Secret[]>}
 */
export async function secretsInQuery(query) {
  if (!mayHoldSecret(query)) return [];
  try {
    const { secretsIn } = await import("./guard-field.js");
    return await secretsIn(query);
  } catch {
    return [];
  }
}

/**
 * The warning: what was found, that it went nowhere, and what to do if it has been told to others.
 * @param {Secret[]} found
 * @param {import("./data.js").PageData} data
 * @param {() => void} remove  empties the box
 */
export async function searchWarning(found, data, remove) {
  const [{ namesOf }, words] = await Promise.all([import("./guard-field.js"), loadLateWords(data)]);
  const button = make("button", { type: "button", class: "button" }, say(words, "guard_search_remove"));
  button.addEventListener("click", remove);
  const title = say(words, "guard_search_title", { what: namesOf(found, words) });
  const parts = [make("strong", {}, title), make("p", {}, say(words, "guard_search_text"))];
  if (data.danger) parts.push(make("p", {}, make("a", { href: data.danger }, say(words, "guard_search_danger"))));
  return { said: title, node: message(...parts, button) };
}
