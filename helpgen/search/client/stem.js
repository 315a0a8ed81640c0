/**
 * English stems by Porter's algorithm (Program 14(3), 1980). Twin of stem.py, step for step.
 */

const LONGEST_ENDING = 6;
const SHORTEST_STEM = 3;

const M_GT_0 = /^(?:[^aeiou][^aeiouy]*)?[aeiouy][aeiou]*[^aeiou][^aeiouy]*/;
const M_EQ_1 = /^(?:[^aeiou][^aeiouy]*)?[aeiouy][aeiou]*[^aeiou][^aeiouy]*(?:[aeiouy][aeiou]*)?$/;
const M_GT_1 = /^(?:[^aeiou][^aeiouy]*)?[aeiouy][aeiou]*[^aeiou][^aeiouy]*[aeiouy][aeiou]*[^aeiou][^aeiouy]*/;
const HAS_VOWEL = /^(?:[^aeiou][^aeiouy]*)?[aeiouy]/;
const CVC = /^[^aeiou][^aeiouy]*[aeiouy][^aeiouwxy]$/;
const DOUBLE = /([^aeiouylsz])\1$/;
const ENGLISH = /^[a-z]{3,}$/;
/** Stems by word: with every letter that a reader types the same part of the vocabulary is looked through. @type {Map<string, string>} */
const known = new Map();

/** @type {[string, string][]} */
const STEP_2 = pairs(
  "ational ate,tional tion,enci ence,anci ance,izer ize,bli ble,alli al,entli ent,eli e,ousli ous,ization ize,ation ate,ator ate," +
    "alism al,iveness ive,fulness ful,ousness ous,aliti al,iviti ive,biliti ble,logi log",
);
/** @type {[string, string][]} */
const STEP_3 = pairs("icate ic,ative ,alize al,iciti ic,ical ic,ful ,ness ");
const STEP_4 = "ement ance ence able ible ment ant ent ism ate iti ous ive ize al er ic ou".split(" ");

/**
 * The stem of an English word; any other word is its own.
 * @param {string} word
 */
export function stem(word) {
  let found = known.get(word);
  if (found === undefined) known.set(word, (found = stemmed(word)));
  return found;
}

/** @param {string} word */
function stemmed(word) {
  if (!ENGLISH.test(word)) return word;
  // y at the beginning and after a vowel is a consonant: hide it from the vowel class.
  const marked = word.replace(/(^|[aeiou])y/g, "$1Y");
  return step5(step4(replaceSuffix(replaceSuffix(step1c(step1ab(marked)), STEP_2), STEP_3))).toLowerCase();
}

/**
 * The stem of a word by the manifest's knowledge of its language: Porter's for English, else without its longest ending.
 * @param {string} word
 * @param {{stems: boolean, endings: Set<string>}} manifest
 */
export function stemOf(word, { stems, endings }) {
  if (stems && ENGLISH.test(word)) return stem(word);
  if (!endings.size) return word;
  const letters = Array.from(word);
  for (let length = Math.min(LONGEST_ENDING, letters.length - SHORTEST_STEM); length > 0; length -= 1) {
    if (endings.has(letters.slice(-length).join(""))) return letters.slice(0, -length).join("");
  }
  return word;
}

/** @param {string} word */
function step1ab(word) {
  if (word.endsWith("sses") || word.endsWith("ies")) word = word.slice(0, -2);
  else if (word.endsWith("s") && !word.endsWith("ss")) word = word.slice(0, -1);
  if (word.endsWith("eed")) return M_GT_0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const ending = ["ed", "ing"].find((suffix) => word.endsWith(suffix));
  if (!ending || !HAS_VOWEL.test(word.slice(0, -ending.length))) return word;
  word = word.slice(0, -ending.length);
  if (/(?:at|bl|iz)$/.test(word)) return word + "e";
  if (DOUBLE.test(word)) return word.slice(0, -1);
  return CVC.test(word) ? word + "e" : word;
}

/** @param {string} word */
function step1c(word) {
  return word.endsWith("y") && HAS_VOWEL.test(word.slice(0, -1)) ? word.slice(0, -1) + "i" : word;
}

/**
 * @param {string} word
 * @param {[string, string][]} table
 */
function replaceSuffix(word, table) {
  for (const [suffix, other] of table) {
    if (word.endsWith(suffix)) {
      const rest = word.slice(0, -suffix.length);
      return M_GT_0.test(rest) ? rest + other : word;
    }
  }
  return word;
}

/** @param {string} word */
function step4(word) {
  if (/[st]ion$/.test(word)) return M_GT_1.test(word.slice(0, -3)) ? word.slice(0, -3) : word;
  const suffix = STEP_4.find((one) => word.endsWith(one));
  if (!suffix) return word;
  const rest = word.slice(0, -suffix.length);
  return M_GT_1.test(rest) ? rest : word;
}

/** @param {string} word */
function step5(word) {
  if (word.endsWith("e")) {
    const rest = word.slice(0, -1);
    if (M_GT_1.test(rest) || (M_EQ_1.test(rest) && !CVC.test(rest))) word = rest;
  }
  return word.endsWith("ll") && M_GT_1.test(word) ? word.slice(0, -1) : word;
}

/**
 * @param {string} table
 * @returns {[string, string][]}
 */
function pairs(table) {
  return table.split(",").map((entry) => /** @type {[string, string]} */ (entry.split(" ")));
}
