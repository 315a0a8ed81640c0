// "Is it us?": compares what was pasted with the list that came with the page. Works offline once loaded; asks nobody.
import { loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { readLookalikes } from "./support/outlines.js";
import { judge } from "./support/verifier.js";

/** @typedef {import("./support/verifier.js").Judgement} Judgement */

/**
 * @param {HTMLElement} form
 * @param {import("./data.js").PageData} data
 */
export async function startVerify(form, data) {
  const input = form.querySelector("input");
  const place = form.querySelector("[data-verify-result]");
  const list = document.querySelector('script#hg-official[type="application/json"]');
  if (!(input instanceof HTMLInputElement) || !place || !list) return;
  const official = JSON.parse(list.textContent ?? "");
  const [words, letters] = await Promise.all([loadLateWords(data), import("./support/lookalikes.js")]);
  const lookalikes = readLookalikes(letters.default);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!input.value.trim()) return input.focus();
    place.replaceChildren(verdict(judge(input.value, official, lookalikes), data, words));
  });
  // What was judged is not what stands there any more.
  input.addEventListener("input", () => place.replaceChildren());
  form.dataset.ready = "";
}

/**
 * @param {Judgement} judgement
 * @param {import("./data.js").PageData} data
 * @param {import("./data.js").Words} words
 */
function verdict({ verdict: name, kind, value, reasons, platform }, data, words) {
  const told = name === "unreadable" && kind === "name" ? "name" : name;
  const parts = [make("strong", {}, say(words, `verify_${told}`))];
  if (value) parts.push(make("p", { class: "verdict-value" }, make("bdi", {}, value)));
  const items = reasons.map(({ reason, detail }) => make("li", {}, say(words, `verify_why_${reason.replace("-", "_")}`, { detail: detail ?? "" })));
  if (items.length > 0) parts.push(make("ul", {}, ...items));
  if (platform) parts.push(make("p", {}, say(words, "verify_platform", { platform })));
  parts.push(make("p", {}, say(words, name === "official" && kind === "email" ? "verify_official_email" : `verify_${told}_text`)));
  if (name === "imitation" && data.danger) parts.push(make("p", {}, make("a", { href: data.danger }, say(words, "verify_danger"))));
  return make("div", { class: "verdict", "data-verdict": name }, ...parts);
}
