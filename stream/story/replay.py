"""A case lived through again as it became known: record by record, and at each adoption that met it open. Pure."""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from stream.apply.lives import LIVES
from stream.apply.rulebook import Rule, Rulebook
from stream.core.application import Application
from stream.core.ledger import Entry
from stream.core.rules import Rules
from stream.core.timeline import Record, order


class Adopted(NamedTuple):
    """A calendar or a register came into force in the case's partition."""

    pos: int
    known_at: datetime
    rule: Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """What held of the case after the record or the adoption at `pos` was known, and by which rules."""

    pos: int
    application: Application
    entries: frozenset[Entry]
    rules: Rules


def replay(
    kind: int, part: int, records: Iterable[Record], adoptions: Iterable[Adopted], rulebook: Rulebook
) -> Sequence[Judged]:
    """Every judgement in the order of knowledge. Closed cases keep what they were judged by."""
    life = LIVES[kind]
    steps: list[tuple[int, Record | None]] = [(record.pos, record) for record in records]
    steps += [(adopted.pos, None) for adopted in adoptions]
    known: list[Record] = []
    judged: list[Judged] = []
    for pos, record in sorted(steps, key=lambda step: step[0]):
        if record is not None:
            insort(known, record, key=order)
        elif not judged or not judged[-1].application.is_open:
            continue
        rules = rulebook.at(part, pos)
        application = life.fold(known, rules)
        judged.append(Judged(pos, application, life.entries(application, rules), rules))
    return judged


def judge(kind: int, part: int, records: Sequence[Record], rulebook: Rulebook) -> Judged:
    """The last judgement of the replay, at once; the records are not empty and stand in order."""
    life = LIVES[kind]
    pos = max(record.pos for record in records)
    newest, rules = rulebook.newest(part), rulebook.at(part, pos)
    application = life.fold(records, newest)
    if newest is not rules and not application.is_open:
        application = life.fold(records, rules)
    else:
        rules = newest
    return Judged(pos, application, life.entries(application, rules), rules)
