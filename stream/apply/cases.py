"""The cases that a worker has at hand: what the store holds of them, as of the last planned batch."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from stream.core.application import Application
from stream.core.ledger import Entry
from stream.core.timeline import Record

AT_HAND: Final = 100_000
APPLICATION, EVALUATION, PETITION = 1, 2, 3
"""Kinds of cases; the numbers stand in the database for ever."""


@dataclass(slots=True)
class Case:
    """One case in memory. It changes with every event: the only mutable thing between log and ledger."""

    id: int
    code: str
    timeline: list[Record]
    entries: frozenset[Entry]
    procedure: str | None = None
    application: Application | None = None
    stored: bool = False
    kind: int = APPLICATION


Loader: TypeAlias = Callable[[list[str]], Iterable[Case]]
"""Reads those of the named cases that the store has."""


class CaseBook:
    """A bounded cache of cases in front of the store.

    After a failed write it must be emptied: what it holds was not stored.
    """

    def __init__(self, load: Loader, at_hand: int = AT_HAND) -> None:
        self._load = load
        self._at_hand = at_hand
        self._cases: OrderedDict[str, Case] = OrderedDict()

    def fetch(self, codes: set[str]) -> None:
        """Have all of these at hand that exist, in one read."""
        missing = [code for code in codes if code not in self._cases]
        if missing:
            for case in self._load(missing):
                self._cases[case.code] = case

    def get(self, code: str) -> Case | None:
        """The case, if it exists; `fetch` has to have been asked for it."""
        case = self._cases.get(code)
        if case is not None:
            self._cases.move_to_end(code)
        return case

    def add(self, case: Case) -> None:
        """A case that begins with this batch."""
        self._cases[case.code] = case

    def trim(self) -> None:
        """Let go of the cases that were not touched for longest; those of a batch that is being written stay."""
        while len(self._cases) > self._at_hand:
            self._cases.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._cases.clear()
