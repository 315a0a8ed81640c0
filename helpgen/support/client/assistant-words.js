/**
 * Words by which the assistant knows a wish for a person and mere manners, in English and Chinese (both scripts).
 * They are patterns over text in lower case without its full-width forms; what they must and must not match is in
 * tests/support/questions and tests/support/js/assistant.test.js.
 */

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
export function folded(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
}
