// The entry: starts what this page has a use for. Everything works without it.
// Nothing of the search is loaded here; it comes when the box is touched.
import { readData, loadWords } from "./data.js";
import { startAssistant } from "./assistant-start.js";
import { whenIdle } from "./idle.js";
import { startMenus } from "./menus.js";
import { startSchemes } from "./scheme-switch.js";
import { startSearch } from "./search-start.js";

const data = readData();

/**
 * Load a module for the elements that need it, if there are any.
 * @param {string} selector
 * @param {(elements: HTMLElement[]) => Promise<unknown>} start
 */
function withElements(selector, start) {
  const elements = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
  if (elements.length > 0) start(elements).catch(() => {});
}

/** @param {HTMLElement} element */
function seen(element) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      resolve(undefined);
    });
    observer.observe(element);
  });
}

startMenus();
startSchemes();
if (data) {
  startSearch(data);
  withElements("[data-assistant]", async ([link]) => startAssistant(link, data));
  withElements("[data-contents]", async ([nav]) => (await import("./contents.js")).startContents(nav));
  withElements("[data-helpful]", async ([box]) => (await import("./helpful.js")).startHelpful(box, data.key));
  withElements("[data-guide]", async ([nav]) => {
    const [module, words] = await Promise.all([import("./troubleshooter.js"), loadWords(data)]);
    module.startTroubleshooter(nav, data, words);
  });
  withElements("[data-tabs]", async (tabs) => {
    const [module, words] = await Promise.all([import("./tabs.js"), loadWords(data)]);
    module.startTabs(tabs, words);
  });
  withElements(".code, [data-copy]", async (elements) => {
    const [module, words] = await Promise.all([import("./copy.js"), loadWords(data)]);
    module.startCopy(elements, words);
  });
  withElements("a.zoom", async (links) => {
    const [module, words] = await Promise.all([import("./zoom.js"), loadWords(data)]);
    module.startZoom(links, words);
  });
  withElements("[data-composer]", async ([place]) => (await import("./composer-start.js")).startComposerWhenUsed(place, data));
  withElements("[data-router]", async (places) => {
    // In an emergency at once; in the list of all channels when it comes into view.
    if (!document.querySelector("[data-fastest]")) await seen(places[0]);
    return (await import("./channel-state.js")).startChannelStates(places, data);
  });
  withElements("[data-cases]", async ([place]) => (await import("./cases.js")).startCases(place, data));
  withElements("[data-chat]", async ([place]) => (await import("./chat.js")).startChat(place, data));
  withElements("[data-verify]", async ([form]) => (await import("./verify.js")).startVerify(form, data));
  withElements("body.home", async () => (await import("./language.js")).offerLanguage(data));
}
whenIdle(() => void import("./prefetch.js").then((module) => module.startPrefetch(), () => {}));
