// Whether 64 bytes are a key pair or a signature of Ed25519 (RFC 8032): the two look alike when a chain writes them.
//
// A key pair (Solana's secret key) is a seed and the public key that follows from it; a signature (Solana's transaction
// id) is a point and a number below the order of the group. So the arithmetic tells them apart, and no word beside them
// is needed.
import { sha512 } from "./digests.js";

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const BASE = [
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n,
];

/** @typedef {[bigint, bigint, bigint, bigint]} Point  extended coordinates x, y, z, t */

/** @param {bigint} value */
const mod = (value) => ((value % P) + P) % P;

/**
 * Whether the second half is the public key of the first.
 * @param {Uint8Array} bytes  64
 */
export function isKeyPair(bytes) {
  const digest = sha512(bytes.slice(0, 32)).slice(0, 32);
  digest[0] &= 248;
  digest[31] = (digest[31] & 127) | 64;
  const [x, y, z] = multiply(number(digest));
  const inverse = power(z, P - 2n);
  const wanted = mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n);
  return number(bytes.slice(32)) === wanted;
}

/**
 * Whether the second half may be the number of a signature; fifteen of sixteen public keys may not.
 * @param {Uint8Array} bytes  64
 */
export function mayBeSignature(bytes) {
  return number(bytes.slice(32)) < ORDER;
}

/** @param {Uint8Array} bytes  the least significant first */
function number(bytes) {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** @param {bigint} scalar */
function multiply(scalar) {
  /** @type {Point} */
  let result = [0n, 1n, 1n, 0n];
  /** @type {Point} */
  let step = [BASE[0], BASE[1], 1n, mod(BASE[0] * BASE[1])];
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, step);
    step = add(step, step);
  }
  return result;
}

/**
 * The addition of RFC 8032, section 5.1.4, which also doubles.
 * @param {Point} one
 * @param {Point} two
 * @returns {Point}
 */
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

/**
 * @param {bigint} base
 * @param {bigint} exponent
 */
function power(base, exponent) {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = mod(square * square)) {
    if (rest & 1n) result = mod(result * square);
  }
  return result;
}
