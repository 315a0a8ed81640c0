// One scenario of the contact page as a form: fields, articles that fit, what is missing, the message, the ways out.
//
// Nothing leaves the page but by a button of `composer-send.js`, and none of these acts before the guard has looked.
import { keepCase } from "./cases.js";
import { liveArticles, watchArticles } from "./composer-articles.js";
import { deleteDraft, hasText, keepDraft, newDraft, newId, setTexts, textsOf } from "./composer-draft.js";
import { draftRow, sentQuestion, solvedNote, solvedRow } from "./composer-ends.js";
import { fieldView } from "./composer-field.js";
import { guarded } from "./composer-guard.js";
import { gapList, versions, wholeMessage } from "./composer-preview.js";
import { waysOut } from "./composer-send.js";
import { publicAddress, say } from "./data.js";
import { make } from "./dom.js";
import { warmGuard } from "./guard-field.js";
import { makeCase } from "./support/case.js";
import { needsTables } from "./support/guard-tables.js";
import { fieldsOf, missing, networkOf } from "./support/message.js";

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
      keepDraft(this.draft);
    }
    const note = handed ? "compose_handed" : found ? "compose_draft_found" : "";
    this.live = liveArticles(this.data, words, watchArticles(this.details, (title) => this.noteRead(title)));
    this.place.replaceChildren(
      solvedRow(words, () => this.solve()),
      make("h3", {}, say(words, "compose_fields")),
      ...(note ? [make("p", { class: "notice", role: "status" }, say(words, note))] : []),
      ...(this.scenario.never_send ? [make("p", { class: "channel-never never-send" }, this.scenario.never_send)] : []),
      this.form(),
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
    keepDraft(this.draft);
  }

  form() {
    const form = make("form", { class: "compose-form", novalidate: "" });
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const { field, required } of fieldsOf(this.support, this.scenario)) {
      const view = fieldView(
        field,
        required,
        this.draft.values[field.id] ?? "",
        () => this.surroundings(),
        (value) => this.changed(field, value),
        { data: this.data, words: this.words, networks: this.support.networks },
      );
      this.fields.set(field.id, view);
      form.append(view.element);
    }
    if (this.live) form.append(this.live.element);
    return form;
  }

  surroundings() {
    return { now: new Date(), networks: this.support.networks, network: networkOf(this.support, this.scenario, this.draft.values) };
  }

  /**
   * @param {import("./support/fields.js").Field} field
   * @param {string} value
   */
  changed(field, value) {
    this.draft.values[field.id] = value;
    keepDraft(this.draft);
    if (field.type === "network") {
      for (const { field: other } of fieldsOf(this.support, this.scenario)) {
        if ((other.type === "txid" || other.type === "address") && this.draft.values[other.id]) this.fields.get(other.id)?.check(true);
      }
    }
    if (field.type === "text" || field.type === "line") this.live?.ask(`${this.scenario.name[this.data.locale]} ${value}`);
    if (needsTables(value)) warmGuard().catch(() => {});
    this.alert.replaceChildren();
    this.update();
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
      left: (channel) => this.askWhetherSent(channel),
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
    keepDraft(this.draft);
    this.alert.replaceChildren();
    this.status.textContent = say(this.words, "guard_removed");
    this.update();
  }

  solve() {
    deleteDraft();
    const { title, element } = solvedNote(this.words);
    this.place.replaceChildren(element);
    title.focus();
    this.forget?.();
  }

  giveUp() {
    deleteDraft();
    this.place.replaceChildren(...this.before);
    this.details.open = false;
    this.details.querySelector("summary")?.focus();
    this.forget?.();
  }

  /** @param {import("./support/router.js").Channel} channel */
  askWhetherSent(channel) {
    this.after.replaceChildren(sentQuestion(this.words, () => this.noteDown(channel)));
  }

  /** @param {import("./support/router.js").Channel} channel */
  noteDown(channel) {
    keepCase(makeCase(newId(), this.scenario.name[this.data.locale], channel, this.message().mine, new Date()));
    deleteDraft();
    if (this.data.case) location.assign(this.data.case);
  }
}
