/** {texts, simplified: [from, to], words} on standard input → {terms, stems}: what the client makes of them. */
import { readFileSync } from "node:fs";
import { normalise, tokens } from "../../../helpgen/search/client/analysis.js";
import { stem } from "../../../helpgen/search/client/stem.js";

const { texts, simplified, words } = JSON.parse(readFileSync(0, "utf8"));
const to = Array.from(simplified[1]);
const table = new Map(Array.from(simplified[0], (character, at) => [character, to[at]]));
const terms = texts.map((text) => tokens(normalise(text, table)).map((token) => [token.text, token.position]));
process.stdout.write(JSON.stringify({ terms, stems: words.map(stem) }));
