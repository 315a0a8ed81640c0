// The search box with its panel: a combobox after the ARIA Authoring Practices.
//
// 1. Typing asks after a short rest; while an input method composes (pinyin), nothing is asked.
// 2. The panel shows results, an empty result with a way on, or a failure in words. "Searching" only after 300 ms.
// 3. Arrows choose, Enter opens the chosen one (else the page of results), Escape closes and then clears.
import { loadWords, say } from "./data.js";
import { make } from "./dom.js";
import { failureOf, openClient } from "./search-client.js";
import { hitLink } from "./search-hits.js";
import { emptyMessage, failureMessage, message, suggestion } from "./search-messages.js";
import { whenTyped } from "./typing.js";

const LIMIT = 6;
const PATIENCE = 300;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {import("./data.js").PageData} data
 */
export async function startSearchBox(form, input, data) {
  const words = await loadWords(data);
  new SearchBox(form, input, data, words).start();
}

class SearchBox {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} input
   * @param {import("./data.js").PageData} data
   * @param {import("./data.js").Words} words
   */
  constructor(form, input, data, words) {
    this.form = form;
    this.input = input;
    this.data = data;
    this.words = words;
    this.panel = make("div", { class: "panel", hidden: "" });
    this.list = make("div", { role: "listbox", id: "hg-hits", "aria-label": say(words, "results_list") });
    this.notes = make("div", {});
    this.status = make("div", { role: "status", class: "hidden" });
    /** @type {HTMLElement[]} */
    this.options = [];
    this.active = -1;
    /** The query that the panel shows or is about to show. */
    this.asked = "";
  }

  start() {
    const { input, form, panel } = this;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "hg-hits",
      "aria-autocomplete": "list",
    })) {
      input.setAttribute(name, value);
    }
    panel.append(this.list, this.notes);
    form.append(panel, this.status);
    whenTyped(input, () => this.ask());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("focus", () => this.ask());
    form.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !form.contains(event.target)) this.close();
    });
    // Get the index while the reader thinks of words.
    openClient(this.data).then((client) => client.ready()).catch(() => {});
    this.ask();
  }

  async ask() {
    const query = this.input.value.trim();
    if (query === this.asked && !this.panel.hidden) return;
    this.asked = query;
    if (!query) {
      this.status.textContent = "";
      this.close();
      return;
    }
    const waiting = setTimeout(() => this.showNote(message(say(this.words, "searching"))), PATIENCE);
    try {
      const client = await openClient(this.data);
      const results = await client.search(query, { limit: LIMIT });
      if (results && this.asked === query) this.show(results);
    } catch (error) {
      if (this.asked === query) this.fail(failureOf(error));
    } finally {
      clearTimeout(waiting);
    }
  }

  /** @param {import("./search-client.js").Results} results */
  show(results) {
    const { words, data } = this;
    this.options = results.hits.map((hit, index) => {
      const option = hitLink(hit, data);
      option.id = `hg-hit-${index}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    });
    this.list.replaceChildren(...this.options);
    const found = this.options.length > 0;
    const parts = [];
    if (results.didYouMean) parts.push(suggestion(results.didYouMean, words, (query) => this.replace(query)));
    parts.push(found ? this.foot(results) : emptyMessage(results.query, data, words));
    this.notes.replaceChildren(...parts);
    this.open(found);
    this.status.textContent = found ? say(words, "results", { count: results.total }) : say(words, "results_none");
  }

  /** @param {import("./search-client.js").Results} results */
  foot(results) {
    const address = `${this.data.search}?q=${encodeURIComponent(results.query)}`;
    const hint = make("span", { class: "panel-keys" }, say(this.words, "key_hint"));
    return make("div", { class: "panel-foot" }, make("a", { href: address }, say(this.words, "all_results")), hint);
  }

  /** @param {string} failure */
  fail(failure) {
    this.showNote(failureMessage(failure, this.data, this.words));
    this.status.textContent = say(this.words, `${failure}_title`);
  }

  /** @param {HTMLElement} note */
  showNote(note) {
    this.options = [];
    this.list.replaceChildren();
    this.notes.replaceChildren(note);
    this.open(false);
  }

  /** @param {string} query */
  replace(query) {
    this.input.value = query;
    this.input.focus();
    this.ask();
  }

  /** @param {boolean} hasOptions */
  open(hasOptions) {
    if (!this.form.contains(document.activeElement)) return;
    this.list.hidden = !hasOptions;
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(hasOptions));
    const header = this.form.closest(".header");
    if (header) this.panel.style.setProperty("--panel-top", `${Math.round(header.getBoundingClientRect().bottom)}px`);
    this.choose(-1);
  }

  close() {
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  /** @param {number} index  -1 = none */
  choose(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // 229: the key belongs to the input method, also where Safari has already ended the composition.
    if (event.isComposing || event.keyCode === 229) return;
    const open = !this.panel.hidden;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.ask();
      else if (event.key === "ArrowDown") this.choose(this.active < last ? this.active + 1 : -1);
      else this.choose(this.active >= 0 ? this.active - 1 : last);
    } else if (event.key === "Enter" && open && this.options[this.active]) {
      event.preventDefault();
      this.options[this.active].click();
      this.close();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) this.close();
      else this.input.value = "";
    }
  }
}
