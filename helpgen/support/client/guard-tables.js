// The word lists that seed phrases are made of: some 29 kB over the wire, so fetched only for a text that could hold one.

/**
 * @typedef {object} Tables
 * @property {Map<string, number>} english      word -> its number in BIP-39
 * @property {Map<string, number>} simplified   character -> its number
 * @property {Map<string, number>} traditional
 * @property {Set<string>} pairs  Chinese words of two characters that sentences are made of
 */

const FEWEST = 12;
/** Characters that hold Chinese sentences together: in a phrase they stand by chance only. */
export const JOINTS = new Set("的了我是不在有这這个個到没沒要能可么麼吗嗎怎请請您你们們就也都和还還会會上下");
const MOST_JOINTS = 2;

/**
 * Whether a text could hold a phrase, so that the tables are needed to examine it. Most searches could not.
 * @param {string} text
 */
export function needsTables(text) {
  if ((text.match(/[A-Za-z]+/g) ?? []).length >= FEWEST || /[A-Za-z]{36}/.test(text)) return true;
  const characters = [...text.matchAll(/\p{Script=Han}/gu)];
  for (let first = 0; first + FEWEST <= characters.length; first += 1) {
    const group = characters.slice(first, first + FEWEST);
    const apart = group[FEWEST - 1].index - group[0].index >= 2 * FEWEST - 4;
    if (apart || group.filter(([character]) => JOINTS.has(character)).length <= MOST_JOINTS) return true;
  }
  return false;
}

/**
 * @param {{ english: string, simplified: string, traditional: string, pairs: string }} data  what phrase-words.js gives
 * @returns {Tables}
 */
export function readTables(data) {
  const numbered = (/** @type {string[]} */ words) => new Map(words.map((word, index) => [word, index]));
  return {
    english: numbered(data.english.split(" ")),
    simplified: numbered([...data.simplified]),
    traditional: numbered([...data.traditional]),
    pairs: new Set(data.pairs.match(/../gu) ?? []),
  };
}
