// The problems of the site over the last good page, and the mark of a draft. A shadow root keeps the page's own
// styles out and ours in. Text goes in as text nodes only.

/** @typedef {import("./livereload.js").Problem} Problem */

/** @type {ShadowRoot | null} */
let root = null;
/** Fulfilled when the stylesheet is there: nothing is shown bare. */
let dressed = /** @type {Promise<void>} */ (Promise.resolve());
let shown = "";

/** @returns {ShadowRoot} */
function surface() {
  if (root !== null) return root;
  const host = document.createElement("helpgen-preview");
  root = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("./overlay.css", import.meta.url).href;
  dressed = new Promise((done) => {
    style.addEventListener("load", () => done());
    style.addEventListener("error", () => done());
  });
  root.append(style);
  document.body.append(host);
  return root;
}

/**
 * An element with a class and children; strings become text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} name
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

/** @param {boolean} draft */
export function showDraft(draft) {
  const present = root?.querySelector(".draft");
  if (!draft) present?.remove();
  else if (!present) surface().append(make("p", "draft", "Draft: not in the published site"));
}

/**
 * Show these problems, or nothing. Whoever closed the overlay is not bothered again by the same problems.
 * @param {Problem[]} problems
 * @param {number} more how many there are beyond these
 */
export function showProblems(problems, more) {
  const now = JSON.stringify(problems);
  if (now === shown) return;
  shown = now;
  root?.querySelectorAll(".problems, .reopen").forEach((old) => old.remove());
  if (problems.length > 0) open(problems, more);
}

/** @param {Problem[]} problems @param {number} more */
function open(problems, more) {
  const count = problems.length + more;
  const title = make("h2", "title", count === 1 ? "1 problem" : `${count} problems`);
  title.id = "title";
  const close = make("button", "close", "Close");
  const list = make("ol", "list", ...problems.map(entry));
  const dialog = make("dialog", "problems", make("header", "head", title, close));
  dialog.append(make("p", "note", "The page behind is the last one without errors. Save the mended file and this goes."), list);
  if (more > 0) dialog.append(make("p", "note", `And ${more} more: the terminal lists them all.`));
  dialog.setAttribute("aria-labelledby", "title");
  const reopen = make("button", "reopen", title.textContent ?? "");
  close.addEventListener("click", () => dialog.close());
  reopen.addEventListener("click", () => dialog.showModal());
  surface().append(reopen, dialog);
  dressed.then(() => dialog.isConnected && dialog.showModal());
}

/** @param {Problem} problem */
function entry(problem) {
  const item = make("li", "problem", make("p", "place", problem.place), make("p", "message", problem.message));
  if (problem.at !== "" || problem.before !== "") {
    // The caret hangs under the very characters: Chinese ones have no fixed width to count by.
    const at = make("span", "at", problem.at || " ");
    item.append(make("pre", "source", make("code", "", problem.before, at, problem.after)));
  }
  if (problem.hint !== "") item.append(make("p", "hint", problem.hint));
  item.append(make("p", "rule", problem.rule));
  return item;
}
