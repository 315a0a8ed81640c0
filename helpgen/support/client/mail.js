// A message as a mailto link or as an .eml file. Nobody can add a recipient or a header by what they type: line ends are
// encoded or removed, and the recipient is that of the channel.

/** @typedef {{ to: string, subject: string, body: string }} Mail */

// Windows hands links of more than 2,083 characters to no program, and some mail apps cut sooner.
export const LONGEST_LINK = 1_900;

/**
 * The link that opens the reader's mail program. `whole` is false if the text had to be cut, with `note` at its end.
 * @param {Mail} mail
 * @param {string} note
 * @returns {{ href: string, whole: boolean }}
 */
export function mailtoLink({ to, subject, body }, note) {
  const link = (/** @type {string} */ text) => `mailto:${recipient(to)}?subject=${encode(oneLine(subject))}&body=${encode(withLineEnds(text))}`;
  const href = link(body);
  if (href.length <= LONGEST_LINK) return { href, whole: true };
  const characters = [...body];
  let fits = 0;
  for (let step = 2 ** Math.floor(Math.log2(characters.length)); step >= 1; step /= 2) {
    if (fits + step <= characters.length && link(`${characters.slice(0, fits + step).join("")}\n\n${note}`).length <= LONGEST_LINK) fits += step;
  }
  return { href: link(`${characters.slice(0, fits).join("")}\n\n${note}`), whole: false };
}

/**
 * The message as a draft that mail programs open and send (RFC 5322, with MIME; `X-Unsent` makes Outlook open it for writing).
 * @param {Mail} mail
 * @param {Date} date
 * @returns {string}
 */
export function emlFile({ to, subject, body }, date) {
  const bytes = new TextEncoder().encode(withLineEnds(body));
  const headers = [
    `To: ${recipient(to)}`,
    `Subject: ${encodedWords(oneLine(subject))}`,
    `Date: ${date.toUTCString().replace("GMT", "+0000")}`,
    "X-Unsent: 1",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
  ];
  return `${headers.join("\r\n")}\r\n\r\n${(base64(bytes).match(/.{1,76}/g) ?? []).join("\r\n")}\r\n`;
}

/**
 * The address of a mailto link, alone. Throws for one that could say more than an address.
 * @param {string} to  with or without "mailto:"
 */
function recipient(to) {
  const address = to.replace(/^mailto:/i, "");
  if (!/^[^\s@<>"'?&,;:()\\%]+@[^\s@<>"'?&,;:()\\%]+$/.test(address)) throw new Error("this is no mail address");
  return address;
}

/** @param {string} text */
function oneLine(text) {
  // eslint-disable-next-line no-control-regex -- these are what must go
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ").trim();
}

/** @param {string} text */
function withLineEnds(text) {
  return text.replace(/\r\n?|\n/g, "\r\n");
}

/** @param {string} text */
function encode(text) {
  // A lone half of a pair cannot be encoded; it is nothing that anybody typed.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/**
 * Encoded words of RFC 2047: each at most 75 characters long, cut between characters only.
 * @param {string} text
 */
function encodedWords(text) {
  if (/^[\x20-\x7e]*$/.test(text) && text.length <= 60) return text;
  const words = [];
  let bytes = /** @type {number[]} */ ([]);
  for (const character of text) {
    const next = [...new TextEncoder().encode(character)];
    if (bytes.length + next.length > 39) {
      words.push(bytes);
      bytes = [];
    }
    bytes.push(...next);
  }
  return [...words, bytes].map((part) => `=?utf-8?B?${base64(Uint8Array.from(part))}?=`).join("\r\n ");
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
