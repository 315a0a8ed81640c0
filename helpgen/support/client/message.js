// A scenario and what the reader typed -> subject and body, in the reader's language and in that of support.
import { checkField, readTime, tidy } from "./fields.js";
import { offsetName } from "./hours.js";

/**
 * @typedef {object} Scenario
 * @property {string} id
 * @property {Record<string, string>} name
 * @property {string} summary
 * @property {string} urgency
 * @property {{ key: string, title: string, url: string }[]} articles
 * @property {{ key: string, title: string, url: string } | null} guide  its troubleshooter
 * @property {string[]} fields
 * @property {string[]} optional
 * @property {string} never_send
 * @property {string[]} channels
 * @property {Record<string, string>} subject
 * @typedef {{ who: "reader" | "assistant", text: string, at?: string }} Turn
 * @typedef {object} Support  what the build has written for one language
 * @property {string} locale
 * @property {string} language  that of support
 * @property {string} home      the published address of the site, "" = not said
 * @property {Record<string, Record<string, string>>} phrases
 * @property {import("./fields.js").Network[]} networks
 * @property {import("./fields.js").Field[]} fields
 * @property {Scenario[]} scenarios
 * @property {import("./router.js").Channel[]} channels
 * @property {string[]} never_ask
 * @property {{ freeze: string[], next: string[], channels: string[], scenario: string } | null} danger
 * @typedef {object} Written
 * @property {string} scenario  id
 * @property {Record<string, string>} values  by id of the field
 * @property {string[]} [read]        titles of articles that were read
 * @property {string[]} [path]        steps of a troubleshooter
 * @property {Turn[]} [transcript]
 * @property {string} [page]          the address of the page
 * @typedef {{ subject: string, body: string }} Message
 */

// A header line of a mail has 998 characters at the most (RFC 5322, 2.1.1), and people read far fewer; in a link each Chinese one takes nine.
const SUBJECT = 120;

/**
 * @param {Support} support
 * @param {Written} written
 * @returns {{ mine: Message, theirs: Message }}  the same twice where support reads the reader's language
 */
export function writeMessage(support, written) {
  const mine = inLanguage(support, written, support.locale);
  return { mine, theirs: support.language === support.locale ? mine : inLanguage(support, written, support.language) };
}

/**
 * The fields of a scenario in their order, with whether support needs them.
 * @param {Support} support
 * @param {Scenario} scenario
 */
export function fieldsOf(support, scenario) {
  const named = (/** @type {string[]} */ ids, /** @type {boolean} */ required) =>
    ids.flatMap((id) => support.fields.filter((field) => field.id === id).map((field) => ({ field, required })));
  return [...named(scenario.fields, true), ...named(scenario.optional, false)];
}

/**
 * What is still missing or wrong, in the order of the fields.
 * @param {Support} support
 * @param {Scenario} scenario
 * @param {Record<string, string>} values
 * @param {Date} now
 */
export function missing(support, scenario, values, now) {
  const around = { now, networks: support.networks, network: networkOf(support, scenario, values) };
  return fieldsOf(support, scenario).flatMap(({ field, required }) => {
    const { state } = checkField(field, values[field.id] ?? "", around);
    return state === "wrong" || (required && state === "empty") ? [{ field, state }] : [];
  });
}

/**
 * The network that was chosen in any field of that type.
 * @param {Support} support
 * @param {Scenario} scenario
 * @param {Record<string, string>} values
 */
export function networkOf(support, scenario, values) {
  const chosen = fieldsOf(support, scenario).find(({ field }) => field.type === "network");
  return chosen ? (values[chosen.field.id] ?? "") : "";
}

/**
 * A value in words: the name of a network or an answer, a time with its zone.
 * @param {Support} support
 * @param {import("./fields.js").Field} field
 * @param {string} value
 * @param {string} language
 */
export function shown(support, field, value, language) {
  const text = tidy(field, value);
  if (!text) return "";
  if (field.type === "network") return support.networks.find(({ id }) => id === text)?.name[language] ?? text;
  if (field.type === "choice") return field.options[Number(text)]?.[language] ?? text;
  if (field.type === "datetime") {
    const time = readTime(text);
    if (!time) return text;
    const zone = `${time.zone}, ${offsetName(time.moment, time.zone)}`;
    return phrase(support, language, "zone").replace("{time}", time.local).replace("{zone}", () => zone);
  }
  return text;
}

/** @param {Support} support @param {string} language @param {string} name */
function phrase(support, language, name) {
  return support.phrases[language]?.[name] ?? "";
}

/**
 * @param {Support} support
 * @param {Written} written
 * @param {string} language
 * @returns {Message}
 */
function inLanguage(support, written, language) {
  const scenario = support.scenarios.find(({ id }) => id === written.scenario);
  if (!scenario) return { subject: "", body: "" };
  const say = (/** @type {string} */ name) => phrase(support, language, name);
  const values = new Map(
    fieldsOf(support, scenario).map(({ field }) => [field.id, shown(support, field, written.values[field.id] ?? "", language)]),
  );
  const lines = [];
  const stories = [];
  for (const { field, required } of fieldsOf(support, scenario)) {
    const value = values.get(field.id) ?? "";
    if (!value && !required) continue;
    const long = field.type === "text" || value.includes("\n");
    if (long && value) stories.push(`${field.label[language]}${say("colon").trimEnd()}\n${value}`);
    else lines.push(`${field.label[language]}${say("colon")}${value || say("empty")}`);
  }
  const parts = [scenario.name[language], lines.join("\n"), ...stories];
  if (written.read?.length) parts.push(list(say("read"), say("colon"), written.read));
  if (written.path?.length) parts.push(list(say("path"), say("colon"), written.path));
  if (written.transcript?.length) {
    const turns = written.transcript.map(({ who, text }) => `${say(who === "reader" ? "reader" : "assistant")}${say("colon")}${text}`);
    parts.push(list(say("talk"), say("colon"), turns));
  }
  if (written.page) parts.push(`${say("sent_from")}${say("colon")}${written.page}`);
  return { subject: fillSubject(scenario.subject[language] ?? "", values), body: parts.filter(Boolean).join("\n\n") };
}

/** @param {string} head @param {string} colon @param {string[]} items */
function list(head, colon, items) {
  return [`${head}${colon.trimEnd()}`, ...items.map((item) => `- ${item}`)].join("\n");
}

/**
 * A subject with its fields filled in; a part in [ ] with a field that is empty is left out. One line, whatever was typed.
 * @param {string} pattern
 * @param {Map<string, string>} values
 */
export function fillSubject(pattern, values) {
  const fill = (/** @type {string} */ text) => text.replace(/\{([^{}]*)\}/g, (_place, id) => values.get(id) ?? "");
  const complete = (/** @type {string} */ text) => [...text.matchAll(/\{([^{}]*)\}/g)].every(([, id]) => values.get(id));
  const filled = pattern.replace(/\[([^[\]]*\{[^{}]*\}[^[\]]*)\]/g, (_part, inner) => (complete(inner) ? fill(inner) : ""));
  const line = fill(filled).replace(/\s+/g, " ").trim();
  return [...line].slice(0, SUBJECT).join("");
}
