// The assistant before it is touched: a link to the contact page, which the first touch turns into a panel.

/**
 * @param {HTMLElement} link
 * @param {import("./data.js").PageData} data
 */
export function startAssistant(link, data) {
  /** @type {Promise<{ open: () => void, close: () => void, isOpen: boolean }> | null} */
  let made = null;
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    made ??= import("./assistant.js").then((module) => module.makeAssistant(data, link));
    made.then((assistant) => (assistant.isOpen ? assistant.close() : assistant.open())).catch(() => {
      // It cannot be loaded: the link leads where it always did.
      location.href = /** @type {HTMLAnchorElement} */ (link).href;
    });
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
}
