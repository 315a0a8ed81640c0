// Before anything leaves the page: the secret guard. What it finds is shown, explained, and can be taken out.
import { keepDraft, setTexts, textsOf } from "./composer-draft.js";
import { say } from "./data.js";
import { make } from "./dom.js";
import { nameOf, secretsIn } from "./guard-field.js";
import { removeSecrets } from "./support/guard.js";

/** @typedef {import("./support/guard.js").Secret & { id: string }} Found  a secret in the value of a field */

const AROUND = 24;
const MARK = "[…]";

/**
 * Every secret in the texts. Throws if the word lists are needed and cannot be had.
 * @param {Map<string, string>} texts  by id of the field
 * @returns {Promise<Found[]>}
 */
export async function examine(texts) {
  const found = [];
  for (const [id, text] of texts) {
    found.push(...(await secretsIn(text)).map((secret) => ({ ...secret, id })));
  }
  return found;
}

/**
 * The texts without their secrets; a text that was nothing else is empty then.
 * @param {Map<string, string>} texts
 * @param {Found[]} found
 * @returns {Map<string, string>}
 */
export function cleaned(texts, found) {
  return new Map(
    [...texts].map(([id, text]) => {
      const left = removeSecrets(text, found.filter((secret) => secret.id === id), MARK);
      return [id, /[\p{L}\p{N}]/u.test(left) || left === text ? left : ""];
    }),
  );
}

/**
 * The warning: what was found, where, and a button that removes it.
 * @param {Found[]} found
 * @param {Map<string, string>} texts
 * @param {(id: string) => string} labelOf
 * @param {import("./data.js").Words} words
 * @param {() => void} remove
 */
export function warning(found, texts, labelOf, words, remove) {
  const items = found.map((secret) => {
    const text = texts.get(secret.id) ?? "";
    const mark = make("mark", {}, "●".repeat(Math.min(12, secret.end - secret.start)));
    const before = text.slice(Math.max(0, secret.start - AROUND), secret.start);
    const after = text.slice(secret.end, secret.end + AROUND);
    const place = make("span", { class: "guard-place" }, before, mark, after);
    return make("li", {}, make("strong", {}, nameOf(secret, words)), ` ${say(words, "guard_where", { field: labelOf(secret.id) })}`, place);
  });
  const button = make("button", { type: "button", class: "button" }, say(words, "guard_remove"));
  button.addEventListener("click", remove);
  return make(
    "div",
    { class: "guard" },
    make("p", { class: "guard-title" }, say(words, "guard_title")),
    make("p", {}, say(words, "guard_text")),
    make("ul", {}, ...items),
    button,
  );
}

/**
 * The word lists could not be had: the reader looks, and decides.
 * @param {import("./data.js").Words} words
 * @param {() => void} proceed
 */
export function uncertain(words, proceed) {
  const button = make("button", { type: "button", class: "button quiet" }, say(words, "guard_anyway"));
  button.addEventListener("click", proceed);
  return make("div", { class: "guard" }, make("p", {}, say(words, "guard_failed")), button);
}

/**
 * Let the guard look; act only if it finds nothing.
 * @param {() => unknown} act
 * @param {object} around
 * @param {Map<string, string>} around.texts   by id of the field
 * @param {HTMLElement} around.place           where the warning is shown; announced when it appears
 * @param {(id: string) => string} around.labelOf
 * @param {import("./data.js").Words} around.words
 * @param {(texts: Map<string, string>) => void} around.clean  takes the texts without what was found
 */
export async function guarded(act, { texts, place, labelOf, words, clean }) {
  place.replaceChildren();
  /** @type {Found[]} */
  let found = [];
  try {
    found = await examine(texts);
  } catch {
    const proceed = () => {
      place.replaceChildren();
      act();
    };
    place.append(uncertain(words, proceed));
    place.scrollIntoView({ block: "center" });
    return;
  }
  if (found.length === 0) {
    act();
    return;
  }
  place.append(warning(found, texts, labelOf, words, () => clean(cleaned(texts, found))));
  place.scrollIntoView({ block: "center" });
}

let kept = 0;

/**
 * Keep a draft on the device, but nothing in it that the guard finds: others may use the device too.
 * @param {import("./composer-draft.js").Draft} draft
 * @param {() => boolean} wanted  whether it is still to be kept when the guard has looked
 */
export async function keepWithoutSecrets(draft, wanted) {
  kept += 1;
  const mine = kept;
  const texts = textsOf(draft);
  const found = await examine(texts).catch(() => null);
  // Where the guard cannot look, what was kept before stays.
  if (!found || mine !== kept || !wanted()) return;
  const copy = structuredClone(draft);
  setTexts(copy, cleaned(texts, found));
  keepDraft(copy);
}
