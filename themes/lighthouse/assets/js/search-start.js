// The search box before it is touched: keys that lead to it, and the moment at which the rest is loaded.

/** @param {import("./data.js").PageData} data */
export function startSearch(data) {
  const form = document.querySelector("form[data-search]");
  const input = form?.querySelector("input");
  if (!(form instanceof HTMLFormElement) || !(input instanceof HTMLInputElement)) return;
  startKeys(input);
  if (form.dataset.search === "page") {
    import("./search-page.js").then((module) => module.startSearchPage(form, input, data)).catch(sayUnloaded);
    return;
  }
  // Whoever is quicker than the module may be in the middle of a syllable when it comes.
  let composing = false;
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => (composing = false));
  const load = () => {
    input.removeEventListener("focus", load);
    // Without the module the form still works: Enter leads to the page of results.
    import("./search-box.js").then((module) => module.startSearchBox(form, input, data, () => composing), () => {});
  };
  input.addEventListener("focus", load);
  if (document.activeElement === input) load();
}

/** The scripts of the page of results did not come: the connection went away after the page had. The topics stay below. */
function sayUnloaded() {
  const place = document.querySelector("[data-results]");
  if (!(place instanceof HTMLElement) || place.hasChildNodes()) return;
  const said = document.createElement("p");
  said.className = "notice";
  said.setAttribute("role", "status");
  said.textContent = place.dataset.unloaded ?? "";
  place.append(said);
}

/** @param {HTMLInputElement} input */
function startKeys(input) {
  addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !k) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
