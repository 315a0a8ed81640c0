// Whether a link, mail address, handle or phone number is ours: official, an imitation (and how), or nobody we know.
//
// Pure and offline: the list of what is ours comes with the page. "Official" is only what is on the list, or lies under
// a domain on it. Everything else is not ours; the reasons say what makes it look like us.
import { judgeHandle } from "./verify-handle.js";
import { judgeHost } from "./verify-host.js";
import { judgePhone } from "./verify-phone.js";

/**
 * @typedef {"domain" | "url" | "email" | "phone" | "handle" | "app"} Kind
 * @typedef {{ kind: Kind, value: string, platform: string, shown?: string, forms?: string[] }} Entry  `shown`: the platform
 *   as it writes itself; `forms`: a phone's digits as people write them
 * @typedef {object} Official
 * @property {string[]} names   what we are called, also in other scripts
 * @property {Entry[]} entries
 * @typedef {{ reason: string, detail?: string }} Reason
 * @typedef {object} Judgement
 * @property {"official" | "imitation" | "unknown" | "unreadable"} verdict
 * @property {"link" | "email" | "phone" | "handle" | "name" | ""} kind
 * @property {string} value      what was judged, as it really reads
 * @property {Reason[]} reasons  what makes it an imitation, the most telling first
 * @property {string} [platform] where a handle is ours
 */

const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** Sites whose addresses name an account. */
const PLATFORMS = /** @type {[RegExp, string][]} */ ([
  [/^(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)$/, "telegram"],
  [/^(?:www\.|mobile\.)?(?:x|twitter)\.com$/, "x"],
  [/^(?:www\.)?(?:discord\.gg|discord\.com|discordapp\.com)$/, "discord"],
  [/^(?:www\.|m\.)?(?:facebook\.com|fb\.com|fb\.me)$/, "facebook"],
  [/^(?:www\.)?instagram\.com$/, "instagram"],
  [/^(?:www\.)?(?:weibo\.com|weibo\.cn)$/, "weibo"],
  [/^(?:www\.|m\.)?(?:youtube\.com|youtu\.be)$/, "youtube"],
  [/^(?:www\.)?tiktok\.com$/, "tiktok"],
  [/^(?:www\.)?linkedin\.com$/, "linkedin"],
  [/^(?:www\.|old\.)?reddit\.com$/, "reddit"],
  [/^(?:www\.)?(?:wa\.me|api\.whatsapp\.com)$/, "whatsapp"],
]);
const NAMED_PLATFORM = /^(telegram|电报|電報|tg|x|twitter|推特|discord|facebook|instagram|ig|weibo|微博|youtube|tiktok|linkedin|reddit|whatsapp|wechat|微信|line|qq)\s*[:：]?\s+|^(telegram|电报|電報|tg|twitter|推特|discord|weibo|微博|wechat|微信|qq)\s*[:：]\s*/i;
/** @type {Record<string, string>} */
const ALIASES = { 电报: "telegram", 電報: "telegram", tg: "telegram", twitter: "x", 推特: "x", ig: "instagram", 微博: "weibo", 微信: "wechat" };

/**
 * @param {string} text  as it was pasted
 * @param {Official} official
 * @param {import("./outlines.js").Lookalikes} lookalikes
 * @returns {Judgement}
 */
export function judge(text, official, lookalikes) {
  const plain = refanged(text.replace(UNSEEN, "").replace(/[\u3000\u00a0]/g, " ").trim());
  if (plain === "") return { verdict: "unreadable", kind: "", value: "", reasons: [] };
  const mail = mailIn(plain);
  if (mail) return judgeMail(mail, official, lookalikes);
  if (/^(?:tel:|sms:)?[+(\d][\d\s().\-/+]{3,}(?:\s*(?:ext\.?|x|转|分机)\s*\d+)?$/i.test(plain.normalize("NFKC")) || /^(?:tel|sms):/i.test(plain)) {
    if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(plain)) return judgePhone(plain.normalize("NFKC"), official);
  }
  if (/^[+\d][\d\s-]*-[A-Z]{4,}[A-Z-]*$/.test(plain)) return judgePhone(plain, official);
  const named = NAMED_PLATFORM.exec(plain);
  if (named) {
    const platform = (named[1] ?? named[2]).toLowerCase();
    const rest = plain.slice(named[0].length);
    if (!/[/\s]/.test(rest)) return judgeHandle(rest, ALIASES[platform] ?? platform, official, lookalikes);
  }
  if (/^[@＠]/.test(plain)) return judgeHandle(plain, "", official, lookalikes);
  return judgeLink(plain, official, lookalikes) ?? judgeHandle(plain, "", official, lookalikes);
}

/**
 * Addresses are often written so that nobody clicks on them: hxxps://skerry[.]example.
 * @param {string} text
 */
