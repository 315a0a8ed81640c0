// Marks the heading that is being read, in the contents at the side.

/** @param {HTMLElement} nav */
export function startContents(nav) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...nav.querySelectorAll('a[href^="#"]')]);
  const places = links
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((place) => place.heading !== null);
  if (places.length === 0) return;
  let planned = false;

  const update = () => {
    planned = false;
    const line = innerHeight * 0.3;
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
    const passed = places.filter((place) => (place.heading?.getBoundingClientRect().top ?? 0) <= line);
    const current = end ? places[places.length - 1] : passed[passed.length - 1];
    for (const { link } of places) {
      if (link === current?.link) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const plan = () => {
    if (!planned) requestAnimationFrame(update);
    planned = true;
  };
  addEventListener("scroll", plan, { passive: true });
  addEventListener("resize", plan, { passive: true });
  update();
}
