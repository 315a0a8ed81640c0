/** Opening hours against a clock: zones, summer time, nights, holidays, the whole week round. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOf, offsetName, openState, wallClock } from "../../../helpgen/support/client/hours.js";
import { dueDates, fastest, routeTo } from "../../../helpgen/support/client/router.js";

const office = { zone: "Europe/Berlin", weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [[540, 720], [780, 1080]]])), holidays: ["2026-12-25"] };
const always = { zone: "Asia/Shanghai", weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [[0, 1440]]])), holidays: [] };
const night = { zone: "UTC", weekly: { fri: [[1320, 1800]] }, holidays: [] };
const at = (text) => new Date(text);
const iso = (moment) => moment?.toISOString() ?? null;

for (const [name, hours, now, open, until, next] of [
  ["a winter morning", office, "2026-11-23T08:30:00Z", true, "2026-11-23T11:00:00.000Z", null],
  ["the same hour in summer is an hour earlier", office, "2026-07-06T07:00:00Z", true, "2026-07-06T10:00:00.000Z", null],
  ["lunch", office, "2026-11-23T11:30:00Z", false, null, "2026-11-23T12:00:00.000Z"],
  ["the very minute of closing", office, "2026-11-23T17:00:00Z", false, null, "2026-11-24T08:00:00.000Z"],
  ["a weekend", office, "2026-11-21T10:00:00Z", false, null, "2026-11-23T08:00:00.000Z"],
  ["a holiday, then the weekend", office, "2026-12-25T10:00:00Z", false, null, "2026-12-28T08:00:00.000Z"],
  ["Monday after the clocks went forward", office, "2026-03-29T20:00:00Z", false, null, "2026-03-30T07:00:00.000Z"],
  ["round the clock never closes", always, "2026-11-22T18:00:00Z", true, null, null],
  ["after midnight it is still last evening's span", night, "2026-11-21T05:00:00Z", true, "2026-11-21T06:00:00.000Z", null],
  ["no hours at all", { zone: "UTC", weekly: {}, holidays: [] }, "2026-11-21T05:00:00Z", false, null, null],
]) {
  test(name, () => {
    const state = openState(hours, at(now));
    assert.deepEqual({ open: state.open, until: iso(state.until), next: iso(state.next) }, { open, until, next });
  });
}

test("a wall clock and the moment that it shows are inverse in every zone of this Node, also round changes of the clock", () => {
  const zones = Intl.supportedValuesOf("timeZone").filter((_zone, index) => index % 9 === 0);
  assert.ok(zones.length > 30);
  for (const zone of zones) {
    for (const moment of [Date.UTC(2026, 0, 15, 3, 7), Date.UTC(2026, 6, 15, 22, 41), Date.UTC(2026, 2, 29, 4, 30)]) {
      const local = Date.parse(`${wallClock(new Date(moment), zone)}:00Z`);
      assert.equal(momentOf(local, zone), moment, zone);
    }
  }
  assert.equal(offsetName(Date.UTC(2026, 10, 4), "Asia/Kolkata"), "UTC+05:30");
  assert.equal(offsetName(Date.UTC(2026, 10, 4), "America/St_Johns"), "UTC-03:30");
});

const channel = (id, changes) => ({ id, kind: "email", name: id, url: "", public: false, reply_time: "", never_for: "", locales: [], open: null, reply: null, endpoint: "", ...changes });
const channels = [
  channel("office", { open: office, reply: { usual: 5, longest: 0 } }),
  channel("mail", { open: always, reply: { usual: 1440, longest: 4320 } }),
  channel("german", { locales: ["de"] }),
  channel("group", { public: true }),
];

test("open channels come first, another language last, public ones never", () => {
  const order = (now) => routeTo(channels, ["german", "office", "mail", "group", "gone"], "en", at(now)).map((way) => `${way.channel.id} ${way.state}`);
  assert.deepEqual(order("2026-11-23T09:00:00Z"), ["office open", "mail open", "german unknown"]);
  assert.deepEqual(order("2026-11-21T09:00:00Z"), ["mail open", "office closed", "german unknown"]);
});

test("the fastest counts the wait until it opens", () => {
  const pick = (now) => fastest(routeTo(channels, ["office", "mail"], "en", at(now)), at(now))?.channel.id;
  assert.equal(pick("2026-11-23T09:00:00Z"), "office");
  assert.equal(pick("2026-11-21T09:00:00Z"), "mail");
  assert.equal(pick("2026-11-22T20:00:00Z"), "office");
  assert.equal(fastest([], at("2026-11-22T20:00:00Z")), null);
});

test("a reply is due from the moment of opening", () => {
  const due = dueDates(channels[0], at("2026-11-22T20:00:00Z"));
  assert.deepEqual([iso(due.usual), iso(due.longest)], ["2026-11-23T08:05:00.000Z", "2026-11-23T08:05:00.000Z"]);
  assert.deepEqual(dueDates(channels[3], at("2026-11-22T20:00:00Z")), { usual: null, longest: null });
});
