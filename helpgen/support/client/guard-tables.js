// The word lists that seed phrases are made of: some 24 kB over the wire, so fetched only for a text that could hold one.

/**
 * @typedef {object} Tables
 * @property {Map<string, number>} english      word -> its number in BIP-39
 * @property {Map<string, number>} simplified   character -> its number
 * @property {Map<string, number>} traditional
 * @property {Set<string>} pairs  Chinese words of two characters that sentences are made of
 */

const FEWEST = 12;

/**
 * Whether a text is long enough to hold a phrase, so that the tables are needed to examine it.
 * @param {string} text
 */
export function needsTables(text) {
  const letters = text.normalize("NFKC");
  return (letters.match(/\p{Script=Han}/gu) ?? []).length >= FEWEST || (letters.match(/[a-z]/gi) ?? []).length >= 3 * FEWEST;
}

/**
 * @param {(address: string) => Promise<{ ok: boolean, json: () => Promise<any> }>} fetch
 * @param {string | URL} base  the folder of these scripts
 * @returns {Promise<Tables>}
 */
export async function loadGuardTables(fetch, base) {
  const response = await fetch(new URL("phrase-words.json", base).href);
  if (!response.ok) throw new Error("the word lists are missing");
  return readTables(await response.json());
}

/**
 * @param {{ english: string, simplified: string, traditional: string, pairs: string }} data  phrase-words.json
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
