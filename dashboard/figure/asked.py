"""Which figure a page is about, and as of when, as known when."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from dashboard.data.answers import TIME_ZONE
from stream.kpi.definition import Kpi
from stream.store.behind import InScope

_SHORTEST = len("2026-03-02T14")
_YEARS = range(2000, 2100)


class NotUnderstoodError(ValueError):
    """The address names no unit or no moment; the sentence says what it should have been."""

    retriable = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A KPI of one unit (None: the area), as of `at` (None: now), as known at `known_at` (None: as known now).

    `scope` are the units whose cases are listed (None: all); the figure itself is everybody's.
    """

    kpi: Kpi
    unit: str | None = None
    at: datetime | None = None
    known_at: datetime | None = None
    scope: tuple[InScope, ...] | None = None

    @classmethod
    def of(cls, kpi: Kpi, unit: str | None, at: str | None, known: str | None) -> Self:
        """What an address asks for; moments without a zone are local time, and what was known `then` was known at `at`.

        Raises `NotUnderstoodError`.
        """
        if unit is not None and not (len(unit) == 5 and unit.isascii() and unit.isdigit()):
            raise NotUnderstoodError("a unit is named by five digits")
        moment = moment_asked(at)
        return cls(kpi, unit, moment, moment if known == "then" else None if known == "now" else moment_asked(known))

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return self.kpi.id, self.unit, self.at, self.known_at, self.scope

    def within(self, scope: tuple[InScope, ...] | None) -> Self:
        """The same for somebody who sees the cases of these units."""
        return replace(self, scope=scope)

    @property
    def is_past(self) -> bool:
        """Whether it is of a moment that is over, by what was known then or since."""
        return self.at is not None or self.known_at is not None

    def moment(self, now: datetime) -> datetime:
        """As of when the figure is; what was known at a moment was known of nothing later."""
        return min(each for each in (self.at, self.known_at, now) if each is not None)


def moment_asked(text: str | None) -> datetime | None:
    """The moment that an address names, local where it has no zone; raises `NotUnderstoodError`."""
    if text is None or text == "":
        return None
    try:
        if len(text) < _SHORTEST:
            raise ValueError(text)
        found = datetime.fromisoformat(text)
        if found.year not in _YEARS:  # far from the ends of what can be told, whatever its zone
            raise ValueError(text)
    except ValueError:
        raise NotUnderstoodError("a moment is written as 2026-03-02T14:35") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=TIME_ZONE)
