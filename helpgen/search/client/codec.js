/**
 * Posting lists as text: base64 varints. Twin of codec.py, which describes them.
 */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/**
 * The numbers of a text. Throws a RangeError on a foreign digit, an unfinished number or one beyond 32 bits.
 * @param {string} text
 * @returns {number[]}
 */
export function decodeNumbers(text) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code < 128 ? VALUES[code] : -1;
    if (digit < 0 || shift > 30) throw new RangeError("not a list of numbers");
    value += (digit & 31) * 2 ** shift;
    if (digit & 32) shift += 5;
    else {
      numbers.push(value);
      value = shift = 0;
    }
  }
  if (shift) throw new RangeError("a list of numbers breaks off");
  return numbers;
}

/**
 * The postings of a list as [unit, score, unit, score, …].
 * @param {string} text
 * @param {number} units how many units there are
 * @returns {number[]}
 */
export function decodePostings(text, units) {
  const postings = decodeNumbers(text);
  const pairs = new Array(postings.length * 2);
  let unit = 0;
  postings.forEach((value, at) => {
    unit += Math.floor(value / 16);
    pairs[2 * at] = unit;
    pairs[2 * at + 1] = value % 16;
  });
  if (postings.length && unit >= units) throw new RangeError("a list names a unit that does not exist");
  return pairs;
}
