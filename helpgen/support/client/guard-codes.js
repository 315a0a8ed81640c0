// One-time codes: a few digits, found by the words around them. "The code does not come, UID 88912345" must pass.

/** @typedef {import("./guard.js").Secret} Secret */
/** @typedef {RegExpMatchArray & { index: number, indices: { groups: Record<string, [number, number]> }, groups: Record<string, string> }} Found */


// What people call a one-time code. `weak` names are also those of many other numbers, so only six digits count.
const CODE_NAMES = /(?<strong>[6六]位(?:数字?|數字?|码|碼)|(?:验证|驗證|校验|校驗|动态|動態|备份|備份|谷歌|一次性)[码碼]|动态(?:密码|口令)|動態密碼|otp\b|2fa(?:\scodes?)?|totp|mfa\scode|(?:verification|security|authentication|authenticator|authenticat\w*|confirmation|one[- ]time|log-?in|sign-?in|sms|text|e-?mail|google|backup|recovery|6[- ]digit|six[- ]digit|access|passkey)\s(?:pass)?(?:codes?|password|pin)|(?:pass)codes?\b|authenticator(?:\sapp)?)|(?<weak>(?<![a-z])codes?\b|\bsms\b|短信|簡訊|(?<=手机|短信|收到的|这个|那个)[码碼])/giu;
const OTHER_CODE = /(?:错误|錯誤|状态|邮政|邀请|邀請|推荐|优惠|国家|地区|二维|代|扫|钓鱼|釣魚|商品|error|status|zip|postal?|area|country|referr?al|invit\w+|promo\w*|discount|coupon|voucher|gift|exit|source|qr|http|response|phishing|sort|swift|bank|branch|product|dialling|dialing|reason|return|currency)[\s-]*$/iu;
const DIGITS = /(?<![0-9A-Za-z.#+-])(?<!\d,)(?:[A-Z]-)?(?:\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{2}[ -]\d{2}[ -]\d{2}|\d{4,8})(?![0-9A-Za-z]|[.:/-]\d|,\d{3}(?!\d)|\s?(?:位|个|個|年|月|日|号|秒|分|小时|天|次|元|块|笔|seconds?|minutes?|hours?|days?|times|digits?|usdt|btc|eth|usd|cny|%))/dgiu;
const LETTERED = /(?<![0-9A-Za-z])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{6,10}(?![0-9A-Za-z])/dg;
// Between name and digits: nothing, or a few words that end in "is".
const TO_CODE = /^["'“”」』)\]]*\s*(?:[^\d\n。；;!?！？]{0,24}?(?:是|为|為|[:=]|→|->|\bis\b|\bwas\b|\bsays\b)\s*(?:给你|发你)?\s*["'“「【[]?|\s*(?:给你|发你|发过去)?\s*["'“「【[]?)$/iu;
// Between digits and name: 482913是我的验证码, "use 482913 as your code".
const FROM_CODE = /^["'”」』】\]]?\s*(?:[(（]\s*$|(?:[,，]?\s*)?(?:这?就?是|为|為|is|as|was)\s*(?:我|您|你们?|本次|刚?收到|my|your|the|our)?的?\s*[^\d\n。；;,，]{0,14}$)/iu;
// "The SMS came, 739204", "he wanted the code so I told him 804113".
const HANDED = /(?:(?:发来|發來|来|來|收到|到|有)了?|(?:告诉|告訴|发给|發給|念给|报给|说给|给)了?(?:他|她|他们|对方|對方|客服|您|你)(?:的?是)?|\b(?:told|gave|sent|texted|read)\s(?:him|her|them|you|it)(?:\s(?:that|was))?)[,，:：\s]*["'“「]?$/iu;
const NOT_ARRIVED = /(?:没有?|未|不|無|无)(?:收|到|来|显示)|收不到|(?:not|n't|never|no)\s(?:\w+\s)?(?:receiv|arriv|com|get|got|work)|\b(?:uid|order|ticket|case)\b|订单|工单|单号|编号|錯誤|错误|error/iu;
const SETUP_KEY = /(?:(?:谷歌|google|2fa|双重|两步|二次|验证器|authenticator|totp|备份|備份|backup|setup|set-up)[^\n]{0,12}?(?:密[钥鑰]|秘[钥鑰]|key|secret))["'”」]?\s*(?:[:=]|是|为|is\b|\s)\s*["'“「]?(?<value>(?:[A-Z2-7]{4}[ -]?){4,13})(?![0-9A-Za-z])/dgiu;

/**
 * @param {string} text  folded
 * @returns {Secret[]}
 */
export function findCodes(text) {
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
    if (digits && six && HANDED.test(between) && !NOT_ARRIVED.test(between)) return true;
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
