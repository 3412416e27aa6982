"""Marks of a drawing, in points; every text is escaped."""

from collections.abc import Iterable
from html import escape
from typing import Final, Literal, TypeAlias

Anchor: TypeAlias = Literal["start", "middle", "end"]
INK: Final = "#111"
SOFT: Final = "#666"
PALE: Final = "#ccc"
SIZE: Final = 8


def drawing(width: float, height: float, title: str, marks: Iterable[str]) -> str:
    """The whole; `title` is what is read out in its place."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}pt" height="{_n(height)}pt" '
        f'viewBox="0 0 {_n(width)} {_n(height)}"><title>{escape(title)}</title>{"".join(marks)}</svg>'
    )


def text(x: float, y: float, words: str, anchor: Anchor = "start", *, bold: bool = False, soft: bool = False) -> str:
    """Words on a base line."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-family="Tinos" font-size="{SIZE}" text-anchor="{anchor}" '
        f'fill="{SOFT if soft else INK}"{weight}>{escape(words)}</text>'
    )


def line(start: tuple[float, float], end: tuple[float, float], width: float = 0.5, color: str = INK) -> str:
    """A straight line."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{color}" stroke-width="{_n(width)}"/>'
    )


def dashed(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A target, or a bound: dashes."""
    return line(start, end, 0.7).replace("/>", ' stroke-dasharray="2.5 2"/>')


def bar(x: float, y: float, width: float, height: float, fill: str = PALE) -> str:
    """A filled rectangle."""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"/>'


def box(x: float, y: float, width: float, height: float) -> str:
    """An empty rectangle."""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
        f'fill="none" stroke="{SOFT}" stroke-width="0.5"/>'
    )


def dot(x: float, y: float, radius: float = 2.4) -> str:
    """A black dot: what the centre computed."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{INK}"/>'


def diamond(x: float, y: float, radius: float = 3.4) -> str:
    """A hollow diamond: what somebody else published."""
    points = f"{_n(x)},{_n(y - radius)} {_n(x + radius)},{_n(y)} {_n(x)},{_n(y + radius)} {_n(x - radius)},{_n(y)}"
    return f'<polygon points="{points}" fill="#fff" stroke="{INK}" stroke-width="0.9"/>'


def _n(value: float) -> str:
    """A length with two digits: the same text on each machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
