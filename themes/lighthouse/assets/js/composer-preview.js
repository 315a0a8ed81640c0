// What is still missing, and the message as it stands in both languages.
import { say } from "./data.js";
import { make } from "./dom.js";
import { writeMessage } from "./support/message.js";

/**
 * @typedef {{ data: import("./data.js").PageData, words: import("./data.js").Words, support: import("./support-data.js").Support }} Context
 * @typedef {import("./support/message.js").Message} Message
 */

/**
 * The list of gaps, each a link to its field.
 * @param {{ field: import("./support/fields.js").Field, state: string }[]} gaps
 * @param {Context} context
 * @param {(id: string) => void} focus
 * @returns {Node[]}
 */
export function gapList(gaps, { data, words }, focus) {
  if (gaps.length === 0) return [make("p", { class: "complete" }, say(words, "compose_complete"))];
  const items = gaps.map(({ field, state }) => {
    const text = say(words, state === "wrong" ? "compose_mend" : "compose_needed", { field: field.label[data.locale] });
    const link = make("a", { href: `#hg-field-${field.id}` }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      focus(field.id);
    });
    return make("li", { "data-state": state }, link);
  });
  return [make("h3", {}, say(words, "compose_missing")), make("ul", { class: "gaps" }, ...items)];
}

/**
 * The message of a draft in both languages, and the whole that is sent: that of support first.
 * @param {import("./support-data.js").Support} support
 * @param {import("./composer-draft.js").Draft} draft
 * @param {string} page  its address, "" = not said
 * @returns {{ mine: Message, theirs: Message, whole: Message }}
 */
export function wholeMessage(support, draft, page) {
  const { mine, theirs } = writeMessage(support, { ...draft, page });
  const one = support.language === support.locale;
  return { mine, theirs, whole: one ? mine : { subject: theirs.subject, body: `${theirs.body}\n\n----------\n\n${mine.body}` } };
}

/**
 * The message in the reader's language and, beside it, in that of support; once where these are the same.
 * @param {{ mine: Message, theirs: Message }} message
 * @param {Context} context
 * @returns {Node[]}
 */
export function versions({ mine, theirs }, context) {
  const { support, words } = context;
  if (support.language === support.locale) return [version(mine, support.locale, "", context)];
  return [
    version(mine, support.locale, "compose_mine", context),
    version(theirs, support.language, "compose_theirs", context),
    make("p", { class: "section-text" }, say(words, "compose_both")),
  ];
}

/**
 * @param {Message} message
 * @param {string} language
 * @param {string} heading  "" = none
 * @param {Context} context
 */
function version(message, language, heading, { data, words }) {
  const name = new Intl.DisplayNames([data.locale], { type: "language" }).of(language) ?? language;
  const head = heading ? [make("h4", {}, say(words, heading, { language: name }))] : [];
  const subject = make("strong", { lang: language }, message.subject);
  return make(
    "div",
    { class: "version" },
    ...head,
    make("p", { class: "preview-subject" }, make("span", {}, say(words, "compose_subject")), " ", subject),
    make("pre", { lang: language, tabindex: "0" }, message.body),
  );
}
