/**
 * Why a search could not be answered; the interface words it by `code` (docs/search.md). Twin of errors.py.
 * @typedef {"offline" | "missing" | "corrupt" | "version"} SearchErrorCode
 */

export class SearchError extends Error {
  /**
   * @param {SearchErrorCode} code
   * @param {string} message for developers
   */
  constructor(code, message) {
    super(message);
    this.name = "SearchError";
    /** @type {SearchErrorCode} */
    this.code = code;
  }
}

/**
 * What a file of the index must be; whoever reads the file turns the exception into "corrupt".
 * @param {unknown} holds
 * @param {string} what
 * @returns {asserts holds}
 */
export function must(holds, what) {
  if (!holds) throw new TypeError(`${what} expected`);
}
