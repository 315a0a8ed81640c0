// SHA-256, SHA-512 (FIPS 180-4) and Keccak-256, as checksums of addresses, keys and phrases need them.
//
// Not WebCrypto: it has no Keccak, and it answers later, while a check must answer before the reader's text may leave
// the page. The texts are short, so these are written to be small and readable rather than fast.

const WORD = (1n << 64n) - 1n;

/**
 * The first 64 bits of the fraction of a root of each of the first primes: the constants of both SHA-2 functions.
 * @param {number} count
 * @param {bigint} degree  2 or 3
 */
function rootFractions(count, degree) {
  const found = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (isPrime(candidate)) found.push(root(BigInt(candidate) << (64n * degree), degree) & WORD);
  }
  return found;
}

/** @param {number} number */
function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
}

/**
 * The whole part of a root, by Newton's method from above.
 * @param {bigint} value
 * @param {bigint} degree
 */
function root(value, degree) {
  let guess = 1n << 80n;
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

const ROUNDS = rootFractions(80, 3n);
const START = rootFractions(8, 2n);
const ROUNDS_32 = ROUNDS.slice(0, 64).map((word) => Number(word >> 32n));
const START_32 = START.map((word) => Number(word >> 32n));

/**
 * The message with its length at the end, in whole blocks.
 * @param {Uint8Array} data
 * @param {number} block  bytes
 */
function padded(data, block) {
  const bytes = new Uint8Array(Math.ceil((data.length + 1 + block / 8) / block) * block);
  bytes.set(data);
  bytes[data.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, data.length * 8);
  return bytes;
}

/** @param {Uint8Array} data */
export function sha256(data) {
  const bytes = padded(data, 64);
  const view = new DataView(bytes.buffer);
  const turn = (/** @type {number} */ x, /** @type {number} */ by) => (x >>> by) | (x << (32 - by));
  const state = START_32.slice();
  const words = new Array(64);
  for (let offset = 0; offset < bytes.length; offset += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getUint32(offset + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const large = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      words[i] = (words[i - 16] + small + words[i - 7] + large) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS_32[i] + words[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i] + value) | 0));
  }
  const result = new Uint8Array(32);
  state.forEach((value, i) => new DataView(result.buffer).setUint32(4 * i, value));
  return result;
}

/** @param {Uint8Array} data */
export function sha512(data) {
  const bytes = padded(data, 128);
  const view = new DataView(bytes.buffer);
  const turn = (/** @type {bigint} */ x, /** @type {bigint} */ by) => ((x >> by) | (x << (64n - by))) & WORD;
  const state = START.slice();
  const words = new Array(80);
  for (let offset = 0; offset < bytes.length; offset += 128) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getBigUint64(offset + 8 * i);
    for (let i = 16; i < 80; i += 1) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const small = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
      const large = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n);
      words[i] = (words[i - 16] + small + words[i - 7] + large) & WORD;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i += 1) {
      const choice = (e & f) ^ (~e & WORD & g);
      const one = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + choice + ROUNDS[i] + words[i];
      const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & WORD, c, b, a, (one + two) & WORD];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i] + value) & WORD));
  }
  const result = new Uint8Array(64);
  state.forEach((value, i) => new DataView(result.buffer).setBigUint64(8 * i, value));
  return result;
}

// The rotations of Keccak's step ρ and the places of its step π, in the order of one walk through the lanes.
const TURNS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44].map(BigInt);
const PLACES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

/**
 * Keccak-256 with the padding of the original submission, as Ethereum uses it; not the later SHA3-256.
 * @param {Uint8Array} data
 */
export function keccak256(data) {
  const rate = 136;
  const bytes = new Uint8Array((Math.floor(data.length / rate) + 1) * rate);
  bytes.set(data);
  bytes[data.length] = 1;
  bytes[bytes.length - 1] |= 0x80;
  const view = new DataView(bytes.buffer);
  const lanes = new Array(25).fill(0n);
  for (let offset = 0; offset < bytes.length; offset += rate) {
    for (let i = 0; i < rate / 8; i += 1) lanes[i] ^= view.getBigUint64(offset + 8 * i, true);
    permute(lanes);
  }
  const result = new Uint8Array(32);
  for (let i = 0; i < 4; i += 1) new DataView(result.buffer).setBigUint64(8 * i, lanes[i], true);
  return result;
}

/**
 * The 24 rounds of Keccak-f[1600].
 * @param {bigint[]} lanes  25, changed in place
 */
function permute(lanes) {
  const turn = (/** @type {bigint} */ x, /** @type {bigint} */ by) => ((x << by) | (x >> (64n - by))) & WORD;
  let register = 1;
  for (let round = 0; round < 24; round += 1) {
    const columns = [0, 1, 2, 3, 4].map((x) => lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]);
    for (let i = 0; i < 25; i += 1) lanes[i] ^= columns[(i + 4) % 5] ^ turn(columns[(i + 1) % 5], 1n);
    let carried = lanes[1];
    PLACES.forEach((place, i) => ([carried, lanes[place]] = [lanes[place], turn(carried, TURNS[i])]));
    for (let row = 0; row < 25; row += 5) {
      const old = lanes.slice(row, row + 5);
      for (let x = 0; x < 5; x += 1) lanes[row + x] = old[x] ^ (~old[(x + 1) % 5] & WORD & old[(x + 2) % 5]);
    }
    // The round constants come from a shift register of eight bits (FIPS 202, algorithm 5).
    for (let j = 0; j < 7; j += 1) {
      if (register & 1) lanes[0] ^= 1n << ((1n << BigInt(j)) - 1n);
      register = ((register << 1) ^ (register & 0x80 ? 0x171 : 0)) & 0xff;
    }
  }
}
