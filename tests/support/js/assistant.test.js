import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, respond, respondAgain, respondWithin, understand } from "../../../helpgen/support/client/assistant.js";
import { readTurns, told, transcriptOf, valuesSaid } from "../../../helpgen/support/client/conversation.js";

const hit = (key, score, more = {}) => ({
  key: `en/${key}`, url: `en/${key}/`, title: key, titleParts: [], path: [], section: "", anchor: "", excerpt: [], score, locale: "en", kind: "article", ...more,
});
const blocks = [{ steps: false, lines: [[{ text: "Do ", mark: false }, { text: "this", mark: true }]] }];
const answer = (key, confidence, fit = 0.6) => ({ query: "", certain: confidence > 0.58, confidence, evidence: { fit, title: 0.2, margin: 0.2 }, hit: hit(key, 5), whole: true, blocks });
const article = (key) => ({ key, title: key, url: `en/${key}/` });
const support = {
  locale: "en",
  scenarios: [
    { id: "deposit", name: { en: "Deposit" }, urgency: "high", articles: [article("deposits/late")], guide: article("guides/deposit") },
    { id: "withdrawal", name: { en: "Withdrawal" }, urgency: "high", articles: [article("withdrawals/late")], guide: null },
    { id: "risk", name: { en: "Risk" }, urgency: "danger", articles: [article("security/risk")], guide: null },
  ],
  danger: { freeze: ["Freeze it."], scenario: "risk" },
};
const searchOf = (found, hits) => ({ answer: async () => found, search: async () => ({ hits }) });

test("danger, a person, manners and questions are told apart", () => {
  for (const text of ["我的账号被盗了", "有一笔提币不是我操作的", "币都被转走了", "I've been hacked!!", "there is a withdrawal I didn't make", "someone logged into my account", "I gave him my seed phrase on a fake site", "验证码告诉别人了怎么办", "帳號被盜"]) {
    assert.equal(understand(text).kind, "danger", text);
  }
  for (const text of ["怎么防止账号被盗", "如何识别骗子", "How can I avoid being scammed?", "is it safe to keep coins here", "我没收到验证码", "my deposit is missing", "提币没到账", "I did not receive the code"]) {
    assert.equal(understand(text).kind, "question", text);
  }
  for (const text of ["人工", "转人工！", "我要找真人客服", "agent", "I want to talk to a person", "can I speak to a human please", "real person"]) assert.equal(understand(text).kind, "person", text);
  for (const text of ["你好", "您好，在吗？", "Hello", "hi there!"]) assert.equal(understand(text).kind, "hello", text);
  for (const text of ["谢谢", "thank you so much"]) assert.equal(understand(text).kind, "thanks", text);
  assert.equal(understand("您好，请问提币要多久，谢谢").text, "提币要多久");
});

test("what is sure is quoted; what is near is proposed; what is far is nothing", () => {
  const hits = [hit("deposits/late", 5), hit("other/a", 3), hit("other/b", 2)];
  const sure = decide("my deposit is late", answer("deposits/late", 0.7), hits, support);
  assert.equal(sure.kind, "answer");
  assert.equal(sure.scenario, "deposit");
  assert.equal(sure.guide.key, "guides/deposit");
  assert.deepEqual(sure.hits.map(({ key }) => key), ["en/other/a", "en/other/b"]);
  assert.equal(decide("my deposit is late", answer("deposits/late", 0.3), hits, support).kind, "perhaps");
  assert.equal(decide("a poem", answer("deposits/late", 0.3, 0.1), hits, support).kind, "nothing");
  assert.equal(decide("a poem", null, [], support).kind, "nothing");
  assert.equal(decide("deposit", answer("deposits/late", 0.9), hits, support).kind, "perhaps", "one word is no question");
});

test("two kinds of trouble that fit alike are asked about", () => {
  const hits = [hit("deposits/late", 5), hit("withdrawals/late", 4.8), hit("other/a", 1)];
  const reply = decide("it has not arrived", answer("deposits/late", 0.3), hits, support);
  assert.equal(reply.kind, "clarify");
  assert.deepEqual(reply.scenarios.map(({ id }) => id), ["deposit", "withdrawal"]);
  const stray = [hit("deposits/late", 5), hit("other/a", 4.9), hit("withdrawals/late", 4.8)];
  assert.equal(decide("it has not arrived", answer("deposits/late", 0.3), stray, support).kind, "perhaps");
});

test("in danger the freeze steps come first, whatever is found", async () => {
  const reply = await respond("my account was hacked", searchOf(answer("other/a", 0.9), [hit("other/a", 5)]), support);
  assert.equal(reply.kind, "danger");
  assert.equal(reply.scenario, "risk");
  assert.equal(reply.answer, null);
});

