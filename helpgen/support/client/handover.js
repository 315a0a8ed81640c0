// What a troubleshooter or the assistant hands to the contact page: kept for this tab only, taken once.

/**
 * @typedef {object} Handover
 * @property {string} [scenario]  id
 * @property {Record<string, string>} [fields]  values by id of the field
 * @property {{ who: "reader" | "assistant", text: string, at?: string }[]} [transcript]
 * @property {string[]} [path]  steps that were taken, in the reader's words
 */

const KEY = "hg-handover";
// The last turns of a conversation that went on for long.
const TURNS = 60;

/**
 * Keep it until the contact page takes it. False if this device does not keep anything.
 * @param {Handover} handover
 * @param {Storage} [storage]
 */
export function saveHandover(handover, storage = sessionStorage) {
  try {
    storage.setItem(KEY, JSON.stringify({ ...handover, transcript: handover.transcript?.slice(-TURNS) }));
    return true;
  } catch {
    return false;
  }
}

/**
 * What was handed over, once; null if there is nothing.
 * @param {Storage} [storage]
 * @returns {Handover | null}
 */
export function takeHandover(storage = sessionStorage) {
  try {
    const text = storage.getItem(KEY);
    storage.removeItem(KEY);
    return text ? clean(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}

/**
 * Only what has the right form: the storage of a tab is open to every script of the host.
 * @param {any} found
 * @returns {Handover | null}
 */
function clean(found) {
  if (typeof found !== "object" || found === null) return null;
  const texts = (/** @type {any} */ list) => (Array.isArray(list) ? list.filter((item) => typeof item === "string") : []);
  const fields = Object.entries(found.fields ?? {}).filter(([, value]) => typeof value === "string");
  const turns = Array.isArray(found.transcript) ? found.transcript : [];
  return {
    scenario: typeof found.scenario === "string" ? found.scenario : "",
    fields: Object.fromEntries(/** @type {[string, string][]} */ (fields)),
    transcript: turns
      .filter((/** @type {any} */ turn) => typeof turn?.text === "string")
      .map((/** @type {any} */ { who, text, at }) => ({ who: who === "reader" ? "reader" : "assistant", text, at: String(at ?? "") })),
    path: texts(found.path),
  };
}
