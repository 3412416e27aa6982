"""A case lived through again as it became known: record by record, and at each adoption that met it open. Pure."""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from stream.apply.lives import LIVES
from stream.apply.rulebook import Rule, Rulebook
from stream.core.application import Application
from stream.core.ledger import Entry
from stream.core.rules import Rules
from stream.core.state import CaseState

MOST_TOLD: Final = 500
FEWEST_TOLD: Final = 20
MOST_FOLDED: Final = 250_000
"""Only the newest things that became known are judged one by one: an endpoint's life has thousands. So many of them,
and the fewer the longer the life is, as each is judged by folding all that was known: so many records in all."""


class Adopted(NamedTuple):
    """A calendar or a register came into force in the case's partition."""

    pos: int
    known_at: datetime
    rule: Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """What held of the case after the record or the adoption at `pos` was known, and by which rules."""

    pos: int
    state: CaseState
    entries: frozenset[Entry]
    rules: Rules

    @property
    def application(self) -> Application:
        """The state of an application, a form or a petition; raises `TypeError` for that of another kind."""
        if not isinstance(self.state, Application):
            raise TypeError(f"no application, form or petition: {type(self.state).__name__}")
        return self.state


def replay(
    kind: int, part: int, records: Iterable[Any], adoptions: Iterable[Adopted], rulebook: Rulebook
) -> Sequence[Judged]:
    """Every judgement in the order of knowledge, or the newest of a long life (`told_of`).

    Closed cases keep what they were judged by.
    """
    life = LIVES[kind]
    steps: list[tuple[int, Any]] = [(record.pos, record) for record in records]
    steps += [(adopted.pos, None) for adopted in adoptions]
    known: list[Any] = []
    judged: list[Judged] = []
    most = told_of(len(steps))
    for left, (pos, record) in zip(range(len(steps), 0, -1), sorted(steps, key=lambda step: step[0]), strict=True):
        if record is not None:
            insort(known, record, key=life.order)
            if left > most:
                continue
        elif not judged or not judged[-1].state.is_open:
            continue
        rules = rulebook.at(part, pos)
        state = life.fold(known, rules)
        judged.append(Judged(pos, state, life.entries(state, rules), rules))
    return judged


def told_of(steps: int) -> int:
    """How many of so many things that became known are judged one by one."""
    return max(FEWEST_TOLD, min(MOST_TOLD, MOST_FOLDED // max(steps, 1)))


def judge(kind: int, part: int, records: Sequence[Any], rulebook: Rulebook) -> Judged:
    """The last judgement of the replay, at once; the records are not empty and stand in order."""
    life = LIVES[kind]
    pos = max(record.pos for record in records)
    newest, rules = rulebook.newest(part), rulebook.at(part, pos)
    state = life.fold(records, newest)
    if newest is not rules and not state.is_open:
        state = life.fold(records, rules)
    else:
        rules = newest
    return Judged(pos, state, life.entries(state, rules), rules)
