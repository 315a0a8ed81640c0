// Made by the build of phrase-words.json.
declare const words: { english: string; simplified: string; traditional: string; pairs: string };
export default words;
