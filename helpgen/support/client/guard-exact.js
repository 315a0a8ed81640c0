// Where exactly a phrase begins and ends. Its words may stand among words of the sentence that are in the list too: "my seed
// phrase legal winner … yellow please help". What is taken out must be the phrase, and nothing that support should read.

/** @typedef {{ text: string, start: number, end: number }} Token */

const LENGTHS = [12, 15, 18, 21, 24];
// So many words of a sentence stand beside a phrase by chance, though they look like words of a phrase themselves.
const CHANCE = 4;
// Not those of a numbering: "2: ", "(3)", "11) ".
const OPENS = /(?<!\d\s?)[:：=]|[(（](?!\s*\d{1,2}\s*[)）])|(?<!\d)1(?!\d)/;
const CLOSES = /^\s*[)）]|[。；;!?！？]|\.\s/;

/**
 * The phrase within a stretch of words. Words are left out at the edges only, and only where the rest has the length of a
 * phrase and they look ordinary or are parted from it; without the proof of a checksum, less is left out.
 * @param {string} text
 * @param {Token[]} tokens  the stretch
 * @param {(token: Token) => boolean} isOrdinary
 * @param {(tokens: Token[]) => boolean} holds  whether a checksum proves them
 * @returns {Token[]}
 */
export function exactPhrase(text, tokens, isOrdinary, holds) {
  const before = tokens.findIndex((token) => !isOrdinary(token));
  if (before < 0) return tokens;
  const after = [...tokens].reverse().findIndex((token) => !isOrdinary(token));
  const cuts = [];
  for (let first = 0; first <= Math.max(before, CHANCE); first += 1) {
    for (let last = 0; last <= Math.max(after, CHANCE); last += 1) {
      const rest = tokens.slice(first, tokens.length - last);
      if (!LENGTHS.includes(rest.length)) continue;
      const [opens, closes] = breaksOf(text, tokens, first, last);
      const plain = first <= before && last <= after;
      const parted = first + last > 0 && (opens || first === 0) && (closes || last === 0);
      const sure = (opens || first <= before) && (closes || last <= after) && holds(rest);
      if (sure || parted || plain) cuts.push({ rest, rank: sure ? 3 : parted ? 2 : first === before && last === after ? 1 : 0 });
    }
  }
  const [best] = cuts.sort((one, two) => two.rank - one.rank || two.rest.length - one.rest.length);
  return best && best.rank > 0 ? best.rest : tokens;
}

/**
 * Whether something parts the words before, and those after, from the phrase: a colon or bracket, the number 1, the end of a
 * sentence, or another way to separate words than stands throughout the phrase.
 * @param {string} text @param {Token[]} tokens @param {number} first @param {number} last
 */
function breaksOf(text, tokens, first, last) {
  const gap = (/** @type {number} */ index) => text.slice(tokens[index - 1].end, tokens[index].start);
  const style = (/** @type {number} */ index) => gap(index).replace(/[\p{L}\d]+/gu, "0").replace(/\s+/g, " ") + (/^\p{Lu}/u.test(text[tokens[index].start]) ? "A" : "");
  const end = tokens.length - last;
  const inner = new Set(tokens.slice(first + 1, end).map((_token, index) => style(first + 1 + index)));
  const differs = (/** @type {number} */ index) => inner.size === 1 && !inner.has(style(index));
  return [first > 0 && (OPENS.test(gap(first)) || differs(first)), last > 0 && (CLOSES.test(gap(end)) || differs(end))];
}
