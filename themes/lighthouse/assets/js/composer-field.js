// One field of the composer: its label, help, control, and what is wrong with it while one types.
import { say } from "./data.js";
import { make } from "./dom.js";
import { checkField } from "./support/fields.js";

/**
 * @typedef {import("./support/fields.js").Field} Field
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control
 * @typedef {{ element: HTMLElement, control: Control, check: (eager: boolean) => void }} FieldView
 */

// Nobody likes to be corrected in the middle of a number.
const REST = 800;

/**
 * @param {Field} field
 * @param {boolean} required
 * @param {string} value
 * @param {() => import("./support/fields.js").Surroundings} around
 * @param {(value: string) => void} changed
 * @param {{ data: import("./data.js").PageData, words: import("./data.js").Words, networks: import("./support/fields.js").Network[] }} context
 * @returns {FieldView}
 */
export function fieldView(field, required, value, around, changed, context) {
  const { data, words } = context;
  const id = `hg-field-${field.id}`;
  const { control, extra, read } = controlOf(field, value, context);
  const status = make("p", { class: "field-status", id: `${id}-status`, "aria-live": "polite" });
  const help = field.help ? make("p", { class: "field-help", id: `${id}-help` }, field.help) : null;
  control.id = id;
  control.setAttribute("aria-describedby", [help?.id, status.id].filter(Boolean).join(" "));
  if (required) control.setAttribute("aria-required", "true");
  const label = make("label", { for: id }, field.label[data.locale] ?? field.id);
  if (!required) label.append(" ", make("span", { class: "optional" }, say(words, "compose_optional")));
  const element = make("div", { class: `field field-${field.type}` }, label, ...(help ? [help] : []), control, ...extra, status);

  let timer = 0;
  const check = (/** @type {boolean} */ eager) => {
    clearTimeout(timer);
    const verdict = checkField(field, read(), around());
    const show = () => {
      const wrong = verdict.state === "wrong";
      const chains = namesOf(verdict.chains ?? [], context);
      status.dataset.state = verdict.state;
      const fine = verdict.state === "fine" && ["uid", "txid", "address"].includes(field.type);
      status.textContent = verdict.code ? say(words, `check_${verdict.code}`, { ...verdict.values, chains }) : fine ? say(words, "check_fine") : "";
      if (wrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    };
    if (eager || verdict.state === "fine" || verdict.state === "empty") show();
    else timer = window.setTimeout(show, REST);
  };
  const act = () => {
    changed(read());
    check(false);
  };
  for (const target of [control, ...extra]) target.addEventListener("input", act);
  control.addEventListener("change", act);
  control.addEventListener("blur", () => check(true));
  if (value) check(true);
  return { element, control, check };
}

/**
 * The names of chains as this site calls them, else by their own ids.
 * @param {string[]} chains
 * @param {{ data: import("./data.js").PageData, networks: import("./support/fields.js").Network[] }} context
 */
function namesOf(chains, { data, networks }) {
  const known = networks.filter(({ chain }) => chains.includes(chain) || (chain === "evm" && chains.includes("ethereum")));
  const names = known.map(({ name }) => name[data.locale]);
  return new Intl.ListFormat(data.locale, { type: "disjunction" }).format(names.length > 0 ? names : chains.slice(0, 3));
}

/**
 * @param {Field} field
 * @param {string} value
 * @param {{ data: import("./data.js").PageData, words: import("./data.js").Words, networks: import("./support/fields.js").Network[] }} context
 * @returns {{ control: Control, extra: HTMLElement[], read: () => string }}
 */
function controlOf(field, value, context) {
  if (field.type === "datetime") return timeControl(value, context);
  if (field.type === "network" || field.type === "choice") return choiceControl(field, value, context);
  if (field.type === "text" || field.type === "files") return areaControl(field, value, context);
  const input = /** @type {HTMLInputElement} */ (make("input", { type: field.type === "email" ? "email" : "text", autocomplete: "off" }));
  if (field.type === "uid") input.inputMode = "numeric";
  if (["uid", "txid", "address", "order"].includes(field.type)) {
    input.spellcheck = false;
    input.autocapitalize = "off";
    input.className = "code-input";
  }
  input.maxLength = 400;
  if (field.example) input.placeholder = field.example;
  input.value = value;
  return { control: input, extra: [], read: () => input.value };
}

/**
 * @param {string} value
 * @param {{ words: import("./data.js").Words }} context
 */
function timeControl(value, { words }) {
  const [local, given] = value.split(" ");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "datetime-local" }));
  input.value = local ?? "";
  const chosen = given || own;
  const zones = [...new Set([chosen, own, "UTC", "Asia/Shanghai", ...(Intl.supportedValuesOf?.("timeZone") ?? [])])];
  const options = zones.map((zone) => make("option", { value: zone }, zone));
  const zone = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": say(words, "compose_zone") }, ...options));
  zone.value = chosen;
  return { control: input, extra: [zone], read: () => (input.value ? `${input.value} ${zone.value}` : "") };
}

/**
 * @param {Field} field
 * @param {string} value
 * @param {{ data: import("./data.js").PageData, words: import("./data.js").Words, networks: import("./support/fields.js").Network[] }} context
 */
function choiceControl(field, value, { data, words, networks }) {
  const entries =
    field.type === "network"
      ? networks.map(({ id, name }) => [id, name[data.locale]])
      : field.options.map((texts, index) => [String(index), texts[data.locale]]);
  const options = [["", say(words, "compose_choose")], ...entries].map(([id, text]) => make("option", { value: id }, text));
  const select = /** @type {HTMLSelectElement} */ (make("select", {}, ...options));
  select.value = value;
  return { control: select, extra: [], read: () => select.value };
}

/**
 * @param {Field} field
 * @param {string} value
 * @param {{ words: import("./data.js").Words }} context
 */
function areaControl(field, value, { words }) {
  const area = /** @type {HTMLTextAreaElement} */ (make("textarea", { rows: field.type === "files" ? "2" : "5", maxlength: "8000" }));
  if (field.example) area.placeholder = field.example;
  area.value = value;
  if (field.type !== "files") return { control: area, extra: [], read: () => area.value };
  // The files stay where they are: only their names go into the message.
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "file", multiple: "", class: "hidden", tabindex: "-1", "aria-hidden": "true" }));
  const button = make("button", { type: "button", class: "button quiet" }, say(words, "compose_files"));
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const names = [...(input.files ?? [])].map(({ name }) => name);
    area.value = [...new Set([...area.value.split("\n").filter(Boolean), ...names])].join("\n");
    area.dispatchEvent(new Event("input"));
  });
  return { control: area, extra: [make("span", {}, input, button)], read: () => area.value };
}
