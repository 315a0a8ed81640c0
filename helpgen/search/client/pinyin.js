/**
 * Pinyin without tones: letters → syllables → groups of terms. Twin of pinyin.py, which describes the terms.
 */

const SYLLABLES = ":";
const INITIALS = ";";
const LONGEST_SYLLABLE = 6;
const LONGEST_WORD = 60;
const SHORTEST_OTHER = 3;
const MOST_CUTS = 16;

/**
 * @typedef {string[]} Cut
 * @typedef {{terms: string[], unfinished: boolean}} PinyinGroup
 */

/**
 * The ways to cut a word into as few syllables as can be; none if it is no pinyin.
 * @param {string} word
 * @param {Set<string>} syllables
 * @param {boolean} unfinished whether the last piece may be the beginning of a syllable
 * @returns {Cut[]}
 */
export function cuts(word, syllables, unfinished) {
  if (!word || word.length > LONGEST_WORD) return [];
  const whole = cutsWith(word, syllables, new Set());
  if (whole.length || !unfinished) return whole;
  const begun = new Set();
  for (const syllable of syllables) {
    for (let length = 1; length < syllable.length; length += 1) begun.add(syllable.slice(0, length));
  }
  return cutsWith(word, syllables, begun);
}

/**
 * A group for each pair of neighbouring syllables of words that have been cut; one for a single syllable.
 * @param {Cut[][]} words
 * @param {boolean} unfinished
 * @returns {PinyinGroup[]}
 */
export function pinyinGroups(words, unfinished) {
  /** @type {string[][]} */
  const columns = [];
  words.forEach((ways, number) => {
    if (number) {
      columns.push(words[number - 1].flatMap((before) => ways.map((way) => `${SYLLABLES}${before.at(-1)} ${way[0]}`)));
    }
    for (let place = 0; place + 1 < ways[0].length; place += 1) {
      columns.push(ways.map((way) => `${SYLLABLES}${way[place]} ${way[place + 1]}`));
    }
  });
  if (!columns.length) return [{ terms: words[0].map((way) => SYLLABLES + way[0]), unfinished: true }];
  return columns.map((column, number) => ({
    terms: Array.from(new Set(column)),
    unfinished: unfinished && number === columns.length - 1,
  }));
}

/**
 * A group for each pair of neighbouring letters of a word that may be initials; none if it cannot be.
 * @param {string} word
 * @param {number} [shortest]
 * @returns {PinyinGroup[]}
 */
export function initialGroups(word, shortest = 3) {
  if (word.length < shortest || !/^(?!(.)\1\1+$)[abcdefghjklmnopqrstwxyz]{1,12}$/.test(word)) return [];
  return Array.from(word.slice(1), (letter, at) => ({ terms: [INITIALS + word[at] + letter], unfinished: false }));
}

/**
 * The ways to read a word as pinyin, or else initials, and one other word before or behind it: their groups and the other
 * word, those with the most pinyin first.
 * @param {string} word
 * @param {Set<string>} syllables
 * @returns {[PinyinGroup[], string][]}
 */
export function beside(word, syllables) {
  const letters = Array.from(word);
  if (letters.length > LONGEST_WORD) return [];
  const join = (/** @type {number} */ start, /** @type {number} */ end) => letters.slice(start, end).join("");
  /** @type {[string, string][]} */
  const parts = [];
  for (let at = letters.length - SHORTEST_OTHER; at > 1; at -= 1) {
    parts.push([join(0, at), join(at, letters.length)], [join(letters.length - at, letters.length), join(0, letters.length - at)]);
  }
  /** @type {[PinyinGroup[], string][]} */
  const spelt = [];
  /** @type {[PinyinGroup[], string][]} */
  const begun = [];
  for (const [part, other] of parts) {
    const ways = cuts(part, syllables, false);
    if (ways.length) spelt.push([pinyinGroups([ways], false), other]);
    const initials = initialGroups(part, 2);
    if (initials.length) begun.push([initials, other]);
  }
  return [...spelt, ...begun];
}

/**
 * `best[i]` are the shortest cuts of the word's end from i on; a piece of `last` may only stand at the end.
 * @param {string} word
 * @param {Set<string>} syllables
 * @param {Set<string>} last
 * @returns {Cut[]}
 */
function cutsWith(word, syllables, last) {
  /** @type {Cut[][]} */
  const best = Array.from({ length: word.length }, () => []);
  best.push([[]]);
  for (let start = word.length - 1; start >= 0; start -= 1) {
    /** @type {Cut[]} */
    const found = [];
    for (let end = start + 1; end <= Math.min(word.length, start + LONGEST_SYLLABLE); end += 1) {
      const piece = word.slice(start, end);
      if (best[end].length && (syllables.has(piece) || (end === word.length && last.has(piece)))) {
        for (const rest of best[end]) found.push([piece, ...rest]);
      }
    }
    const fewest = Math.min(...found.map((cut) => cut.length));
    const shortest = found.filter((cut) => cut.length === fewest);
    best[start] = shortest.sort(compare).slice(0, MOST_CUTS);
  }
  return best[0];
}

/**
 * Order of the alphabet, piece by piece.
 * @param {Cut} one
 * @param {Cut} other
 */
function compare(one, other) {
  const at = one.findIndex((piece, place) => piece !== other[place]);
  if (at < 0) return 0;
  return one[at] < other[at] ? -1 : 1;
}
