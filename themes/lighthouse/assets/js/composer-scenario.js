// One scenario of the contact page as a form: fields, articles that fit, what is missing, the message, the ways out.
//
// Nothing leaves the page but by a button of `composer-send.js`, and none of these acts before the guard has looked.
import { keepCase } from "./cases.js";
import { liveArticles, watchArticles } from "./composer-articles.js";
import { deleteDraft, hasText, newDraft, newId, setTexts, textsOf } from "./composer-draft.js";
import { draftRow, sentQuestion, solvedNote, solvedRow } from "./composer-ends.js";
import { formOf } from "./composer-form.js";
import { guarded, keepWithoutSecrets } from "./composer-guard.js";
import { gapList, versions, wholeMessage } from "./composer-preview.js";
import { waysOut } from "./composer-send.js";
import { publicAddress, say } from "./data.js";
import { make } from "./dom.js";
import { warmGuard } from "./guard-field.js";
import { makeCase } from "./support/case.js";
import { needsTables } from "./support/guard-tables.js";
import { missing } from "./support/message.js";

/** @typedef {import("./composer-draft.js").Draft} Draft */

export class Composer {
  /**
   * @param {HTMLDetailsElement} details
   * @param {import("./support/message.js").Scenario} scenario
   * @param {{ data: import("./data.js").PageData, words: import("./data.js").Words, support: import("./support-data.js").Support }} context
   */
  constructor(details, scenario, { data, words, support }) {
    this.details = details;
    this.scenario = scenario;
    this.data = data;
    this.words = words;
    this.support = support;
    this.place = /** @type {HTMLElement} */ (details.querySelector("[data-compose]"));
    /** What stood there before: it comes back when the draft is gone. */
    this.before = [...this.place.childNodes];
    this.draft = newDraft(scenario.id);
    /** Whether the message is sent or given up, so that nothing is kept of it any more. */
    this.ended = false;
    this.alert = make("div", { class: "guard-place-holder", role: "alert" });
    this.status = make("p", { class: "send-status", role: "status" });
    this.after = make("div", { class: "after-send" });
    this.missing = make("div", { class: "missing" });
    this.preview = make("div", { class: "preview" });
    /** @type {Map<string, import("./composer-field.js").FieldView>} */
    this.fields = new Map();
  }

  /**
   * @param {Draft} draft
   * @param {import("./support/handover.js").Handover | null} handed
   * @param {() => void} forget  called when the draft is given up
   */
  start(draft, handed, forget) {
    const { words } = this;
    const found = hasText(draft);
    this.draft = draft;
    this.forget = forget;
    if (handed) {
      for (const [id, value] of Object.entries(handed.fields ?? {})) if (value) this.draft.values[id] = value;
      this.draft.path = handed.path ?? [];
      this.draft.transcript = handed.transcript ?? [];
      this.keep();
    }
    const note = handed ? "compose_handed" : found ? "compose_draft_found" : "";
    this.live = liveArticles(this.data, words, watchArticles(this.details, (title) => this.noteRead(title)));
    const form = formOf(this.scenario, this.draft, this, (field, value) => this.changed(field, value));
    this.fields = form.fields;
    form.element.append(this.live.element);
    this.place.replaceChildren(
      solvedRow(words, () => this.solve()),
      make("h3", {}, say(words, "compose_fields")),
      ...(note ? [make("p", { class: "notice", role: "status" }, say(words, note))] : []),
      ...(this.scenario.never_send ? [make("p", { class: "channel-never never-send" }, this.scenario.never_send)] : []),
      form.element,
      this.missing,
      make("h3", {}, say(words, "compose_message")),
      this.preview,
      make("h3", {}, say(words, "compose_send")),
      make("p", { class: "section-text" }, say(words, "compose_send_text")),
      this.alert,
      this.status,
      waysOut(this.outgoing()),
      this.after,
      draftRow(words, () => this.giveUp()),
    );
    this.update();
  }

  /** @param {string} title  of an article that was opened */
  noteRead(title) {
    if (!this.draft.read.includes(title)) this.draft.read.push(title);
    this.keep();
  }

  /**
   * @param {import("./support/fields.js").Field} field
   * @param {string} value
   */
  changed(field, value) {
    this.draft.values[field.id] = value;
    this.keep();
    if (field.type === "text" || field.type === "line") this.live?.ask(`${this.scenario.name[this.data.locale]} ${value}`);
    if (needsTables(value)) warmGuard().catch(() => {});
    this.alert.replaceChildren();
    this.update();
  }

  /** On this device, until the message is sent or given up. */
  keep() {
    keepWithoutSecrets(this.draft, () => !this.ended);
  }

  /** What is missing, and the message as it stands. */
  update() {
    const gaps = missing(this.support, this.scenario, this.draft.values, new Date());
    this.missing.replaceChildren(...gapList(gaps, this, (id) => this.fields.get(id)?.control.focus()));
    this.preview.replaceChildren(...versions(this.message(), this));
  }

  message() {
    return wholeMessage(this.support, this.draft, publicAddress(this.data));
  }

  /** @returns {import("./composer-send.js").Outgoing} */
  outgoing() {
    const { data, words, support, scenario } = this;
    return {
      data,
      words,
      support,
      scenario,
      draft: () => this.draft,
      message: () => this.message(),
      preview: () => this.preview,
      guarded: (act) => this.guarded(act),
      left: (...channels) => this.askWhetherSent(channels),
      sent: (channel) => this.noteDown(channel),
      tell: (text) => {
        this.status.textContent = text;
      },
    };
  }

  /**
   * Let the guard look; act only if it finds nothing.
   * @param {() => unknown} act
   */
  guarded(act) {
    this.status.textContent = "";
    const labelOf = (/** @type {string} */ id) => this.labelOf(id);
    return guarded(act, { texts: textsOf(this.draft), place: this.alert, labelOf, words: this.words, clean: (texts) => this.clean(texts) });
  }

  /** @param {string} id */
  labelOf(id) {
    return this.support.fields.find((field) => field.id === id)?.label[this.data.locale] ?? say(this.words, "compose_message");
  }

  /** @param {Map<string, string>} texts  without what the guard has found */
  clean(texts) {
    // Only what has changed: a control may show less than the value holds, such as a time without its zone.
    for (const [id, text] of texts) {
      const view = this.fields.get(id);
      if (view && text !== this.draft.values[id]) view.control.value = text;
    }
    setTexts(this.draft, texts);
    this.keep();
    this.alert.replaceChildren();
    this.status.textContent = say(this.words, "guard_removed");
    this.update();
  }

  solve() {
    this.end();
    const { title, element } = solvedNote(this.words);
    this.place.replaceChildren(element);
    title.focus();
    this.forget?.();
  }

  end() {
    this.ended = true;
    deleteDraft();
  }

  giveUp() {
    this.end();
    this.place.replaceChildren(...this.before);
    this.details.open = false;
    this.details.querySelector("summary")?.focus();
    this.forget?.();
  }

  /** @param {import("./support/router.js").Channel[]} channels */
  askWhetherSent(channels) {
    if (channels.length > 0) this.after.replaceChildren(sentQuestion(this.words, channels, (channel) => this.noteDown(channel)));
  }

  /** @param {import("./support/router.js").Channel} channel */
  noteDown(channel) {
    keepCase(makeCase(newId(), this.scenario.name[this.data.locale], channel, this.message().mine, new Date()));
    this.end();
    if (this.data.case) location.assign(this.data.case);
  }
}
