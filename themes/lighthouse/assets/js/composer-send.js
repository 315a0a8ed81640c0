// The ways out of the page: mail program, mail file, copy, share, chat, or a POST. None of them acts before the guard has
// looked, and after each the reader may note that the message is sent.
import { stateBadge } from "./channel-state.js";
import { linkTo, publicAddress, say } from "./data.js";
import { make } from "./dom.js";
import { keyFor } from "./composer-draft.js";
import { saveHandover } from "./support/handover.js";
import { emlFile, mailtoLink } from "./support/mail.js";
import { routeTo } from "./support/router.js";

/**
 * @typedef {object} Outgoing
 * @property {import("./data.js").PageData} data
 * @property {import("./data.js").Words} words
 * @property {import("./support-data.js").Support} support
 * @property {import("./support/message.js").Scenario} scenario
 * @property {() => import("./composer-draft.js").Draft} draft
 * @property {() => { mine: Message, theirs: Message, whole: Message }} message  `whole` holds both languages
 * @property {() => Element} preview
 * @property {(act: () => unknown) => void} guarded   act only if the guard finds nothing
 * @property {(...channels: Channel[]) => void} left  a message has left, or is about to, by one of these
 * @property {(channel: Channel) => void} sent        it has been sent for certain
 * @property {(text: string) => void} tell
 * @typedef {import("./support/message.js").Message} Message
 * @typedef {import("./support/router.js").Channel} Channel
 */

const PATIENCE = 20_000;

/** @param {Outgoing} out */
export function waysOut(out) {
  const { support, scenario, data, words } = out;
  const ways = routeTo(support.channels, scenario.channels, data.locale, new Date());
  const items = ways.map((way) => {
    const { channel } = way;
    const head = make("p", { class: "way-head" }, make("strong", {}, channel.name), " ", stateBadge(way, data, words));
    if (channel.reply_time) head.append(make("span", { class: "way-reply" }, channel.reply_time));
    return make("li", { "data-way": channel.id }, head, make("div", { class: "way-buttons" }, ...actionsOf(channel, out)));
  });
  const element = make("div", {}, make("ul", { class: "send-ways" }, ...items), anyway(ways.map(({ channel }) => channel), out));
  const open = support.channels.filter((channel) => channel.public).map(({ name }) => name);
  if (open.length > 0) {
    const channels = new Intl.ListFormat(data.locale, { type: "conjunction" }).format(open);
    element.append(make("p", { class: "public-note" }, say(words, "compose_public", { channels })));
  }
  return element;
}

/**
 * The buttons of one channel.
 * @param {Channel} channel
 * @param {Outgoing} out
 */
function actionsOf(channel, out) {
  const { words } = out;
  const buttons = [];
  if (channel.endpoint) buttons.push(action(say(words, "compose_post"), true, out, (button) => post(channel, button, out)));
  if (channel.url.startsWith("mailto:")) {
    const main = buttons.length === 0;
    buttons.push(action(say(words, "compose_mailto"), main, out, () => openMail(channel, out)));
    buttons.push(action(say(words, "compose_eml"), false, out, () => saveMail(channel, out)));
    buttons.push(make("span", { class: "address" }, channel.url.slice(7)));
  } else if (!channel.endpoint || channel.kind === "chat") {
    // A chat with a page of its own takes the message along; into another one the reader pastes it.
    const name = channel.widget ? "compose_widget" : channel.kind === "chat" ? "compose_chat" : "compose_open_channel";
    buttons.push(action(say(words, name, { channel: channel.name }), buttons.length === 0, out, () => openChannel(channel, out)));
  }
  return buttons;
}

/**
 * Copy and share: for any channel.
 * @param {Channel[]} channels
 * @param {Outgoing} out
 */
