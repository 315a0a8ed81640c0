// Writes imitations.json, the labelled set of the verifier: `node tests/support/sets/make-imitations.mjs` (--check: only
// compare). Four invented firms; two are for tuning, two held out. Each trick is played on each of them, by rule and not
// by chance, then come lines written by hand. A line: { firm, part, is: "official" | "imitation" | "other", text }.
// The digits of phone numbers (`forms`) are those that helpgen's build makes; a test compares them.
import { readFileSync, writeFileSync } from "node:fs";
import { domainToASCII } from "node:url";

const FIRMS = {
  skerry: { part: "tuning", label: "skerry", ending: "example", names: ["Skerry", "礁灯"], handle: "skerry_official", platform: "telegram", mail: "support@skerry.example", phone: "" },
  northbank: { part: "tuning", label: "northbank", ending: "com", names: ["Northbank", "北岸"], handle: "northbank_help", platform: "x", mail: "help@northbank.com", phone: "+442079460958" },
  kelpie: { part: "held-out", label: "kelpie", ending: "io", names: ["Kelpie", "海豹"], handle: "kelpie.support", platform: "instagram", mail: "care@kelpie.io", phone: "+14155550132" },
  tidewater: { part: "held-out", label: "tidewater-exchange", ending: "com", names: ["Tidewater"], handle: "tidewaterhq", platform: "telegram", mail: "support@tidewater-exchange.com", phone: "+861088886666" },
};
const SITES = { telegram: "https://t.me/", x: "https://x.com/", instagram: "https://www.instagram.com/" };
const CYRILLIC = { a: "а", e: "е", o: "о", p: "р", c: "с", x: "х", y: "у", i: "і", s: "ѕ", k: "к", n: "п", h: "һ", r: "г", w: "ѡ", d: "ԁ", t: "т", b: "Ь" };
const GREEK = { o: "ο", k: "κ", i: "ι", e: "ε", t: "τ", n: "η", y: "γ", r: "г", a: "α", p: "ρ" };
const LEET = { e: "3", o: "0", i: "1", a: "4", s: "5", t: "7", b: "8" };
const ACCENT = { e: "é", o: "ö", i: "ï", a: "à", r: "ř", n: "ñ", k: "ķ", t: "ţ" };

/** The word with its first letter of the table exchanged, or the last one. */
const swap = (word, table, last = false) => {
  const places = [...word].map((letter, i) => (letter in table ? i : -1)).filter((i) => i >= 0);
  const at = last ? places.at(-1) : places[0];
  return at === undefined ? word : word.slice(0, at) + table[word[at]] + word.slice(at + 1);
};
const middle = (word) => Math.floor(word.length / 2);

function imitations({ label, ending, handle, platform, mail, names, phone }) {
  const real = `${label}.${ending}`;
  const m = middle(label);
  const host = (name, end = ending) => `${name}.${end}`;
  const tricks = [
    // Letters of other scripts.
    host(swap(label, CYRILLIC)), host(swap(label, CYRILLIC, true)), host(swap(label, GREEK)), host(swap(label, ACCENT)), host(swap(label, ACCENT, true)),
    domainToASCII(host(swap(label, CYRILLIC))), `https://www.${domainToASCII(host(swap(label, GREEK)))}/login`, `https://${host([...label].map((c) => CYRILLIC[c] ?? c).join(""))}/`,
    // Digits and pairs for letters.
    host(swap(label, LEET)), host(swap(label, LEET, true)),
    // Another ending.
    ...["co", "net", "top", "cc", "app", "support", "help", "vip"].map((end) => host(label, end)), `https://${label}.${ending}.co`, `www.${label}.net/official`,
    // Words that are not ours.
    ...["login", "support", "help", "secure", "official", "verify", "wallet", "bonus"].map((word) => host(`${label}-${word}`)), host(`my${label}`), host(`${label}pro`), host(`secure-${label}-login`, "com"), host(`www-${label}`), host(`${label}24`), host(`get${label}`, "app"),
    // Our name under somebody else's.
    `https://${real}.login-safe.net/`, `${real}.secure.id-check.org`, `https://${label}.account-help.net`, `https://www.${label}.support-center.org/zh/`, `https://login.${real}-verify.org/`,
    // Our name before an @, or in the path.
    `https://${real}@evil.net/`, `https://www.${real}:443@203.0.113.9/login`, `https://safe-login.net/${real}/verify`, `https://safe-login.net/?next=https://${real}/`,
    // Slips of the finger.
    host(label.slice(0, m) + label.slice(m + 1)), host(label.slice(0, m) + label[m] + label.slice(m)), host(label.slice(0, m - 1) + label[m] + label[m - 1] + label.slice(m + 1)), host(`${label.slice(0, -1)}q`), host(`${label}s`),
    host(`${label.slice(0, m)}-${label.slice(m)}`), `${label.slice(0, m)}.${label.slice(m)}.net`, host(label.slice(0, m) + label[m] + label.slice(m), "com"),
    // Mail.
    mail.replace("@", "@mail-").replace(/^/, ""), `support@${label}-help.com`, `${label}.support@gmail.com`, `${label}_service@outlook.com`, `support@${host(swap(label, CYRILLIC))}`, `support@${host(label, "co")}`, `"${mail}" <agent77@mailbox.org>`, `${names[0]} Support <${names[0].toLowerCase()}desk@proton.me>`,
    // Accounts.
    `@${handle}1`, `@${handle}_`, `@real_${handle}`, `@${swap(handle, CYRILLIC)}`, `@${swap(handle, LEET, true)}`, `https://t.me/${handle}_team`, `https://t.me/${label.replace("-", "")}_admin`, `telegram: @${label.replace("-", "")}support`, `@${names[0].toLowerCase()}-service`,
    `https://${platform === "x" ? "t.me" : "x.com"}/${handle}`,
    // Defanged, and in Chinese.
    `hxxps://${label}-login[.]com`, `${label} dot vip`, `${label}客服.com`, `${names.at(-1)}官网.com`.replace("Tidewater", "tidewater"),
  ];
  if (phone) tricks.push(`${phone.slice(0, -1)}${(Number(phone.at(-1)) + 1) % 10}`, `${phone}9`, `${phone.slice(0, -2)}${phone.at(-1)}${phone.at(-2)}`);
  return tricks;
}

