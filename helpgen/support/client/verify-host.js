// Whether a host name is one of our domains, and if not, by which trick it looks like one.
import { isNear, latin, outline, strangers } from "./outlines.js";
import { fromPunycode } from "./punycode.js";

/**
 * @param {string} host  lower case, as a browser reads it
 * @param {import("./verifier.js").Official} official
 * @param {import("./outlines.js").Lookalikes} lookalikes
 * @param {boolean} [partly]  whether this is not a host but some text: then our own domain in it counts as a mention
 * @returns {{ ours: boolean, shown: string, reasons: import("./verifier.js").Reason[] }} `shown`: in its own letters
 */
export function judgeHost(host, official, lookalikes, partly = false) {
  const domains = official.entries.filter(({ kind }) => kind === "domain").map(({ value }) => value.toLowerCase());
  const shown = fromPunycode(host);
  if (!partly && domains.some((domain) => host === domain || host.endsWith(`.${domain}`))) return { ours: true, shown, reasons: [] };
  /** @type {import("./verifier.js").Reason[]} */
  const reasons = [];
  const add = (/** @type {string} */ reason, detail = "") => {
    if (!reasons.some((other) => other.reason === reason)) reasons.push({ reason, detail });
  };
  const odd = strangers(shown, lookalikes);
  const looks = latin(shown, lookalikes);
  for (const domain of domains) {
    // Drawn like our domain and nothing else: the letters below say it all.
    if (odd.length > 0 && `.${looks}`.endsWith(`.${domain}`)) add("lookalike", odd.map(letter).join(", "));
    else if (`.${looks}.`.includes(`.${domain}.`)) add("subdomain", domain);
    else if (looks.replaceAll("-", ".").includes(domain) || looks.replaceAll(/[.-]/g, "").includes(domain.replaceAll(/[.-]/g, ""))) add("joined", domain);
  }
  for (const name of brandsOf(official, domains)) {
    for (const [reason, detail] of tricksOf(shown, name, lookalikes)) add(reason, detail);
  }
  if (reasons.length > 0 && odd.length > 0) add("lookalike", odd.map(letter).join(", "));
  if (reasons.length > 0 && host !== shown) add("punycode", host);
  return { ours: false, shown, reasons };
}

/** @param {{ character: string, code: string, like: string }} one */
function letter({ character, code, like }) {
  return `${character} (${code}) → ${like}`;
}

/**
 * What we are called: our names, and the part of each domain that we chose.
 * @param {import("./verifier.js").Official} official
 * @param {string[]} domains
 */
export function brandsOf(official, domains) {
  const chosen = domains.map((domain) => domain.split(".").slice(0, -1).at(domain.split(".").length > 2 && domain.split(".").at(-2)?.length === 2 ? -2 : -1) ?? domain);
  return [...new Set([...official.names, ...chosen].map((name) => name.toLowerCase().replace(/[\s._-]+/g, "")))].filter((name) => [...name].length >= 2);
}

/**
 * How the labels of a host use a name of ours.
 * @param {string} shown
 * @param {string} name
 * @param {import("./outlines.js").Lookalikes} lookalikes
 * @returns {[string, string][]}
 */
function tricksOf(shown, name, lookalikes) {
  const brand = outline(name, lookalikes);
  const labels = shown.split(".");
  const last = labels.length - 1;
  /** @type {[string, string][]} */
  const tricks = [];
  labels.forEach((label, i) => {
    const plain = label.toLowerCase().replace(/[-_]/g, "");
    const drawn = outline(label.replace(/[-_]/g, ""), lookalikes);
    const words = label.split(/[-_\d]+/).filter(Boolean).map((word) => outline(word, lookalikes));
    const short = [...name].length < 4 && !/\p{Script=Han}/u.test(name);
    if (plain === name) tricks.push(i === last ? ["ending", label] : i === last - 1 ? ["ending", labels.slice(i).join(".")] : ["subdomain", label]);
    else if (latin(plain, lookalikes) === name) tricks.push(["lookalike", strangers(label, lookalikes).map(letter).join(", ")]);
    else if (drawn === brand) tricks.push(["swapped", label]);
    else if (short ? words.includes(brand) : plain.includes(name)) tricks.push(["words", label]);
    else if (!short && drawn.includes(brand)) tricks.push(["swapped", label]);
    else if (isNear(drawn, brand) || words.some((word) => isNear(word, brand))) tricks.push(["spelling", label]);
    else if (!short && hasNearStart(drawn, brand)) tricks.push(["spelling", label]);
  });
  const together = outline(labels.slice(0, -1).join("").replace(/[-_]/g, ""), lookalikes);
  if (tricks.length === 0 && brand.length >= 5 && together.includes(brand)) tricks.push(["joined", labels.join(".")]);
  return tricks;
}

/**
 * A misspelt name with a word joined to it: "skerylogin", "loginskery".
 * @param {string} drawn  an outline
 * @param {string} brand  an outline
 */
export function hasNearStart(drawn, brand) {
  if (brand.length < 6 || drawn.length < brand.length + 3) return false;
  return [-1, 0, 1].some((more) => {
    const length = brand.length + more;
    return isNear(drawn.slice(0, length), brand) || isNear(drawn.slice(-length), brand);
  });
}
