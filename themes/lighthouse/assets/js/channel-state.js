// Beside each channel: whether somebody is there now, in the reader's own time; and which channel is the fastest.
import { loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { loadSupport } from "./support-data.js";
import { fastest, routeTo, wayOf } from "./support/router.js";

/** @typedef {import("./support/router.js").Way} Way */

/**
 * @param {HTMLElement[]} places  lists whose items name their channel
 * @param {import("./data.js").PageData} data
 */
export async function startChannelStates(places, data) {
  const [support, words] = await Promise.all([loadSupport(data), loadLateWords(data)]);
  const now = new Date();
  for (const item of places.flatMap((place) => [...place.querySelectorAll("[data-channel]")])) {
    const channel = support.channels.find(({ id }) => id === /** @type {HTMLElement} */ (item).dataset.channel);
    if (!channel || channel.public) continue;
    const state = stateBadge(wayOf(channel, data.locale, now), data, words);
    const [head, room] = [item.querySelector("h3"), item.querySelector("[data-room]")];
    if (state.hidden) continue;
    if (room) room.replaceWith(state);
    else if (head) head.append(" ", state);
    else item.append(state);
  }
  const place = document.querySelector("[data-fastest]");
  if (place instanceof HTMLElement && support.danger) {
    const way = fastest(routeTo(support.channels, support.danger.channels, data.locale, now), now);
    if (way) {
      place.textContent = say(words, "channel_fastest", { channel: way.channel.name });
    }
  }
}

/**
 * "Open now, until 18:00": a word, and a colour for those who see it.
 * @param {Way} way
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
export function stateBadge(way, data, words) {
  const text = stateText(way, data, words);
  return make("span", text ? { class: `channel-state state-${way.state}` } : { hidden: "" }, text);
}

/**
 * @param {Way} way
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
function stateText({ state, until, next, speaks }, data, words) {
  const parts = [];
  if (state === "open") parts.push(until ? say(words, "channel_open_until", { time: clock(until, data) }) : say(words, "channel_open"));
  if (state === "closed") parts.push(next ? say(words, "channel_closed_until", { time: clock(next, data) }) : say(words, "channel_closed"));
  if (!speaks) parts.push(say(words, "channel_language"));
  return parts.join(" · ");
}

/**
 * A time in the reader's own zone; with the weekday if it is not today.
 * @param {Date} moment
 * @param {import("./data.js").PageData} data
 */
function clock(moment, data) {
  const today = moment.toDateString() === new Date().toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(today ? {} : { weekday: "short" }) };
  return new Intl.DateTimeFormat(data.locale, form).format(moment);
}
