// When a text field has something worth acting on: after a short rest, and never while an input method composes.

const REST = 90;

/**
 * @param {HTMLInputElement} input
 * @param {() => void} act
 */
export function whenTyped(input, act) {
  let timer = 0;
  let composing = false;
  const plan = () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, REST);
  };
  input.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    plan();
  });
  input.addEventListener("input", (event) => {
    // The half-typed letters of a syllable are not yet what the reader means.
    const half = composing || (event instanceof InputEvent && event.isComposing);
    if (!half) plan();
  });
}
