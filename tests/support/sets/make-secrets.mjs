// Writes secrets.jsonl, the labelled set of the secret guard: `node tests/support/sets/make-secrets.mjs`. With --check
// it writes nothing and fails if another file would come out.
//
// Keys, phrases, cards, addresses and transaction ids are made here with their real checksums and signatures, by
// Node's own cryptography and a fixed seed, so that the same file comes out each time; nothing in it was ever used.
// A line: { part, kind ("" = nothing secret), group, text, value }. Where there is a value, the guard must cover it.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { keccak256 } from "../../../helpgen/support/client/digests.js";
import { AROUND, ORDINARY } from "./secret-sentences.mjs";

const HERE = new URL(".", import.meta.url);
const WORDS = JSON.parse(readFileSync(new URL("../../../helpgen/support/data/phrase-words.json", HERE), "utf8"));
const LISTS = { english: WORDS.english.split(" "), simplified: [...WORDS.simplified], traditional: [...WORDS.traditional] };
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// Mulberry32, a small generator with a seed.
let state = 20261122;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];
const some = (alphabet, length) => Array.from({ length }, () => one([...alphabet])).join("");
const bytes = (length) => Buffer.from(Array.from({ length }, () => below(256)));
const sha = (data) => createHash("sha256").update(data).digest();
const digits = (length) => some("123456789", 1) + some("0123456789", length - 1);

function base58(data) {
  let value = BigInt(`0x${data.toString("hex") || "0"}`);
  let text = "";
  for (; value > 0n; value /= 58n) text = BASE58[Number(value % 58n)] + text;
  for (let i = 0; data[i] === 0; i += 1) text = `1${text}`;
  return text;
}
const base58check = (data) => base58(Buffer.concat([data, sha(sha(data)).subarray(0, 4)]));
const hex = (length) => bytes(length).toString("hex");

function phrase(list, count) {
  const entropy = bytes((count * 4) / 3);
  const bits = [...entropy, sha(entropy)[0]].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: count }, (_, i) => LISTS[list][parseInt(bits.slice(11 * i, 11 * i + 11), 2)]);
}

function typo(word) {
  const i = 1 + below(word.length - 1);
  const letter = some("abcdefghijklmnopqrstuvwxyz", 1);
  return one([word.slice(0, i) + word.slice(i + 1), word.slice(0, i) + letter + word.slice(i), word.slice(0, i) + word[i] + word.slice(i), word.slice(0, i - 1) + word[i] + word[i - 1] + word.slice(i + 1)]);
}

const SEPARATED = [
  (words) => words.join(" "),
  (words) => words.join(", "),
  (words) => words.join("\n"),
  (words) => words.map((word, i) => `${i + 1}. ${word}`).join("\n"),
  (words) => words.map((word, i) => `${i + 1}.${word}`).join(" "),
  (words) => words.map((word, i) => `${i + 1}) ${word}`).join(" "),
  (words) => words.join("-"),
  (words) => words.join(" | "),
  (words) => words.map((word) => word + one([" ", ", ", "  ", "\n", " - ", "/"])).join("").trim(),
  (words) => words.map((word, i) => (i % 4 === 3 ? `${word}\n` : `${word} `)).join("").trim(),
];
const ENGLISH = [
  ...SEPARATED,
  (words) => words.map((word) => word.toUpperCase()).join(" "),
  (words) => words.map((word) => word[0].toUpperCase() + word.slice(1)).join(" "),
  (words) => words.map((word, i) => (i === 4 ? typo(word) : word)).join(" "),
  (words) => words.map((word, i) => (i === 2 || i === 9 ? typo(word) : word)).join(" "),
  (words) => words.map((word, i) => `word ${i + 1}: ${word}`).join(", "),
  (words) => words.map((word) => word.slice(0, 4)).join(" "),
  (words) => words.map((word) => word[0].toUpperCase() + word.slice(1)).join(""),
  (words) => words.join(""),
  (words) => words.map((word, i) => `第${i + 1}个 ${word}`).join("，"),
  (words) => words.join("\u200b \u200b"),
];
const CHINESE = [
  ...SEPARATED,
  (words) => words.join("　"),
  (words) => words.join("，"),
  (words) => words.join("、"),
  (words) => words.join(""),
  (words) => words.join(""),
  (words) => words.map((word, i) => (i % 4 === 3 ? `${word} ` : word)).join("").trim(),
  (words) => words.map((word, i) => (i === 5 ? "鑫" : word)).join(" "),
  (words) => words.map((word, i) => `（${i + 1}）${word}`).join(""),
];

