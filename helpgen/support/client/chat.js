/**
 * Adapters to the live chats of other firms. Each does one thing: open its chat with what was said so far. They are given
 * the window and a loader, so that they run in Node as well; docs/support-chat.md names the page of each vendor's calls, and
 * says how to add one.
 *
 * @typedef {{provider: string, id: string, address: string, field: string, channel: string}} Settings
 * @typedef {{who: "reader" | "assistant", text: string, at?: string}} Said
 * @typedef {{text: string, fields: Record<string, string>}} Carried  all that was said as one text, and values by field
 * @typedef {(address: string, attributes?: Record<string, string>) => Promise<void>} Load  a script from elsewhere
 * @typedef {{page: any, settings: Settings, load: Load}} Place
 * @typedef {(place: Place, carried: Carried) => Promise<"carried" | "copy">} Adapter
 *   "copy": this chat takes no text, so the reader has to paste it
 */

// Vendors cut what is longer, or refuse it.
const LONGEST = 2000;
const SHORT = 250;

/** @type {Record<string, Adapter>} */
const ADAPTERS = { intercom, zendesk, crisp, chatwoot, tawk, livechat, url };

/**
 * The chat of a site.
 * @param {Settings} settings
 * @param {any} page  the window
 * @param {Load} load
 */
export function chatOf(settings, page, load) {
  const adapter = ADAPTERS[settings.provider];
  return {
    /**
     * @param {Said[]} transcript
     * @param {Record<string, string>} fields
     */
    open(transcript, fields) {
      if (!adapter) throw new Error(`no chat is called ${settings.provider}`);
      return adapter({ page, settings, load }, { text: carriedText(transcript, fields), fields });
    },
  };
}

/**
 * What goes along, as one text: the values first, because they are what support asks for.
 * @param {Said[]} transcript
 * @param {Record<string, string>} fields
 */
export function carriedText(transcript, fields) {
  const values = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  const said = transcript.map(({ who, text }) => (who === "reader" ? `> ${text}` : text));
  const text = [values.join("\n"), ...said].filter(Boolean).join("\n\n");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** @type {Adapter} */
async function intercom({ page, settings, load }, { text }) {
  // Calls before the program has come are kept in a queue, as Intercom's own snippet does.
  const queue = (/** @type {any[]} */ ...call) => void queue.q.push(call);
  /** @type {any[][]} */
  queue.q = [];
  page.Intercom ??= queue;
  await load(`https://widget.intercom.io/widget/${settings.id}`);
  page.Intercom("boot", { app_id: settings.id });
  if (text) page.Intercom("showNewMessage", text);
  else page.Intercom("show");
  return "carried";
}

/** @type {Adapter} */
async function zendesk({ page, settings, load }, { text }) {
  await load(`https://static.zdassets.com/ekr/snippet.js?key=${encodeURIComponent(settings.id)}`, { id: "ze-snippet" });
  page.zE("messenger:set", "conversationTags", ["help-centre"]);
  if (settings.field && text) page.zE("messenger:set", "conversationFields", [{ id: settings.field, value: text }]);
  page.zE("messenger", "open");
  return settings.field || !text ? "carried" : "copy";
}

/** @type {Adapter} */
async function crisp({ page, settings, load }, { text, fields }) {
  page.CRISP_WEBSITE_ID = settings.id;
  page.$crisp ??= [];
  const values = Object.entries(fields).filter(([, value]) => value);
  if (values.length > 0) page.$crisp.push(["set", "session:data", [values]]);
  if (text) page.$crisp.push(["set", "message:text", [text]]);
  page.$crisp.push(["do", "chat:open"]);
  await load("https://client.crisp.chat/l.js");
  return "carried";
}

/** @type {Adapter} */
async function chatwoot({ page, settings, load }, { text, fields }) {
  const baseUrl = settings.address.replace(/\/+$/, "");
  const ready = new Promise((resolve) => page.addEventListener("chatwoot:ready", resolve, { once: true }));
  await load(`${baseUrl}/packs/js/sdk.js`);
  page.chatwootSDK.run({ websiteToken: settings.id, baseUrl });
  await ready;
  page.$chatwoot.setConversationCustomAttributes({ ...fields, ...(text ? { conversation: text } : {}) });
  page.$chatwoot.toggle("open");
  return text ? "copy" : "carried";
}

/** @type {Adapter} */
async function tawk({ page, settings, load }, { text, fields }) {
  page.Tawk_API ??= {};
  page.Tawk_LoadStart = new Date();
  const loaded = new Promise((resolve) => {
    page.Tawk_API.onLoad = () => resolve(null);
  });
  await load(`https://embed.tawk.to/${settings.id}`, { charset: "UTF-8", crossorigin: "*" });
  await loaded;
  const values = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => [name.replace(/[^a-z0-9-]/gi, "-"), value.slice(0, SHORT)]);
  const ignore = () => {};
  if (values.length > 0) page.Tawk_API.setAttributes(Object.fromEntries(values), ignore);
  if (text) page.Tawk_API.addEvent("help-centre", { conversation: text.slice(0, SHORT) }, ignore);
  page.Tawk_API.maximize();
  return text ? "copy" : "carried";
}

/** @type {Adapter} */
async function livechat({ page, settings, load }, { text, fields }) {
  page.__lc = { ...page.__lc, license: Number(settings.id), asyncInit: false };
  /** @type {any} */
  const queue = { _q: [], _h: null, _v: "2.0" };
  for (const name of ["on", "once", "off", "call", "init"]) {
    queue[name] = (/** @type {any[]} */ ...rest) => void (queue._h ? queue._h.apply(null, [name, rest]) : queue._q.push([name, rest]));
  }
  page.LiveChatWidget ??= queue;
  if (Object.values(fields).some(Boolean)) page.LiveChatWidget.call("set_session_variables", fields);
  page.LiveChatWidget.call("maximize", { messageDraft: text });
  await load("https://cdn.livechatinc.com/tracking.js");
  return "carried";
}

/** @type {Adapter} */
async function url({ page, settings }, { text }) {
  const takes = settings.address.includes("{text}");
  page.location.assign(settings.address.replaceAll("{text}", encodeURIComponent(text)));
  return takes || !text ? "carried" : "copy";
}
