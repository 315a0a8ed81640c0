// Which channel now: open ones first, in the order that the site gives; and the fastest of them.
import { openState } from "./hours.js";

/**
 * @typedef {object} Channel
 * @property {string} id
 * @property {string} kind
 * @property {string} name
 * @property {string} url
 * @property {boolean} widget  a live chat that has a page of its own on this site
 * @property {boolean} public
 * @property {string} reply_time
 * @property {string} never_for
 * @property {string[]} locales  none = every language of the site
 * @property {import("./hours.js").Hours | null} open
 * @property {{ usual: number, longest: number } | null} reply  minutes
 * @property {string} endpoint
 * @typedef {{ channel: Channel, state: "open" | "closed" | "unknown", speaks: boolean, until: Date | null, next: Date | null }} Way
 */

/**
 * A channel at a moment.
 * @param {Channel} channel
 * @param {string} locale  the reader's
 * @param {Date} now
 * @returns {Way}
 */
export function wayOf(channel, locale, now) {
  const speaks = channel.locales.length === 0 || channel.locales.includes(locale);
  if (!channel.open) return { channel, state: "unknown", speaks, until: null, next: null };
  const { open, until, next } = openState(channel.open, now);
  return { channel, state: open ? "open" : "closed", speaks, until, next };
}

/**
 * The private channels among `ids`, best first: those that speak the reader's language, then open ones, else as given.
 * @param {Channel[]} channels
 * @param {string[]} ids
 * @param {string} locale
 * @param {Date} now
 * @returns {Way[]}
 */
export function routeTo(channels, ids, locale, now) {
  const named = ids.map((id) => channels.find((channel) => channel.id === id)).filter((channel) => channel !== undefined);
  const rank = (/** @type {Way} */ way) => (way.speaks ? 0 : 2) + (way.state === "closed" ? 1 : 0);
  const ways = named.filter((channel) => !channel.public).map((channel) => wayOf(channel, locale, now));
  return ways.map((way, index) => ({ way, index })).sort((a, b) => rank(a.way) - rank(b.way) || a.index - b.index).map(({ way }) => way);
}

/**
 * The way on which somebody answers soonest, counted from now; the first one where no reply times are known.
 * @param {Way[]} ways
 * @param {Date} now
 * @returns {Way | null}
 */
export function fastest(ways, now) {
  const wait = (/** @type {Way} */ way) => {
    const closed = way.state === "closed" ? (way.next ? (way.next.getTime() - now.getTime()) / 60_000 : Infinity) : 0;
    return closed + (way.channel.reply?.usual ?? Infinity);
  };
  return ways.reduce((/** @type {Way | null} */ best, way) => (best === null || wait(way) < wait(best) ? way : best), null);
}

/**
 * When a reply is due, and when to ask again, after a message that was sent by a channel. Both null if it does not say.
 * @param {Channel} channel
 * @param {Date} sent
 * @returns {{ usual: Date | null, longest: Date | null }}
 */
export function dueDates(channel, sent) {
  if (!channel.reply) return { usual: null, longest: null };
  const state = channel.open ? openState(channel.open, sent) : null;
  const start = state && !state.open && state.next ? state.next : sent;
  const after = (/** @type {number} */ minutes) => new Date(start.getTime() + minutes * 60_000);
  const { usual, longest } = channel.reply;
  return { usual: after(usual), longest: longest ? after(longest) : after(usual) };
}
