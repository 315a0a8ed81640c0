// Passwords and one-time codes: nothing in their shape gives them away, so they are found by the words around them.
// "My password is wrong" and "the code does not come" must pass; "my password is Harbour7" must not.

/** @typedef {import("./guard.js").Secret} Secret */
/** @typedef {RegExpMatchArray & { index: number, indices: { groups: Record<string, [number, number]> }, groups: Record<string, string> }} Found */

// "password: X", "password is X", 密码是X, 密码改成了X, "password X"
const STATED =
  /(?:密码|密碼|口令|暗码|(?<![a-z])(?:passw(?:or)?ds?|passphrase|passcode|pass|pwd|psw|pw|pin(?:[ -]?code)?)(?![a-z]))(?:\s?[(（][^)）\n]{0,16}[)）])?(?<link>\s*(?:(?:我?已?经?(?:改|设|設|换|換|设置|設置|重置)(?:成|为|為)了?|就?是|為|为|→|->|[:=]|(?:changed|reset|set)\sto\b|(?:is|was|are|to)\b)(?:\s(?:now|still|just|actually|simply))?\s*[:=]?\s*)|\s*)["'“”‘’「『`<]?(?<value>[!-~]{3,80})/dgiu;
// "X is my password", X是我的密码
const REVERSED =
  /(?<![!-~])["'“”‘’「『`]?(?<value>[!-~]{5,64}?)["'”’」』`]?\s*(?:这?就?是|is|was)\s*(?:我|您|my|the|our)?的?\s*(?:[a-z]{2,12}\s)?(?:登录|登陆|登入|交易|资金|資金|支付|邮箱|账户|账号|钱包|旧|新|原)?(?:密码|密碼|口令|passw(?:or)?d\b|passcode\b)/dgiu;
// What follows "password" in sentences that give none away.
const SAYINGS = new Set(
  "wrong incorrect invalid right correct fine good okay weak strong long short safe secure secret unknown same different empty blank required needed missing not never always also still already again too very the your his her their our its none yes here there what which how why when where and but for from with has had have did does do will would can could may might must should please help reset change changed forgotten forgot expired locked blocked rejected refused accepted lost stolen leaked compromised known case error errors failed fails field login page manager managers protected only something someone anything everything nothing mine yours hidden unchanged unusual sensitive letters numbers both all just really definitely apparently supposed recovery strength hint policy rules problem problems issue issues prompt box link mail email that this these those them then than after before because since until while log sign open unlock enter type use get set make continue confirm withdraw access restore resetting changing asked asks keeps says won't doesn't isn't wasn't can't n/a".split(
    " ",
  ),
);
const MASKED = /^(?:[*•●xX.…_-]{3,}|\W+)$/;
const WORD_ENDING = /(?:ed|ing|ly|able|ible|less|ful)$/i;


// What people call a one-time code. `weak` names are also those of many other numbers, so only six digits count.
const CODE_NAMES = /(?<strong>(?:验证|驗證|校验|校驗|动态|動態|备份|備份|谷歌|一次性)[码碼]|动态(?:密码|口令)|動態密碼|otp\b|2fa(?:\scodes?)?|totp|mfa\scode|(?:verification|security|authentication|authenticator|authenticat\w*|confirmation|one[- ]time|log-?in|sign-?in|sms|text|e-?mail|google|backup|recovery|6[- ]digit|six[- ]digit|access|passkey)\s(?:pass)?(?:codes?|password|pin)|(?:pass)codes?\b|authenticator(?:\sapp)?)|(?<weak>(?<![a-z])codes?\b|(?<=手机|短信|收到的|这个|那个)[码碼])/giu;
const OTHER_CODE = /(?:错误|錯誤|状态|邮政|邀请|邀請|推荐|优惠|国家|地区|二维|代|扫|钓鱼|釣魚|商品|error|status|zip|postal?|area|country|referr?al|invit\w+|promo\w*|discount|coupon|voucher|gift|exit|source|qr|http|response|phishing|sort|swift|bank|branch|product|dialling|dialing|reason|return|currency)[\s-]*$/iu;
const DIGITS = /(?<![0-9A-Za-z.,#+-])(?:[A-Z]-)?(?:\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{4,8})(?![0-9A-Za-z]|[.,:/-]\d|\s?(?:位|个|個|年|月|日|号|秒|分|小时|天|次|元|块|笔|seconds?|minutes?|hours?|days?|times|digits?|usdt|btc|eth|usd|cny|%))/dgiu;
const LETTERED = /(?<![0-9A-Za-z])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{6,10}(?![0-9A-Za-z])/dg;
// Between name and digits: nothing, or a few words that end in "is".
const TO_CODE = /^["'“”」』)\]]*\s*(?:[^\d\n。；;!?！？]{0,24}?(?:是|为|為|[:=]|→|->|\bis\b|\bwas\b|\bsays\b)\s*(?:给你|发你)?\s*["'“「【[]?|\s*(?:给你|发你|发过去)?\s*["'“「【[]?)$/iu;
// Between digits and name: 482913是我的验证码, "use 482913 as your code".
const FROM_CODE = /^["'”」』】\]]?\s*(?:[(（]\s*$|(?:[,，]?\s*)?(?:这?就?是|为|為|is|as|was)\s*(?:我|您|你们?|本次|刚?收到|my|your|the|our)?的?\s*[^\d\n。；;,，]{0,14}$)/iu;
const NOT_ARRIVED = /(?:没有?|未|不|無|无)(?:收|到|来|显示)|收不到|(?:not|n't|never|no)\s(?:\w+\s)?(?:receiv|arriv|com|get|got|work)|\b(?:uid|order|ticket|case)\b|订单|工单|单号|编号|錯誤|错误|error/iu;
const SETUP_KEY = /(?:(?:谷歌|google|2fa|双重|两步|二次|验证器|authenticator|totp|备份|備份|backup|setup|set-up)[^\n]{0,12}?(?:密[钥鑰]|秘[钥鑰]|key|secret))["'”」]?\s*(?:[:=]|是|为|is\b|\s)\s*["'“「]?(?<value>(?:[A-Z2-7]{4}[ -]?){4,13})(?![0-9A-Za-z])/dgiu;

/**
 * @param {string} text  folded
 * @returns {Secret[]}
 */
export function findNamedSecrets(text) {
  return [...findPasswords(text), ...findCodes(text)];
}

/**
 * @param {string} text
 * @returns {Secret[]}
 */
function findPasswords(text) {
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
  return value.replace(/["'`>)\],.;:?]+$/, (ending) => (/^[!]/.test(ending) ? ending : ""));
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

/**
 * @param {string} text
 * @returns {Secret[]}
 */
function findCodes(text) {
  /** @type {Secret[]} */
  const found = [];
  for (const match of /** @type {Iterable<Found>} */ (text.matchAll(SETUP_KEY))) {
    const value = match.groups.value.trimEnd();
    const [start] = match.indices.groups.value;
    if (/\d/.test(value) || value === value.toUpperCase()) found.push({ kind: "one-time-code", start, end: start + value.length });
  }
  for (const shape of [DIGITS, LETTERED]) {
    for (const match of text.matchAll(shape)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (isCode(text, start, end, shape === DIGITS)) found.push({ kind: "one-time-code", start, end });
    }
  }
  return found;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {boolean} digits  whether it is digits alone, which need less of a name
 */
function isCode(text, start, end, digits) {
  const value = text.slice(start, end);
  const six = value.replace(/\D/g, "").length === 6;
  const sentence = text.slice(Math.max(0, start - 60), start).split(/[\n。！？]/).at(-1) ?? "";
  const name = lastName(sentence);
  if (name) {
    const between = sentence.slice(name.end);
    const explicit = /(?:[:=]|是|为|為|→|\bis\b|\bwas\b)\s*["'“「【[]?$/iu.test(between);
    const counts = name.strong ? six || explicit || value.length >= 6 : six;
    const plain = !digits ? explicit && name.strong : counts && !/^(?:19|20)\d\d$/.test(value);
    if (plain && TO_CODE.test(between) && !NOT_ARRIVED.test(between)) return true;
  }
  const after = text.slice(end, end + 48).split(/[\n。！？]/)[0];
  const next = [...after.matchAll(CODE_NAMES)][0];
  if (!digits || !next || OTHER_CODE.test(after.slice(0, next.index))) return false;
  return (six || (next.groups?.strong !== undefined && value.length >= 4)) && FROM_CODE.test(after.slice(0, next.index));
}

/**
 * The last name of a code in a piece of text.
 * @param {string} text
 */
function lastName(text) {
  let last = null;
  for (const match of text.matchAll(CODE_NAMES)) {
    if (OTHER_CODE.test(text.slice(0, match.index))) continue;
    last = { end: match.index + match[0].length, strong: match.groups?.strong !== undefined };
  }
  return last;
}
