"""How wide a text is when it is set in Be Vietnam Pro, so that labels can be laid out before anything is drawn."""

import unicodedata
from functools import lru_cache
from typing import Final

_WIDTHS: Final = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZđĐ -",
        (
            652, 662, 624, 662, 611, 401, 654, 600, 285, 292, 584, 277, 895, 590, 652, 662, 662, 416, 527, 434, 581,
            588, 879, 591, 592, 514, 758, 698, 778, 743, 634, 640, 788, 725, 280, 482, 703, 637, 877, 743, 828, 667,
            825, 697, 656, 674, 733, 732, 1039, 753, 701, 664, 677, 786, 230, 607,
        ),
        strict=True,
    )
)  # fmt: skip
"""Thousandths of the size of the letters, at weight 600, as a browser measures them."""
_WIDEST: Final = 900
_HORN: Final = "\u031b"
_HORN_WIDTH: Final = 12


@lru_cache(maxsize=1_024)
def width_of(text: str, size: float) -> float:
    """The width of one line of text, in the unit of `size`; letters that the table does not have count as wide ones."""
    parts = unicodedata.normalize("NFD", text)
    letters = sum(_WIDTHS.get(part, _WIDEST) for part in parts if not unicodedata.combining(part))
    return (letters + _HORN_WIDTH * parts.count(_HORN)) * size / 1_000


def in_two_lines(text: str) -> tuple[str, str] | None:
    """The text in two lines of about the same width; None where it is one word."""
    words = text.split(" ")
    halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    return min(halves, key=lambda pair: max(width_of(line, 1) for line in pair), default=None)
