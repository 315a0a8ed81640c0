// The encodings in which chains write addresses and keys. Every function answers null for what is not its own.
import { sha256 } from "./digests.js";

const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BECH32_END = 1;
const BECH32M_END = 0x2bc830a3;
// The longest text that is worth decoding: an extended key has 112 characters.
const LONGEST = 200;

/**
 * @param {string} text
 * @param {string} [alphabet]
 * @returns {Uint8Array | null}
 */
export function fromBase58(text, alphabet = BITCOIN) {
  if (text === "" || text.length > LONGEST) return null;
  let value = 0n;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const bytes = [];
  for (; value > 0n; value >>= 8n) bytes.unshift(Number(value & 0xffn));
  // A leading zero byte is written as the alphabet's first letter.
  for (let i = 0; text[i] === alphabet[0]; i += 1) bytes.unshift(0);
  return Uint8Array.from(bytes);
}

/**
 * Base58Check: the bytes before a checksum of four bytes, which must be right.
 * @param {string} text
 * @param {string} [alphabet]
 */
export function fromBase58Check(text, alphabet = BITCOIN) {
  const bytes = fromBase58(text, alphabet);
  if (!bytes || bytes.length < 5) return null;
  const data = bytes.slice(0, -4);
  const sum = sha256(sha256(data));
  return bytes.slice(-4).every((byte, i) => byte === sum[i]) ? data : null;
}

/**
 * Bech32 and Bech32m (BIP 173, BIP 350), without their limit of 90 characters, which Cardano exceeds.
 * @param {string} text
 * @returns {{ prefix: string, words: number[], modified: boolean } | null}
 */
export function fromBech32(text) {
  const lower = text.toLowerCase();
  if (text.length > LONGEST || (text !== lower && text !== text.toUpperCase())) return null;
  const split = lower.lastIndexOf("1");
  const prefix = lower.slice(0, split);
  const words = [...lower.slice(split + 1)].map((letter) => BECH32.indexOf(letter));
  if (split < 1 || words.length < 6 || words.includes(-1)) return null;
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const end = bech32Sum([...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...words]);
  if (end !== BECH32_END && end !== BECH32M_END) return null;
  return { prefix, words: words.slice(0, -6), modified: end === BECH32M_END };
}

/** @param {number[]} words */
function bech32Sum(words) {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  return words.reduce((sum, word) => {
    const rest = ((sum & 0x1ffffff) << 5) ^ word;
    return generators.reduce((value, generator, i) => ((sum >>> (25 + i)) & 1 ? value ^ generator : value), rest);
  }, 1);
}

/**
 * The address format of Bitcoin Cash: like Bech32 with a checksum of 40 bits.
 * @param {string} text  with or without "bitcoincash:"
 */
export function isCashAddress(text) {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const words = [...lower.replace("bitcoincash:", "")].map((letter) => BECH32.indexOf(letter));
  if (words.length !== 42 || words.includes(-1)) return false;
  const generators = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
  const codes = [..."bitcoincash"].map((letter) => letter.charCodeAt(0) & 31);
  const sum = [...codes, 0, ...words].reduce((state, word) => {
    const rest = ((state & 0x07ffffffffn) << 5n) ^ BigInt(word);
    return generators.reduce((value, generator, i) => ((state >> BigInt(35 + i)) & 1n ? value ^ generator : value), rest);
  }, 1n);
  return sum === 1n;
}

/**
 * Bits in groups of one size -> whole groups of another; bits that are left over are dropped.
 * @param {Iterable<number>} groups
 * @param {number} from
 * @param {number} to
 */
export function regroup(groups, from, to) {
  const result = [];
  let value = 0;
  let bits = 0;
  for (const group of groups) {
    value = ((value << from) | group) & 0xffffff;
    for (bits += from; bits >= to; ) {
      bits -= to;
      result.push((value >> bits) & ((1 << to) - 1));
    }
  }
  return result;
}

/**
 * A "strkey" of Stellar (SEP-23): version byte, payload, CRC-16.
 * @param {string} text
 */
export function fromStrkey(text) {
  const words = [...text].map((letter) => BASE32.indexOf(letter));
  if (words.includes(-1)) return null;
  const bytes = Uint8Array.from(regroup(words, 5, 8));
  const sum = crc16(bytes.slice(0, -2));
  return bytes.length > 2 && bytes.at(-2) === (sum & 0xff) && bytes.at(-1) === sum >> 8 ? bytes.slice(0, -2) : null;
}

/**
 * A user-friendly address of TON: tag, workchain, 32 bytes, CRC-16.
 * @param {string} text  48 characters of base64 or base64url
 */
export function isTonAddress(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  if (plain.length !== 48 || !/^[A-Za-z0-9+/]+$/.test(plain)) return false;
  const bytes = Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
  const sum = crc16(bytes.slice(0, -2));
  return bytes[34] === sum >> 8 && bytes[35] === (sum & 0xff);
}

/**
 * CRC-16/XMODEM.
 * @param {Uint8Array} bytes
 */
function crc16(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let i = 0; i < 8; i += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum;
}
