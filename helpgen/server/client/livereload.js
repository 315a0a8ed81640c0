// Keeps a page of the preview as the server has it. Put into pages by `helpgen serve`, never into a built site.
//
// The server tells a state, not a change: which version of this page it has now, its stylesheets, the problems.
// 1. Another version: reload, and put back what the reader had (place, open tabs, typed words).
// 2. The same version with other stylesheets: swap them where they are.
// 3. Problems: show them over the page; they go when they are mended.
//
// Only a page that is seen holds a stream: browsers allow a server six connections, and editors open many tabs.

import { keepPlace, restorePlace } from "./keep.js";
import { showDraft, showProblems } from "./overlay.js";

/**
 * @typedef {{ place: string, rule: string, message: string, hint: string, before: string, at: string, after: string }} Problem
 * @typedef {{ version: string, styles: string[], draft: boolean, problems: Problem[], more: number }} State
 */

const token = new URL(import.meta.url).searchParams.get("token") ?? "";
const mark = document.querySelector('meta[name="helpgen-version"]');
const version = mark instanceof HTMLMetaElement ? mark.content : "";
const TRIED = "helpgen-tried";
const RETRY_MS = 700;

/** @type {EventSource | null} */
let stream = null;
let leaving = false;

function listen() {
  if (stream !== null || leaving || document.visibilityState === "hidden") return;
  const query = new URLSearchParams({ token, path: location.pathname });
  stream = new EventSource(`/_helpgen/events?${query}`);
  stream.addEventListener("message", (event) => apply(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    if (stream?.readyState === EventSource.CLOSED) {
      hangUp();
      setTimeout(comeBack, RETRY_MS);
    }
  });
}

function hangUp() {
  stream?.close();
  stream = null;
}

/** The server refuses the stream: it has been started anew, with another secret. Its page knows that one. */
async function comeBack() {
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store" });
    reload("server");
  } catch {
    setTimeout(comeBack, RETRY_MS);
  }
}

/** @param {State} state */
function apply(state) {
  if (state.version !== version) {
    reload(state.version);
    return;
  }
  sessionStorage.removeItem(TRIED);
  swapStyles(state.styles);
  showDraft(state.draft);
  showProblems(state.problems, state.more);
}

/**
 * Reload once for a version: should the server answer with yet another one, the page must not turn in circles.
 * @param {string} wanted
 */
function reload(wanted) {
  const attempt = `${location.pathname} ${version} ${wanted}`;
  if (leaving || sessionStorage.getItem(TRIED) === attempt) return;
  leaving = true;
  sessionStorage.setItem(TRIED, attempt);
  keepPlace();
  hangUp();
  location.reload();
}

/**
 * Load the new stylesheets beside the old ones and take those away afterwards, so that no page is ever bare.
 * @param {string[]} addresses
 */
function swapStyles(addresses) {
  const links = [...document.querySelectorAll('link[rel="stylesheet"]:not([data-leaving])')];
  links.forEach((link, place) => {
    const address = addresses[place];
    if (!(link instanceof HTMLLinkElement) || address === undefined || link.getAttribute("href") === address) return;
    const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
    next.href = address;
    link.dataset.leaving = "";
    next.addEventListener("load", () => link.remove());
    next.addEventListener("error", () => link.remove());
    link.after(next);
  });
}

restorePlace();
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? hangUp() : listen()));
addEventListener("pagehide", hangUp);
addEventListener("pageshow", listen);
listen();
