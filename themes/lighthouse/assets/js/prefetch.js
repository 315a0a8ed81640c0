// The page that the reader is about to open, fetched before they have: a finger on a link is a tenth of a second ahead
// of its click, a mouse that rests on it two.
//
// Only pages of this site, each once; nothing when the reader saves data or the network is slow.

/** A mouse on its way across a link does not rest. Milliseconds. */
const REST = 80;
const SLOW = /^(slow-)?2g$/;

/** @type {Set<string>} */
const fetched = new Set();

export function startPrefetch() {
  if (!isWelcome()) return;
  let resting = 0;
  addEventListener("touchstart", (event) => prefetch(linkOf(event)), { passive: true });
  addEventListener("pointerover", (event) => {
    clearTimeout(resting);
    const link = event.pointerType === "mouse" ? linkOf(event) : null;
    if (link) resting = setTimeout(() => prefetch(link), REST);
  });
}

function isWelcome() {
  const connection = /** @type {{ saveData?: boolean, effectiveType?: string } | undefined} */ (Reflect.get(navigator, "connection"));
  return !connection?.saveData && !SLOW.test(connection?.effectiveType ?? "");
}

/** @param {Event} event */
function linkOf(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  return link instanceof HTMLAnchorElement ? link : null;
}

/** @param {HTMLAnchorElement | null} link */
function prefetch(link) {
  if (!link || link.origin !== location.origin || link.pathname === location.pathname || link.search || link.download) return;
  // Images open by themselves, and are large.
  if (!link.pathname.endsWith("/")) return;
  const address = link.origin + link.pathname;
  if (fetched.has(address)) return;
  fetched.add(address);
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = address;
  document.head.append(hint);
}
