"""What a report is asked for: a period, some units, as of a moment, as known at a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from stream.core.moment import Day, Moment, datetime_of, day_number, moment_of, start_of
from stream.kpi.period import Period
from stream.report.errors import ReportError
from stream.report.scope import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """`since` is the first local day that counts and `until` the first moment that no longer does.

    What happened in the very second of the moment that a report is as of counts.
    """

    period: Period
    scope: Scope
    since: Day
    until: Moment
    known_at: datetime | None

    @classmethod
    def of(cls, period: Period, scope: Scope, as_of: datetime, known_at: datetime | None = None) -> Self:
        """A period as of its own end, or of `as_of` if that is earlier; give it no moment later than now.

        Raises `ReportError` where the period begins only after that moment.
        """
        since = day_number(scope.first)
        until = min(moment_of(as_of) + 1, start_of(day_number(scope.last) + 1))
        if until <= start_of(since):
            raise ReportError(
                f"the period begins on {scope.first}: as of {as_of.isoformat()} there is nothing of it yet"
            )
        return cls(period, scope, since, until, known_at)

    def known(self, known_at: datetime | None) -> Self:
        """The same, as known at another moment."""
        return type(self)(self.period, self.scope, self.since, self.until, known_at)

    @property
    def start(self) -> datetime:
        """The moment at which the period begins."""
        return datetime_of(start_of(self.since))

    @property
    def stop(self) -> datetime:
        """The first moment that no longer counts."""
        return datetime_of(self.until)

    @property
    def as_of(self) -> datetime:
        """The last second that counts."""
        return self.stop - timedelta(seconds=1)

    @property
    def knowledge(self) -> datetime | str:
        """The moment of knowledge as the database takes it."""
        return "infinity" if self.known_at is None else self.known_at
