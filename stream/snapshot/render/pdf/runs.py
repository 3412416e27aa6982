"""Rows of numbers that are drawn as one piece of text: thousands of cells of their own would take ten times as long.

Widths are in quarters of an em: in our font a figure is two wide, and so are a dash and a mark; a dot, a comma, a space
and a stroke are one. So spaces line numbers up exactly, and whoever takes the text out finds them one by one.
"""

from collections.abc import Sequence
from typing import Final

_NARROW: Final = frozenset(" .,\u2215")
_WIDE: Final = frozenset("0123456789–−+▲▼◆●○")
_QUARTERS: Final = dict.fromkeys(_NARROW, 1) | dict.fromkeys(_WIDE, 2)


def quarters(text: str) -> int:
    """How wide a text is; raises `KeyError` for a letter that is not one of those that line up."""
    return sum(_QUARTERS[letter] for letter in text)


def run(cells: Sequence[str], width: int) -> str:
    """The cells one after the other, each to the right of its column; one that is too wide is set apart by a space."""
    return "".join(_space(max(1, width - quarters(cell))) + cell for cell in cells)


def _space(n: int) -> str:
    """So many quarters of nothing, in as few glyphs as can be: each costs time to draw."""
    return "\u2003" * (n // 4) + ("", " ", "\u2002", "\u2002 ")[n % 4]


def width_of(cells: Sequence[str], least: int, gap: int = 3) -> int:
    """How wide columns must be for all of these cells."""
    return max(least, gap + max(map(quarters, cells), default=0))
