// Card numbers and national identity numbers: digits with a check digit.
import { labelOf } from "./guard-text.js";

/** @typedef {import("./guard.js").Secret} Secret */

// The networks' first digits and lengths (ISO/IEC 7812 issuer ranges as the networks publish them).
const CARD = /^(?:4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17}|81\d{14,17})$/;
// Not within a link or a file's name.
const DIGITS = /(?<![0-9A-Za-z./_=-])\d(?:[ .\u2013-]?\d){12,22}(?![0-9A-Za-z]|[-_][A-Za-z])/g;

/**
 * @param {string} text  folded
 * @returns {Secret[]}
 */
export function findCards(text) {
  /** @type {Secret[]} */
  const found = [];
  for (const match of text.matchAll(DIGITS)) {
    const digits = match[0].replace(/\D/g, "");
    const [start, end] = [match.index, match.index + match[0].length];
    const label = labelOf(text, start, end);
    const named = label === "card" && digits.length >= 13 && digits.length <= 19;
    // Twice groups of other lengths is a telephone number or an amount, and no card is written so.
    if (named || (CARD.test(digits) && luhn(digits) && label !== "harmless" && isGroupedLikeCard(match[0]))) found.push({ kind: "card", start, end });
  }
  return found;
}

/** @param {string} text */
function isGroupedLikeCard(text) {
  const groups = text.split(/\D/).map((group) => group.length);
  return groups.length === 1 || groups.slice(0, -1).every((length) => length >= 4 && length <= 6);
}

/** @param {string} digits */
function luhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** @type {[RegExp, (value: string) => boolean][]} */
const NATIONAL = [
  // China: region, date of birth, order, check character (GB 11643).
  [/(?<![0-9A-Za-z])[1-8]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])/g, isChineseId],
  // Hong Kong, in its usual form with brackets, and Taiwan.
  [/(?<![0-9A-Za-z])[A-Za-z]{1,2}\d{6}\([0-9Aa]\)/g, isHongKongId],
  [/(?<![0-9A-Za-z])[A-Z][12]\d{8}(?![0-9A-Za-z])/g, isTaiwaneseId],
  // United States: groups that are never given out are left out.
  [/(?<![0-9A-Za-z-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9A-Za-z-])/g, () => true],
  // Singapore and Korea.
  [/(?<![0-9A-Za-z])[STFG]\d{7}[A-Z](?![0-9A-Za-z])/g, isSingaporeanId],
  [/(?<![0-9A-Za-z-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-4]\d{6}(?![0-9A-Za-z-])/g, () => true],
];
// With its name before it, any number of a document counts. "ID" alone is too often a user's.
const NAMED =
  /(?:身份证|身分證|证件|證件|护照|護照|驾照|驾驶证|通行证|回乡证|居留证)(?:号码|號碼|号|號)?\s*(?:[:：=]|是|为|\s)\s*([A-Za-z]{0,3}[ -]?\d{5,17}[A-Za-z]?)(?![0-9A-Za-z年月日])|(?:passport|national id|identity card|id card|id number|social security|ssn|aadhaar|nric|driv(?:er|ing)'?s? licen[cs]e)(?:\s(?:number|no\.?|card))*\s*(?:[:：=#]|is\b|\s)\s*([A-Za-z]{0,3}\d(?:[ -]?\d){4,16}[A-Za-z]?)(?![0-9A-Za-z])/giu;

/**
 * @param {string} text  folded
 * @returns {Secret[]}
 */
export function findNationalIds(text) {
  /** @type {Secret[]} */
  const found = [];
  for (const [shape, holds] of NATIONAL) {
    for (const match of text.matchAll(shape)) {
      const end = match.index + match[0].length;
      const value = match[0].replace(/[ ()-]/g, "").toUpperCase();
      if (holds(value) && labelOf(text, match.index, end) !== "harmless") found.push({ kind: "national-id", start: match.index, end });
    }
  }
  for (const match of text.matchAll(NAMED)) {
    const value = match[1] ?? match[2];
    const start = match.index + match[0].length - value.length;
    found.push({ kind: "national-id", start, end: start + value.length });
  }
  return found;
}

/** @param {string} value */
function isChineseId(value) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(value[i]), 0);
  return value[17] === "10X98765432"[sum % 11];
}

/** @param {string} value */
function isHongKongId(value) {
  const padded = value.padStart(9, " ");
  const sum = [...padded].reduce((total, letter, i) => {
    const number = letter === " " ? 36 : i === 8 && letter === "A" ? 10 : parseInt(letter, 36);
    return total + number * (9 - i);
  }, 0);
  return sum % 11 === 0;
}

/** @param {string} value */
function isTaiwaneseId(value) {
  const region = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(value[0]);
  const digits = [Math.floor(region / 10), region % 10, ...[...value.slice(1)].map(Number)];
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
  return digits.reduce((total, digit, i) => total + digit * weights[i], 0) % 10 === 0;
}

/** @param {string} value */
function isSingaporeanId(value) {
  const weights = [2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(value[i + 1]), "TG".includes(value[0]) ? 4 : 0);
  return value[8] === ("ST".includes(value[0]) ? "JZIHGFEDCBA" : "XWUTRQPNMLK")[sum % 11];
}
