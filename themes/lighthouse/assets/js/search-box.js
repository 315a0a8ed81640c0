// The search box with its panel: a combobox after the ARIA Authoring Practices.
//
// 1. Typing asks after a short rest; while an input method composes (pinyin), nothing is asked.
// 2. The panel shows results, an empty result with a way on, or a failure in words. "Searching" only after 300 ms, and after a second that it is slow.
// 3. Under the results stand titles and questions that go on from what is typed; in an empty box, the last searches.
// 4. What could be a secret is neither searched for nor sent; the reader is told.
// 5. Arrows choose, Enter opens the chosen one (else the page of results), Escape closes and then clears.
import { loadWords, say } from "./data.js";
import { make } from "./dom.js";
import { mayHoldSecret, searchWarning, secretsInQuery } from "./guard-search.js";
import { whenIdle } from "./idle.js";
import { failureOf, openClient } from "./search-client.js";
import { hitLink, nearCount } from "./search-hits.js";
import { emptyMessage, failureMessage, suggestion } from "./search-messages.js";
import { keepSearch, recentList } from "./search-recent.js";
import { whileWaiting } from "./search-waiting.js";
import { whenTyped } from "./typing.js";

const LIMIT = 6;
const COMPLETIONS = 3;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @param {import("./data.js").PageData} data
 * @param {() => boolean} composing  whether an input method is in the middle of a syllable
 */
export async function startSearchBox(form, input, data, composing) {
  const words = await loadWords(data);
  new SearchBox(form, input, data, words).start(composing());
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

  /** @param {boolean} composing */
  start(composing) {
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
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !form.contains(event.target)) this.close();
    });
    // Get the index while the reader thinks of words, and never in the way of the first letters.
    whenIdle(() => void openClient(this.data).then((client) => client.ready()).catch(() => {}), 300);
    if (!composing) this.ask();
  }

  async ask() {
    const query = this.input.value.trim();
    if (query === this.asked && !this.panel.hidden) return;
    this.asked = query;
    if (!query) {
      this.showRecent();
      return;
    }
    const stopWaiting = whileWaiting((note) => this.asked === query && this.showNote(note), this.words);
    try {
      const secrets = await secretsInQuery(query);
      if (this.asked !== query) return;
      if (secrets.length > 0) {
        stopWaiting();
        return await this.warn(secrets);
      }
      const client = await openClient(this.data);
      const results = await client.search(query, { limit: LIMIT });
      if (!results || this.asked !== query) return;
      stopWaiting();
      this.show(results);
      const names = await client.suggest(query, { limit: LIMIT + COMPLETIONS });
      if (this.asked === query) this.complete(results, names);
    } catch (error) {
      if (this.asked === query) this.fail(failureOf(error));
    } finally {
      stopWaiting();
    }
  }

  /**
   * The page of results has the query in its address, which servers write down.
   * @param {SubmitEvent} event
   */
  async submit(event) {
    const query = this.input.value.trim();
    if (!mayHoldSecret(query)) return;
    event.preventDefault();
    const secrets = await secretsInQuery(query);
    if (secrets.length > 0) await this.warn(secrets);
    else this.form.submit();
  }

  /** @param {import("./support/guard.js").Secret[]} secrets */
  async warn(secrets) {
    const { said, node } = await searchWarning(secrets, this.data, () => this.replace(""));
    this.showNote(node);
    this.status.textContent = said;
  }

  /** @param {import("./search-client.js").Results} results */
  show(results) {
    const { words, data } = this;
    const near = results.hits.slice(0, nearCount(results.hits));
    this.options = near.map((hit) => {
      const link = this.asOption(hitLink(hit, data));
      link.addEventListener("click", () => keepSearch(results.query));
      return link;
    });
    this.list.replaceChildren(...this.options);
    const found = this.options.length > 0;
    const parts = [];
    if (results.didYouMean) parts.push(suggestion(results.didYouMean, data, words, (query) => this.replace(query)));
    parts.push(found ? this.foot(results) : emptyMessage(results.query, data, words));
    this.notes.replaceChildren(...parts);
    this.open(found);
    this.status.textContent = found ? say(words, "results", { count: near.length }) : say(words, "results_none");
  }

  /**
   * Titles and questions under the results, without those that stand there already: each puts itself into the box.
   * @param {import("./search-client.js").Results} results
   * @param {string[]} names
   */
  complete(results, names) {
    const shown = new Set([results.query, ...results.hits.flatMap((hit) => [hit.title, hit.section])]);
    const others = names.filter((name) => !shown.has(name)).slice(0, COMPLETIONS);
    if (others.length === 0 || this.panel.hidden) return;
    const completions = others.map((name) => {
      const option = this.asOption(make("div", { class: "hit completion" }, name));
      option.addEventListener("click", () => this.replace(name));
      return option;
    });
    const head = make("div", { class: "group-title", id: "hg-completions", "aria-hidden": "true" }, say(this.words, "completions"));
    this.list.append(make("div", { role: "group", "aria-labelledby": "hg-completions" }, head, ...completions));
    this.options.push(...completions);
    this.numberOptions();
  }

  /** @param {HTMLElement} element */
  asOption(element) {
    element.tabIndex = -1;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    return element;
  }

  /** The last searches under the empty box. They are buttons beside the box, no list to choose from with the arrows. */
  showRecent() {
    this.status.textContent = "";
    const inside = this.notes.contains(document.activeElement);
    const ask = (/** @type {string} */ query) => this.replace(query);
    const list = recentList(this.words, ask, () => this.showRecent());
    if (inside) this.input.focus();
    if (list) this.showNote(list);
    else this.close();
  }

  /** @param {import("./search-client.js").Results} results */
  foot(results) {
    const address = `${this.data.search}?q=${encodeURIComponent(results.query)}`;
    const all = make("a", { href: address }, say(this.words, "all_results"));
    const hint = make("span", { class: "panel-keys" }, say(this.words, "key_hint"));
    return make("div", { class: "panel-foot" }, all, hint);
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
    this.numberOptions();
    this.list.hidden = !hasOptions;
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(hasOptions));
    const header = this.form.closest(".header");
    if (header) this.panel.style.setProperty("--panel-top", `${Math.round(header.getBoundingClientRect().bottom)}px`);
    this.choose(-1);
  }

  numberOptions() {
    this.options.forEach((option, index) => {
      option.id = `hg-hit-${index}`;
    });
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
      const option = this.options[this.active];
      // A completion only fills the box: the panel stays.
      if (option.matches("a")) this.close();
      option.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) this.close();
      else this.input.value = "";
    }
  }
}