function originals({ label, ending, handle, platform, mail, phone }) {
  const real = `${label}.${ending}`;
  const list = [
    real, `www.${real}`, `https://${real}`, `https://www.${real}/`, `http://${real}/login?next=/zh/#top`, `HTTPS://WWW.${real.toUpperCase()}/Login`, `https://help.${real}/zh/deposits/`, `https://${real}:443/`, `${real}.`, `  https://${real}/official \n`,
    `https://api.eu.${real}/v1/orders?id=1`, `//${real}/a`, `${label}。${ending}`, `https://${label}.${ending}/path/@someone`, `hxxps://${label}[.]${ending}/`, `https://${real}/?from=safe-login.net`, `<https://${real}/>`, `「${real}」`, `ｗｗｗ．${real}`, `${label}\u200b.${ending}`,
    mail, mail.toUpperCase(), `mailto:${mail}?subject=hi`, `Support <${mail}>`, `<${mail}>`, mail.replace("@", " [at] ").replace(/ /g, ""), `no-reply@${real}`, `alerts@mail.${real}`, mail.replace(".", "[.]"), `${mail}.`,
    `@${handle}`, `@${handle.toUpperCase()}`, `${platform}: ${handle}`, `${platform} @${handle}`, `${SITES[platform]}${handle}`, `${SITES[platform]}${handle}/`, `${SITES[platform].replace("https://", "")}${handle}`, `${SITES[platform]}${handle}?lang=zh`,
  ];
  return list;
}
const PHONES = {
  northbank: ["+442079460958", "+44 20 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946 0958", "020 7946 0958", "(020) 7946-0958", "tel:+44-20-7946-0958", "011 44 20 7946 0958"],
  kelpie: ["+14155550132", "+1 (415) 555-0132", "415-555-0132", "1-415-555-0132", "(415) 555 0132", "001 415 555 0132", "+1.415.555.0132", "tel:+1-415-555-0132;ext=5"],
  tidewater: ["+861088886666", "+86 10 8888 6666", "010-88886666", "(010) 8888-6666", "0086 10 88886666", "010 8888 6666 转 5", "tel:+861088886666", "＋８６ １０ ８８８８ ６６６６"],
};
// What is not ours and does not pretend to be.
const OTHERS = [
  "https://www.wikipedia.org/", "example.com", "https://example.org/help", "https://login.bank.example.net/", "https://github.com/", "weather.gov", "https://www.bbc.co.uk/news", "baidu.com", "https://zh.wikipedia.org/wiki/比特币", "203.0.113.7",
  "anna@gmail.com", "info@example.org", "zhang.wei@qq.com", "service@post.ch", "newsletter@travel-agency.fr",
  "@elonmusk", "https://t.me/durov", "https://x.com/nasa", "telegram: @cooking_daily", "@photos_of_cats", "https://discord.gg/minecraft", "wechat: laowang88",
  "+49 30 901820", "0800 1234567", "+81 3-1234-5678", "12345", "https://bücher.example.org/", "https://пример.рф/", "https://例子.测试/", "ftp://files.example.net/a",
];

const lines = [];
for (const [firm, about] of Object.entries(FIRMS)) {
  const add = (is, texts) => texts.forEach((text) => lines.push({ firm, part: about.part, is, text }));
  const own = new Set([...originals(about), ...(PHONES[firm] ?? [])]);
  add("official", [...own]);
  add("imitation", [...new Set(imitations(about))].filter((text) => !own.has(text)));
  add("other", OTHERS);
}
const FORMS = JSON.parse(readFileSync(new URL("phone-forms.json", import.meta.url), "utf8"));
const firms = Object.fromEntries(
  Object.entries(FIRMS).map(([firm, { label, ending, names, handle, platform, mail, phone }]) => [
    firm,
    {
      names,
      entries: [
        { kind: "domain", value: `${label}.${ending}`, platform: "" },
        { kind: "email", value: mail, platform: "" },
        { kind: "handle", value: `@${handle}`, platform },
        ...(phone ? [{ kind: "phone", value: phone, platform: "", forms: FORMS[phone] }] : []),
      ],
    },
  ]),
);
const made = `${JSON.stringify({ firms, lines }, null, 1)}\n`;
const path = new URL("imitations.json", import.meta.url);
if (!process.argv.includes("--check")) writeFileSync(path, made);
else process.exitCode = readFileSync(path, "utf8") === made ? 0 : 1;
