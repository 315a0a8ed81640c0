/**
 * What a reader takes along from the assistant or a troubleshooter to the contact page: for this visit, on this device.
 *
 * @typedef {{who: "reader" | "assistant", text: string, at: string}} Said  `at` is an ISO time
 * @typedef {{question: string, answer: string}} Turn
 * @typedef {{scenario?: string, fields?: Record<string, string>, transcript?: Said[], path?: Turn[]}} Handover
 */

const PLACE = "hg-handover";

/** @param {Handover} handover */
export function saveHandover(handover) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(handover));
  } catch {
    // Storage is blocked or full: the reader writes it again.
  }
}

/** What was saved, once. @returns {Handover | null} */
export function takeHandover() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    sessionStorage.removeItem(PLACE);
    return kept !== null && typeof kept === "object" ? kept : null;
  } catch {
    return null;
  }
}
