// The page of the live chat: what goes along is shown, the reader agrees, and only then another firm's program is loaded.
import { cleaned, examine, uncertain, warning } from "./composer-guard.js";
import { button } from "./assistant-view.js";
import { stateBadge } from "./channel-state.js";
import { linkTo, loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { loadSupport } from "./support-data.js";
import { carriedText, chatOf } from "./support/chat.js";
import { takeHandover } from "./support/handover.js";
import { fastest, routeTo, wayOf } from "./support/router.js";

/**
 * @param {HTMLElement} place
 * @param {import("./data.js").PageData} data
 */
export async function startChat(place, data) {
  const settings = JSON.parse(document.querySelector('script#hg-chat[type="application/json"]')?.textContent ?? "{}");
  const [words, support] = await Promise.all([loadLateWords(data), loadSupport(data)]);
  const handed = takeHandover();
  const named = Object.entries(handed?.fields ?? {}).map(([id, value]) => [labelOf(id, support, data.locale), value]);
  let carried = { transcript: handed?.transcript ?? [], fields: Object.fromEntries(named) };
  const text = () => carriedText(carried.transcript, carried.fields);
  const said = make("pre", { class: "chat-carries", tabindex: "0" }, text() || say(words, "chat_nothing"));
  const notice = make("div", { role: "alert" });

  const open = async () => {
    notice.replaceChildren(make("p", {}, say(words, "chat_starting")));
    try {
      const outcome = await chatOf(settings, window, loadScript).open(carried.transcript, carried.fields);
      if (outcome === "copy") await navigator.clipboard.writeText(text()).catch(() => {});
      notice.replaceChildren(make("p", {}, say(words, outcome === "copy" ? "chat_copied" : "chat_started")));
    } catch {
      notice.replaceChildren(make("p", {}, say(words, "chat_failed")));
      start.disabled = false;
    }
  };
  const start = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "button" }, say(words, "chat_start")));
  start.addEventListener("click", async () => {
    start.disabled = true;
    const texts = new Map([["chat", text()]]);
    try {
      const found = await examine(texts);
      if (found.length === 0) return await open();
      const remove = () => {
        carried = { transcript: [{ who: "assistant", text: cleaned(texts, found).get("chat") ?? "" }], fields: {} };
        said.textContent = text();
        notice.replaceChildren();
        start.disabled = false;
      };
      notice.replaceChildren(warning(found, texts, () => say(words, "chat_carries"), words, remove));
    } catch {
      notice.replaceChildren(uncertain(words, open));
    }
  });
  const parts = [make("p", { class: "section-text" }, say(words, "chat_carries")), said, start];
  const channel = support.channels.find(({ id }) => id === settings.channel);
  const closed = channel && wayOf(channel, data.locale, new Date()).state === "closed";
  place.replaceChildren(...(closed ? [elsewhere(settings.channel, { data, words, support }, () => place.replaceChildren(...parts, notice))] : [...parts, notice]));
}

/**
 * Nobody is there: the channel that is open now, or opens first.
 * @param {string} own
 * @param {{ data: import("./data.js").PageData, words: import("./data.js").Words, support: import("./support/message.js").Support }} around
 * @param {() => void} anyway
 */
function elsewhere(own, { data, words, support }, anyway) {
  const now = new Date();
  const others = support.channels.filter(({ id }) => id !== own).map(({ id }) => id);
  const way = fastest(routeTo(support.channels, others, data.locale, now), now);
  const rows = way ? [make("p", {}, make("a", { href: linkTo(data, way.channel.url) }, way.channel.name), " ", stateBadge(way, data, words))] : [];
  return make("div", { class: "notice chat-closed" }, make("div", {}, make("p", {}, say(words, "chat_closed")), ...rows, button(say(words, "chat_away"), anyway)));
}

/**
 * @param {string} id
 * @param {import("./support/message.js").Support} support
 * @param {string} locale
 */
function labelOf(id, support, locale) {
  return support.fields.find((field) => field.id === id)?.label[locale] ?? id;
}

/**
 * The one place where this site loads a program from elsewhere; the page's policy says from where.
 * @param {string} address
 * @param {Record<string, string>} [attributes]
 * @returns {Promise<void>}
 */
function loadScript(address, attributes = {}) {
  return new Promise((resolve, reject) => {
    const script = make("script", { src: address, ...attributes });
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(address)));
    document.head.append(script);
  });
}