function refanged(text) {
  return text
    .replace(/^["'“”<「（(]+|["'“”>」）)，。,;；!！]+$/gu, "")
    .replace(/^hxxp/i, "http")
    .replace(/\s*[[({【]\s*(?:\.|dot|点)\s*[\])}】]\s*/gi, ".")
    .replace(/\s*[[({]\s*(?:@|at)\s*[\])}]\s*/gi, "@")
    .replace(/\s+dot\s+/gi, ".")
    .replace(/[。．｡]/g, ".")
    .replace(/^(https?):\\\\/i, "$1://");
}

/** @param {string} text */
function mailIn(text) {
  if (/^mailto:/i.test(text)) return { shown: "", address: text.slice(7).split("?")[0] };
  const inner = /^(.*)<\s*([^<>\s]+[@＠][^<>\s]+)\s*>?$/u.exec(text);
  if (inner) return { shown: inner[1], address: inner[2] };
  const bare = text.replace(/\.+$/, "");
  return /^[^\s/@:：?#]+[@＠][^\s/@:]+\.[^\s/@:.]+$/u.test(bare) ? { shown: "", address: bare } : null;
}

/**
 * @param {{ shown: string, address: string }} mail
 * @param {Official} official
 * @param {import("./outlines.js").Lookalikes} lookalikes
 * @returns {Judgement}
 */
function judgeMail({ shown, address }, official, lookalikes) {
  const [, local, domain] = /^(.*)[@＠]([^@＠]*)$/u.exec(address) ?? ["", address, ""];
  const host = hostOf(domain);
  const value = host ? `${local}@${host}` : address;
  if (!host) return { verdict: "unknown", kind: "email", value, reasons: [] };
  const listed = official.entries.some((entry) => entry.kind === "email" && entry.value.toLowerCase() === value.toLowerCase());
  if (listed) return { verdict: "official", kind: "email", value, reasons: [] };
  const judged = judgeHost(host, official, lookalikes);
  // Whoever runs a domain of ours gives out its addresses; it need not be listed, but it may not contain a trick.
  if (judged.ours && /^[\w.+-]+$/.test(local)) return { verdict: "official", kind: "email", value, reasons: [{ reason: "unlisted" }] };
  const reasons = judged.ours ? [{ reason: "lookalike", detail: local }] : [...judged.reasons];
  if (mentions(local, official, lookalikes)) reasons.push({ reason: "local", detail: local });
  if (shown && (mentions(shown, official, lookalikes) || /@/.test(shown))) reasons.push({ reason: "shown", detail: shown.trim() });
  return { verdict: reasons.length > 0 ? "imitation" : "unknown", kind: "email", value: judged.shown ? `${local}@${judged.shown}` : value, reasons };
}

/**
 * @param {string} text
 * @param {Official} official
 * @param {import("./outlines.js").Lookalikes} lookalikes
 * @returns {Judgement | null} null = no link
 */
function judgeLink(text, official, lookalikes) {
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(text)?.[1].toLowerCase() ?? "";
  if (scheme && scheme !== "http" && scheme !== "https") return { verdict: "unknown", kind: "link", value: text, reasons: [{ reason: "scheme", detail: scheme }] };
  if (!scheme && !/^(?:\/\/)?[^\s/@]*[^\s/@.]\.[^\s/@.]/u.test(text) && !/@[^\s/]+\.[^\s/]+\//u.test(text)) return null;
  let url;
  try {
    url = new URL(scheme ? text.replace(/\s+/g, "") : `https://${text.replace(/^\/\//, "").replace(/\s+/g, "")}`);
  } catch {
    // No browser would open it, so it leads nowhere; that it looks like us still counts.
    const reasons = mentions(text, official, lookalikes) ? [{ reason: "broken", detail: text }] : [];
    return { verdict: reasons.length > 0 ? "imitation" : "unreadable", kind: "link", value: text, reasons };
  }
  const host = url.hostname.replace(/\.$/, "");
  const platform = PLATFORMS.find(([site]) => site.test(host))?.[1];
  const account = platform ? accountIn(url, platform) : "";
  if (platform && account && !url.username) return { ...judgeHandle(account, platform, official, lookalikes), kind: "link", value: `${host}/${account}` };
  const judged = judgeHost(host, official, lookalikes);
  const listed = official.entries.some((entry) => entry.kind === "url" && isSamePage(entry.value, url));
  if (judged.ours || (listed && !url.username)) return { verdict: "official", kind: "link", value: host + (listed ? url.pathname : ""), reasons: [] };
  const reasons = [...judged.reasons];
  const before = decodeURIComponentSafely(`${url.username} ${url.password}`).trim();
  if (before) reasons.unshift({ reason: "userinfo", detail: before });
  const path = decodeURIComponentSafely(url.pathname + url.search + url.hash);
  if (mentions(path, official, lookalikes)) reasons.push({ reason: "path", detail: path });
  return { verdict: reasons.length > (before && !mentions(before, official, lookalikes) && reasons.length === 1 ? 1 : 0) ? "imitation" : "unknown", kind: "link", value: judged.shown || host, reasons };
}

/**
 * The account that an address on a platform names, "" for its other pages.
 * @param {URL} url
 * @param {string} platform
 */
function accountIn(url, platform) {
  const parts = decodeURIComponentSafely(url.pathname).split("/").filter(Boolean);
  const skipped = { telegram: /^(?:s|joinchat|c)$/, discord: /^(?:invite|channels)$/, youtube: /^(?:c|user|channel)$/, linkedin: /^(?:company|in)$/, reddit: /^(?:r|u|user)$/ };
  const first = parts[0] && /** @type {Record<string, RegExp>} */ (skipped)[platform]?.test(parts[0]) ? parts[1] : parts[0];
  return (first ?? "").replace(/^[@+]/, "");
}

/** @param {string} listed @param {URL} url */
function isSamePage(listed, url) {
  const own = new URL(listed);
  const path = own.pathname.replace(/\/$/, "");
  return own.hostname === url.hostname && (url.pathname === path || url.pathname.startsWith(`${path}/`));
}

/**
 * Whether a text holds one of our names or domains, however it is written.
 * @param {string} text
 * @param {Official} official
 * @param {import("./outlines.js").Lookalikes} lookalikes
 */
function mentions(text, official, lookalikes) {
  return judgeHost(text.replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^[.-]+|[.-]+$/g, ""), official, lookalikes, true).reasons.length > 0;
}

/** @param {string} domain */
function hostOf(domain) {
  try {
    return new URL(`https://${domain}`).hostname.replace(/\.$/, "");
  } catch {
    return "";
  }
}

/** @param {string} text */
function decodeURIComponentSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
