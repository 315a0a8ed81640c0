// The reader's choices, on this device only. Storage may be blocked or full: then nothing is remembered, and nothing breaks.

/** @param {string} name */
export function recall(name) {
  try {
    return localStorage.getItem(`hg-${name}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string | null} value  null forgets
 */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(`hg-${name}`);
    else localStorage.setItem(`hg-${name}`, value);
  } catch {
    // Nothing to do.
  }
}
