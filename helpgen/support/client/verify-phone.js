// Whether a phone number is ours. The build knows how numbers are written (libphonenumber's rules) and ships the digits
// of each form; here only digits are compared.
import { distance } from "./spelling.js";

const KEYPAD = "abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9";

/**
 * @param {string} text
 * @param {import("./verifier.js").Official} official
 * @returns {import("./verifier.js").Judgement}
 */
export function judgePhone(text, official) {
  const digits = digitsOf(text);
  const value = text.replace(/^(?:tel|sms):/i, "").trim();
  const phones = official.entries.filter(({ kind }) => kind === "phone");
  const ours = phones.find(({ forms }) => forms?.includes(digits));
  if (ours) return { verdict: "official", kind: "phone", value: ours.value, reasons: [] };
  const like = phones.find(({ forms }) => forms?.some((form) => form.length >= 7 && (distance(form, digits) <= 2 || digits.includes(form))));
  if (like) return { verdict: "imitation", kind: "phone", value, reasons: [{ reason: "digits", detail: like.value }] };
  return { verdict: "unknown", kind: "phone", value, reasons: phones.length === 0 ? [{ reason: "no-phone" }] : [] };
}

/**
 * Digits alone; letters by their keys, the (0) of international numbers and extensions left out.
 * @param {string} text
 */
function digitsOf(text) {
  const number = text.replace(/^(?:tel|sms):/i, "").replace(/(?:ext\.?|[x×]|转|分机|;ext=).*$/i, "").replace(/\(0\)/g, "").toLowerCase();
  const keyed = number.replace(/[a-z]/g, (letter) => /\d/.exec(KEYPAD.slice(KEYPAD.indexOf(letter)))?.[0] ?? "");
  return keyed.replace(/\D/g, "");
}
