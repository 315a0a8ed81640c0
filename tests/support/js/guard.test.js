import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { needsTables, readTables } from "../../../helpgen/support/client/guard-tables.js";
import { findSecrets, removeSecrets } from "../../../helpgen/support/client/guard.js";

const DATA = new URL("../../../helpgen/support/data/phrase-words.json", import.meta.url);
const SET = ["secrets.jsonl", "secrets-by-hand.jsonl"].flatMap((name) => readFileSync(new URL(`../sets/${name}`, import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line)));
const tables = readTables(JSON.parse(readFileSync(DATA, "utf8")));
const kinds = (/** @type {string} */ text) => findSecrets(text, tables).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
const PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";

test("places are those of the text as it was given", () => {
  assert.deepEqual(kinds("密码：Ｈａｒｂ\u200bｏｕｒ７，不对"), [["password", "Ｈａｒｂ\u200bｏｕｒ７"]]);
  assert.deepEqual(kinds(`😀 ${PHRASE} 😀`), [["seed-phrase", PHRASE]]);
});

test("several secrets in one message are all found, in order and without overlaps", () => {
  const text = `UID 88912345, password: Harbour7, code 482913.\n${PHRASE}\ncard 4111 1111 1111 1111`;
  assert.deepEqual(kinds(text).map(([kind]) => kind), ["password", "one-time-code", "seed-phrase", "card"]);
});

test("64 hexadecimal digits are a key or a transaction by the word that stands nearest", () => {
  const hex = "88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";
  assert.deepEqual(kinds(`私钥 ${hex}`), [["private-key", hex]]);
  assert.deepEqual(kinds(`我没给过别人私钥，TxID 是 ${hex}`), []);
  assert.deepEqual(kinds(hex), []);
});

test("without the tables all but the phrases is found", () => {
  const text = `${PHRASE} password: Harbour7`;
  assert.deepEqual(findSecrets(text, null).map(({ kind }) => kind), ["password"]);
});

test("the tables are asked for whenever a phrase of the set could be missed without them", () => {
  for (const { kind, text } of SET) if (kind === "seed-phrase") assert.ok(needsTables(text), text);
  for (const text of ["提币没到怎么办", "充值了怎么还没有到账，我很着急", "my withdrawal has not arrived after two hours"]) assert.ok(!needsTables(text), text);
});

test("what has been removed is found no more, and nothing else has gone", () => {
  for (const { text } of SET) {
    const found = findSecrets(text, tables);
    const left = removeSecrets(text, found, "[removed]");
    assert.deepEqual(findSecrets(left, tables), [], text);
    const length = found.reduce((sum, { start, end }) => sum + end - start - "[removed]".length, 0);
    assert.equal(left.length, text.length - length);
  }
});

test("the words round a phrase stay, though the list has them too", () => {
  const mistyped = PHRASE.replace("wave", "wvae");
  for (const [before, phrase, after] of [
    ["my seed phrase ", PHRASE, " please help me"],
    ["seed phrase: ", PHRASE, "\nplease help, my deposit is missing"],
    ["", PHRASE, ", can you check why the withdrawal is late"],
    ["my phrase ", mistyped, " help"],
    ["wallet says invalid (", PHRASE.split(" ").map((word, i) => `${i + 1}. ${word}`).join(" ").slice(3), ") what now"],
    ["I wrote them on paper like this ", PHRASE.replace(/\b\w/g, (letter) => letter.toUpperCase()), " thanks"],
    ["助记词如下：", "推 画 疆 吧 锦 伏 陈 抑 鉴 驶 遭 得", " 帮忙看看"],
  ]) {
    const text = before + phrase + after;
    const [{ start, end }, ...others] = findSecrets(text, tables);
    assert.deepEqual([text.slice(start, end).replace(/^1\. /, ""), others], [phrase, []]);
  }
});

test("a long text is examined in reasonable time, whatever it holds", () => {
  for (const piece of ["a1B2", "密码是", "1 ", "code ", "的", "abandn ", "[1,", "private key ", "{\"crypto\":"]) {
    findSecrets(piece.repeat(Math.ceil(50_000 / piece.length)), tables);
  }
});
