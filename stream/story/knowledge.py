"""The rules as they were known at a moment, with the versions and the names of free days that readers go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import holidays
import msgspec
from psycopg import Connection

from ingest.contracts.rules import CalendarAdopted
from stream.apply.rulebook import InForce, Rule, Rulebook
from stream.core.rules import Rules
from stream.store.queries import query as store_query
from stream.story.idle import DayNames
from stream.story.replay import Adopted
from stream.story.rows import rows

_EVER = 2**62
_SWAPPED = "Ngày nghỉ (thay"
"""How the library begins the name of a day that a decision swapped."""


class Versions(NamedTuple):
    """The names of a calendar and of a register of procedures; None: no register was adopted yet."""

    calendar: str
    procedures: str | None


@dataclass(frozen=True)
class Knowledge:
    """Which rules each partition went by, and since when, as known at a moment.

    `numbers` are those of the procedures, by code.
    """

    rulebook: Rulebook
    adoptions: Mapping[int, Sequence[Adopted]]
    first: Rules
    numbers: Mapping[str, int]

    def versions(self, part: int, pos: int = _EVER) -> Versions:
        """The rules of a partition at a position, by name."""
        calendar, procedures = self._newest(part, "calendar", pos), self._newest(part, "procedures", pos)
        return Versions(
            self.first.calendar.version if calendar is None else calendar.version,
            None if procedures is None else procedures.version,
        )

    def day_names(self, part: int, pos: int = _EVER) -> DayNames:
        """Why days are free by the calendar of a partition at a position: the holiday, else the decision."""
        calendar = self._newest(part, "calendar", pos)
        decided = {} if calendar is None else _decided(calendar.content)

        def name(day: date) -> str | None:
            holiday = _holiday(day)
            is_swapped = holiday is not None and holiday.startswith(_SWAPPED)  # then its decision says more
            return decided.get(day, holiday) if holiday is None or is_swapped else holiday

        return name

    def _newest(self, part: int, kind: str, pos: int) -> Rule | None:
        found = [each.rule for each in self.adoptions.get(part, ()) if each.rule.kind == kind and each.pos <= pos]
        return found[-1] if found else None


def read_knowledge(connection: Connection[Any], known_at: datetime | None, first: Rules) -> Knowledge:
    """What was known of rules; call it inside a snapshot."""
    numbers: dict[str, int] = dict(connection.execute(store_query("load_procedures")).fetchall())
    adoptions: dict[int, list[Adopted]] = {}
    for part, pos, known, *rule in rows(connection, "adoptions", {"known_at": known_at or "infinity"}):
        adoptions.setdefault(part, []).append(Adopted(pos, known, Rule(*rule)))
    rulebook = Rulebook(first, numbers)
    rulebook.restart(InForce(part, each.pos, each.rule) for part, found in adoptions.items() for each in found)
    return Knowledge(rulebook, adoptions, first, numbers)


@cache
def _decided(content: bytes) -> Mapping[date, str]:
    adopted = msgspec.json.decode(content, type=CalendarAdopted)
    return {day: decision.name for decision in adopted.decisions for day in decision.days_off}


@cache
def _holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("VN", years=[year], language="vi"))


def _holiday(day: date) -> str | None:
    return _holidays(day.year).get(day)
