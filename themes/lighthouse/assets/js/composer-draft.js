// The draft of a message: on this device only, until it is sent or deleted.
import { recall, remember } from "./store.js";

/**
 * @typedef {object} Draft
 * @property {string} scenario
 * @property {Record<string, string>} values
 * @property {string[]} read  titles of articles that were opened from here
 * @property {string[]} path
 * @property {import("./support/message.js").Turn[]} transcript
 * @property {{ text: string, id: string }} key  the id under which this very text is sent, once
 */

const NAME = "draft";

/**
 * An empty draft. Its values have no prototype, so that no name of a field meets an inherited one.
 * @param {string} scenario
 * @returns {Draft}
 */
export function newDraft(scenario) {
  return { scenario, values: Object.create(null), read: [], path: [], transcript: [], key: { text: "", id: "" } };
}

/** @returns {Draft | null} */
export function readDraft() {
  try {
    const found = JSON.parse(recall(NAME) ?? "null");
    if (typeof found?.scenario !== "string") return null;
    const draft = newDraft(found.scenario);
    for (const [id, value] of Object.entries(found.values ?? {})) if (typeof value === "string") draft.values[id] = value;
    if (Array.isArray(found.read)) draft.read = found.read.map(String);
    if (Array.isArray(found.path)) draft.path = found.path.map(String);
    if (Array.isArray(found.transcript)) draft.transcript = found.transcript.filter((/** @type {any} */ turn) => typeof turn?.text === "string");
    if (typeof found.key?.id === "string") draft.key = { text: String(found.key.text), id: found.key.id };
    return draft;
  } catch {
    return null;
  }
}

/** @param {Draft} draft */
export function keepDraft(draft) {
  remember(NAME, hasText(draft) ? JSON.stringify(draft) : null);
}

export function deleteDraft() {
  remember(NAME, null);
}

/** @param {Draft} draft */
export function hasText(draft) {
  return draft.path.length > 0 || draft.transcript.length > 0 || Object.values(draft.values).some((value) => value.trim());
}

/**
 * Every text of the draft by the id of its field; what was said to the assistant under ids of its own.
 * @param {Draft} draft
 * @returns {Map<string, string>}
 */
export function textsOf({ values, path, transcript }) {
  const said = transcript.map(({ text }, index) => /** @type {[string, string]} */ ([`talk ${index}`, text]));
  return new Map([...Object.entries(values), ["path", path.join("\n")], ...said]);
}

/**
 * Put texts back that `textsOf` has given.
 * @param {Draft} draft
 * @param {Map<string, string>} texts
 */
export function setTexts(draft, texts) {
  for (const id of Object.keys(draft.values)) draft.values[id] = texts.get(id) ?? "";
  draft.path = (texts.get("path") ?? "").split("\n").filter(Boolean);
  draft.transcript = draft.transcript.map((turn, index) => ({ ...turn, text: texts.get(`talk ${index}`) ?? "" }));
}

/**
 * The id for sending a text: the same for the same text, so that a second try is not a second message.
 * @param {Draft} draft
 * @param {string} text
 */
export function keyFor(draft, text) {
  if (draft.key.text !== text) {
    draft.key = { text, id: newId() };
    keepDraft(draft);
  }
  return draft.key.id;
}

/** An id that nobody else has. `randomUUID` is there on secure pages only. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
