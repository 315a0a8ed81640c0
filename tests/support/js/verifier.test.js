import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { domainToASCII } from "node:url";
import { readLookalikes } from "../../../helpgen/support/client/outlines.js";
import { fromPunycode } from "../../../helpgen/support/client/punycode.js";
import { judge } from "../../../helpgen/support/client/verifier.js";

const lookalikes = readLookalikes(JSON.parse(readFileSync(new URL("../../../helpgen/support/data/lookalikes.json", import.meta.url), "utf8")));
/** @type {import("../../../helpgen/support/client/verifier.js").Official} */
const OFFICIAL = {
  names: ["Skerry", "礁灯"],
  entries: [
    { kind: "domain", value: "skerry.example", platform: "" },
    { kind: "email", value: "support@skerry.example", platform: "" },
    { kind: "url", value: "https://t.me/skerry_official", platform: "" },
    { kind: "handle", value: "@skerry_official", platform: "telegram", shown: "Telegram" },
    { kind: "handle", value: "@skerry", platform: "x" },
  ],
};
const asked = (/** @type {string} */ text) => judge(text, OFFICIAL, lookalikes);
const reasons = (/** @type {string} */ text) => asked(text).reasons.map(({ reason }) => reason);

test("names of other scripts are read back from their technical form", () => {
  for (const host of ["bücher.example", "пример.рф", "例子.测试", "www.skеrry.example", "☕.example", "plain.example"]) {
    assert.equal(fromPunycode(domainToASCII(host)), host);
  }
  assert.equal(fromPunycode("xn--!.example"), "xn--!.example");
});

test("each trick is called by its name", () => {
  /** @type {[string, string][]} */
  const tricks = [
    ["https://www.skеrry.example", "lookalike"],
    ["https://skerry.com", "ending"],
    ["https://skerry-login.com", "words"],
    ["https://skerry.example.safe.net", "subdomain"],
    ["https://skerry.example@evil.net", "userinfo"],
    ["https://evil.net/skerry.example", "path"],
    ["https://sk3rry.net", "swapped"],
    ["https://skery.example", "spelling"],
    ["skerryexample.com", "joined"],
    ["skerry.help@mail.net", "local"],
    ['"Skerry" <a@mail.net>', "shown"],
    ["https://x.com/skerry_official", "platform"],
    ["telegram: skerryofficial", "signs"],
  ];
  for (const [text, reason] of tricks) {
    assert.equal(asked(text).verdict, "imitation", text);
    assert.ok(reasons(text).includes(reason), `${text}: ${reasons(text)}`);
  }
  assert.match(asked("https://www.skеrry.example").reasons[0].detail ?? "", /U\+0435/);
});

test("a browser's reading decides whose a link is, not where our name stands", () => {
  assert.equal(asked("https://skerry.example\\@evil.net").verdict, "official");
  assert.equal(asked("https://evil.net\\@skerry.example").verdict, "imitation");
  assert.equal(asked("https://evil.net#@skerry.example").verdict, "imitation");
  assert.equal(asked("https://skerry%2eexample/").verdict, "official");
  assert.equal(asked("https://skerry.example%2eevil.net/").verdict, "imitation");
  assert.equal(asked("https://user:word@skerry.example/").verdict, "official");
  for (const text of ["javascript:alert(1)", "data:text/html,skerry.example"]) assert.notEqual(asked(text).verdict, "official", text);
});

test("an account is ours on its platform only", () => {
  assert.deepEqual([asked("telegram: @skerry_official").verdict, asked("@skerry_official").platform], ["official", "Telegram"]);
  assert.equal(asked("https://discord.gg/skerry").verdict, "imitation");
  assert.equal(asked("https://t.me/skerry_official/5").verdict, "official");
});

test("a bare name, a sentence and nothing are not judged", () => {
  for (const text of ["skerry", "礁灯", "hello there", "", "  ", "\u200b"]) assert.equal(asked(text).verdict, "unreadable", text);
});

test("nothing that is pasted throws", () => {
  for (const text of ["http://[", "@", "://", "%", "https://%zz", "a@b", "xn--", "https://xn--a/", "tel:", "+", "<>", "[.]", "mailto:", "\ud800.example", "…".repeat(500)]) {
    assert.ok(asked(text).verdict);
  }
});
