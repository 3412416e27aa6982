"""When a source says nothing at all though it should: what the centre must tell from "nothing happened".

What would have been sent waits, and comes late when the source is well again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import structlog

from ingest.simulator.calendar import LOCAL, calendar_of
from ingest.simulator.dice import dice

_STEP = 1.0  # seconds
_log = structlog.get_logger()


class Span(NamedTuple):
    """From `begin` to `end`."""

    begin: datetime
    end: datetime


@dataclass(frozen=True)
class Silence:
    """The silences of a source: those of each local day, as `spans` says, by the clock that is handed in."""

    spans: Callable[[date], tuple[Span, ...]]
    clock: Callable[[], datetime]

    def until(self, moment: datetime) -> datetime | None:
        """When the silence ends that reigns at a moment; None where none does."""
        local = moment.astimezone(LOCAL)
        days = (local.date() - timedelta(days=1), local.date())
        return max(
            (span.end for day in days for span in self.spans(day) if span.begin <= moment < span.end), default=None
        )

    async def over(self) -> None:
        """Return when nobody has to be silent."""
        ends = self.until(self.clock())
        if ends is None:
            return
        _log.info("simulator.silent", until=ends.isoformat())
        while self.until(self.clock()) is not None:
            await asyncio.sleep(_STEP)
        _log.info("simulator.well_again")


def weekly(seed: int, source: str) -> Callable[[date], tuple[Span, ...]]:
    """An hour or so of one working afternoon each week, another one each week."""

    def spans(day: date) -> tuple[Span, ...]:
        year, week, weekday = day.isocalendar()
        rng = dice(seed, source, "silent", year, week)
        if weekday != 1 + int(rng.random() * 5) or not calendar_of(day.year).is_working(day):
            return ()
        begin = datetime(day.year, day.month, day.day, 14, int(rng.random() * 45), tzinfo=LOCAL)
        return (Span(begin, begin + timedelta(minutes=50 + int(rng.random() * 40))),)

    return spans


def once(begin: datetime, length: timedelta) -> Callable[[date], tuple[Span, ...]]:
    """One silence, on demand."""

    def spans(day: date) -> tuple[Span, ...]:
        return (Span(begin, begin + length),) if begin.astimezone(LOCAL).date() == day else ()

    return spans
