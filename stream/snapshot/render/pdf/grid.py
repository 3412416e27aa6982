"""A table of many numbers: rows with a name and a run of figures, over several pages with its head on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

Kind = Literal["band", "row", "strong", "note"]
WIDE: Final = 757
"""How many points a landscape page has between its margins."""
_POINTS: Final = 2
"""How wide a quarter of an em is, in points, at the size of these tables."""
WIDEST_NAMES: Final = 330
_WIDEST: Final = 32
SMALLER: Final = (5, 4)
"""What stands beneath is smaller: so much wider are its columns in quarters of its own em."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over one or more columns."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name and its numbers, and smaller ones beneath, each with what they are; a band has a name only.

    Not each row has a rule beneath it: an eye needs one every few rows, and each is drawn.
    """

    kind: Kind
    name: str
    numbers: str = ""
    below: Sequence[tuple[str, str]] = ()
    is_ruled: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """`width` is that of a column in quarters of an em; `first` is the heading over the names.

    Names are as wide as there is room for, but at most `names_at_most` points.
    """

    first: str
    width: int
    columns: int
    heads: Sequence[Sequence[Head]]
    rows: Sequence[Row]
    names_at_most: int = WIDEST_NAMES

    @property
    def em(self) -> float:
        """How many em a column is wide."""
        return self.width / 4

    @property
    def names(self) -> int:
        """How wide names are, in points: what is left, as far as an eye goes along a row."""
        return min(self.names_at_most, WIDE - self.columns * self.width * _POINTS)


def spread(width: int, columns: int) -> int:
    """Columns as wide as there is room for; a whole number of quarters for what is smaller, too."""
    room = (WIDE - WIDEST_NAMES) // (_POINTS * max(1, columns))
    return -(-max(width, min(_WIDEST, room)) // SMALLER[1]) * SMALLER[1]


def groups_of(items: Sequence[_T], width: int, *, names: int = 190, always: int = 1) -> Iterator[Sequence[_T]]:
    """Items in groups of like size that fit beside names of so many points, `always` columns standing in each."""
    fit = max(1, (WIDE - names) // (width * _POINTS) - always)
    pages = max(1, -(-len(items) // fit))
    size, more = divmod(len(items), pages)
    start = 0
    for page in range(pages):
        end = start + size + (page < more)
        yield items[start:end]
        start = end
