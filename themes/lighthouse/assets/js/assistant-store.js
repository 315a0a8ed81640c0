// The conversation on this device, until the reader deletes it.
import { recall, remember } from "./store.js";
import { readTurns } from "./support/conversation.js";

const NAME = "assistant";

/** @returns {import("./support/conversation.js").Turn[]} */
export function recallTurns() {
  try {
    return readTurns(JSON.parse(recall(NAME) ?? "[]"));
  } catch {
    return [];
  }
}

/** @param {import("./support/conversation.js").Turn[]} turns */
export function rememberTurns(turns) {
  remember(NAME, turns.length > 0 ? JSON.stringify(turns) : null);
}
