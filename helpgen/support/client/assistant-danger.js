/**
 * Cries for help: somebody else is acting in the account, money is with a fraud, or a secret has been given away. English and
 * Chinese (both scripts), over text in lower case without its full-width forms. What must and must not match is in
 * tests/support/questions, tests/support/sets/danger.json and tests/support/js/assistant.test.js.
 *
 * 1. Some turns of phrase are enough by themselves.
 * 2. Others need two signs: somebody else, and a loss; a loss, and that the reader did nothing; and so on.
 * 3. Who asks how to keep safe, or what a word means, is not in danger.
 */
import { folded } from "./assistant-words.js";

const ALONE = [
  // 被盗, 有人登, 被人改, 黑客
  /被盗|被盜|盗了|盜了|盗我|盜我|偷了我|盗号|盜號|盗走|盜走|盗用|盜用|被黑|黑客|駭客|盗刷|盜刷|有人进了?我|有人進了?我|被(?:人|别人|別人|他人|陌生人)(?:改|换|換|绑|綁|登|用|卖|賣|转|轉|提|拿|偷|删|刪|控制)/,
  /(?:有人|别人|別人|他人|陌生人).{0,6}(?:登|动我|動我|动了|動了|用我的?(?:号|號|账|帐|帳|身份|证件)|拿我的|冒用)/,
  // It was not me.
  /(?:不是|非)(?:我|本人)(?:自己|本人)?(?:操作|登|提|转|轉|弄|改|做|下|干|申请|申請|绑|綁|卖|賣)|我(?:没|沒)(?:有)?(?:操作|登录|登入|提币|提幣|提过|提過|转过|轉過|提现|提現|动过|動過|卖过|賣過|申请过|申請過)(?!.{0,8}(?:第一次|怎么|怎麼|如何|想|新手))/,
  /(?:成功|邮件|郵件|短信|簡訊|通知|记录|記錄|显示|顯示|可是|可我|但我|但是我|但|却|卻).{0,10}(?:没|沒)(?:有)?(?:提|动|動|卖|賣|转|轉|下单|改|操作|登录|登入|申请|申請|绑|綁)(?:过|過)/,
  /(?:陌生|不认识|不認識|可疑|异常|異常|异地|異地).{0,6}(?:登录|登陆|登入|设备|裝置|提币|提幣|转账|轉帳|操作|ip)|登录.{0,14}(?:地点|地址|位置|ip).{0,16}(?:我人?在|我不在|没去过)/,
  /(?:地址|设备|設備|记录|記錄|提币|提幣|登录|登入|转账|轉帳|委托).{0,12}(?:不认识|不認識|没见过|沒見過|不知道是谁)|有人在?.{0,3}(?:提|转|轉|卖|賣|动|動|用|改)我/,
  /(?:别的|其他|另外?一?[部台个個]).{0,4}(?:手机|手機|设备|設備|电脑|電腦).{0,10}(?:登着|在线|在用|踢|退不|删不)|(?:验证器|驗證器|邮箱|郵箱|手机号|手機號|密码|密碼|2fa|绑定).{0,6}(?:被(?:重置|改|换|換|解绑|修改)|变成了?(?:别人|陌生))/,
  /(?:帮我|幫我|快|马上|馬上|立即|赶紧|趕緊|紧急|緊急).{0,2}(?:冻结|凍結)|(?:冻结|凍結)我的/,
  /我?(?:没|沒|从没|從沒)(?:有)?(?:下|设|設|开|開|建)过的|不是我平的|(?:登录|登入).{0,12}(?:国外|國外|外国|俄罗斯|俄羅斯|越南|尼日利亚|陌生城市).{0,4}(?:ip|的|$)|(?:别人|別人|有人|他人).{0,4}(?:知道|拿到|看到|看见)了?我的?.{0,4}(?:密码|密碼|验证码|助记词|私钥|api)/,
  /(?:api|密钥|密鑰|账号|手机).{0,6}被.{0,4}(?:拿走|拿去|抢)|中了?(?:病毒|木马|木馬)|(?:备用密钥|備用密鑰|恢复码|助记词|密钥).{0,4}(?:发到|贴到|貼到|传到)/,
  // Fraud, and its stories.
  /(?:电话里|電話裡|对方|對方|有个|有個|微信上|网上|群里|经理|經理).{0,16}(?:让|讓|叫)我.{0,20}(?:改|加|打|转|轉|充|下载|下載|交|点|扫)|忽悠|(?:激活|解除|验证).{0,4}(?:账户|帳戶|账号).{0,8}(?:先|要).{0,4}(?:打|交|充|付)|先(?:打|交|充|付).{0,12}(?:激活|解冻|验证)/,
  /(?:公安|警察|警官|检察|法院|海关|监管|銀監|反诈).{0,40}(?:让|讓|叫|要|把|转|轉|打到|汇).{0,12}(?:转|轉|打|汇|交|账户|帳戶)|(?:谈恋爱|网恋|網戀|对象|交友|相亲).{0,40}(?:充|投|转|轉|平台|炒)|补税|补缴|(?:转|轉|打|汇)(?:到|给|去).{0,6}陌生/,
  /(?:被|遭|遇到?|碰到|是)(?:骗|騙|诈骗|詐騙)|(?:骗|騙)(?:了|走|子.{0,4}(?:转|轉|钱|錢|币|幣|让|讓|叫|要))|(?:给|給|转|轉|打|汇|匯).{0,6}(?:骗子|騙子)|杀猪盘|殺豬盤|上当|上當|受骗|受騙|中招/,
  /安全(?:账户|帳戶|账号|钱包|錢包)|(?:先|已经?|又|再|才能).{0,4}(?:交|缴|繳).{0,8}(?:保证金|保證金|税|稅|解冻|解凍|押金|认证金|認證金)|(?:不让|不讓|不能|没法|無法|无法).{0,4}(?:取|提|出).{0,14}(?:交|缴|繳|付|充|打).{0,8}(?:保证金|保證金|税|稅|解冻|解凍|押金)|(?:导师|導師|老师|老師|平台|网友|網友).{0,6}失联/,
  /(?:网友|網友|群里|导师|導師|老师|老師).{0,4}(?:带|帶|教|让|讓).{0,2}我.{0,4}(?:炒币|炒幣|投资|投資|赚|賺|理财|理財|买币|買幣)/,
  // What was there is gone.
  /(?:币|幣|钱|錢|资产|資產|余额|餘額|u|usdt|btc|eth).{0,8}(?:被.{0,4}(?:转|轉|提走|提光|提跑|划|卖|賣|偷|挪)|没了|沒了|不翼而飞|清空|清零|归零|變成?0|变成?[0零]|变零|全没|不见了|不見了)/,
  /(?:币|幣|钱|錢|资产|資產|余额|餘額|u|usdt|btc|eth).{0,8}(?:莫名其妙|无缘无故|無緣無故|突然|平白无故).{0,4}(?:少|没|沒|不见|不見|减)|(?:莫名其妙|无缘无故|無緣無故|平白无故).{0,6}(?:少|没|沒|丢|不见|不見)了?.{0,8}(?:(?:币|幣|钱|錢|资产|資產|余额|餘額|u|usdt|btc|eth)|一半|大半|很多|好多)/,
  // A secret was given away.
  /(?:验证码|驗證碼|短信码|动态码|動態碼|数字|數字|密码|密碼|助记词|助記詞|单词|單詞|私钥|私鑰).{0,8}(?:泄露|洩露|泄漏|外洩|告诉了?(?!客服吗)|告訴|给了|給了|发给|發給|说给|念给|报给|填在)|(?:报了|念了|说了|給了|给了|告诉了|发了|泄露了|提供了).{0,8}(?:验证码|驗證碼|短信码|动态码|動態碼|数字|數字|密码|密碼|助记词|助記詞|单词|單詞|私钥|私鑰)/,
  /把.{0,10}(?:验证码|驗證碼|短信码|动态码|動態碼|数字|數字|密码|密碼|助记词|助記詞|单词|單詞|私钥|私鑰).{0,4}(?:念|报|報|说|說|发|發|告诉|告訴|截图|截圖).{0,2}(?:给|給|了)/,
  /(?:验证码|驗證碼|短信码|动态码|動態碼|数字|數字|密码|密碼|助记词|助記詞|单词|單詞|私钥|私鑰).{0,4}(?:给|給)了?(?:别人|別人|他人|对方|對方|他们|他|她|骗子|騙子|陌生人)(?!.{0,6}[吗嗎])/,
  /(?:十二|12|二十四|24)个?(?:单词|單詞|英文|词|詞).{0,12}(?:填|输|輸|发|發|给|給|抄)(?:进|進|了|在|给|給)/,
  /(?:假|钓鱼|釣魚|仿冒|山寨).{0,8}(?:输|輸|填|登录|登入|登陆)了?/,
  /点了?.{0,8}(?:短信|简讯|簡訊|邮件|郵件|群).{0,6}(?:网址|網址|链接|連結)/,
  /(?:点了|點了|点开|打开了|进了|填了|扫了|掃了).{0,8}(?:钓鱼|釣魚|假网站|假官网|假的|可疑|链接|空投)|远程(?:控制|操作|协助)|遠端|共享了?屏幕|屏幕共享|(?:看|控制|操作)(?:着|了|到)?我的?(?:屏幕|螢幕|手机屏|电脑屏)/,
  /(?:手机|手機|手机卡|sim卡).{0,6}(?:没有?信号|沒有?訊號|无服务|無服務).{0,20}(?:邮箱|郵箱|信箱|账户|账号|帳|登不)|sim卡被(?:换|換|补|補)/,
  /\b(?:hacked|hack|hackers?|stolen|stole|steal|stealing|thief|robbed|drained|scammed|scammers?|defrauded|phished|compromised|breached|hijacked|conned|duped|swindled|tricked|fooled)\b/,
  /\b(?:unauthori[sz]ed|fraudulent)\b|\b(?:taken over|took over|broke into|broken into|got into my)\b|\bfell for (?:a|it|the|this)\b|\bsim\b.{0,12}\bswap/,
  /\b(?:withdrawal|transfer|address|device|phone|log-?in|sign-?in|order|e-?mail|number)\b.{0,30}\b(?:do ?n[o']t|dont|did ?n[o']t) (?:recogni[sz]e|know)\b|\b(?:2fa|authenticator|e-?mail|password|phone number)\b.{0,24}\b(?:was|got|has been|were)\b.{0,6}\b(?:reset|changed|replaced|switched)\b(?! by (?:me|support))|\b(?:another|other) (?:phone|device|computer)\b.{0,20}\b(?:can't|cannot) (?:remove|sign out|log out)/,
  /\b(?:trades?|orders?|withdrawals?|transfers?|api keys?)\b.{0,16}\b(?:i|we) (?:never|did ?n[o']t|have ?n[o']t)\b(?! (?:get|receive|arrive))|\b(?:history|log)\b.{0,24}\b(?:ip|device|login|log-?in)\b.{0,6}\b(?:in|from) (?!my\b|the list)\w+\s*$|\b(?:someone|somebody|he|she|they) (?:knows?|found out|has|have|got) my (?:password|pin|code|phrase|seed)/,
  /\b(?:posted|pasted|published|uploaded|shared)\b.{0,12}\bmy (?:backup key|seed|phrase|recovery|private key|password|code)|\b(?:infected|malware|trojan|keylogger|spyware|virus)\b|\bi didn't do it\b/,
  /\b(?:the caller|a caller|manager|agent|girl i met|guy i met|man i met|woman i met|he|she)\b.{0,30}\b(?:had|made|says i must|told me to|asked me to|wants me to)\b.{0,60}\b(?:download|add|deposit|pay|send|transfer|whitelist|activate|money)\b|\b(?:nephew|niece|son|daughter|kid|brother|roommate|friend)\b.{0,12}\bused my (?:phone|account|computer)\b/,
  /\bfreeze my account (?:now|please|immediately|right)|\bplease freeze my account\b|\b(?:money|coins|funds) (?:is|are) leaving\b/,
  /\b(?:police|policeman|government|customs|tax office|fbi|irs|officer)\b.{0,60}\b(?:move|transfer|send|pay)\b|\b(?:dating|tinder|girlfriend|boyfriend)\b.{0,60}\b(?:platform|invest\w*|put|sent|paid)\b|\bdouble (?:my|your)\b/,
  /\b(?:link|url)\b.{0,16}\b(?:text|sms|e-?mail|message)\b.{0,40}\b(?:logged|signed|password|entered)\b|\b(?:logged|signed) in (?:through|via|with|using|on) (?:a|the) link\b|\blet\b.{0,40}\b(?:control|access|into|on) my\b/,
  /\b(?:lost|sent|paid|transferred)\b.{0,30}\bscam\b|\bscam\b.{0,30}\b(?:lost|sent|paid|transferred)\b|\bsafe (?:wallet|account|address)\b/,
  /\b(?:someone|somebody|a stranger|another person|my ex)\b.{0,24}\b(?:logged|signed|sign in|log in|in(?:to)? my|withdrew|withdrawing|took|moved|changed my|access|using my|emptied|has my|transferred my|sent my|sent out)\b|\bthey (?:withdrew|emptied|took my|changed my|have my)\b/,
  /\b(?:was|were|is) ?n[o']t (?:me|mine|by me|made by me)\b|\bnot (?:me|mine)\b|\bi know nothing about\b|\bi (?:did ?n[o']t|never|have ?n[o']t) (?:make|made|do|did|done|request|requested|approve|approved|authori[sz]e|send|sent|sign|signed|log|logged|initiate|place|placed|ask|asked|start|started)\b(?: (?:for|in))?(?: (?:it|this|that|these|those|them|one|any|myself|the|a|an|such|of|in))*(?: (?:withdrawals?|transfers?|log-?ins?|sign-?ins?|trades?|orders?|transactions?|requests?|changes?|payments?))?\s*(?:$|[.,!?;]|and\b|but\b|so\b)/,
  /\b(?:unknown|unrecogni[sz]ed|strange|suspicious|unfamiliar|weird)\b.{0,16}\b(?:login|log-?in|sign-?in|device|withdrawal|transfer|activity|transaction|ip)\b|\b(?:log-?in|sign-?in)\b.{0,20}\bfrom\b.{0,40}\bi(?:'m| am| was| live)\b/,
  /\b(?:gave|given|told|shared|sharing|sent|read|dictated|leaked)\b.{0,30}\b(?:password|passcode|seed|phrase|private key|2fa|otp|codes?|digits|login details|credentials|twelve words|12 words)\b.{0,24}\b(?:to (?!support\b(?! on))|with|someone|somebody|him|her|them|caller|fake|stranger|telegram|whatsapp)/,
  /\b(?:gave|told|sent) (?:him|her|them)\b.{0,24}\b(?:digits|numbers|codes?|words|password|login)\b|\bread\b.{0,12}\b(?:digits|numbers|code)\b.{0,12}\bto\b|\bgot my (?:login|password|details|credentials|codes?|id)\b/,
  /\b(?:typed|entered|put|pasted|gave|filled)\b.{0,16}\b(?:twelve|12|twenty-four|24|seed|recovery|secret) (?:words?|phrase)\b|\b(?:typed|entered|put|pasted|filled)\b.{0,40}\b(?:fake|phishing|looked like|another site|wrong site)\b/,
  /\b(?:clicked|opened|tapped|scanned)\b.{0,24}\b(?:phishing|fake|suspicious|scam)\b|\bremote (?:access|control)\b|\b(?:anydesk|teamviewer)\b|\b(?:watched|watching|saw|controls?|controlled) my (?:screen|phone|computer|laptop)\b/,
  /\b(?:online friend|friend online|met online|met (?:him|her|them) (?:online|on)|my (?:mentor|coach|trading teacher)|investors? group|trading group)\b.{0,90}\b(?:withdraw|deposit|pay|fee|tax|invest|trading|took|savings)\b/,
  /\b(?:pay|paid|paying|want|wants|asks?|demand)\w*\b.{0,30}\b(?:deposit|fee|tax|taxes)\b.{0,24}\b(?:before i can withdraw|unlock|unfreeze|release)/,
  /\b(?:lost|no|without) (?:its |any )?(?:signal|service|reception)\b.{0,40}\b(?:e-?mail|account|password)\b/,
  /\b(?:coins?|funds?|money|crypto|balance|assets|wallet|btc|eth|usdt|everything)\b.{0,16}\b(?:are|is|has|have|was|were|got|all)?\b.{0,8}\b(?:gone|missing from my (?:account|balance|wallet)|emptied|vanished|disappeared|wiped|dropped to zero|went to zero)\b/,
];
// Two signs together.
const OTHERS = /有人|别人|別人|他人|陌生人|骗子|騙子|诈骗|詐騙|冒充|自称|自稱|假客服|假冒|网友|網友|群里|群主|管理员|管理員|导师|導師|同事|室友|前男友|前女友|老公|老婆|男友|女友|他说|她说|照他|按他|听他|\b(?:someone|somebody|stranger|the man|a man|this man|guy|my ex|telegram|whatsapp|wechat|mentor|broker|recovery expert|fake|he (?:said|told|gave|had|made|asked)|she (?:said|told|gave|had|made|asked)|they (?:said|told|made|had) me)\b/;
const LOSS = /从.{1,10}(?:变成|变到|掉到)|转走|轉走|提走|提跑|划走|拿走|偷偷|卖光|賣光|清空|空了|没有了|沒有了|归零|变成0|全没|\b(?:gone|emptied|empty|vanished|disappeared|zero|took (?:all|my|everything)|taken|withdrawn|transferred my|moved my|tokens left|nothing came back|from [\d,.]+ ?k? to [\d,.]+)\b/;
const OBEYED = /我.{0,6}照做|我.{0,10}(?:报了|念了|给了|給了|发给|發給|告诉了|填了|提供了|转了|轉了|转到|轉到|转给|打给|装了|裝了|下载了|点了|扫了|授权|截图)|(?:听了|聽了|转了|轉了|装了|下载了|填了)(?:$|[。，,！!])|\b(?:i|me|my)\b.{0,40}\b(?:gave|shared|sharing|told|installed?|paid|transferred|sent my)\b|\b(?:had|made|told) me (?:to )?(?:install|download|send|pay|share|move|transfer)\b/;
const INTRUSION = /登(?:了|上)?(?:了)?我的|试着登|尝试登|改了.{0,4}(?:密码|邮箱|手机)|乱下单|自动下单|拿去|\b(?:trying to (?:sign|log) in|changed (?:my|the) (?:password|e-?mail|number)|placing (?:trades|orders)|using my)\b/;
const DENIAL = /我(?:什么|什麼)?(?:都|也)?(?:没|沒)(?:有)?(?:动|動|做|干|操作|交易|买卖)|都(?:没|沒)(?:有)?(?:动|動|操作|交易)|\bi did (?:nothing|not do anything)\b|\bi didn't (?:do anything|trade|touch)\b|\bwithout me\b/;
const TOGETHER = [
  [OTHERS, LOSS],
  [OTHERS, OBEYED],
  [OTHERS, INTRUSION],
  [LOSS, DENIAL],
  [INTRUSION, DENIAL],
];
const CALM = [
  /(?:怎么|怎麼|怎样|怎樣|如何|该怎么|怎么才能|为了|想)?(?:防止|预防|預防|避免|防范|防備|防被|辨别|辨別|识别|識別|分辨|判断|判斷)|会不会被|會不會被|怕被|担心被|安全吗|安全嗎|什么是|什麼是|是什么意思|(?:可以|能|要不要|该不该)(?:把|告诉|告訴).{0,12}[吗嗎]|(?:会不会|會不會)有人/,
  /\b(?:how (?:do|can|to|should)\b.{0,20}\b(?:avoid|prevent|protect|recogni[sz]e|spot|tell|keep)|avoid being|protect (?:my|against|from)|prevent|is it safe|what is (?:a |an )?|what does|could i be|in case|afraid|worried (?:about|that)|(?:can|should|may) i (?:tell|give|share|send))/,
];

/** @param {string} text */
export function hasDanger(text) {
  const plain = folded(text);
  if (CALM.some((pattern) => pattern.test(plain))) return false;
  return ALONE.some((pattern) => pattern.test(plain)) || TOGETHER.some(([one, two]) => one.test(plain) && two.test(plain));
}
