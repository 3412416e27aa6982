"""Questions to a page that may be longer than the display: what is cut, overlaps, or sticks out at the side."""

from typing import Any

from playwright.sync_api import Page

_TEXTS = """
  const texts = [...document.querySelectorAll("main *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== ""))
    .filter((e) => e.offsetParent !== null && getComputedStyle(e).visibility === "visible")
    .filter((e) => !e.closest("dialog:not([open])"))
    .filter((e) => !e.closest("details:not([open]) > :not(summary), .sr-only"))
    .map((e) => [e, [...e.childNodes].filter((n) => n.nodeType === 3 && n.textContent.trim() !== "").flatMap((n) => {
      const range = document.createRange();
      range.selectNodeContents(n);
      return [...range.getClientRects()]; // one a line
    })]);
"""

_CUT = f"""() => {{ {_TEXTS}
  return texts.filter(([e, boxes]) => {{
    if (getComputedStyle(e).textOverflow === "ellipsis") return false; // it says itself that there is more
    const panel = e.closest(".panel, .header") ?? document.body;
    const {{ left, right, top, bottom }} = panel.getBoundingClientRect();
    const box = e instanceof HTMLElement; // texts of a drawing have none
    return box && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 ||
      boxes.some((b) => b.left < left - 1 || b.right > right + 1 || b.top < top - 4 || b.bottom > bottom + 4);
  }}).map(([e]) => e.textContent);
}}"""

_STICKING_OUT = """() => [...document.querySelectorAll(".panel *")].filter((e) => {
  const { left, right, width } = e.getBoundingClientRect();
  const panel = e.closest(".panel").getBoundingClientRect();
  return width > 0 && e.closest(".labels") === null && (left < panel.left - 1 || right > panel.right + 1);
}).map((e) => e.className)"""

_ON_EACH_OTHER = f"""() => {{ {_TEXTS}
  const all = texts.filter(([e]) => !e.closest(".header")).flatMap(([e, boxes]) => boxes.map((b) => [e, b]));
  const shared = (a, b) => Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const slack = 0.25 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return all.flatMap(([one, a], place) => all.slice(place + 1)
    .filter(([other, b]) => !one.contains(other) && !other.contains(one) && shared(a, b) > slack)
    .map(([other]) => `${{one.textContent}} and ${{other.textContent}}`));
}}"""

_SIDEWAYS = """() => document.documentElement.scrollWidth - innerWidth"""


def cut_texts(page: Page) -> list[Any]:
    """Texts wider than their box, or outside their panel; those with an ellipsis say so themselves."""
    return list(page.evaluate(_CUT))


def sticking_out(page: Page) -> list[str]:
    """What leaves its panel at a side, texts or not."""
    return list(page.evaluate(_STICKING_OUT))


def texts_on_each_other(page: Page) -> list[str]:
    """Pairs of texts that lie on each other."""
    return list(page.evaluate(_ON_EACH_OTHER))


def sideways(page: Page) -> int:
    """By how many px the page is wider than the display."""
    return int(page.evaluate(_SIDEWAYS))
