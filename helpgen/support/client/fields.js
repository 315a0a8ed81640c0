// What a reader has typed into a field: is it there, is it right, and what is wrong with it. A value is a text always; a time
// is "2026-11-04T21:15 Asia/Shanghai".
import { checkAddress, checkTxid, networkId } from "./identifiers.js";
import { momentOf } from "./hours.js";

/**
 * @typedef {object} Field
 * @property {string} id
 * @property {string} type
 * @property {Record<string, string>} label    by language
 * @property {string} help
 * @property {string} example
 * @property {Record<string, string>[]} options
 * @property {number} digits
 * @property {string} starts
 * @typedef {{ id: string, name: Record<string, string>, chain: string }} Network
 * @typedef {object} Surroundings
 * @property {Date} now
 * @property {Network[]} networks
 * @property {string} network  id of the chosen one, "" = none
 * @typedef {object} Verdict
 * @property {"empty" | "fine" | "wrong" | "doubtful"} state  what is doubtful may be sent all the same
 * @property {string} [code]  what to say about it
 * @property {Record<string, string | number>} [values]  for the places of that text
 * @property {string[]} [chains]  those that it can belong to
 */

const OTHER = "other";
const YEARS = 3 * 365 * 86_400_000;
const SOON = 5 * 60_000;
const SHORT = 10;

/** @type {Verdict} */
const FINE = { state: "fine" };

/** @type {Record<string, (text: string, field: Field, around: Surroundings) => Verdict>} */
const CHECKS = {
  uid: checkUid,
  email: (text) => (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}$/.test(text) ? FINE : { state: "wrong", code: "email" }),
  datetime: checkTime,
  amount: checkAmount,
  network: (text, _field, { networks }) => (networks.some(({ id }) => id === text) ? FINE : { state: "wrong", code: "choice" }),
  txid: (text, _field, around) => checkIdentifier(text, checkTxid, "txid", around),
  address: (text, _field, around) => checkIdentifier(text, checkAddress, "address", around),
  order: (text) => (/\d/.test(text) ? FINE : { state: "doubtful", code: "order" }),
  choice: (text, field) => (Number.isInteger(Number(text)) && field.options[Number(text)] ? FINE : { state: "wrong", code: "choice" }),
  text: (text) => ([...text].length < SHORT && !/\p{Script=Han}{4}/u.test(text) ? { state: "doubtful", code: "short" } : FINE),
};

/**
 * @param {Field} field
 * @param {string} value
 * @param {Surroundings} around
 * @returns {Verdict}
 */
export function checkField(field, value, around) {
  const text = value.trim();
  if (!text) return { state: "empty" };
  return CHECKS[field.type]?.(text, field, around) ?? FINE;
}

/**
 * A value as it should stand in the message: full-width digits made plain, an identifier without its link.
 * @param {Field} field
 * @param {string} value
 */
export function tidy(field, value) {
  const text = value.trim();
  if (field.type === "uid") return text.normalize("NFKC").replace(/\s/g, "");
  if (field.type === "txid") return checkTxid(text).value;
  if (field.type === "address") return checkAddress(text).value;
  return text;
}

/** @param {string} text @param {Field} field @returns {Verdict} */
function checkUid(text, field) {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  if (!/^[0-9]+$/.test(plain)) return { state: "wrong", code: "uid_letters" };
  if (field.digits && plain.length !== field.digits) {
    return { state: "wrong", code: "uid_digits", values: { digits: field.digits, count: plain.length } };
  }
  if (field.starts && !plain.startsWith(field.starts)) return { state: "wrong", code: "uid_starts", values: { starts: field.starts } };
  return FINE;
}

/** @param {string} text @param {Field} _field @param {Surroundings} around @returns {Verdict} */
function checkTime(text, _field, { now }) {
  const time = readTime(text);
  if (!time) return { state: "wrong", code: "time" };
  // The clocks of two devices differ a little.
  if (time.moment > now.getTime() + SOON) return { state: "wrong", code: "time_future" };
  if (time.moment < now.getTime() - YEARS) return { state: "doubtful", code: "time_old" };
  return FINE;
}

/**
 * The parts of a time, null if it is none.
 * @param {string} text  "2026-11-04T21:15 Asia/Shanghai"
 * @returns {{ local: string, zone: string, moment: number } | null}
 */
export function readTime(text) {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?(?:\s+(\S+))?$/.exec(text.trim());
  if (!match) return null;
  const zone = match[3] ?? "UTC";
  const wall = Date.parse(`${match[1]}T${match[2]}:00Z`);
  try {
    return Number.isNaN(wall) ? null : { local: `${match[1]} ${match[2]}`, zone, moment: momentOf(wall, zone) };
  } catch {
    // A zone that this device does not know.
    return null;
  }
}

/** @param {string} text @returns {Verdict} */
function checkAmount(text) {
  const plain = text.normalize("NFKC");
  const number = /\d[\d.,' ]*/.exec(plain)?.[0] ?? "";
  if (!number) return { state: "wrong", code: "amount_number" };
  if (!/[1-9]/.test(number)) return { state: "wrong", code: "amount_zero" };
  return /\p{L}{2,}/u.test(plain) ? FINE : { state: "wrong", code: "amount_coin" };
}

/**
 * @param {string} text
 * @param {typeof checkTxid} check
 * @param {"txid" | "address"} kind
 * @param {Surroundings} around
 * @returns {Verdict}
 */
function checkIdentifier(text, check, kind, { networks, network }) {
  const chosen = networks.find(({ id }) => id === network)?.chain ?? OTHER;
  const verdict = check(text, networkId(chosen) ? chosen : undefined);
  if (verdict.ok) return FINE;
  // Of a chain that we do not know, nothing can be said for certain.
  if (!networkId(chosen)) return { state: "doubtful", code: `${kind}_unknown` };
  if (verdict.reason === "chain") return { state: "wrong", code: `${kind}_chain`, chains: verdict.networks };
  return { state: "wrong", code: verdict.reason === "checksum" ? `${kind}_checksum` : `${kind}_shape` };
}