function anyway(channels, out) {
  const { words } = out;
  const buttons = [action(say(words, "compose_copy"), false, out, () => copy(out).then(() => out.left(...channels)))];
  if ("share" in navigator) {
    const share = async () => {
      const { subject, body } = out.message().whole;
      try {
        await navigator.share({ title: subject, text: body });
        out.left(...channels);
      } catch {
        // The reader has closed the panel.
      }
    };
    buttons.push(action(say(words, "compose_share"), false, out, share));
  }
  return make("p", { class: "way-buttons" }, ...buttons);
}

/**
 * @param {string} label
 * @param {boolean} main
 * @param {Outgoing} out
 * @param {(button: HTMLButtonElement) => unknown} act
 */
function action(label, main, out, act) {
  const button = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: main ? "button" : "button quiet" }, label));
  button.addEventListener("click", () => out.guarded(() => act(button)));
  return button;
}

/** @param {Channel} channel @param {Outgoing} out */
function openMail(channel, out) {
  const { href, whole } = mailtoLink({ to: channel.url, ...out.message().whole }, say(out.words, "compose_cut"));
  if (!whole) out.tell(say(out.words, "compose_long"));
  const link = make("a", { href });
  link.click();
  out.left(channel);
}

/** @param {Channel} channel @param {Outgoing} out */
function saveMail(channel, out) {
  const text = emlFile({ to: channel.url, ...out.message().whole }, new Date());
  saveFile(`${out.scenario.id}.eml`, "message/rfc822", text);
  out.left(channel);
}

/**
 * Hand a file to the reader.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {Outgoing} out */
async function copy(out) {
  const { subject, body } = out.message().whole;
  try {
    await navigator.clipboard.writeText(`${subject}\n\n${body}`);
    out.tell(say(out.words, "compose_copied"));
  } catch {
    getSelection()?.selectAllChildren(out.preview());
    out.tell(say(out.words, "compose_copy_failed"));
  }
}

/**
 * A chat (or a page) is opened with the message in the clipboard. A chat widget that is on the page may take it itself:
 * it hears "hg:handover" and prevents what would happen otherwise.
 * @param {Channel} channel
 * @param {Outgoing} out
 */
async function openChannel(channel, out) {
  const { values, transcript } = out.draft();
  const detail = { channel: channel.id, transcript, fields: { ...values }, message: out.message().whole };
  if (channel.widget) {
    const { subject, body } = detail.message;
    saveHandover({ scenario: out.scenario.id, transcript: [{ who: "reader", text: `${subject}\n\n${body}`, at: new Date().toISOString() }] });
    out.left(channel);
    location.assign(linkTo(out.data, channel.url));
    return;
  }
  const taken = !document.dispatchEvent(new CustomEvent("hg:handover", { detail, cancelable: true }));
  if (!taken) {
    await copy(out);
    const link = make("a", { href: linkTo(out.data, channel.url), rel: "noopener noreferrer", target: "_blank" });
    link.click();
  }
  out.left(channel);
}

/**
 * Send it as JSON. Whatever goes wrong, the draft stays, and the id of a second try is that of the first.
 * @param {Channel} channel
 * @param {HTMLButtonElement} button
 * @param {Outgoing} out
 */
async function post(channel, button, out) {
  const { words, data } = out;
  const draft = out.draft();
  const { mine, theirs } = out.message();
  const content = {
    version: 1,
    scenario: draft.scenario,
    channel: channel.id,
    locale: data.locale,
    language: out.support.language,
    fields: { ...draft.values },
    message: mine,
    translation: theirs,
    read: draft.read,
    path: draft.path,
    transcript: draft.transcript,
    page: publicAddress(data),
  };
  const key = keyFor(draft, JSON.stringify(content));
  const address = new URL(channel.endpoint.startsWith("/") ? data.root + channel.endpoint.slice(1) : channel.endpoint, location.href);
  button.disabled = true;
  button.textContent = say(words, "compose_posting");
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ ...content, key }),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new Error(String(response.status));
    out.sent(channel);
  } catch {
    out.tell(say(words, "compose_post_failed"));
  } finally {
    button.disabled = false;
    button.textContent = say(words, "compose_post");
  }
}