test("in danger the search is not needed: what the scenario names stands in for what it would find", async () => {
  const fail = async () => { throw new Error("no index"); };
  const never = () => new Promise(() => {});
  for (const search of [{ answer: fail, search: fail }, { answer: never, search: never }, searchOf(null, [])]) {
    for (const text of ["my account was hacked", "Risk"]) {
      const reply = await respond(text, search, support);
      assert.deepEqual([reply.kind, reply.scenario, reply.hits, reply.articles.map(({ key }) => key)], ["danger", "risk", [], ["security/risk"]]);
      const turn = told(text, reply, "en", "");
      assert.deepEqual([turn.links, turn.keys], [[{ title: "security/risk", url: "en/security/risk/" }], ["security/risk"]]);
    }
  }
  const found = await respond("my account was hacked", searchOf(null, [hit("other/a", 5)]), support);
  assert.deepEqual([found.hits.length, found.articles], [1, []], "what the words find comes first");
  await assert.rejects(respond("my deposit is late", { answer: fail, search: fail }, support), "other questions need the search");
});

test("what is about danger says so, though nobody cried for help", async () => {
  const quiet = await respond("signs that tell me to freeze", searchOf(answer("other/a", 0.9), [hit("other/a", 5), hit("security/risk", 4)]), support);
  assert.deepEqual([quiet.kind, quiet.risk], ["answer", true]);
  const other = await respond("my deposit is late", searchOf(answer("deposits/late", 0.7), [hit("deposits/late", 5), hit("other/a", 3)]), support);
  assert.equal(other.risk, false);
  const none = await respond("somebody is buying things", searchOf(answer("other/a", 0.1, 0.01), [hit("security/risk", 1)]), support);
  assert.deepEqual([none.kind, none.risk], ["nothing", false], "what hardly fits says nothing of danger either");
});

test("no help: the troubleshooter, then articles not shown yet, then a person", async () => {
  const hits = [hit("deposits/late", 5), hit("other/a", 3)];
  const search = searchOf(answer("deposits/late", 0.3), hits);
  const first = await respondAgain("late deposit", new Set(["deposits/late"]), "deposit", search, support);
  assert.equal(first.kind, "guide");
  const second = await respondAgain("late deposit", new Set(["deposits/late", "guides/deposit"]), "deposit", search, support);
  assert.deepEqual([second.kind, second.hits.map(({ key }) => key)], ["perhaps", ["en/other/a"]]);
  const third = await respondAgain("late deposit", new Set(["deposits/late", "guides/deposit", "other/a"]), "deposit", search, support);
  assert.equal(third.kind, "person");
});

test("an answer to the question back stays within its kind of trouble", async () => {
  const reply = await respondWithin("not arrived", "withdrawal", searchOf(null, [hit("deposits/late", 5), hit("withdrawals/late", 4)]), support);
  assert.deepEqual(reply.hits.map(({ key }) => key), ["en/withdrawals/late"]);
});

test("a conversation is kept as data, read with care, and told as text", () => {
  const turn = told("late?", decide("late deposit", answer("deposits/late", 0.7), [hit("deposits/late", 5)], support), "en", "2026-11-04T10:00:00Z");
  const turns = [{ who: "reader", at: "2026-11-04T09:59:00Z", text: "late?" }, turn];
  assert.deepEqual(readTurns(JSON.parse(JSON.stringify(turns))), turns);
  assert.deepEqual(turn.quote.blocks, [{ steps: false, lines: ["Do this"] }]);
  for (const wrong of [null, 3, {}, [3], [{ who: "x" }]]) assert.deepEqual(readTurns(wrong), []);
  const evil = readTurns([{ ...turn, links: [{ title: "x", url: "javascript:alert(1)" }, { title: "y", url: "//evil.example/" }, { title: "z", url: "\\\\evil" }] }]);
  assert.deepEqual(evil[0].links.map(({ url }) => url), ["", "", ""]);
  const said = transcriptOf(turns, (kind) => `<${kind}>`, "https://help.example/");
  assert.deepEqual(said.map(({ who, text }) => [who, text]), [["reader", "late?"], ["assistant", "<answer>\n- deposits/late https://help.example/en/deposits/late/"]]);
});

test("what was said fills the fields", () => {
  const fields = [
    { id: "uid", type: "uid", digits: 9, starts: "7" }, { id: "amount", type: "amount", digits: 0, starts: "" },
    { id: "txid", type: "txid", digits: 0, starts: "" }, { id: "address", type: "address", digits: 0, starts: "" },
  ];
  const hash = "0x".padEnd(66, "a1");
  const turns = [
    { who: "reader", at: "", text: `充了200个U没到，UID７12345678，订单123456789` },
    { who: "reader", at: "", text: `txid ${hash} to 0x52908400098527886E0F7030069857D2E4169EE7` },
  ];
  const values = valuesSaid(turns, fields);
  assert.deepEqual([values.uid, values.amount], ["712345678", "200 USDT"]);
  assert.equal(values.txid, hash);
  assert.equal(values.address, "0x52908400098527886E0F7030069857D2E4169EE7");
  assert.deepEqual(valuesSaid([{ who: "reader", at: "", text: "help" }], fields), {});
});
