"""Can anything in this page run, leave the site, or pose as the site? The two halves of promise P7, and P9.

1. As built: no violation of the policy, no dialog, no request to another host.
2. With the policy stripped the pages must hold alone: the document is read for handlers, addresses and elements that
   the gate never lets through, then everything is hovered over and clicked.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import quote

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from audit.chromium import Host, Watched, fresh_page

_READ = """() => {
  const faults = [];
  const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);
  const alien = new Set(['IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'BASE', 'APPLET', 'STYLE', 'PORTAL', 'MATH']);
  const addresses = new Set('href src action formaction poster data cite ping srcset background xlink:href manifest'.split(' '));
  for (const element of document.querySelectorAll('*')) {
    const name = element.tagName.toUpperCase();
    const inArticle = element.closest('.prose') !== null;
    if (alien.has(name)) faults.push('element ' + name);
    const refresh = name === 'META' && element.httpEquiv === 'refresh';
    if (refresh && /url=\\s*(?![./])/i.test(element.content)) faults.push('refresh ' + element.content);
    const inline = name === 'SCRIPT' && !element.src;
    if (inline && !/^application\\/(ld\\+)?json$/.test(element.type)) faults.push('inline script');
    const posing = /^(FORM|BUTTON|TEXTAREA|SELECT|SVG|VIDEO|AUDIO|DIALOG|SLOT|TEMPLATE)$/.test(name);
    if (inArticle && posing && !element.closest('.code, .tabs, .tab')) faults.push('in the article: ' + name);
    for (const attribute of element.attributes) {
      const key = attribute.name.toLowerCase();
      if (/^on/.test(key) || key === 'style' && !element.style.length || key === 'srcdoc') faults.push(key + ' on ' + name);
      if (inArticle && /^(name|style|form|popover.*)$/.test(key)) faults.push(key + ' in the article');
      if (inArticle && key === 'id' && !/^(h-|fn-|hg-)/.test(attribute.value)) faults.push('id ' + attribute.value);
      if (!addresses.has(key)) continue;
      let url;
      try { url = new URL(attribute.value, document.baseURI); } catch { continue; }
      const link = name === 'A' || name === 'LINK' && /canonical|alternate/.test(element.rel);
      const own = url.origin === location.origin || name === 'IMG' && url.protocol === 'data:';
      const ok = link ? schemes.has(url.protocol) : own || attribute.value.startsWith('#');
      if (!ok) faults.push(key + '=' + attribute.value.slice(0, 60) + ' on ' + name);
    }
  }
  for (const name of ['cookie', 'body', 'forms', 'currentScript', 'getElementById'])
    if (document[name] instanceof Element && name !== 'body') faults.push('document.' + name + ' is shadowed');
  return faults;
}"""
_TOUCH = """() => {
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href]');
    if (link && /^(https?|mailto|tel):$/.test(link.protocol)) event.preventDefault();
  }, true);
  addEventListener('submit', (event) => event.preventDefault(), true);
  const types = ['mouseover', 'mouseenter', 'pointerover', 'pointerdown', 'focus', 'toggle', 'animationstart'];
  for (const element of [...document.querySelectorAll('body *')].slice(0, 1500))
    for (const type of types) element.dispatchEvent(new Event(type, { bubbles: type !== 'focus' }));
  const clicked = document.querySelectorAll('a, button, summary, input, label, video, audio, svg *');
  for (const element of [...clicked].slice(0, 400)) {
    if (element instanceof HTMLElement) element.click();
    else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }
}"""
_ANSWERED = """() => {
  const place = document.querySelector('[data-results]');
  return place && place.textContent.trim();
}"""
_SETTLE = 40
_SEARCHED = 1_500


def attack(
    browser: Browser, host: Host, pages: Sequence[str], queries: Sequence[str] = (), search: str = ""
) -> list[str]:
    """Open every page twice, and the search page `search` with every query; what went wrong, by page."""
    found: list[str] = []
    for with_policy in (True, False):
        host.with_policy = with_policy
        kind = "as built" if with_policy else "without the policy"
        with fresh_page(browser, host) as watched:
            for page in pages:
                watched.open(quote(page))
                found += _faults(watched, f"{page}, {kind}")
            for query in queries:
                watched.open(f"{search}?q={quote(query)}")
                wait_for_results(watched)
                found += _faults(watched, f"search for {query[:30]!r}, {kind}")
    host.with_policy = True
    return found


def wait_for_results(watched: Watched) -> None:
    """Until the search page says what came of the query, or has had time enough."""
    with suppress(PlaywrightError):
        watched.page.wait_for_function(_ANSWERED, timeout=_SEARCHED)


def read_page(watched: Watched, where: str) -> list[str]:
    """Read the page as it stands; what went wrong in it since the last time."""
    with suppress(PlaywrightError):
        watched.faults += [f"in the document: {fault}" for fault in watched.page.evaluate(_READ)]
    return _taken(watched, where)


def _faults(watched: Watched, where: str) -> list[str]:
    try:
        watched.faults += [f"in the document: {fault}" for fault in watched.page.evaluate(_READ)]
    except PlaywrightError as error:
        watched.faults.append(f"the page went away: {error}"[:150])
    # A button may open another page of the site; one of another host would be a foreign request.
    with suppress(PlaywrightError):
        watched.page.evaluate(_TOUCH)
        watched.page.wait_for_timeout(_SETTLE)
    return _taken(watched, where)


def _taken(watched: Watched, where: str) -> list[str]:
    found = [f"{where}: {fault}" for fault in dict.fromkeys(watched.faults)]
    watched.faults.clear()
    return found