const lines = [];
/** Sentences in turn, so that both halves get every shape. */
function add(kind, group, sentences, values) {
  values.forEach((value, i) => {
    const place = i % sentences.length;
    // The number before the first word of a phrase is not part of the secret.
    const secret = kind === "seed-phrase" ? value.replace(/^(?:word |第|（)?1(?:[.):）]|个)\s*/, "") : value;
    lines.push({ part: place % 2 ? "held-out" : "tuning", kind, group, text: sentences[place].replace("%", () => value), value: kind ? secret : "" });
  });
}
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

for (const [list, count, shapes] of [["english", 160, ENGLISH], ["simplified", 110, CHINESE], ["traditional", 80, CHINESE]]) {
  add("seed-phrase", list, AROUND.phrase, times(count, (i) => shapes[(i * 7) % shapes.length](phrase(list, [12, 12, 24, 12, 18, 15, 21][i % 7]))));
}

// Private keys.
const wif = (version, compressed) => base58check(Buffer.concat([Buffer.from([version]), bytes(32), Buffer.from(compressed ? [1] : [])]));
const PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const ed25519 = (seed) => createPrivateKey({ key: Buffer.concat([PREFIX, seed]), format: "der", type: "pkcs8" });
const publicOf = (key) => createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
const keyPair = () => {
  const seed = bytes(32);
  return Buffer.concat([seed, publicOf(ed25519(seed))]);
};
const extended = (version) => base58check(Buffer.concat([Buffer.from(version, "hex"), Buffer.from([0]), bytes(8), bytes(32), Buffer.from([0]), bytes(32)]));
const change = (text) => {
  const i = 5 + below(text.length - 6);
  return text.slice(0, i) + (text[i] === "x" ? "y" : "x") + text.slice(i + 1);
};
add("private-key", "WIF", AROUND.key, times(44, (i) => [() => wif(0x80, false), () => wif(0x80, true), () => wif(0xef, true), () => wif(0xb0, true), () => change(wif(0x80, true))][i % 5]()));
add("private-key", "extended", AROUND.key, times(24, (i) => extended(["0488ade4", "049d7878", "04b2430c", "04358394"][i % 4])));
add("private-key", "64 bytes base58", AROUND.key, times(48, () => base58(keyPair())));
add("private-key", "64 bytes list", AROUND.key, times(12, () => `[${[...keyPair()].join(",")}]`));
add("private-key", "hex", AROUND.hexKey, times(48, (i) => [() => hex(32), () => `0x${hex(32)}`, () => hex(32).toUpperCase(), () => hex(32).match(/.{8}/g).join(" ")][i % 4]()));
add("private-key", "PEM", AROUND.key, times(8, () => `-----BEGIN PRIVATE KEY-----\n${bytes(48).toString("base64")}\n-----END PRIVATE KEY-----`));

const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
add("api-secret", "named", AROUND.api, times(72, (i) => [() => some(ALNUM, 64), () => some(ALNUM, 32), () => hex(16).toUpperCase(), () => bytes(30).toString("base64url"), () => `${hex(4)}-${hex(2)}-${hex(2)}-${hex(2)}-${hex(6)}`, () => hex(32)][i % 6]()));

const PASSWORDS = ["Harbour7", "Qwer!234", "abc123456", "Sunny-Day-88", "P@ssw0rd", "lighthouse!9", "woaini1314", "Zx9#kk21", "19881024ab", "MyDog_Rex7", "tR0ub4dor&3", "a1b2c3d4", "Hello2World", "iloveyou520", "Summer2026!", "88harbour", "Xk7$Lm2@", "qq123456789", "Liverpool#1", "x9-fG-22-Kk", "zhangwei1990", "NeverMore13", "Abcd.1234", "5tgb6yhn", "!QAZ2wsx", "skerry_2026", "Wang&Li99", "m0nkeyB1ke", "Kaffee+Kuchen2", "1qaz@WSX"];
add("password", "named", AROUND.password, times(100, (i) => PASSWORDS[i % PASSWORDS.length]));
add("one-time-code", "named", AROUND.code, times(100, (i) => [() => digits(6), () => `${digits(3)} ${digits(3)}`, () => digits(6), () => digits(6)][i % 4]()));

