"""What is wrong with a file of rules: every problem with its place, in English and Vietnamese."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from ingest.errors import IngestError

SHOWN: Final = 100
"""How many problems of one file are named; the rest is counted."""


class Problem(NamedTuple):
    """One problem. `place` is a line and key of a calendar, or a row and column of a table."""

    place: str
    en: str
    vi: str


class RulesFileError(IngestError):
    """A file of rules was refused whole: rules are complete or they are not in force.

    `problems` are all that were found, in the order of the file.
    """

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{name}, {first.place}: {first.en}{more}")
        self.name = name
        self.problems = tuple(problems)

    def lines(self) -> list[str]:
        """The problems for a person, one a line, at most `SHOWN` of them."""
        shown = [f"{each.place}: {each.en} / {each.vi}" for each in self.problems[:SHOWN]]
        left = len(self.problems) - len(shown)
        return [*shown, f"… {left} more / còn {left} lỗi khác"] if left else shown


class ProblemError(ValueError):
    """Raised where a single value is read; caught where its place is known."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.en = en
        self.vi = vi

    def at(self, place: str) -> Problem:
        """The problem, with its place."""
        return Problem(place, self.en, self.vi)
