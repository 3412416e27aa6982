"""The cases that changed figures: listed once with their numbers, and named by these beneath each figure.

A paper has an end: what half a year of late records changed is told as far as somebody will read it, and then counted.
The object has all of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

from stream.snapshot.content.document import CaseShare, Difference, Restates
from stream.snapshot.render.pdf.numbers import as_is, said
from stream.snapshot.render.wording import moment

MOST_LISTED: Final = 1_000
"""Cases."""
MOST_NAMED: Final = 12
"""Cases, or stretches of cases, beneath one figure."""


@dataclass(frozen=True, slots=True)
class Cases:
    """`known_at` of each case that the object names, in the order in which they are named."""

    known_at: Mapping[str, str]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, restates: Restates) -> Self:
        """Those of a restatement; the first of them have numbers."""
        known: dict[str, str] = {}
        for each in restates.differences:
            for share in each.cases:
                known.setdefault(share.case, share.known_at)
        return cls(known, {case: number for number, case in enumerate([*known][:MOST_LISTED], 1)})

    def listed(self) -> Sequence[tuple[str, str]]:
        """The codes of those with numbers, and when they became known."""
        return [(case, moment(self.known_at[case])) for case in self.numbers]

    def said_of(self, each: Difference) -> str:
        """Who changed a figure: [1]–[40] mỗi hồ sơ +1; [41] −2; và 214 hồ sơ khác."""
        stretches = list(self._alike([share for share in each.cases if share.case in self.numbers]))
        named = stretches[:MOST_NAMED]
        parts = [self._stretch(shares) for shares in named]
        if others := each.others + len(each.cases) - sum(map(len, named)):
            parts.append(f"{'và ' if parts else ''}{said(others)} hồ sơ {'khác' if parts else 'không nêu mã'}")
        return "; ".join(parts)

    def _alike(self, shares: Sequence[CaseShare]) -> Iterator[Sequence[CaseShare]]:
        """Cases that follow one another in the list and changed the figure by as much."""
        start = 0
        for place, (one, other) in enumerate(pairwise(shares), 1):
            if one.share != other.share or self.numbers[other.case] != self.numbers[one.case] + 1:
                yield shares[start:place]
                start = place
        if shares:
            yield shares[start:]

    def _stretch(self, shares: Sequence[CaseShare]) -> str:
        first, last, share = self.numbers[shares[0].case], self.numbers[shares[-1].case], shares[0].share
        how_much = "" if share is None else f" {'' if share < 0 else '+'}{as_is(share)}"
        if first == last:
            return f"[{first}]{how_much}"
        return f"[{first}]–[{last}]" + (f" mỗi hồ sơ{how_much}" if how_much else "")
