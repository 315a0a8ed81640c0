/**
 * A conversation with the assistant as data: what is kept on the device, handed to a person, or saved as a text.
 *
 * @typedef {{who: "reader", at: string, text: string}} Asked  `at` is an ISO time
 * @typedef {{steps: boolean, lines: string[]}} Block
 * @typedef {{title: string, url: string}} Link  `url` from the site's root
 * @typedef {{title: string, url: string, whole: boolean, locale: string, blocks: Block[]}} Quote
 * @typedef {object} Told
 * @property {"assistant"} who
 * @property {string} at
 * @property {import("./assistant.js").Kind} kind
 * @property {string} question            what it replies to
 * @property {Quote | null} quote
 * @property {Link[]} links
 * @property {{id: string, name: string}[]} scenarios
 * @property {string} scenario
 * @property {Link | null} guide
 * @property {string[]} keys              of the articles shown: category/slug
 * @property {boolean} risk               whether what was found is about danger
 * @typedef {Asked | Told} Turn
 */

import { articleKey } from "./assistant.js";
import { checkAddress, checkTxid } from "./identifiers.js";

// Older turns are dropped; a conversation that is longer has become a diary.
const TURNS = 60;
const LONGEST = 4000;
const COINS = /(?<![a-z0-9.,])(\d{1,12}(?:[.,]\d{1,18})?)\s*(?:个|枚)?\s*(usdt|usdc|btc|eth|trx|sol|xrp|ton|bnb|u)(?![a-z])/i;
const WORD = /[A-Za-z0-9]{24,}/g;

/**
 * @param {string} question
 * @param {import("./assistant.js").Reply} reply
 * @param {string} locale
 * @param {string} at
 * @returns {Told}
 */
export function told(question, reply, locale, at) {
  const { answer, articles, hits, kind, scenario } = reply;
  const quote = answer && {
    title: answer.hit.section || answer.hit.title,
    url: address(answer.hit),
    whole: answer.whole,
    locale: answer.hit.locale,
    blocks: answer.blocks.map(({ steps, lines }) => ({ steps, lines: lines.map((parts) => parts.map(({ text }) => text).join("")) })),
  };
  const found = hits.map((hit) => ({ title: hit.section ? `${hit.title} · ${hit.section}` : hit.title, url: address(hit) }));
  const links = [...found, ...articles.map(({ title, url }) => ({ title, url }))];
  const keys = [...(answer ? [articleKey(answer.hit)] : []), ...hits.map(articleKey), ...articles.map(({ key }) => key), ...(reply.guide && kind === "guide" ? [reply.guide.key] : [])];
  const scenarios = reply.scenarios.map(({ id, name }) => ({ id, name: name[locale] ?? Object.values(name)[0] ?? id }));
  const guide = reply.guide ? { title: reply.guide.title, url: reply.guide.url } : null;
  return { who: "assistant", at, kind, question, quote, links, scenarios, scenario, guide, keys, risk: reply.risk };
}

/** @param {import("./assistant.js").Hit} hit */
function address({ url, anchor }) {
  return url + (anchor ? `#${encodeURIComponent(anchor)}` : "");
}

/**
 * What was kept, if it is a conversation; anything else is none. The storage of a site is open to every page of its host.
 * @param {unknown} kept
 * @returns {Turn[]}
 */
export function readTurns(kept) {
  return Array.isArray(kept) ? kept.slice(-TURNS).flatMap((turn) => readTurn(turn) ?? []) : [];
}

/**
 * @param {any} turn
 * @returns {Turn | null}
 */
function readTurn(turn) {
  if (turn === null || typeof turn !== "object") return null;
  const at = text(turn.at);
  if (turn.who === "reader") return { who: "reader", at, text: text(turn.text) };
  if (turn.who !== "assistant") return null;
  const quote = turn.quote && typeof turn.quote === "object" ? turn.quote : null;
  return {
    who: "assistant",
    at,
    kind: /** @type {Told["kind"]} */ (text(turn.kind)),
    question: text(turn.question),
    quote: quote && { title: text(quote.title), url: path(quote.url), whole: quote.whole === true, locale: text(quote.locale), blocks: list(quote.blocks).map(readBlock) },
    links: list(turn.links).map(readLink),
    scenarios: list(turn.scenarios).map((one) => ({ id: text(one?.id), name: text(one?.name) })),
    scenario: text(turn.scenario),
    guide: turn.guide ? readLink(turn.guide) : null,
    keys: list(turn.keys).map(text),
    risk: turn.risk === true,
  };
}

/** @param {any} block @returns {Block} */
function readBlock(block) {
  return { steps: block?.steps === true, lines: list(block?.lines).map(text) };
}

/** @param {any} link @returns {Link} */
function readLink(link) {
  return { title: text(link?.title), url: path(link?.url) };
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}

/** An address below the site's root, and none that could leave it. @param {unknown} value */
function path(value) {
  const url = text(value);
  return /^[^:\\]*$/.test(url.split("#")[0]) && !url.startsWith("/") ? url : "";
}

/** @param {unknown} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * The conversation for a person to read: who said what, an answer by its title and address.
 * @param {Turn[]} turns
 * @param {(kind: string) => string} words  what the assistant says with each kind of reply
 * @param {string} root  the full address of the site's root
 * @returns {{who: "reader" | "assistant", text: string, at: string}[]}
 */
export function transcriptOf(turns, words, root) {
  return turns.map((turn) => {
    if (turn.who === "reader") return { who: "reader", text: turn.text, at: turn.at };
    const links = [...(turn.quote ? [turn.quote] : []), ...turn.links, ...(turn.guide && turn.kind === "guide" ? [turn.guide] : [])];
    const lines = [words(turn.kind), ...turn.scenarios.map(({ name }) => `- ${name}`), ...links.map(({ title, url }) => `- ${title} ${root}${url}`)];
    return { who: "assistant", text: lines.filter(Boolean).join("\n"), at: turn.at };
  });
}

/**
 * Values for the fields of a message that the reader has already said: UID, TxID, address, amount.
 * @param {Turn[]} turns
 * @param {{id: string, type: string, digits: number, starts: string}[]} fields
 * @returns {Record<string, string>}
 */
export function valuesSaid(turns, fields) {
  const said = turns.flatMap((turn) => (turn.who === "reader" ? [turn.text.normalize("NFKC")] : [])).join("\n");
  const words = said.match(WORD) ?? [];
  /** @type {Record<string, string>} */
  const values = {};
  for (const field of fields) {
    const value = valueOf(field, said, words);
    if (value) values[field.id] = value;
  }
  return values;
}

/**
 * @param {{type: string, digits: number, starts: string}} field
 * @param {string} said
 * @param {string[]} words
 */
function valueOf(field, said, words) {
  if (field.type === "uid" && field.digits) {
    return (said.match(/[0-9]+/g) ?? []).find((number) => number.length === field.digits && number.startsWith(field.starts)) ?? "";
  }
  // A few young chains write addresses as others write transaction ids; readers quote the latter.
  if (field.type === "txid") return words.find((word) => checkTxid(word).ok) ?? "";
  if (field.type === "address") return words.find((word) => checkAddress(word).ok && !checkTxid(word).ok) ?? "";
  if (field.type === "amount") {
    const [, amount = "", coin = ""] = COINS.exec(said) ?? [];
    return amount && `${amount} ${coin.toLowerCase() === "u" ? "USDT" : coin.toUpperCase()}`;
  }
  return "";
}
