import assert from "node:assert/strict";
import { test } from "node:test";
import { longestWays, readWay, take, wayTo } from "../../../helpgen/support/client/troubleshooter.js";

const steps = [
  { anchor: "a", title: "A", choices: [{ label: "to b", to: "b" }, { label: "to c", to: "c" }, { label: "out", to: "" }] },
  { anchor: "b", title: "B", choices: [{ label: "to c", to: "c" }] },
  { anchor: "c", title: "C", choices: [{ label: "to d", to: "d" }] },
  { anchor: "d", title: "D", choices: [] },
];
const turn = (at, to) => ({ at, title: at.toUpperCase(), label: `to ${to}`, to });

test("the longest way counts the steps that can still follow", () => {
  assert.deepEqual([...longestWays(steps)].sort(), [["a", 3], ["b", 2], ["c", 1], ["d", 0]]);
  const circle = [
    { anchor: "a", title: "", choices: [{ label: "", to: "b" }] },
    { anchor: "b", title: "", choices: [{ label: "", to: "a" }, { label: "", to: "gone" }] },
  ];
  assert.equal(longestWays(circle).get("a"), 1);
});

test("a way that was taken leads back to each of its steps", () => {
  let taken = take(steps, [], turn("a", "b"));
  taken = take(steps, taken, turn("b", "c"));
  assert.deepEqual(wayTo(steps, taken, "c"), taken);
  assert.deepEqual(wayTo(steps, taken, "b"), taken.slice(0, 1));
  assert.deepEqual(wayTo(steps, taken, "a"), []);
  assert.deepEqual(wayTo(steps, taken, "d"), [], "who comes to a step from elsewhere has no way behind them");
});

test("a changed answer drops those after it", () => {
  const taken = [turn("a", "b"), turn("b", "c"), turn("c", "d")];
  assert.deepEqual(take(steps, taken, turn("a", "c")), [turn("a", "c")]);
});

test("what is kept on the device is read with care", () => {
  assert.deepEqual(readWay([turn("a", "b")]), [turn("a", "b")]);
  for (const wrong of [null, 7, "x", {}, [null], [{ at: "a" }], [{ ...turn("a", "b"), to: 3 }]]) assert.deepEqual(readWay(wrong), []);
});
