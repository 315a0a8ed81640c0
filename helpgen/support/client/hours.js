// Opening hours: is a channel open at a moment, until when, or when does it open again. Zones by Intl, so that summer time
// and the reader's own zone are right.

/**
 * @typedef {object} Hours
 * @property {string} zone  IANA name
 * @property {Record<string, [number, number][]>} weekly  "mon" … "sun" -> spans in minutes since midnight
 * @property {string[]} holidays  ISO days on which no span begins
 * @typedef {{ open: boolean, until: Date | null, next: Date | null }} OpenState
 *   until: when it closes (null = not within the days looked at); next: when it opens again (null = likewise)
 */

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
// Further than the longest holidays: two weeks.
const AHEAD = 15;

/**
 * @param {Hours} hours
 * @param {Date} now
 * @returns {OpenState}
 */
export function openState(hours, now) {
  const spans = spansAround(hours, now);
  const current = spans.find(([start, end]) => start <= now.getTime() && now.getTime() < end);
  if (current) {
    const always = current[1] - now.getTime() > (AHEAD - 2) * DAY;
    return { open: true, until: always ? null : new Date(current[1]), next: null };
  }
  const next = spans.find(([start]) => start > now.getTime());
  return { open: false, until: null, next: next ? new Date(next[0]) : null };
}

/**
 * The spans from yesterday on as moments, those that meet joined into one.
 * @param {Hours} hours
 * @param {Date} now
 * @returns {[number, number][]}
 */
function spansAround(hours, now) {
  const holidays = new Set(hours.holidays);
  const today = Date.parse(`${wallClock(now, hours.zone).slice(0, 10)}T00:00:00Z`);
  /** @type {[number, number][]} */
  const spans = [];
  for (let step = -1; step <= AHEAD; step += 1) {
    const day = new Date(today + step * DAY);
    if (holidays.has(day.toISOString().slice(0, 10))) continue;
    for (const [start, end] of hours.weekly[WEEKDAYS[day.getUTCDay()]] ?? []) {
      spans.push([momentOf(day.getTime() + start * MINUTE, hours.zone), momentOf(day.getTime() + end * MINUTE, hours.zone)]);
    }
  }
  spans.sort((one, other) => one[0] - other[0]);
  /** @type {[number, number][]} */
  const joined = [];
  for (const [start, end] of spans) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/**
 * What a clock on the wall shows: "2026-11-04T21:15".
 * @param {Date} moment
 * @param {string} zone
 */
export function wallClock(moment, zone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}T${parts.get("hour")}:${parts.get("minute")}`;
}

/**
 * The moment at which a clock in a zone shows a time. `local` are milliseconds as if the zone were UTC.
 * @param {number} local
 * @param {string} zone
 * @returns {number} milliseconds since 1970
 */
export function momentOf(local, zone) {
  // Twice, because the first guess may lie on the other side of a change to summer time.
  let moment = local - offsetOf(local, zone);
  moment = local - offsetOf(moment, zone);
  return moment;
}

/**
 * Milliseconds by which a zone is ahead of UTC at a moment.
 * @param {number} moment
 * @param {string} zone
 */
export function offsetOf(moment, zone) {
  const whole = Math.floor(moment / MINUTE) * MINUTE;
  return Date.parse(`${wallClock(new Date(whole), zone)}:00Z`) - whole;
}

/**
 * "UTC+08:00", as it was at a moment.
 * @param {number} moment
 * @param {string} zone
 */
export function offsetName(moment, zone) {
  const minutes = Math.round(offsetOf(moment, zone) / MINUTE);
  const digits = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `UTC${minutes < 0 ? "-" : "+"}${digits(Math.floor(Math.abs(minutes) / 60))}:${digits(Math.abs(minutes) % 60)}`;
}
