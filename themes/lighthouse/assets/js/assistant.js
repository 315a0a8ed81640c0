// The assistant: a panel that answers from the articles and hands over to a person. Loaded when its button is touched.
import { cleaned, examine, uncertain, warning } from "./composer-guard.js";
import { handoverOf, personView } from "./assistant-person.js";
import { recallTurns, rememberTurns } from "./assistant-store.js";
import { button, turnView } from "./assistant-view.js";
import { loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { failureOf, openClient } from "./search-client.js";
import { loadSupport } from "./support-data.js";
import { respond, respondAgain, respondWithin } from "./support/assistant.js";
import { told } from "./support/conversation.js";
import { saveFile } from "./composer-send.js";

/**
 * @typedef {import("./support/conversation.js").Turn} Turn
 * @typedef {import("./support/conversation.js").Told} Told
 */

const WAIT = 300;
const STARTS = 4;

/**
 * Make the panel. It is opened by the answer's `open`.
 * @param {import("./data.js").PageData} data
 * @param {HTMLElement} opener  has the focus again when the panel is closed
 */
export async function makeAssistant(data, opener) {
  await loadStyle();
  const [words, support] = await Promise.all([loadLateWords(data), data.support ? loadSupport(data).catch(() => null) : null]);
  return new Assistant({ data, words, support }, opener);
}

class Assistant {
  /**
   * @param {import("./assistant-view.js").Surroundings} around
   * @param {HTMLElement} opener
   */
  constructor(around, opener) {
    this.around = around;
    this.opener = opener;
    /** @type {Turn[]} */
    this.turns = recallTurns();
    this.busy = false;
    const { words } = around;
    this.log = make("ol", { class: "assistant-log" });
    this.scroller = make("div", { class: "assistant-scroll", role: "log", "aria-label": say(words, "assistant_log"), tabindex: "0" }, this.log);
    this.input = /** @type {HTMLTextAreaElement} */ (
      make("textarea", { id: "hg-ask", rows: "1", maxlength: "1000", placeholder: say(words, "assistant_placeholder"), enterkeyhint: "send" })
    );
    this.notice = make("div", { class: "assistant-notice", role: "alert" });
    this.tools = make("div", { class: "assistant-tools" });
    this.panel = this.makePanel();
    document.body.append(this.panel);
    this.draw();
  }

  makePanel() {
    const { words } = this.around;
    const title = make("h2", { id: "hg-assistant", class: "assistant-title" }, say(words, "assistant_title"));
    const close = make("button", { type: "button", class: "assistant-close", "aria-label": say(words, "assistant_close") });
    close.addEventListener("click", () => this.close());
    const send = make("button", { type: "submit", class: "button" }, say(words, "assistant_send"));
    const form = make("form", { class: "assistant-form" }, make("label", { for: "hg-ask", class: "hidden" }, say(words, "assistant_label")), this.input, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(this.input.value);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.ask(this.input.value);
    });
    this.tools.append(
      button(say(words, "assistant_person"), () => this.person()),
      button(say(words, "assistant_export"), () => this.save()),
      button(say(words, "assistant_delete"), () => this.forget()),
    );
    const panel = /** @type {HTMLDialogElement} */ (make("dialog", { class: "assistant", "aria-labelledby": "hg-assistant" }));
    panel.append(make("div", { class: "assistant-head" }, title, close), this.scroller, this.notice, form, this.tools, make("p", { class: "assistant-note" }, say(words, "assistant_note")));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    panel.addEventListener("close", () => this.opener.focus());
    return panel;
  }

  open() {
    // On a phone it covers the page; on a wide screen the page beside it stays usable.
    if (matchMedia("(max-width: 719px)").matches) this.panel.showModal();
    else this.panel.show();
    this.opener.setAttribute("aria-expanded", "true");
    this.input.focus();
    this.scroll();
  }

  close() {
    this.panel.close();
    this.opener.setAttribute("aria-expanded", "false");
  }

  get isOpen() {
    return this.panel.open;
  }

  /** Draw everything that was said; only the last reply has buttons. */
  draw() {
    const last = this.turns.length - 1;
    this.log.replaceChildren(this.greeting(), ...this.turns.map((turn, index) => this.view(turn, index === last)));
    this.tools.toggleAttribute("data-empty", this.turns.length === 0);
    this.scroll();
  }

  /** @param {Turn} turn @param {boolean} current */
  view(turn, current) {
    const acts = { choose: (/** @type {string} */ id) => this.choose(id), again: () => this.again(), solved: () => this.solved(), person: () => this.person() };
    const element = turnView(turn, this.around, current ? acts : null);
    if (current && turn.who === "assistant" && ["person", "danger"].includes(turn.kind)) element.append(personView(() => this.turns, turn.scenario, this.around));
    return element;
  }

  greeting() {
    const { words, support, data } = this.around;
    const item = make("li", { class: "said said-assistant" }, make("p", {}, say(words, "assistant_greeting")));
    const names = (support?.scenarios ?? []).slice(0, STARTS).map(({ name }) => name[data.locale] ?? "").filter(Boolean);
    if (this.turns.length === 0) item.append(make("div", { class: "said-choices" }, ...names.map((name) => button(name, () => this.ask(name)))));
    return item;
  }

  scroll() {
    const last = this.log.lastElementChild;
    // The beginning of a long answer must be in view, not its end.
    if (last instanceof HTMLElement) this.scroller.scrollTop = last.offsetTop - 12;
  }

  /** @param {string} text */
  async ask(text) {
    const asked = text.trim();
    if (!asked || this.busy) return;
    const texts = new Map([["question", asked]]);
    const { words } = this.around;
    this.notice.replaceChildren();
    /** @type {import("./composer-guard.js").Found[]} */
    let found = [];
    try {
      found = await examine(texts);
    } catch {
      this.notice.replaceChildren(uncertain(words, () => this.answer(asked)));
      return;
    }
    if (found.length === 0) {
      await this.answer(asked);
      return;
    }
    const remove = () => {
      this.notice.replaceChildren();
      this.input.value = cleaned(texts, found).get("question") ?? "";
      this.input.focus();
    };
    this.notice.replaceChildren(warning(found, texts, () => say(words, "assistant_label"), words, remove));
  }

  /** @param {string} asked */
  answer(asked) {
    this.notice.replaceChildren();
    this.input.value = "";
    this.add({ who: "reader", at: new Date().toISOString(), text: asked });
    return this.reply(asked, (search) => respond(asked, search, this.around.support));
  }

  again() {
    const { question, scenario, shown } = this.lately();
    this.add({ who: "reader", at: new Date().toISOString(), text: say(this.around.words, "assistant_again") });
    return this.reply(question, (search) => respondAgain(question, shown, scenario, search, this.around.support));
  }

  /** @param {string} scenario */
  choose(scenario) {
    const { question } = this.lately();
    const name = this.around.support?.scenarios.find(({ id }) => id === scenario)?.name[this.around.data.locale] ?? scenario;
    this.add({ who: "reader", at: new Date().toISOString(), text: name });
    return this.reply(question, (search) => respondWithin(question, scenario, search, this.around.support));
  }

  solved() {
    this.add({ who: "reader", at: new Date().toISOString(), text: say(this.around.words, "assistant_solved") });
    this.add(told("", { ...NOTHING, kind: "thanks" }, this.around.data.locale, new Date().toISOString()));
  }

  person() {
    const { question, scenario } = this.lately();
    const reply = { ...NOTHING, kind: /** @type {const} */ ("person"), scenario };
    this.add(told(question, reply, this.around.data.locale, new Date().toISOString()));
  }

  /** The last question, the kind of trouble that it is about, and what was shown for it. */
  lately() {
    const replies = this.turns.filter((turn) => turn.who === "assistant");
    const question = replies.findLast((turn) => turn.question)?.question ?? "";
    const about = replies.filter((turn) => turn.question === question);
    const scenario = replies.findLast((turn) => turn.scenario)?.scenario ?? "";
    return { question, scenario, shown: new Set(about.flatMap(({ keys }) => keys)) };
  }

  /**
   * @param {string} question
   * @param {(search: import("./support/assistant.js").Search) => Promise<import("./support/assistant.js").Reply>} find
   */
  async reply(question, find) {
    const { data, words } = this.around;
    this.busy = true;
    const timer = setTimeout(() => this.notice.replaceChildren(make("p", { class: "assistant-wait" }, say(words, "assistant_wait"))), WAIT);
    try {
      // Opened at the first question to it: what needs no search is said without one.
      const reply = await find({
        answer: async (query) => (await openClient(data)).answer(query),
        search: async (query, options) => (await openClient(data)).search(query, options),
      });
      this.notice.replaceChildren();
      this.add(told(question, reply, data.locale, new Date().toISOString()));
    } catch (error) {
      this.notice.replaceChildren(make("p", {}, say(words, `${failureOf(error)}_title`)), personView(() => this.turns, "", this.around));
    } finally {
      clearTimeout(timer);
      this.busy = false;
    }
  }

  /** @param {Turn} turn */
  add(turn) {
    this.turns.push(turn);
    rememberTurns(this.turns);
    const before = this.log.lastElementChild;
    if (this.turns.length === 1) before?.querySelector(".said-choices")?.remove();
    // The buttons of the reply before belong to the past.
    if (before) for (const old of before.querySelectorAll(".said-choices, .said-ways")) old.remove();
    this.log.append(this.view(turn, true));
    this.tools.removeAttribute("data-empty");
    this.scroll();
  }

  save() {
    const { transcript } = handoverOf(this.turns, "", this.around);
    const { words } = this.around;
    const name = { reader: say(words, "assistant_you"), assistant: say(words, "assistant_it") };
    const text = transcript.map(({ who, text, at }) => `${at.slice(0, 16).replace("T", " ")} UTC  ${name[who]}\n${text}\n`).join("\n");
    saveFile("conversation.txt", "text/plain", text);
  }

  forget() {
    this.turns = [];
    rememberTurns([]);
    this.notice.replaceChildren(make("p", {}, say(this.around.words, "assistant_deleted")));
    this.draw();
    this.input.focus();
  }
}

/** @type {import("./support/assistant.js").Reply} */
const NOTHING = { kind: "nothing", answer: null, hits: [], articles: [], scenarios: [], scenario: "", guide: null, risk: false };

/** The panel's own sheet, which no page carries before the panel is wanted. */
function loadStyle() {
  return new Promise((resolve) => {
    const link = make("link", { rel: "stylesheet", href: new URL("./assistant.css", import.meta.url).href });
    link.addEventListener("load", () => resolve(null));
    link.addEventListener("error", () => resolve(null));
    document.head.append(link);
  });
}
