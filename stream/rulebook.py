"""The rules that were adopted, as the worker met them in the log: calendars and registers of procedures.

A rule is in force in a partition from the position of its event on. The newest one whose event was met is the
rule of the centre; where the worker has not met it in every partition yet, the rest still goes by the one before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import msgspec
from psycopg import Connection
from psycopg.rows import tuple_row

from ingest.contracts.rules import CalendarAdopted, Decision, RegisterAdopted
from stream.core.public_holidays import office_calendar
from stream.store.queries import query

Kind: TypeAlias = Literal["calendar", "procedures"]

_BY_LAW: Final = "Bộ luật Lao động 2019, Điều 111 và 112 (the program's own calendar)"


class Since(NamedTuple):
    """From where on a partition goes by a rule: after this position, known at that moment."""

    position: int
    known_at: datetime


@dataclass(frozen=True)
class Adoption:
    """Rules that came into force; a version that is gone back to has come into force twice.

    `since` says for each partition that has met the event from where on; `known_at` is when the first one did.
    `content` is the JSON of the event's data.
    """

    kind: Kind
    version: str
    digest: str
    since: Mapping[int, Since]
    known_at: datetime
    content: bytes

    def calendar(self) -> CalendarAdopted:
        """The content of a calendar."""
        return msgspec.json.decode(self.content, type=CalendarAdopted)

    def register(self) -> RegisterAdopted:
        """The content of a register of procedures."""
        return msgspec.json.decode(self.content, type=RegisterAdopted)


def adopted(connection: Connection[Any]) -> Sequence[Adoption]:
    """Everything that ever came into force, of both kinds, in the order it became known."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        rows = cursor.execute(query("list_rules")).fetchall()
    return [
        Adoption(kind, version, digest, _since(parts, positions, moments), known_at, bytes(content))
        for kind, version, digest, content, known_at, parts, positions, moments in rows
    ]


def newest(adoptions: Iterable[Adoption], kind: Kind, known_at: datetime | None = None) -> Adoption | None:
    """The rule of a kind that was in force as known at a moment (default: now); None before the first one."""
    known = [each for each in adoptions if each.kind == kind and (known_at is None or each.known_at <= known_at)]
    return known[-1] if known else None


def program_calendar() -> CalendarAdopted:
    """The calendar that is in force before any was adopted, in the words of a calendar that is."""
    found = office_calendar()
    week = tuple(tuple(found.week.get(day, ())) for day in range(7))
    days = tuple(sorted(found.days_off))
    return CalendarAdopted(version=found.version, week=week, decisions=(Decision(name=_BY_LAW, days_off=days),))


def _since(parts: Sequence[int], positions: Sequence[int], moments: Sequence[datetime]) -> Mapping[int, Since]:
    places = zip(positions, moments, strict=True)
    return {part: Since(*place) for part, place in zip(parts, places, strict=True)}
