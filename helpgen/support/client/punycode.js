// Punycode (RFC 3492): the form in which names of other scripts stand in addresses. Browsers encode, and never decode.
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;

/**
 * A host name with its xn-- labels in their own letters; a label that is none is left as it is.
 * @param {string} host
 */
export function fromPunycode(host) {
  return host
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decode(label.slice(4)) ?? label) : label))
    .join(".");
}

/** @param {string} text @returns {string | null} */
function decode(text) {
  const split = text.lastIndexOf("-");
  const codes = split > 0 ? [...text.slice(0, split)].map((letter) => letter.charCodeAt(0)) : [];
  let [code, bias, place] = [FIRST_CODE, FIRST_BIAS, 0];
  for (let at = split > 0 ? split + 1 : 0; at < text.length; ) {
    const before = place;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(text[at]);
      at += 1;
      if (digit === null) return null;
      place += digit * weight;
      const threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(place - before, codes.length + 1, before === 0);
    code += Math.floor(place / (codes.length + 1));
    place %= codes.length + 1;
    if (code > 0x10ffff) return null;
    codes.splice(place, 0, code);
    place += 1;
  }
  return String.fromCodePoint(...codes);
}

/** @param {string | undefined} letter */
function digitOf(letter) {
  if (letter === undefined) return null;
  if (/[a-z]/i.test(letter)) return letter.toLowerCase().charCodeAt(0) - 97;
  return /\d/.test(letter) ? Number(letter) + 26 : null;
}

/** @param {number} delta @param {number} count @param {boolean} first */
function adapt(delta, count, first) {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
