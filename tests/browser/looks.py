"""Questions to a laid-out page: what is cut, what lies on something else, what leaves the display."""

from typing import Any

from playwright.sync_api import Page

_CUT = """() => [...document.querySelectorAll("#wall *")]
  .filter((e) => e.children.length === 0 && e.textContent.trim() !== "" && !e.closest("svg"))
  .filter((e) => e.offsetParent !== null && getComputedStyle(e).visibility === "visible")
  .map((e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const text = range.getBoundingClientRect();
    const box = (e.closest(".panel, .header, .footer, .event") ?? document.body).getBoundingClientRect();
    const room = 0.25 * parseFloat(getComputedStyle(e).fontSize); // above and below the letters of a line
    const out = text.left < box.left - 1 || text.right > box.right + 1 ||
      text.top < box.top - room || text.bottom > box.bottom + room;
    return { text: e.textContent, cut: out || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 };
  })
  .filter(({ cut }) => cut)"""

_OVERLAPS = """(selector) => {
  const seen = [...document.querySelectorAll(selector)].filter((e) => getComputedStyle(e).visibility === "visible");
  const boxes = seen.map((e) => [e.id || e.className, e.getBoundingClientRect()]).filter(([, { width }]) => width > 0);
  const beside = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1;
  const above = (a, b) => a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  const apart = (a, b) => beside(a, b) || above(a, b);
  return boxes.flatMap(([one, a], place) =>
    boxes.slice(place + 1).filter(([, b]) => !apart(a, b)).map(([other]) => `${one} and ${other}`));
}"""

_OUTSIDE = """() => [...document.querySelectorAll("#wall *")]
  .filter((e) => getComputedStyle(e).visibility === "visible" && !e.closest(".sr-only"))
  .filter((e) => {
    const { left, top, right, bottom, width } = e.getBoundingClientRect();
    return width > 0 && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
  })
  .map((e) => e.id || e.className)"""

_TEXTS_ON_EACH_OTHER = """() => {
  const texts = [...document.querySelectorAll("#wall *")]
    .filter((e) => e.children.length === 0 && e.textContent.trim() !== "" && !e.closest("svg"))
    .filter((e) => e.offsetParent !== null && getComputedStyle(e).visibility === "visible")
    .map((e) => {
      const range = document.createRange();
      range.selectNodeContents(e);
      return [e.textContent, range.getBoundingClientRect()];
    });
  const shared = (a, b) => Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const slack = 0.5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return texts.flatMap(([one, a], place) =>
    texts.slice(place + 1).filter(([, b]) => shared(a, b) > slack).map(([other]) => `${one} and ${other}`));
}"""

_SMALLEST = """() => Math.min(...[...document.querySelectorAll("#wall *")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== ""))
  .filter((e) => getComputedStyle(e).visibility === "visible" && !e.closest("svg"))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""


def cut_texts(page: Page) -> list[Any]:
    """Texts that are wider than their box, or leave their panel."""
    return list(page.evaluate(_CUT))


def overlaps(page: Page, selector: str) -> list[str]:
    """Pairs of boxes that lie on each other."""
    return list(page.evaluate(_OVERLAPS, selector))


def texts_on_each_other(page: Page) -> list[str]:
    """Pairs of texts that lie on each other by more than the room above and below their letters."""
    return list(page.evaluate(_TEXTS_ON_EACH_OTHER))


def outside(page: Page) -> list[str]:
    """What leaves the display."""
    return list(page.evaluate(_OUTSIDE))


def scrolls(page: Page) -> bool:
    """Whether the page is larger than the display."""
    width, height = page.evaluate(
        "() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
    )
    return bool(width > 0 or height > 0)


def smallest_text(page: Page) -> float:
    """The smallest font size in px, outside the map."""
    return float(page.evaluate(_SMALLEST))
