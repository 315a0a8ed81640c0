// Platforms as tabs (ARIA APG: tabs with automatic activation). One choice for the whole page, kept on the device.
import { say } from "./data.js";
import { make } from "./dom.js";
import { recall, remember } from "./store.js";

/** @typedef {{ platform: string, button: HTMLElement, panel: HTMLElement }} Tab */

/**
 * @param {HTMLElement[]} blocks
 * @param {import("./data.js").Words} words
 */
export function startTabs(blocks, words) {
  const groups = blocks.map((block, index) => build(block, index, say(words, "tabs")));

  /** @param {string} platform */
  const choose = (platform) => {
    for (const tabs of groups) {
      if (tabs.some((tab) => tab.platform === platform)) select(tabs, platform);
    }
  };
  groups.forEach((tabs, index) => {
    if (tabs[0]) select(tabs, tabs[0].platform);
    const pick = (/** @type {Tab} */ tab) => {
      const before = tab.button.getBoundingClientRect().top;
      choose(tab.platform);
      remember("platform", tab.platform);
      // Blocks above may have changed their height: keep the touched one where it was.
      scrollBy({ top: tab.button.getBoundingClientRect().top - before, behavior: "instant" });
    };
    for (const tab of tabs) {
      tab.button.addEventListener("click", () => pick(tab));
      tab.button.addEventListener("keydown", (event) => move(event, tabs, tab, pick));
      tab.panel.addEventListener("beforematch", () => choose(tab.platform));
    }
    blocks[index].dataset.ready = "";
  });
  const remembered = recall("platform");
  if (remembered) choose(remembered);
  addEventListener("hashchange", () => revealTarget(groups, choose));
  revealTarget(groups, choose);
}

/**
 * @param {HTMLElement} block
 * @param {number} index
 * @param {string} label
 * @returns {Tab[]}
 */
function build(block, index, label) {
  const list = make("div", { role: "tablist", class: "tab-list", "aria-label": label });
  const panels = /** @type {HTMLElement[]} */ ([...block.querySelectorAll(":scope > .tab")]);
  const tabs = panels.map((panel, number) => {
    const id = `hg-tab-${index}-${number}`;
    const name = panel.querySelector(".tab-label")?.textContent ?? panel.dataset.platform ?? "";
    const button = make("button", { type: "button", role: "tab", id, "aria-controls": `${id}-panel` }, name);
    panel.id = `${id}-panel`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    list.append(button);
    return { platform: panel.dataset.platform ?? name, button, panel };
  });
  block.prepend(list);
  return tabs;
}

/**
 * @param {Tab[]} tabs
 * @param {string} platform
 */
function select(tabs, platform) {
  for (const tab of tabs) {
    const chosen = tab.platform === platform;
    tab.button.setAttribute("aria-selected", String(chosen));
    tab.button.tabIndex = chosen ? 0 : -1;
    // "until-found" lets the browser's own search look into the hidden ones.
    if (chosen) tab.panel.removeAttribute("hidden");
    else tab.panel.setAttribute("hidden", "until-found");
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {Tab[]} tabs
 * @param {Tab} from
 * @param {(tab: Tab) => void} pick
 */
function move(event, tabs, from, pick) {
  const rtl = getComputedStyle(from.button).direction === "rtl";
  const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
  const at = tabs.indexOf(from);
  const next =
    event.key === "Home" ? tabs[0] : event.key === "End" ? tabs[tabs.length - 1] : step && tabs[(at + step + tabs.length) % tabs.length];
  if (!next) return;
  event.preventDefault();
  pick(next);
  next.button.focus();
}

/**
 * A link may lead to a heading inside a tab that is not shown.
 * @param {Tab[][]} groups
 * @param {(platform: string) => void} choose
 */
function revealTarget(groups, choose) {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const tab = groups.flat().find(({ panel }) => panel.contains(target));
  if (!tab || !tab.panel.hasAttribute("hidden")) return;
  choose(tab.platform);
  target.scrollIntoView();
}
