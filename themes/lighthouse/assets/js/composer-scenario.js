// One scenario of the contact page as a form: fields, articles that fit, what is missing, the message, the ways out.
//
// Nothing leaves the page but by a button of `composer-send.js`, and none of these acts before the guard has looked.
import { keepCase } from "./cases.js";
import { liveArticles } from "./composer-articles.js";
import { deleteDraft, hasText, keepDraft, newDraft, newId } from "./composer-draft.js";
import { fieldView } from "./composer-field.js";
import { cleaned, examine, uncertain, warning } from "./composer-guard.js";
import { gapList, versions } from "./composer-preview.js";
import { waysOut } from "./composer-send.js";
import { say } from "./data.js";
import { make } from "./dom.js";
import { warmGuard } from "./guard-field.js";
import { makeCase } from "./support/case.js";
import { needsTables } from "./support/guard-tables.js";
import { fieldsOf, missing, networkOf, writeMessage } from "./support/message.js";

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
    this.live = liveArticles(this.data, words, this.knownArticles());
    this.place.replaceChildren(
      this.solvedRow(),
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
      this.draftRow(),
    );
    this.update();
  }

  /** The addresses of the articles above the form; a click on one is remembered as read. */
  knownArticles() {
    const links = /** @type {HTMLAnchorElement[]} */ ([...this.details.querySelectorAll(".articles a")]);
    for (const link of links) {
      link.addEventListener("click", () => {
        const title = link.querySelector(".article-title")?.textContent?.trim() ?? "";
        if (title && !this.draft.read.includes(title)) this.draft.read.push(title);
        keepDraft(this.draft);
      });
    }
    return new Set(links.map(({ pathname }) => pathname));
  }

  /** "That solved it": the best end of all. */
  solvedRow() {
    const { words } = this;
    const button = make("button", { type: "button", class: "button quiet" }, say(words, "compose_solved"));
    button.addEventListener("click", () => {
      deleteDraft();
      const title = make("p", { class: "solved-title", tabindex: "-1" }, say(words, "compose_solved_title"));
      this.place.replaceChildren(make("div", { class: "solved", role: "status" }, title, make("p", {}, say(words, "compose_solved_text"))));
      title.focus();
      this.forget?.();
    });
    return make("p", { class: "solved-row" }, button);
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

  /** Both languages, and the whole that is sent: that of support first. */
  message() {
    const { draft } = this;
    const written = {
      scenario: this.scenario.id,
      values: draft.values,
      read: draft.read,
      path: draft.path,
      transcript: draft.transcript,
      page: location.origin + location.pathname,
    };
    const { mine, theirs } = writeMessage(this.support, written);
    const one = this.support.language === this.support.locale;
    return { mine, theirs, whole: one ? mine : { subject: theirs.subject, body: `${theirs.body}\n\n----------\n\n${mine.body}` } };
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

  /** Every text of the draft by the id of its field; what was said to the assistant under ids of its own. */
  texts() {
    const { values, path, transcript } = this.draft;
    return new Map([...Object.entries(values), ["path", path.join("\n")], ...transcript.map(({ text }, index) => /** @type {[string, string]} */ ([`talk ${index}`, text]))]);
  }

  /**
   * Let the guard look; act only if it finds nothing.
   * @param {() => unknown} act
   */
  async guarded(act) {
    this.status.textContent = "";
    this.alert.replaceChildren();
    const texts = this.texts();
    try {
      const found = await examine(texts);
      if (found.length === 0) return void act();
      this.alert.append(warning(found, texts, (id) => this.labelOf(id), this.words, () => this.remove(found)));
    } catch {
      this.alert.append(
        uncertain(this.words, () => {
          this.alert.replaceChildren();
          act();
        }),
      );
    }
    this.alert.scrollIntoView({ block: "center" });
  }

  /** @param {string} id */
  labelOf(id) {
    return this.support.fields.find((field) => field.id === id)?.label[this.data.locale] ?? say(this.words, "compose_message");
  }

  /** @param {import("./composer-guard.js").Found[]} found */
  remove(found) {
    const texts = cleaned(this.texts(), found);
    for (const id of Object.keys(this.draft.values)) {
      const text = texts.get(id) ?? "";
      if (text === this.draft.values[id]) continue;
      this.draft.values[id] = text;
      const view = this.fields.get(id);
      if (view) view.control.value = text;
    }
    this.draft.path = (texts.get("path") ?? "").split("\n").filter(Boolean);
    this.draft.transcript = this.draft.transcript.map((turn, index) => ({ ...turn, text: texts.get(`talk ${index}`) ?? "" }));
    keepDraft(this.draft);
    this.alert.replaceChildren();
    this.status.textContent = say(this.words, "guard_removed");
    this.update();
  }

  /** @param {import("./support/router.js").Channel} channel */
  askWhetherSent(channel) {
    const { words } = this;
    const button = make("button", { type: "button", class: "button" }, say(words, "compose_sent"));
    button.addEventListener("click", () => this.noteDown(channel));
    this.after.replaceChildren(
      make("div", { class: "notice sent-question" }, make("div", {}, make("strong", {}, say(words, "compose_sent_question")), make("p", {}, say(words, "compose_sent_text")), button)),
    );
  }

  /** @param {import("./support/router.js").Channel} channel */
  noteDown(channel) {
    keepCase(makeCase(newId(), this.scenario.name[this.data.locale], channel, this.message().mine, new Date()));
    deleteDraft();
    if (this.data.case) location.assign(this.data.case);
  }

  draftRow() {
    const { words } = this;
    const button = make("button", { type: "button", class: "button quiet" }, say(words, "compose_draft_delete"));
    button.addEventListener("click", () => {
      deleteDraft();
      this.place.replaceChildren(...this.before);
      this.details.open = false;
      this.details.querySelector("summary")?.focus();
      this.forget?.();
    });
    return make("p", { class: "draft-row" }, make("span", {}, say(words, "compose_draft")), button);
  }
}
