// A troubleshooter, one step at a time. Each step has an address of its own (#h-…), so that the browser's own back,
// forward and bookmarks work; the way to it is kept for this visit only.
import { say } from "./data.js";
import { make } from "./dom.js";
import { saveHandover } from "./support/handover.js";
import { longestWays, readWay, take, wayTo } from "./support/troubleshooter.js";

/** @typedef {import("./support/troubleshooter.js").Turn} Turn */

/**
 * @param {HTMLElement} nav
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
export function startTroubleshooter(nav, data, words) {
  const body = /** @type {HTMLElement | null} */ (document.querySelector(".guided"));
  const sections = /** @type {HTMLElement[]} */ ([...(body?.querySelectorAll(":scope > .step") ?? [])]);
  if (!body || sections.length === 0) return;
  const steps = sections.map(readStep);
  const ways = longestWays(steps);
  const store = `hg-way-${data.key}`;
  let taken = recallWay(store);
  let shown = "";

  /** @param {boolean} moved  whether the reader has come here from another step */
  const show = (moved) => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    // Other fragments (the skip link) leave the step as it is.
    const anchor = steps.some((step) => step.anchor === wanted) ? wanted : shown || steps[0].anchor;
    if (anchor === shown && moved) return;
    shown = anchor;
    taken = wayTo(steps, taken, anchor);
    keepWay(store, taken);
    const index = steps.findIndex((step) => step.anchor === anchor);
    for (const [at, section] of sections.entries()) section.toggleAttribute("data-current", at === index);
    body.toggleAttribute("data-first", index === 0);
    drawNav(nav, steps, taken, index, ways.get(anchor) ?? 0, words);
    drawTaken(taken, words);
    if (moved) focusHeading(sections[index]);
  };

  body.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(".choices a") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const step = steps.find((one) => one.anchor === shown);
    if (!step) return;
    const to = stepOf(link);
    taken = take(steps, taken, { at: step.anchor, title: step.title, label: textOf(link), to });
    keepWay(store, taken);
    const scenario = new URL(link.href).searchParams.get("scenario");
    if (scenario) saveHandover({ scenario, path: taken.map((one) => say(words, "troubleshooter_turn", one)) });
  });
  addEventListener("hashchange", () => show(true));
  body.dataset.ready = "";
  show(false);
}

/** @param {HTMLElement} section */
function readStep(section) {
  const heading = section.querySelector("h2");
  const links = /** @type {HTMLAnchorElement[]} */ ([...section.querySelectorAll(".choices a")]);
  const choices = links.map((link) => ({ label: textOf(link), to: stepOf(link) }));
  return { anchor: heading?.id ?? "", title: heading ? textOf(heading) : "", choices };
}

/** The anchor of the step that a choice leads to; "" if it leads to another page. @param {HTMLAnchorElement} link */
function stepOf(link) {
  const address = link.getAttribute("href") ?? "";
  return address.startsWith("#") ? decodeURIComponent(address.slice(1)) : "";
}

/** The words of an element without the # of its anchor. @param {HTMLElement} element */
function textOf(element) {
  const words = [...element.childNodes].filter((node) => !(node instanceof Element && node.matches(".anchor")));
  return words.map((node) => node.textContent ?? "").join("").trim();
}

/**
 * @param {HTMLElement} nav
 * @param {import("./support/troubleshooter.js").Step[]} steps
 * @param {Turn[]} taken
 * @param {number} index
 * @param {number} left  steps that can still follow
 * @param {import("./data.js").Words} words
 */
function drawNav(nav, steps, taken, index, left, words) {
  const [back, restart] = /** @type {HTMLAnchorElement[]} */ ([...nav.querySelectorAll("a")]);
  const place = nav.querySelector("p");
  const before = taken.at(-1)?.at ?? (index > 0 ? steps[0].anchor : "");
  back.hidden = before === "";
  if (before) back.href = `#${before}`;
  // With one answer given, back is the start already.
  restart.hidden = taken.length < 2;
  restart.href = `#${steps[0].anchor}`;
  const ended = steps[index].choices.length === 0;
  const name = ended ? "troubleshooter_end" : left > 0 ? "troubleshooter_place" : "troubleshooter_last";
  if (place) place.textContent = say(words, name, { step: taken.length + 1, left });
}

/**
 * @param {Turn[]} taken
 * @param {import("./data.js").Words} words
 */
function drawTaken(taken, words) {
  const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-guide-taken]"));
  const list = box?.querySelector("ol");
  if (!box || !list) return;
  box.hidden = taken.length === 0;
  const rows = taken.map(({ at, title, label }) => {
    const link = make("a", { href: `#${at}`, "aria-label": say(words, "troubleshooter_change", { title }) }, title);
    return make("li", {}, link, make("span", {}, label));
  });
  list.replaceChildren(...rows);
}

/** @param {HTMLElement} section */
function focusHeading(section) {
  const heading = section.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** @param {string} store */
function recallWay(store) {
  try {
    return readWay(JSON.parse(sessionStorage.getItem(store) ?? "[]"));
  } catch {
    return [];
  }
}

/**
 * @param {string} store
 * @param {Turn[]} taken
 */
function keepWay(store, taken) {
  try {
    sessionStorage.setItem(store, JSON.stringify(taken));
  } catch {
    // Storage is blocked or full: the way lasts as long as the page.
  }
}
