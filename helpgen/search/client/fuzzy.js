/**
 * Words that the index does not have → words that it has and that are nearly the same. Twin of fuzzy.py.
 */

const SHORTEST = 4;
const TWO_ERRORS = 8;
const MOST = 8;

/**
 * Whether a word of the query may be taken for a misspelt one.
 * @param {string} word
 */
export function isCorrectable(word) {
  return word.length >= SHORTEST && !/[0-9]/.test(word);
}

/**
 * A beginning and an ending of which one is whole if the word has one error.
 * @param {string} word
 * @returns {[string, string]}
 */
export function halves(word) {
  const middle = Math.floor(word.length / 2);
  return [word.slice(0, middle), word.slice(-Math.max(2, word.length - middle - 1))];
}

/**
 * Under which a misspelt word looks for those that end like it.
 * @param {string} word
 */
export function typoKey(word) {
  return word.length + halves(word)[1];
}

/**
 * The candidates with the fewest errors, at most eight, in order of the alphabet.
 * @param {string} word
 * @param {Iterable<string>} candidates
 * @returns {string[]}
 */
export function nearest(word, candidates) {
  let allowed = word.length >= TWO_ERRORS ? 2 : 1;
  /** @type {string[]} */
  let found = [];
  for (const candidate of Array.from(new Set(candidates)).sort()) {
    const errors = distance(word, candidate, allowed);
    if (errors < allowed) {
      allowed = errors;
      found = [candidate];
    } else if (errors === allowed) found.push(candidate);
  }
  return found.slice(0, MOST);
}

/**
 * Whether words that `nearest` found have a single error: then no other word can be nearer.
 * @param {string} word
 * @param {string[]} near
 */
export function areNear(word, near) {
  return near.length > 0 && distance(word, near[0], 1) === 1;
}

/**
 * Insertions, deletions, changes and swaps of neighbours (optimal string alignment); `limit` + 1 for more than that.
 * @param {string} one
 * @param {string} other
 * @param {number} limit
 */
export function distance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const twoBefore = before;
    before = row;
    row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, twoBefore[j - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
  }
  return Math.min(row[other.length], limit + 1);
}
