"""Sources as the stream knows them: what they promised and were heard of, and calendars they are held to."""

from datetime import UTC, datetime
from functools import cache

from ingest.contracts.rules import CalendarAdopted
from ingest.declaring import declaration
from ingest.log.protocol import Entry, EventLog
from ingest.registration import Source
from ingest.rules.adoption import entries_for
from stream.core.calendar import WorkingCalendar
from stream.core.freshness import Promise, Signs, standing
from stream.core.moment import Moment, datetime_of
from stream.sources.standing import SourceStanding

ROUND_THE_CLOCK = CalendarAdopted(version="round-the-clock", week=(((0, 86_400),),) * 7)
"""All time is working time: for tests that run at any hour."""


def a_source(name: str = "mc", cadence: int | None = 600, unit: str = "03980", kind: str = "events") -> Source:
    """A source that speaks for one unit."""
    return Source(name, kind, {"H52.17.18": unit}, cadence=cadence)


def declared(source: Source, *, active: bool = True) -> Entry:
    """Its promise, as it lies in the log."""
    return declaration(source, datetime.now(UTC), active=active)


def work_round_the_clock(log: EventLog) -> None:
    """Have every partition go by a calendar without a night."""
    log.append(list(entries_for(ROUND_THE_CLOCK, log.partitions, datetime.now(UTC))))


def stands(
    name: str, now: Moment, calendar: WorkingCalendar, cadence: int, heard: Moment | None, since: Moment = 0
) -> SourceStanding:
    """A source that promised one-stop events and was last heard of then, as it stands now."""
    state = standing(Promise(cadence, since), Signs(heard), now, calendar)
    return SourceStanding(
        name, "events", ("onestop",), ("03980",), cadence, True, datetime_of(since),  # noqa: FBT003 - a row's own order
        None, None, None, None, None if heard is None else datetime_of(heard), state,
    )  # fmt: skip


@cache
def round_the_clock() -> WorkingCalendar:
    """The same calendar, as the core has it."""
    return WorkingCalendar("round-the-clock", dict.fromkeys(range(7), ((0, 86_400),)))
