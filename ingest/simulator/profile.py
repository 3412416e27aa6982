"""What kind of district it is: how many applications, how filed, how they end. Two are known."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from ingest.simulator.calendar import LOCAL


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares are of 1 and of received applications unless said otherwise; they follow handbook section 1.

    `units_of` is a day on which the district's units were in force. Of a district of the past, `until` is when
    its time ended: nothing is filed there from that moment on; what is open is brought to its end.
    No application, with all its late and repeated records, lives longer than `longest_life_days`.
    """

    name: str
    units_of: date
    until: datetime | None = None
    per_working_day: float = 431.0  # filed; 58,000 are received in half a year
    online: float = 0.847
    postal: float = 0.008  # of what is not filed online, the rest is handed in at the counter
    refused: float = 0.012  # of what is filed online
    withdrawn: float = 0.006
    stopped: float = 0.004
    late: float = 0.0015  # 99.9 % of the settled are on time or early; the rest waits, some of it long
    lasting: float = 0.0  # besides the late ones, of the last 60 days before `until`: they lie for months
    on_date: float = 0.11  # besides those which come out on the date by themselves; over 80 % are early
    second_supplement: float = 0.06  # of those that were asked for a first one
    undated: float = 0.006  # no due date is ever given
    reappointed: float = 0.012  # of terms of three days and more: a later due date without any wait
    transferred: float = 0.002  # to another unit
    unusual: float = 0.003  # moves that the handbook calls not usual
    corrected: float = 0.0015  # of the results: a later record for an earlier moment
    mistyped: float = 0.001  # of the results: a date that can't be
    delayed: float = 0.03  # of the records: they arrive late
    repeated: float = 0.02  # of the records: they are sent again
    apologised: float = 0.8  # of the late results: the letter was sent
    evaluated: float = 0.039  # of the results: a form was filled in; over 2,100 in half a year
    poor_if_late: float = 0.5  # of the forms about late results
    petitions_a_day: float = 1.1
    longest_life_days: int = 170


TODAY: Final = Profile("today", units_of=date(2025, 7, 1))
"""The eight units since 1 July 2025."""

HUYEN: Final = replace(
    TODAY,
    name="2024",
    units_of=date(2024, 12, 31),
    until=datetime(2025, 2, 1, tzinfo=LOCAL),
    online=0.68,
    lasting=0.004,
    longest_life_days=300,
)
"""The fifteen units of the huyện era, which ended with 31 January 2025. Some applications outlast their units."""

PROFILES: Final = MappingProxyType({profile.name: profile for profile in (TODAY, HUYEN)})