function luhn(prefix, length) {
  const body = prefix + some("0123456789", length - prefix.length - 1);
  const sum = [...body].reverse().reduce((total, digit, i) => total + (i % 2 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)]), 0);
  return body + ((10 - (sum % 10)) % 10);
}
const grouped = (number) => number.match(/.{1,4}/g).join(" ");
add("card", "card", AROUND.card, times(64, (i) => {
  const number = [() => luhn("4", 16), () => luhn(one(["51", "53", "55", "2221"]), 16), () => luhn(one(["34", "37"]), 15), () => luhn("62", 19), () => luhn("62", 16), () => luhn("6011", 16)][i % 6]();
  return [number, grouped(number), grouped(number).replaceAll(" ", "-"), [...number].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("")][Math.floor(i / 6) % 4];
}));

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const chineseId = () => {
  const body = one(["110105", "310115", "440305", "510104", "330106"]) + (1950 + below(56)) + String(1 + below(12)).padStart(2, "0") + String(1 + below(28)).padStart(2, "0") + some("0123456789", 3);
  return body + "10X98765432"[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];
};
const hongKongId = () => {
  const body = one([..."ABCDGKPRVYZ"]) + some("0123456789", 6);
  const sum = [...` ${body}`].reduce((total, c, i) => total + (c === " " ? 36 : parseInt(c, 36)) * (9 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return `${body}(${check === 10 ? "A" : check})`;
};
add("national-id", "with check digit", AROUND.id, times(48, (i) => (i % 4 === 3 ? hongKongId() : chineseId())));
add("national-id", "passport", AROUND.passport, times(16, (i) => [() => `E${digits(8)}`, () => `EK${digits(7)}`, () => digits(9)][i % 3]()));

// What must pass.
const signature = () => base58(sign(null, bytes(64), ed25519(bytes(32))));
add("", "txid", AROUND.txid, times(200, (i) => [() => hex(32), () => `0x${hex(32)}`, signature, () => hex(32).toUpperCase(), signature][i % 5]()));
function eip55(lower) {
  const hash = Buffer.from(keccak256(new TextEncoder().encode(lower))).toString("hex");
  return `0x${[...lower].map((c, i) => (parseInt(hash[i], 16) > 7 ? c.toUpperCase() : c)).join("")}`;
}
const payload = (version) => base58check(Buffer.concat([Buffer.from([version]), bytes(20)]));
add("", "address", AROUND.address, times(150, (i) => [() => payload(0), () => eip55(hex(20)), () => payload(0x41), () => base58(publicOf(ed25519(bytes(32)))), () => payload(5), () => `0x${hex(20)}`, () => `bc1q${some("qpzry9x8gf2tvdw0s3jn54khce6mua7l", 38)}`, () => payload(0x30)][i % 8]()));
add("", "uid", AROUND.uid, times(60, (i) => digits([6, 7, 8, 9, 10][i % 5])));
add("", "order", AROUND.order, times(60, (i) => [() => digits(16), () => digits(19), () => `20261102${digits(10)}`, () => `S${digits(9)}`, () => digits(18)][i % 5]()));
add("", "amount", AROUND.amount, times(36, (i) => [`${digits(3)}.${digits(2)} USDT`, `0.${digits(8)} BTC`, `${digits(1)},${digits(3)},${digits(3)}.00 USD`, `${digits(5)} 元`][i % 4]));
ORDINARY.forEach((text, i) => lines.push({ part: i % 2 ? "held-out" : "tuning", kind: "", group: "ordinary", text, value: "" }));

const made = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
const path = new URL("secrets.jsonl", HERE);
if (!process.argv.includes("--check")) writeFileSync(path, made);
else process.exitCode = readFileSync(path, "utf8") === made ? 0 : 1;
