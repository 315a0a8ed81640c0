/**
 * Words by which the assistant knows danger, a wish for a person, and mere manners, in English and Chinese (both scripts).
 * They are patterns over text in lower case without its full-width forms; what they must and must not match is in
 * tests/support/questions and tests/support/js/assistant.test.js.
 */

// Somebody else is acting, or money is already with a fraud. Not: questions on how to prevent it (see CALM).
const DANGER = [
  /被盗|被盜|盗号|盜號|盗走|盜走|被黑了?|盗刷|盜刷|被人登|别人登|別人登|有人登|有人进了?我|有人進了?我|有人动|有人動/,
  /(?:不是|非)(?:我|本人)(?:自己|本人)?(?:操作|登|提|转|轉|弄|改|做|下|干|申请|申請|绑|綁)|我没(?:有)?(?:操作|登录|提币|提过|转过|提现)|我沒(?:有)?(?:操作|登入|提幣|提過|轉過|提現)/,
  /(?:陌生|不认识|不認識|可疑|异常|異常|异地|異地).{0,6}(?:登录|登陆|登入|设备|裝置|提币|提幣|转账|轉帳|操作|ip)/,
  /(?:被|遭|遇到?|碰到|是)(?:骗|騙|诈骗|詐騙)|(?:骗|騙)(?:了|走|子.{0,4}(?:转|轉|钱|錢|币|幣))|(?:给|給|转|轉|打|汇|匯).{0,6}(?:骗子|騙子)|杀猪盘|殺豬盤/,
  /(?:币|幣|钱|錢|资产|資產|余额|餘額|u).{0,6}(?:被转|被轉|被提|被划|没了|沒了|不翼而飞|清空|归零|全没|不见了|不見了|被偷)/,
  /(?:密码|密碼|验证码|驗證碼|助记词|助記詞|私钥|私鑰|身份证|密钥).{0,8}(?:泄露|洩露|泄漏|外洩|告诉|告訴|给了|給了|发给|發給|说给|念给|报给|填了|输了|输入了|输在|填在)/,
  /(?:点了|點了|点开|打开了|进了|填了).{0,8}(?:钓鱼|釣魚|假网站|假官网|假的|可疑|链接)|远程(?:控制|操作|协助)|遠端|共享了?屏幕|屏幕共享/,
  /\b(?:hacked|hack|hacker|stolen|stole|robbed|drained|scammed|scammer|defrauded|phished|compromised|breached|hijacked)\b/,
  /\b(?:unauthori[sz]ed|fraudulent)\b|\b(?:taken over|took over|broke into|broken into|got into my)\b/,
  /\b(?:someone|somebody|a stranger|another person|they)\b.{0,24}\b(?:logged|signed|in(?:to)? my|withdrew|withdrawing|took|sent|moved|changed|access|using my|emptied|has my)\b/,
  /\b(?:was|were|is) ?n[o']t (?:me|mine|by me|made by me)\b|\bnot (?:me|mine)\b|\bi (?:did ?n[o']t|never|have ?n[o']t) (?:make|made|do|did|request|requested|approve|approved|authori[sz]e|send|sent|sign|signed|log|logged|initiate|place|ask)/,
  /\b(?:unknown|unrecogni[sz]ed|strange|suspicious|unfamiliar|weird)\b.{0,16}\b(?:login|log-?in|sign-?in|device|withdrawal|transfer|activity|transaction|ip)\b/,
  /\b(?:gave|give|given|told|shared|sent|entered|typed|read|put|leaked)\b.{0,30}\b(?:my |the |a |him |her |them )?(?:password|passcode|seed|seed phrase|recovery phrase|private key|2fa|verification code|sms code|otp|codes?)\b.{0,40}\b(?:to|someone|somebody|him|her|them|caller|fake|phishing|site|page|link|agent|stranger|support)\b/,
  /\b(?:clicked|opened|tapped)\b.{0,24}\b(?:phishing|fake|suspicious|scam)\b|\bremote (?:access|control)\b|\b(?:anydesk|teamviewer)\b/,
  /\b(?:coins?|funds?|money|crypto|balance|assets|btc|eth|usdt|everything)\b.{0,16}\b(?:are|is|has|have|was|were|all)?\b.{0,8}\b(?:gone|missing from my (?:account|balance|wallet)|emptied|vanished|disappeared)\b/,
];
// Who asks how to keep safe, or what a word means, is not in danger.
const CALM = [
  /(?:怎么|怎麼|怎样|怎樣|如何|该怎么|怎么才能|为了|想)?(?:防止|预防|預防|避免|防范|防備|防被|辨别|辨別|识别|識別|分辨|判断|判斷)|会不会被|會不會被|怕被|担心被|安全吗|安全嗎|什么是|什麼是|是什么意思/,
  /\b(?:how (?:do|can|to|should)\b.{0,20}\b(?:avoid|prevent|protect|recogni[sz]e|spot|tell|keep)|avoid being|protect (?:my|against|from)|prevent|is it safe|what is (?:a |an )?|what does|could i be|in case|afraid|worried (?:about|that))/,
];
const PERSON = [
  /^(?:我?(?:要|想|需要|请|請)?(?:转|轉|找|接|叫)?(?:一?个)?(?:人工|真人|活人)(?:客服|服务|服務|坐席)?.{0,6}|(?:转|轉|找|联系|聯繫|我要找|要)?客服(?:呢|在吗|电话|電話|人呢)?)[。!！?？~ ]*$/,
  /^(?:please )?(?:(?:i )?(?:want|need|would like|wanna|can i|could i|let me|how can i|how do i) ?(?:to )?)?(?:speak|talk|chat|connect|contact|get|reach)?(?: me)?(?: ?(?:to|with))? ?(?:an? |the )?(?:real |live |actual |human )?(?:human|person|agent|someone|representative|support|operator|customer service)(?: support| agent)?(?: please)?[.!? ]*$/,
];
const MANNERS = [
  /(?:您好|你好|在吗|在嗎|在不在|有人吗|有人嗎|嗨|哈喽|请问一下|请问|請問|请教一下|麻烦问一下|麻烦您?|問一下|问一下|打扰了|亲|客服小姐姐|客服你好)[,，。!！~\s]*/g,
  /(?:谢谢|謝謝|多谢|感谢|感謝|拜托了?|急急急|很急|急死了|在线等|線上等|急|谢了|辛苦了)[,，。!！~\s]*$/g,
  /\b(?:(?:hello|hi|hey)(?: there| all| team| support)?|hiya|good (?:morning|afternoon|evening|day)|dear (?:sir|madam|team|support)|excuse me|quick question)\b[ ,.!:-]*/g,
  /\b(?:please help(?: me)?|pls help|help me please|thanks?(?: you)?(?: so much| very much| in advance| a lot)?|thx|ty|asap|urgent|please|pls|kind regards|cheers)\b[ ,.!]*/g,
];
// What frames a question and says nothing of its matter; left out where something else remains.
const FRAMES = [
  /(?:要怎么操作|怎么操作|具体怎么弄|怎么弄|麻烦说一下|说一下|怎么回事|怎麼回事|是什么情况|什么情况|咋回事|咋办|该怎么办|怎么办呢?|怎麼辦|快?帮帮我|幫幫我|能不能快点|可以吗|可以嗎|是真的吗|我不懂这些|完了|我想问|我想|我要|一下|请|請|啊|呀|呢|啦|吧|哦|嘛)/g,
  /\b(?:what(?:'s| is) (?:going on|wrong|happening)|what now|what (?:should|do|can) i do(?: now)?|what happens now|how does (?:it|that) work|can you (?:tell me|help(?: me)?)|could you (?:tell me|help(?: me)?)|i(?:'d| would) like to|i want to|i need to|oh no|and i don't know why|i don't know why|is it|is that true|now)\b[ ,.!?]*/g,
];
const GREETING = /^(?:(?:您好|你好|在吗|在嗎|在不在|有人吗|有人嗎|嗨|哈喽|hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|there|team|support|客服|请问|請問)[\s,，.。!！?？~]*)+$/;
const THANKS = /(?:谢谢|謝謝|多谢|感谢|感謝|谢了|解决了|解決了|好的|明白了|知道了|thank|thx|cheers|that (?:helped|works|worked)|it works|solved|great|perfect|got it|^ok(?:ay)?)/;
const SENTENCE = /[。！？!?；;\n]+|[.](?=\s|$)|[,，](?=\s*\S{6})/;
const LEAST = 4;

/** @param {string} text */
export function hasDanger(text) {
  const plain = folded(text);
  return DANGER.some((pattern) => pattern.test(plain)) && !CALM.some((pattern) => pattern.test(plain));
}

/** Whether the text asks for a person and for nothing else. @param {string} text */
export function wantsPerson(text) {
  const plain = folded(text).trim();
  return PERSON.some((pattern) => pattern.test(plain));
}

/** @param {string} text */
export function isGreeting(text) {
  return GREETING.test(folded(text).trim());
}

/** @param {string} text */
export function isThanks(text) {
  return THANKS.test(folded(text).trim());
}

/** The text without greetings, thanks and pleas, in lower case; "" if nothing else was said. @param {string} text */
export function withoutManners(text) {
  let rest = folded(text);
  for (const pattern of MANNERS) rest = rest.replace(pattern, " ");
  rest = rest.replace(/\s+/g, " ").replace(/^[\s,，.。!！?？~、]+|[\s,，~、]+$/g, "");
  return /[\p{L}\p{N}]/u.test(rest) ? rest : "";
}

/** What a question is about, without the words that only frame it; the whole text if these are all. @param {string} text */
export function matterOf(text) {
  let rest = text;
  for (const pattern of FRAMES) rest = rest.replace(pattern, " ");
  rest = rest.replace(/\s+/g, " ").trim();
  return rest.length >= LEAST ? rest : text;
}

/** A single word, or two characters of Chinese. @param {string} text */
export function isOneWord(text) {
  const plain = text.trim();
  return /^[\p{L}\p{N}'-]+$/u.test(plain) && !/\p{Script=Han}{3}/u.test(plain);
}

/** The sentences and longer clauses of a text that say something. @param {string} text */
export function sentencesOf(text) {
  return text
    .split(SENTENCE)
    .map((part) => part.trim())
    .filter((part) => part.length >= LEAST);
}

/** Compatibility forms folded, so that full-width and half-width read alike. @param {string} text */
function folded(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
}
