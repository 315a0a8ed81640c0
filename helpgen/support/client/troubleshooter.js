/**
 * The way of a reader through a troubleshooter. Knows no DOM: steps come as data, and go back as data.
 *
 * @typedef {{anchor: string, title: string, choices: {label: string, to: string}[]}} Step
 *   `to` is the anchor of a step, "" where the choice leads out of the troubleshooter
 * @typedef {{at: string, title: string, label: string, to: string}} Turn  one answer: where, and where it led
 */

/**
 * For each step, how many steps can still follow at most. Steps never lead in a circle: `helpgen check` sees to that,
 * and one that does all the same counts as no way on.
 * @param {Step[]} steps
 * @returns {Map<string, number>}
 */
export function longestWays(steps) {
  const byAnchor = new Map(steps.map((step) => [step.anchor, step]));
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @param {string} anchor @param {Set<string>} above @returns {number} */
  const measure = (anchor, above) => {
    const step = byAnchor.get(anchor);
    if (!step || above.has(anchor)) return -1;
    const before = known.get(anchor);
    if (before !== undefined) return before;
    const inside = new Set(above).add(anchor);
    const length = step.choices.reduce((most, { to }) => Math.max(most, 1 + measure(to, inside)), 0);
    known.set(anchor, length);
    return length;
  };
  for (const step of steps) measure(step.anchor, new Set());
  return known;
}

/**
 * The way that ends at a step: the beginning of the way taken so far that leads there, or nothing for who comes from
 * elsewhere. So going back in the browser takes answers back, and an answer that was changed drops those after it.
 * @param {Step[]} steps
 * @param {Turn[]} taken
 * @param {string} anchor
 * @returns {Turn[]}
 */
export function wayTo(steps, taken, anchor) {
  const way = [];
  let at = steps[0]?.anchor ?? "";
  if (anchor === at) return [];
  for (const turn of taken) {
    if (turn.at !== at) break;
    way.push(turn);
    at = turn.to;
    if (at === anchor) return way;
  }
  return [];
}

/**
 * The way with one more answer; the answers that were given after this step are dropped.
 * @param {Step[]} steps
 * @param {Turn[]} taken
 * @param {Turn} turn
 * @returns {Turn[]}
 */
export function take(steps, taken, turn) {
  return [...wayTo(steps, taken, turn.at), turn];
}

/**
 * What was kept from an earlier page, if it is a way at all.
 * @param {unknown} kept
 * @returns {Turn[]}
 */
export function readWay(kept) {
  const isTurn = (/** @type {any} */ turn) =>
    turn !== null && typeof turn === "object" && ["at", "title", "label", "to"].every((name) => typeof turn[name] === "string");
  return Array.isArray(kept) && kept.every(isTurn) ? kept : [];
}
