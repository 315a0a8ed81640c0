// What a transaction id or an address says about itself: whether it is whole, and which chains it can belong to.
import { NETWORKS } from "./networks.js";

/**
 * @typedef {object} Verdict
 * @property {boolean} ok
 * @property {string[]} networks  ids of the chains that it can belong to
 * @property {string} value       the identifier alone, out of a link or with stray spaces removed
 * @property {"checksum" | "shape" | "chain"} [reason]  a digit is wrong or missing; nothing of this kind; another chain
 */

/**
 * @param {string} text  a transaction id, or a block explorer's link to it
 * @param {string} [network]  id or name of the chain that it should belong to; one we do not know is no restriction
 * @returns {Verdict}
 */
export function checkTxid(text, network) {
  return check(text, network, "txid");
}

/**
 * @param {string} text  an address, or a block explorer's link to it
 * @param {string} [network]  as above
 * @returns {Verdict}
 */
export function checkAddress(text, network) {
  return check(text, network, "address");
}

/**
 * The id of a chain by any of its names: "TRC20" -> "tron"; "" for an unknown one.
 * @param {string} name
 */
export function networkId(name) {
  const wanted = name.trim().toLowerCase();
  return NETWORKS.find(({ id, names }) => id === wanted || names.includes(wanted))?.id ?? "";
}

/**
 * @param {string} text
 * @param {string | undefined} network
 * @param {"txid" | "address"} kind
 * @returns {Verdict}
 */
function check(text, network, kind) {
  const value = identifierIn(text);
  const alike = NETWORKS.map((entry) => ({ id: entry.id, state: stateOf(value, entry[kind]) })).filter(({ state }) => state);
  const whole = alike.filter(({ state }) => state === "whole").map(({ id }) => id);
  const wanted = networkId(network ?? "");
  if (wanted ? whole.includes(wanted) : whole.length > 0) return { ok: true, networks: whole, value };
  if (whole.length > 0) return { ok: false, networks: whole, value, reason: "chain" };
  const broken = alike.filter(({ state }) => state === "broken").map(({ id }) => id);
  if (broken.length === 0) return { ok: false, networks: [], value, reason: "shape" };
  if (!wanted || broken.includes(wanted)) return { ok: false, networks: wanted ? [wanted] : broken, value, reason: "checksum" };
  return { ok: false, networks: broken, value, reason: "chain" };
}

/**
 * @param {string} value
 * @param {import("./networks.js").Form[]} forms
 * @returns {"whole" | "broken" | ""}
 */
function stateOf(value, forms) {
  const alike = forms.filter(({ looks, fits }) => looks.test(value) && (!fits || fits(value)));
  if (alike.some(({ proof }) => !proof || proof(value))) return "whole";
  return alike.length > 0 ? "broken" : "";
}

/**
 * The identifier in a pasted text: alone, or the last part of a link that looks like one.
 * @param {string} text
 */
function identifierIn(text) {
  const plain = text.normalize("NFKC").replace(/[\u200b-\u200d\u2060\ufeff]/g, "").trim();
  if (!/^https?:\/\//i.test(plain)) return plain.replace(/\s+/g, "");
  const parts = plain.split(/[/?#&=]/).filter((part) => part.length >= 25);
  return parts.at(-1) ?? plain;
}
