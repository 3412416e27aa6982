"""Which case a page is about, and as of when, as known when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from dashboard.figure.asked import moment_asked


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """A case by its code, as of `at` (None: now), as known at `known_at` (None: as known now)."""

    code: str
    at: datetime | None = None
    known_at: datetime | None = None

    @classmethod
    def of(cls, code: str, at: str | None, known: str | None) -> Self:
        """What an address asks for, as on passports; raises `NotUnderstoodError`."""
        moment = moment_asked(at)
        return cls(code, moment, moment if known == "then" else None if known == "now" else moment_asked(known))

    @property
    def is_past(self) -> bool:
        """Whether it is of a moment that is over, by what was known then or since."""
        return self.at is not None or self.known_at is not None

    def moment(self, now: datetime) -> datetime:
        """As of when it is told; what was known at a moment was known of nothing later."""
        return min(each for each in (self.at, self.known_at, now) if each is not None)
