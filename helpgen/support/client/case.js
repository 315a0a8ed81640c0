// What was sent, as the reader keeps it: a card with its dates, and a calendar entry that says when to ask again.
import { dueDates } from "./router.js";

/**
 * @typedef {object} Case
 * @property {string} id
 * @property {string} scenario  its name in the reader's language
 * @property {string} channel   its name
 * @property {string} to        the address, "" = none
 * @property {string} subject
 * @property {string} body
 * @property {string} sent      ISO
 * @property {string} usual     ISO, "" = not said
 * @property {string} again     ISO: when to ask again, "" = not said
 */

/**
 * @param {string} id
 * @param {string} scenario
 * @param {import("./router.js").Channel} channel
 * @param {import("./message.js").Message} message
 * @param {Date} sent
 * @returns {Case}
 */
export function makeCase(id, scenario, channel, message, sent) {
  const { usual, longest } = dueDates(channel, sent);
  return {
    id,
    scenario,
    channel: channel.name,
    to: channel.url.startsWith("mailto:") ? channel.url.slice(7) : "",
    subject: message.subject,
    body: message.body,
    sent: sent.toISOString(),
    usual: usual?.toISOString() ?? "",
    again: longest?.toISOString() ?? "",
  };
}

/**
 * A calendar entry of a quarter of an hour with an alarm (RFC 5545).
 * @param {Case} kept
 * @param {string} summary
 * @param {string} host  of the help centre, for the entry's id
 */
export function calendarEntry(kept, summary, host) {
  const start = new Date(kept.again);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//helpgen//case//EN",
    "BEGIN:VEVENT",
    `UID:${escapeText(kept.id)}@${host.replace(/[^a-z0-9.-]/gi, "") || "help"}`,
    `DTSTAMP:${stamp(new Date(kept.sent))}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(new Date(start.getTime() + 15 * 60_000))}`,
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(`${kept.subject}\n${kept.channel}${kept.to ? ` ${kept.to}` : ""}`)}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escapeText(summary)}`,
    "TRIGGER:PT0M",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map(fold).join("\r\n") + "\r\n";
}

/** @param {Date} moment */
function stamp(moment) {
  return moment.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** @param {string} text */
function escapeText(text) {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, "\\n");
}

/**
 * Lines have 75 bytes at the most; what is longer goes on after a space, never within a character.
 * @param {string} line
 */
function fold(line) {
  const parts = [];
  let part = "";
  let size = 0;
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (size + bytes > 74) {
      parts.push(part);
      part = "";
      size = 0;
    }
    part += character;
    size += bytes;
  }
  return [...parts, part].join("\r\n ");
}
