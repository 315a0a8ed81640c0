/** Fields, what is missing, and the message in both languages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkField, tidy } from "../../../helpgen/support/client/fields.js";
import { fillSubject, missing, writeMessage } from "../../../helpgen/support/client/message.js";
import { saveHandover, takeHandover } from "../../../helpgen/support/client/handover.js";

const support = JSON.parse(readFileSync(new URL("../sample.json", import.meta.url), "utf8"));
const field = (id) => support.fields.find((one) => one.id === id);
const now = new Date("2026-11-22T12:00:00Z");
const HASH = "5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060";

for (const [id, value, network, expected] of [
  ["uid", "", "", "empty"],
  ["uid", "712 345 678", "", "fine"],
  ["uid", "７１２３４５６７８", "", "fine"],
  ["uid", "71234567", "", "wrong uid_digits"],
  ["uid", "812345678", "", "wrong uid_starts"],
  ["uid", "me@example.com", "", "wrong uid_letters"],
  ["amount", "200 USDT", "", "fine"],
  ["amount", "0.5个比特币", "", "fine"],
  ["amount", "1,250.50 usdt", "", "fine"],
  ["amount", "USDT", "", "wrong amount_number"],
  ["amount", "200", "", "wrong amount_coin"],
  ["amount", "0 BTC", "", "wrong amount_zero"],
  ["network", "trc20", "", "fine"],
  ["network", "gone", "", "wrong choice"],
  ["when", "2026-11-04T21:15 Asia/Shanghai", "", "fine"],
  ["when", "2026-11-22T20:30 Asia/Shanghai", "", "wrong time_future"],
  ["when", "2026-11-22T11:30 UTC", "", "fine"],
  ["when", "2019-11-22T11:30 UTC", "", "doubtful time_old"],
  ["when", "yesterday", "", "wrong time"],
  ["when", "2026-11-04T21:15 Mars/Olympus", "", "wrong time"],
  ["txid", HASH, "trc20", "fine"],
  ["txid", `0x${HASH}`, "erc20", "fine"],
  ["txid", `0x${HASH}`, "trc20", "wrong txid_chain"],
  ["txid", HASH.slice(1), "trc20", "wrong txid_shape"],
  ["txid", "no idea", "unsure", "doubtful txid_unknown"],
  ["txid", HASH, "", "fine"],
  ["state", "1", "", "fine"],
  ["state", "7", "", "wrong choice"],
  ["story", "help", "", "doubtful short"],
  ["story", "提币没到账", "", "fine"],
]) {
  test(`${id}: "${value}" ${network}`, () => {
    const { state, code } = checkField(field(id), value, { now, networks: support.networks, network });
    assert.equal([state, code].filter(Boolean).join(" "), expected);
  });
}

test("a wrong chain names those that fit", () => {
  const verdict = checkField(field("txid"), `0x${HASH}`, { now, networks: support.networks, network: "trc20" });
  assert.ok(verdict.chains.includes("ethereum"));
  assert.equal(tidy(field("txid"), ` https://tronscan.org/#/transaction/${HASH} `), HASH);
});

const values = { uid: "712345678", amount: "200 USDT", network: "trc20", txid: HASH, when: "2026-11-04T21:15 Asia/Shanghai", story: "It left the other side.\nNothing here." };

test("what is missing, in the order of the fields", () => {
  const [scenario] = support.scenarios;
  assert.deepEqual(missing(support, scenario, values, now), []);
  const found = missing(support, scenario, { ...values, uid: "", txid: `0x${HASH}` }, now);
  assert.deepEqual(found.map(({ field, state }) => [field.id, state]), [["uid", "empty"], ["txid", "wrong"]]);
});

test("the message in the language of the reader and in that of support", () => {
  const { mine, theirs } = writeMessage(support, { scenario: "deposit", values: { ...values, state: "1" }, read: ["Find the TxID"], path: ["Is it confirmed? Yes"], page: "https://help.example/en/" });
  assert.equal(mine.subject, "Deposit not arrived: 200 USDT (UID 712345678)");
  assert.equal(theirs.subject, "[充币没到账] 200 USDT UID 712345678");
  assert.equal(
    mine.body,
    `Deposit not arrived

UID: 712345678
Amount: 200 USDT
Network: TRON
TxID: ${HASH}
When: 2026-11-04 21:15 (Asia/Shanghai, UTC+08:00)
Shows: Done

What happened:
It left the other side.
Nothing here.

Read:
- Find the TxID

Steps:
- Is it confirmed? Yes

From: https://help.example/en/`,
  );
  assert.match(theirs.body, /网络：波场\n/);
  assert.match(theirs.body, /时间：2026-11-04 21:15（Asia\/Shanghai, UTC\+08:00）/);
  assert.match(theirs.body, /显示：完成/);
});

test("needed fields that are empty are said to be, others are left out", () => {
  const { mine } = writeMessage(support, { scenario: "deposit", values: {} });
  assert.equal(mine.subject, "Deposit not arrived");
  assert.match(mine.body, /UID: \(not given\)/);
  assert.doesNotMatch(mine.body, /Shows/);
  assert.deepEqual(writeMessage({ ...support, language: "en" }, { scenario: "gone", values }).mine, { subject: "", body: "" });
});

test("a subject is one line, and what readers type cannot become a place of it", () => {
  const filled = fillSubject("[x][ {a}][ {b}] {c}", new Map([["a", "one\r\nBcc: evil@example.com"], ["c", "{a} $& $1"]]));
  assert.equal(filled, "[x] one Bcc: evil@example.com {a} $& $1");
  assert.equal(fillSubject("{a}", new Map([["a", "长".repeat(500)]])).length, 120);
});

class Store extends Map {
  getItem(key) {
    return this.get(key) ?? null;
  }
  setItem(key, value) {
    this.set(key, value);
  }
  removeItem(key) {
    this.delete(key);
  }
}

test("a handover is taken once, and only what has the right form", () => {
  const store = new Store();
  assert.equal(saveHandover({ scenario: "deposit", fields: { uid: "712345678" }, path: ["a"], transcript: [{ who: "reader", text: "hi", at: "" }] }, store), true);
  assert.deepEqual(takeHandover(store), { scenario: "deposit", fields: { uid: "712345678" }, path: ["a"], transcript: [{ who: "reader", text: "hi", at: "" }] });
  assert.equal(takeHandover(store), null);
  store.setItem("hg-handover", '{"fields": {"uid": 3}, "path": "x", "transcript": [{"who": "evil", "text": "t"}, {"text": 4}, null]}');
  assert.deepEqual(takeHandover(store), { scenario: "", fields: {}, transcript: [{ who: "assistant", text: "t", at: "" }], path: [] });
  store.setItem("hg-handover", "not json");
  assert.equal(takeHandover(store), null);
});
