"""The cases that a worker has at hand: what the store holds of them, as of the last planned batch."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from stream.core.ledger import Entry
from stream.core.rules import Rules
from stream.core.state import CaseState

AT_HAND: Final = 100_000
APPLICATION, EVALUATION, PETITION, DOCUMENT, CERTIFICATE, MEETING, ENDPOINT, HANDLING = 1, 2, 3, 4, 5, 6, 7, 8
"""Kinds of cases; the numbers stand in the database for ever."""

_PART_BITS: Final = 44


@dataclass(slots=True)
class Case:
    """One case in memory. It changes with every event: the only mutable thing between log and ledger.

    `timeline` are records of its kind (`stream.apply.lives`); `rules` are those that its entries were posted by.
    """

    id: int
    code: str
    kind: int
    timeline: list[Any]
    entries: frozenset[Entry]
    rules: Rules
    procedure: str | None = None
    state: CaseState | None = None
    stored: bool = False

    @property
    def part(self) -> int:
        """The partition of the log in which its events lie."""
        return part_of(self.id)


def number_of(part: int, pos: int) -> int:
    """The number of a case: the place of its first event in the log."""
    return (part << _PART_BITS) + pos


def part_of(number: int) -> int:
    """The partition of the case with this number."""
    return number >> _PART_BITS


class Loader(Protocol):
    """Reads cases that the store has, as they were posted."""

    def load_cases(self, codes: list[str]) -> Iterable[Case]:
        """Those of the named cases that exist."""
        ...

    def load_open(self, part: int) -> Iterable[Case]:
        """The open cases of a partition."""
        ...


class CaseBook:
    """A bounded cache of cases in front of the store.

    After a failed write it must be emptied: what it holds was not stored.
    """

    def __init__(self, store: Loader, at_hand: int = AT_HAND) -> None:
        self._store = store
        self._at_hand = at_hand
        self._cases: OrderedDict[str, Case] = OrderedDict()

    def fetch(self, codes: set[str]) -> None:
        """Have all of these at hand that exist, in one read."""
        missing = [code for code in codes if code not in self._cases]
        if missing:
            for case in self._store.load_cases(missing):
                self._cases[case.code] = case

    def open_cases(self, part: int) -> list[Case]:
        """All open cases of a partition, by number; what is at hand is newer than what the store has."""
        for case in self._store.load_open(part):
            self._cases.setdefault(case.code, case)
        found = [case for case in self._cases.values() if case.part == part and _is_open(case)]
        return sorted(found, key=lambda case: case.id)

    def get(self, code: str) -> Case | None:
        """The case, if it exists; `fetch` has to have been asked for it."""
        case = self._cases.get(code)
        if case is not None:
            self._cases.move_to_end(code)
        return case

    def add(self, case: Case) -> None:
        """A case that begins with this batch."""
        self._cases[case.code] = case

    def touch(self, case: Case) -> None:
        """The case was changed by this batch."""
        self._cases.move_to_end(case.code)

    def trim(self, touched: int) -> None:
        """Let go of the cases that were not touched for longest; those of a batch that is being written stay."""
        while len(self._cases) > max(self._at_hand, 2 * touched):
            self._cases.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._cases.clear()


def _is_open(case: Case) -> bool:
    return case.state is not None and case.state.is_open
