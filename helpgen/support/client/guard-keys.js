// Private keys and API secrets. A key with a checksum or a structure of its own is known by that; one that is only a
// row of digits (64 hexadecimal ones are a Bitcoin key, or any transaction id) by the nearest word that names it.
import { fromBase58, fromBase58Check, fromStrkey, RIPPLE } from "./encodings.js";
import { isKeyPair, mayBeSignature } from "./ed25519.js";
import { labelOf } from "./guard-text.js";

/** @typedef {import("./guard.js").Secret} Secret */

// What nothing else looks like. The kind, and the shape.
const SHAPES = /** @type {[import("./guard.js").Kind, RegExp][]} */ ([
  ["private-key", /-{4,5}\s?BEGIN [A-Z ]*PRIVATE KEY[\s\S]*?(?:-{4,5}\s?END [A-Z ]*PRIVATE KEY\s?-{4,5}|$)/g],
  ["private-key", /(?<![0-9A-Za-z])(?:[xyztuvYZUV]|Ltp|Mtp|dg)prv?[1-9A-HJ-NP-Za-km-z]{40}[1-9A-HJ-NP-Za-km-z]*/g],
  ["private-key", /(?<![0-9A-Za-z])(?:suiprivkey1|nsec1|xprv1|ed25519e?_sk1|addr_(?:x)?sk1|acct_xsk1|root_xsk1|secret-extended-key-main1)[02-9ac-hj-np-z]{30,}/gi],
  ["private-key", /(?<![0-9A-Za-z])(?:PVT_(?:K1|R1|WA)_[1-9A-HJ-NP-Za-km-z]{40,}|(?:edsk|spsk|p2sk|edesk)[1-9A-HJ-NP-Za-km-z]{40,}|ed25519-priv-0x[0-9a-f]{64}|ed25519:[1-9A-HJ-NP-Za-km-z]{80,90})/g],
  ["private-key", /\{[^{}]{0,400}"?(?:crypto|ciphertext)"?\s*:\s*[^]{0,600}?"?(?:ciphertext|mac)"?\s*:\s*"[0-9a-f]{32,}"[^]{0,200}?\}+/gi],
  ["api-secret", /(?<![0-9A-Za-z])(?:sk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,}|[sr]k_(?:live|test)_[0-9A-Za-z]{16,}|whsec_[0-9A-Za-z]{16,}|gh[pousr]_[0-9A-Za-z]{30,}|github_pat_[0-9A-Za-z_]{30,}|glpat-[0-9A-Za-z_-]{20}|xox[abprs]-[0-9A-Za-z-]{20,}|ya29\.[0-9A-Za-z_-]{20,}|AIza[0-9A-Za-z_-]{35})/g],
  ["api-secret", /(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{20,}/g],
  ["one-time-code", /otpauth(?:-migration)?:\/\/[^\s"'<>，。]+/gi],
]);
const RUN = /[0-9A-Za-z]{26,}/g;
const BYTES = /\[\s*(?:\d{1,3}\s*,\s*){31}(?:(?:\d{1,3}\s*,\s*){32})?\d{1,3}\s*\]/g;
const SECRET_TOKEN = /(?<![0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z_+/.~-]{14,}/g;
const GROUPED_HEX = /(?<![0-9A-Za-z])(?:0x\s?)?(?:[0-9a-f]{2,16}[\s:-]){3,31}[0-9a-f]{2,16}(?![0-9A-Za-z])/gi;

/**
 * @param {string} text  folded
 * @returns {Secret[]}
 */
export function findKeys(text) {
  /** @type {Secret[]} */
  const found = [];
  for (const [kind, shape] of SHAPES) {
    for (const match of text.matchAll(shape)) found.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(BYTES)) {
    if ((match[0].match(/\d+/g) ?? []).every((byte) => Number(byte) < 256)) found.push(secret("private-key", match));
  }
  for (const match of text.matchAll(RUN)) {
    const kind = kindOfRun(text, match[0], match.index);
    if (kind) found.push(secret(kind, match));
  }
  for (const match of text.matchAll(GROUPED_HEX)) {
    const digits = match[0].replace(/^0x/i, "").replace(/[\s:-]/g, "");
    if (digits.length === 64 && labelled(text, match) === "key") found.push(secret("private-key", match));
  }
  for (const match of text.matchAll(SECRET_TOKEN)) {
    if (isMixed(match[0]) && ["api", "key"].includes(labelled(text, match)) && follows(text, match.index)) found.push(secret("api-secret", match));
  }
  return found;
}

/**
 * @param {import("./guard.js").Kind} kind
 * @param {RegExpMatchArray & { index: number }} match
 * @returns {Secret}
 */
function secret(kind, match) {
  return { kind, start: match.index, end: match.index + match[0].length };
}

/** @param {string} text @param {RegExpMatchArray & { index: number }} match */
function labelled(text, match) {
  return labelOf(text, match.index, match.index + match[0].length);
}

/**
 * What a row of letters and digits is, "" for nothing to worry about.
 * @param {string} text
 * @param {string} run
 * @param {number} start
 * @returns {"private-key" | "api-secret" | ""}
 */
function kindOfRun(text, run, start) {
  const label = () => labelOf(text, start, start + run.length);
  if (/^(?:0x)?(?:[0-9a-f]{64}|[0-9a-f]{128})$/i.test(run)) return label() === "key" ? "private-key" : "";
  if (isWalletKey(run)) return "private-key";
  if (run.length >= 86 && run.length <= 88) return solanaKind(run, label());
  // Secrets of exchanges: 64 letters of both cases and digits, which no identifier on a chain is.
  if (run.length === 64 && isMixed(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && /[g-z]/i.test(run)) return label() === "harmless" ? "" : "api-secret";
  return "";
}

/**
 * Keys with a checksum (WIF of any coin, BIP-38, Stellar, XRP), and WIF with a typing error in it.
 * @param {string} run
 */
function isWalletKey(run) {
  if (/^(?:5[1-9A-HJ-NP-Za-km-z]{50}|[KL][1-9A-HJ-NP-Za-km-z]{51})$/.test(run)) return true;
  if (/^S[A-Z2-7]{55}$/.test(run)) return fromStrkey(run)?.[0] === 0x90;
  if (/^s[1-9A-HJ-NP-Za-km-z]{27,30}$/.test(run)) return [17, 19].includes(fromBase58Check(run, RIPPLE)?.length ?? 0);
  if (run.length < 51 || run.length > 58) return false;
  const data = fromBase58Check(run);
  return data !== null && (data.length === 33 || data.length === 34 || (data.length === 39 && data[0] === 1));
}

/**
 * 64 bytes in base58: a key pair, or a signature, which is a transaction id.
 * @param {string} run
 * @param {string} label
 */
function solanaKind(run, label) {
  const bytes = fromBase58(run);
  if (bytes?.length !== 64) return label === "key" ? "private-key" : "";
  if (label === "key" || isKeyPair(bytes)) return "private-key";
  // No signature ends so high. Named as a transaction, it is one with a typing error.
  return !mayBeSignature(bytes) && label !== "harmless" ? "private-key" : "";
}

/**
 * Letters and digits with so many changes between them that nobody would write it as words.
 * @param {string} token
 */
function isMixed(token) {
  const changes = (token.match(/[a-z][A-Z0-9]|[A-Z][0-9]|[0-9][A-Za-z]/g) ?? []).length;
  const mixed = changes >= 4 || /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(token);
  return /[0-9]/.test(token) && /[A-Za-z]/.test(token) && mixed && !/^(?:https?|www\.|[\w.-]+@)/i.test(token) && !isAddress(token);
}

/** @param {string} token */
function isAddress(token) {
  return /^(?:0[xX][0-9a-fA-F]{40}|(?:bc1|ltc1|addr1)[02-9ac-hj-np-z]{20,})$/.test(token) || fromBase58Check(token)?.length === 21;
}

/**
 * Whether the name stands right before the token, with nothing but "is", a colon or a few words between.
 * @param {string} text
 * @param {number} start
 */
function follows(text, start) {
  return /(?:secret|key|token|bearer|[钥鑰匙]|令牌)["'”」)\]]?\s*(?:[:：=]|is\b|was\b|->|→|是|为|->|["'“「(]|\s)*\s*["'“「]?$/iu.test(text.slice(Math.max(0, start - 24), start));
}
