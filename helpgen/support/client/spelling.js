// How far apart two words are.

/**
 * Edits of one letter, and exchanges of two neighbours (optimal string alignment).
 * @param {string} one
 * @param {string} two
 */
export function distance(one, two) {
  let older = /** @type {number[]} */ ([]);
  let last = Array.from({ length: two.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const swapped = i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1];
      const swap = swapped ? older[j - 2] + 1 : Infinity;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1), swap);
    }
    [older, last] = [last, row];
  }
  return last[two.length];
}
