/** Texts on standard input → for each whether it may be Traditional. */
import { readFileSync } from "node:fs";
import { mayBeTraditional } from "../../../helpgen/search/client/traditional.js";

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((text) => mayBeTraditional(text))));
