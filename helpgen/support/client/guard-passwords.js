// Passwords: nothing in their shape gives them away, so they are found by the words around them. "My password is
// wrong" must pass; "my password is Harbour7" must not.

/** @typedef {import("./guard.js").Secret} Secret */
/** @typedef {RegExpMatchArray & { index: number, indices: { groups: Record<string, [number, number]> }, groups: Record<string, string> }} Found */

// "password: X", "password is X", 密码是X, 密码改成了X, "password X"
const STATED =
  /(?:密码|密碼|口令|暗码|(?<![a-z_-])(?:passw(?:or)?ds?|passphrase|passcode|pass|pwd|psw|pw|pin(?:[ -]?code)?)(?![a-z_-]))(?:\s?[(（][^)）\n]{0,16}[)）])?(?<link>\s*(?:(?:(?:i|we)\s(?:\w+\s)?(?:use|used|set|have|chose|picked|entered|typed)\s(?:is|was)\b|我?(?:一直|平时|现在)?(?:设|設|用|填|输|輸|写|寫)的?(?:就|都)?(?:是|:)|我?已?经?(?:改|设|設|换|換|设置|設置|重置)(?:成|为|為)了?|(?:就|也|还|仍|都|一直|应该|可能|大概)?是|為|为|→|->|[:=]|(?:changed|reset|set)\sto\b|(?:is|was|are|to)\b)(?:\s(?:now|still|just|actually|simply|also|probably))?\s*[:=]?\s*)|\s*)["'“”‘’「『`<[*]{0,2}(?<value>[!-~]{3,80})/dgiu;
// "X is my password", X是我的密码
const REVERSED =
  /(?<![!-~])["'“”‘’「『`]?(?<value>[!-~]{5,64}?)["'”’」』`]?\s*(?:这?就?是|is|was)\s*(?:我|您|my|the|our)?的?\s*(?:[a-z]{2,12}\s)?(?:登录|登陆|登入|交易|资金|資金|支付|邮箱|账户|账号|钱包|旧|新|原)?(?:密码|密碼|口令|passw(?:or)?d\b|passcode\b)/dgiu;
// What follows "password" in sentences that give none away.
const SAYINGS = new Set(
  "wrong incorrect invalid right correct fine good okay weak strong long short safe secure secret unknown same different empty blank required needed missing not never always also still already again too very the your his her their our its none yes here there what which how why when where and but for from with has had have did does do will would can could may might must should please help reset change changed forgotten forgot expired locked blocked rejected refused accepted lost stolen leaked compromised known case error errors failed fails field login page manager managers protected only something someone anything everything nothing mine yours hidden unchanged unusual sensitive letters numbers both all just really definitely apparently supposed recovery strength hint policy rules problem problems issue issues prompt box link mail email that this these those them then than after before because since until while log sign open unlock enter type use get set make continue confirm withdraw access restore resetting changing asked asks keeps says optional default positive negative disabled enabled entered password passwd passkey passkeys won't doesn't isn't wasn't can't n/a".split(
    " ",
  ),
);
const MASKED = /^(?:[*•●xX.…_-]{3,}|\W+)$/;
const WORD_ENDING = /(?:ed|ing|ly|able|ible|less|ful)$/i;

/**
 * @param {string} text  folded
 * @returns {Secret[]}
 */
export function findPasswords(text) {
  /** @type {Secret[]} */
  const found = [];
  for (const match of /** @type {Iterable<Found>} */ (text.matchAll(STATED))) {
    const value = trimmed(match.groups.value);
    const [start] = match.indices.groups.value;
    const end = start + value.length;
    if (isPassword(value, match.groups.link, text.slice(end, end + 12))) found.push({ kind: "password", start, end });
  }
  for (const match of /** @type {Iterable<Found>} */ (text.matchAll(REVERSED))) {
    const value = match.groups.value;
    const [start, end] = match.indices.groups.value;
    if (isOdd(value) && !isAddressOrLink(value) && !MASKED.test(value)) found.push({ kind: "password", start, end });
  }
  return found;
}

/**
 * Without the punctuation of the sentence at its end.
 * @param {string} value
 */
function trimmed(value) {
  return value.replace(/["'`>)\],.;:?*|}]+$/, "");
}

/**
 * @param {string} value
 * @param {string} link  what stands between the name and the value
 * @param {string} after
 */
function isPassword(value, link, after) {
  if (value.length < 4 || MASKED.test(value) || isAddressOrLink(value) || SAYINGS.has(value.toLowerCase())) return false;
  if (/^\s*(?:位|个字|個字|字符|到|至|~|-\s?\d|characters?|letters|digits|symbols|attempts|times|次|小时|分钟|hours?|minutes?|days?|天|年|月)/iu.test(after)) return false;
  if (/^\d+(?:[-~–+]|to)\d*$/.test(value)) return false;
  if (/<\/?[a-z]|\]\(|^[)\]|#_({]|\($/i.test(value)) return false;
  const stated = link.trim();
  const digitsOnly = /^\d+$/.test(value);
  if (!stated) {
    // Nothing but a space between them: only what could be nothing else.
    if (digitsOnly) return value.length >= 6 && value.length <= 12 && link !== "" && !/^(?:19|20)\d{6}$/.test(value);
    return value.length >= 6 && isOdd(value) && !/^\d{1,2}[a-z]+$/i.test(value);
  }
  if (digitsOnly || isOdd(value)) return !/^(?:e\.g|i\.e|24\/7|2fa|sha-?256)/i.test(value);
  if (/^to$/i.test(stated)) return false;
  if (/^(?:is|was|are)/i.test(stated)) return isAtEnd(after) && /^[a-z]{5,}$/i.test(value) && !WORD_ENDING.test(value);
  // A plain word after a colon or 是 is one, a sentence is not.
  return isAtEnd(after) && /^[!-~]+$/.test(value) && !WORD_ENDING.test(value);
}

/**
 * Digits or signs among letters, as in no word.
 * @param {string} value
 */
function isOdd(value) {
  const inner = value.replace(/^["'(]+/, "");
  if (/^[A-Za-z]+(?:['’-][A-Za-z]+)*[.!?,]*$/.test(inner)) return false;
  if (/^[A-Za-z]+(?:[/.][A-Za-z]+)+$/.test(inner)) return false;
  return (/\d/.test(inner) && /[^\d.,:/%-]/.test(inner)) || /[A-Za-z][@#$%^&*_+=~!]/.test(inner) || /[@#$%^&*_+=~!][A-Za-z0-9]/.test(inner);
}

/** @param {string} value */
function isAddressOrLink(value) {
  return /^(?:https?:|www\.)/i.test(value) || /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(value) || /^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|example|app|cn)(?:\/|$)/i.test(value);
}

/** @param {string} after */
function isAtEnd(after) {
  return /^["'”’」』`>)\]]*\s*(?:$|[\n。,，;；.!！?？、]|\s(?:and|but|please|can|could|why|it)\b)/iu.test(after);
}
