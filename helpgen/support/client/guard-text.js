// A text as the finders read it, and the words that say what a number or a row of letters is.

const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]/;

/**
 * Full-width forms and odd spaces become plain, what cannot be seen is dropped. Places count UTF-16 units.
 * @param {string} text
 * @returns {{ plain: string, places: number[] }} `places[i]` is where the unit `plain[i]` stands in the text
 */
export function fold(text) {
  let plain = "";
  const places = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text[i];
    if (UNSEEN.test(unit)) continue;
    const code = unit.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) plain += String.fromCharCode(code - 0xfee0);
    else if (code === 0x3000 || code === 0xa0 || code === 0x202f || (code >= 0x2000 && code <= 0x200a)) plain += " ";
    else plain += unit;
    places.push(i);
  }
  return { plain, places };
}

/** @typedef {"key" | "api" | "phrase" | "card" | "id" | "harmless"} Label */

/** What a text calls the thing that follows. Longer names stand before the shorter ones that they contain. */
const LABELS = /** @type {[Label, RegExp][]} */ ([
  [
    "harmless",
    /tx\s?(?:id|hash)|transaction\s(?:id|hash)|\bhash\b|\bsignature|public\skey|\baddress|\border\b|\buid\b|user\sid|\bticket|\breference|\bcase\s(?:no|number|id)|tracking|\bserial|\binvoice|\bblock\b|request\sid|trace\s?id|api\s?key(?!\s*secret)|交易(?:哈希|id|号|编号)|哈希|雜湊|签名|公钥|公鑰|地址|订单|訂單|单号|單號|工单|编号|編號|流水|区块|uid|手机|電話|电话|微信|错误|数量|金额|memo|\btag\b|备注/giu,
  ],
  ["key", /private[\s_-]?keys?|priv(?:ate)?[\s_-]?key|secret[\s_-]?key|signing\skey|wallet\s(?:secret|key)s?|\bwif\b|keypair|\bkey\s(?:to|of|for)\s(?:my|the|this|our)\s(?:\w+\s)?(?:wallet|account|address)|私[钥鑰]|密[钥鑰](?=[^a-z]{0,6}(?:[13-9A-HJ-NP-Za-km-z]{80}|(?:0x)?[0-9a-f]{64}))/giu],
  ["api", /api[\s_-]?secret|secret[\s_-]?key|api[\s_-]?(?:私钥|密钥|密鑰|秘钥)|secret[\s_-]?access[\s_-]?key|client[\s_-]?secret|app[\s_-]?secret|access[\s_-]?token|refresh[\s_-]?token|session[\s_-]?token|auth(?:orization)?[\s_-]?token|bearer|\bsecret\b|(?:api\s?)?(?:密|秘)[钥鑰匙]|令牌/giu],
  ["phrase", /seed(?:\s?phrase|\swords)?|(?:recovery|secret|mnemonic|backup)\s(?:phrase|words?)|mnemonics?|助[记記][词詞]|恢复词|備份詞|备份短语|种子词|種子/giu],
  ["card", /(?:credit|debit|bank|visa|master)[\s-]?card|card\s(?:number|no)|\bcard\b|\bvisa\b|mastercard|unionpay|银行卡|銀行卡|信用卡|借记卡|储蓄卡|卡号|卡號/giu],
  ["id", /id(?:entity)?\s?(?:card|number|no)\b|national\sid|passport|social\ssecurity|\bssn\b|aadhaar|\bnric\b|hkid|driv(?:er|ing)'?s?\slicen[cs]e|身份证|身分證|证件号|證件號|护照|護照|驾照|驾驶证|通行证|回乡证|居留证/giu],
]);
const REACH = 48;
// "… is my private key" after the thing itself.
const AFTER = /^["'“”」』)\]]*\s*(?:[(（[]|(?:就|这)?是|为|is\b|are\b|<-|←|=)\s*(?:我的?|这个|my\b|the\b|our\b)?\s*(?:wallet(?:'s)?\s|钱包的?)?/iu;

/**
 * Which of the names stands nearest before a place, on the same line or the one above; else right after it.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {Label | ""}
 */
export function labelOf(text, start, end) {
  const before = text.slice(Math.max(0, start - REACH), start);
  let best = { at: -1, length: 0, label: /** @type {Label | ""} */ ("") };
  for (const [label, names] of LABELS) {
    for (const match of before.matchAll(names)) {
      const at = match.index + match[0].length;
      if (at > best.at || (at === best.at && match[0].length > best.length)) best = { at, length: match[0].length, label };
    }
  }
  const after = text.slice(end, end + REACH);
  const lead = AFTER.exec(after);
  if (lead) {
    const rest = after.slice(lead[0].length);
    for (const [label, names] of LABELS) {
      if ([...rest.matchAll(names)].some((match) => match.index === 0)) return label;
    }
  }
  return best.label;
}
