// The checksum of a seed phrase.
import { sha256 } from "./digests.js";

/**
 * BIP-39: the last bits of the phrase are the first of the hash of the others.
 * @param {number[]} numbers  of 11 bits
 */
export function checksumHolds(numbers) {
  const bits = numbers.map((number) => number.toString(2).padStart(11, "0")).join("");
  const size = bits.length / 33;
  if (!Number.isInteger(size)) return false;
  const entropy = bits.slice(0, -size).match(/.{8}/g) ?? [];
  const hash = sha256(Uint8Array.from(entropy, (byte) => parseInt(byte, 2)));
  return hash[0].toString(2).padStart(8, "0").slice(0, size) === bits.slice(-size);
}
