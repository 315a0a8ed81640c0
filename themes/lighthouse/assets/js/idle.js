// Work that can wait until the page has nothing better to do.

/** Safari has no idle callback, and a busy page may never be idle. Milliseconds. */
const SOON = 200;
const LATEST = 2_000;

/**
 * @param {() => void} work
 * @param {number} [latest]
 */
export function whenIdle(work, latest = LATEST) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: latest });
  else setTimeout(work, SOON);
}
