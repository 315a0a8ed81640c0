// The secret guard beside a single field: what it found is marked, named and explained, and can be taken out.
// Nothing is sent before `check` has said that nothing was found.
import { say } from "./data.js";
import { make } from "./dom.js";
import { needsTables, readTables } from "./support/guard-tables.js";
import { findSecrets, removeSecrets } from "./support/guard.js";

/** @typedef {import("./support/guard.js").Secret} Secret */

/** @type {Record<string, string>} */
const NAMES = {
  password: "guard_password",
  "one-time-code": "guard_code",
  "seed-phrase": "guard_phrase",
  "private-key": "guard_key",
  "api-secret": "guard_api",
  card: "guard_card",
  "national-id": "guard_national",
};
const AROUND = 24;

/** @type {Promise<import("./support/guard-tables.js").Tables> | null} */
let tables = null;

/** The word lists of seed phrases: fetched once, tried again after a failure. */
export function warmGuard() {
  tables ??= import("./support/phrase-words.js").then(
    (words) => readTables(words.default),
    (error) => {
      tables = null;
      throw error;
    },
  );
  return tables;
}

/**
 * Every secret in a text. Throws if the word lists are needed for it and cannot be had.
 * @param {string} text
 * @returns {Promise<Secret[]>}
 */
export async function secretsIn(text) {
  return findSecrets(text, needsTables(text) ? await warmGuard() : null);
}

/**
 * What a secret is called in the reader's language.
 * @param {Secret} secret
 * @param {import("./data.js").Words} words  with the late ones
 */
export function nameOf({ kind }, words) {
  return say(words, NAMES[kind]);
}

/**
 * The names of what was found, each once, in the reader's language.
 * @param {Secret[]} found
 * @param {import("./data.js").Words} words  with the late ones
 */
export function namesOf(found, words) {
  const names = [...new Set(found.map((secret) => nameOf(secret, words)))];
  return new Intl.ListFormat(document.documentElement.lang || "en", { type: "conjunction" }).format(names);
}

/**
 * The places, with dots for the secrets themselves: a shoulder, or a screenshot, should not see them either.
 * @param {string} text
 * @param {Secret[]} found
 */
export function placesOf(text, found) {
  return make(
    "ul",
    {},
    ...found.map(({ start, end }) => {
      const mark = make("mark", {}, "●".repeat(Math.min(12, end - start)));
      const before = text.slice(Math.max(0, start - AROUND), start);
      return make("li", { class: "guard-place" }, before, mark, text.slice(end, end + AROUND));
    }),
  );
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {object} options
 * @param {HTMLElement} options.place   where the warning is shown; announced when it appears
 * @param {import("./data.js").Words} options.words  with the late ones
 * @param {(found: Secret[]) => void} [options.onBlock]
 * @returns {{ check: () => Promise<boolean> }}  true = nothing found, it may be sent
 */
export function guardField(field, { place, words, onBlock }) {
  place.setAttribute("role", "status");
  const calm = () => {
    field.removeAttribute("aria-invalid");
    place.replaceChildren();
  };
  const check = async () => {
    let found;
    try {
      found = await secretsIn(field.value);
    } catch {
      place.replaceChildren(make("p", { class: "guard" }, say(words, "guard_failed")));
      return false;
    }
    if (found.length === 0) {
      calm();
      return true;
    }
    const remove = make("button", { type: "button", class: "button" }, say(words, "guard_remove"));
    remove.addEventListener("click", () => {
      field.value = removeSecrets(field.value, found);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      field.removeAttribute("aria-invalid");
      place.replaceChildren(make("p", {}, say(words, "guard_removed")));
    });
    field.setAttribute("aria-invalid", "true");
    place.replaceChildren(
      make(
        "div",
        { class: "guard" },
        make("p", { class: "guard-title" }, `${say(words, "guard_title")}: ${namesOf(found, words)}`),
        make("p", {}, say(words, "guard_text")),
        placesOf(field.value, found),
        remove,
      ),
    );
    field.focus();
    field.setSelectionRange(found[0].start, found[0].end);
    onBlock?.(found);
    return false;
  };
  field.addEventListener("input", () => {
    if (field.getAttribute("aria-invalid")) calm();
  });
  return { check };
}
