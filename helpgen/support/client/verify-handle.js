// Whether an account name on a platform is ours.
import { isNear, latin, outline, strangers } from "./outlines.js";
import { brandsOf, hasNearStart } from "./verify-host.js";

/**
 * @param {string} text      with or without @
 * @param {string} platform  "" = not said
 * @param {import("./verifier.js").Official} official
 * @param {import("./outlines.js").Lookalikes} lookalikes
 * @returns {import("./verifier.js").Judgement}
 */
export function judgeHandle(text, platform, official, lookalikes) {
  const name = text.replace(/^[@＠]/, "").replace(/\/$/, "");
  const value = text.startsWith("@") || platform ? `@${name}` : name;
  const handles = official.entries.filter(({ kind }) => kind === "handle").map((entry) => ({ ...entry, name: entry.value.replace(/^@/, "").toLowerCase() }));
  const plain = name.normalize("NFKC").toLowerCase();
  const same = handles.filter((entry) => entry.name === plain);
  const here = same.filter((entry) => !platform || entry.platform === platform);
  // Our bare name says nothing: anybody can write it.
  const bare = !platform && !/^[@＠]/.test(text);
  if (here.length > 0 && !bare) return { verdict: "official", kind: "handle", value, reasons: [], platform: here.map((entry) => entry.shown ?? entry.platform).join(", ") };
  const brands = brandsOf(official, official.entries.filter(({ kind }) => kind === "domain").map((entry) => entry.value));
  if (bare && brands.includes(plain.replace(/[\s._-]+/g, ""))) return { verdict: "unreadable", kind: "name", value: name, reasons: [] };
  if (bare && here.length > 0) return { verdict: "official", kind: "handle", value, reasons: [], platform: here.map((entry) => entry.shown ?? entry.platform).join(", ") };
  if (same.length > 0) return { verdict: "imitation", kind: "handle", value, reasons: [{ reason: "platform", detail: platform }] };
  const reasons = reasonsFor(name, [...handles.map((entry) => entry.name), ...brands], lookalikes);
  return { verdict: reasons.length > 0 ? "imitation" : bare && !/^[\w.-]+$/.test(name) ? "unreadable" : "unknown", kind: "handle", value, reasons };
}

/**
 * @param {string} name
 * @param {string[]} ours
 * @param {import("./outlines.js").Lookalikes} lookalikes
 */
function reasonsFor(name, ours, lookalikes) {
  /** @type {import("./verifier.js").Reason[]} */
  const reasons = [];
  const add = (/** @type {string} */ reason, /** @type {string} */ detail) => {
    if (!reasons.some((other) => other.reason === reason)) reasons.push({ reason, detail });
  };
  const tight = (/** @type {string} */ text) => text.replace(/[\s._-]+/g, "");
  const drawn = outline(tight(name), lookalikes);
  const plain = tight(latin(name, lookalikes));
  const parts = name.split(/[\s._-]+|\d+/).filter(Boolean).map((part) => outline(part, lookalikes));
  for (const own of ours) {
    const brand = outline(tight(own), lookalikes);
    const odd = strangers(name, lookalikes);
    if (drawn === brand && odd.length > 0) add("lookalike", odd.map(({ character, code, like }) => `${character} (${code}) → ${like}`).join(", "));
    else if (drawn === brand) add(plain === tight(own) ? "signs" : "swapped", name);
    else if (isLong(own) ? plain.includes(tight(own)) : parts.includes(brand)) add("words", name);
    else if (isLong(own) && drawn.includes(brand)) add("swapped", name);
    else if (isNear(drawn, brand) || parts.some((part) => isNear(part, brand)) || hasNearStart(drawn, brand)) add("spelling", name);
  }
  return reasons;
}

/**
 * Whether a name is long enough to be recognised within another.
 * @param {string} name
 */
function isLong(name) {
  return [...name].length >= 4 || /\p{Script=Han}/u.test(name);
}
