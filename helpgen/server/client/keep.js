// What a reader has done to a page, kept over a reload: the place, typed words, open folds and tabs, the focus.

const KEPT = "helpgen-kept";
const FRESH_MS = 10_000;
const FIELDS = "input, textarea, select";

/**
 * @typedef {{ key: string, value: string, checked: boolean }} Field
 * @typedef {{ path: string, time: number, x: number, y: number, fields: Field[], folds: [string, boolean][],
 *   tabs: string[], focus: string, selection: [number, number] | null }} Kept
 */

/** Remember the page as it is now, for the page that is loaded next. */
export function keepPlace() {
  /** @type {Kept} */
  const kept = {
    path: location.pathname,
    time: Date.now(),
    x: scrollX,
    y: scrollY,
    fields: fields().map(([key, field]) => ({ key, value: field.value, checked: isChecked(field) })),
    folds: folds().map(([key, fold]) => [key, fold.open]),
    tabs: tabs()
      .filter(([, tab]) => tab.getAttribute("aria-selected") === "true")
      .map(([key]) => key),
    focus: fields().find(([, field]) => field === document.activeElement)?.[0] ?? "",
    selection: selection(),
  };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

/** Put it back. The page's own scripts have run: this module stands after them. */
export function restorePlace() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (text === null) return;
  /** @type {Kept} */
  const kept = JSON.parse(text);
  if (kept.path !== location.pathname || Date.now() - kept.time > FRESH_MS) return;
  restoreFields(kept);
  const open = new Map(kept.folds);
  for (const [key, fold] of folds()) fold.open = open.get(key) ?? fold.open;
  for (const [key, tab] of tabs()) {
    if (kept.tabs.includes(key) && tab.getAttribute("aria-selected") !== "true") tab.click();
  }
  const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  scroll();
  // Once more when pictures and the browser's own attempt have had their say.
  if (document.readyState !== "complete") addEventListener("load", () => requestAnimationFrame(scroll), { once: true });
}

/** @param {Kept} kept */
function restoreFields(kept) {
  const values = new Map(kept.fields.map((field) => [field.key, field]));
  for (const [key, field] of fields()) {
    const was = values.get(key);
    if (was === undefined) continue;
    if (isCheckable(field)) field.checked = was.checked;
    else if (!(field instanceof HTMLInputElement && field.type === "file")) field.value = was.value;
    if (key !== kept.focus) continue;
    field.focus({ preventScroll: true });
    if (kept.selection !== null && "setSelectionRange" in field) field.setSelectionRange(...kept.selection);
    // The search panel opens on what is typed.
    if (was.value !== "") field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @returns {[number, number] | null} */
function selection() {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return null;
  return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd ?? field.selectionStart];
}

/** @param {Element} field @returns {field is HTMLInputElement} */
function isCheckable(field) {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

/** @param {Element} field */
function isChecked(field) {
  return isCheckable(field) && field.checked;
}

/** @returns {[string, HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement][]} */
function fields() {
  return keyed(FIELDS, (field) => field.id || field.getAttribute("name") || "");
}

/** @returns {[string, HTMLDetailsElement][]} */
function folds() {
  return keyed("details", (fold) => fold.querySelector("summary")?.textContent ?? "");
}

/** @returns {[string, HTMLElement][]} */
function tabs() {
  return keyed('[role="tab"]', (tab) => tab.textContent ?? "");
}

/**
 * Elements with a key that survives an edit elsewhere in the page: what names them, and which of that name it is.
 * @template {HTMLElement} T
 * @param {string} selector
 * @param {(element: T) => string} name
 * @returns {[string, T][]}
 */
function keyed(selector, name) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return [...document.querySelectorAll(selector)].map((element) => {
    const own = name(/** @type {T} */ (element)).trim();
    const count = seen.get(own) ?? 0;
    seen.set(own, count + 1);
    return [`${own} ${count}`, /** @type {T} */ (element)];
  });
}
