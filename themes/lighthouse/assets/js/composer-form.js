// The fields of a scenario as a form, and what hangs together among them.
import { fieldView } from "./composer-field.js";
import { make } from "./dom.js";
import { fieldsOf, networkOf } from "./support/message.js";

/**
 * @typedef {object} Form
 * @property {HTMLElement} element
 * @property {Map<string, import("./composer-field.js").FieldView>} fields  by id
 */

/**
 * @param {import("./support/message.js").Scenario} scenario
 * @param {import("./composer-draft.js").Draft} draft
 * @param {{ data: import("./data.js").PageData, words: import("./data.js").Words, support: import("./support-data.js").Support }} context
 * @param {(field: import("./support/fields.js").Field, value: string) => void} changed
 * @returns {Form}
 */
export function formOf(scenario, draft, { data, words, support }, changed) {
  const element = make("form", { class: "compose-form", novalidate: "" });
  element.addEventListener("submit", (event) => event.preventDefault());
  const { networks } = support;
  const around = () => ({ now: new Date(), networks, network: networkOf(support, scenario, draft.values) });
  const all = fieldsOf(support, scenario);
  /** @type {Form["fields"]} */
  const fields = new Map();
  for (const { field, required } of all) {
    const act = (/** @type {string} */ value) => {
      changed(field, value);
      if (field.type === "network") recheck();
    };
    const view = fieldView(field, required, draft.values[field.id] ?? "", around, act, { data, words, networks });
    fields.set(field.id, view);
    element.append(view.element);
  }
  // Another network makes a right address wrong, and a wrong one right.
  const recheck = () => {
    for (const { field } of all) if (["txid", "address"].includes(field.type) && draft.values[field.id]) fields.get(field.id)?.check(true);
  };
  return { element, fields };
}
