"""Applications that wait longer in some units and procedures than in others: a history to learn from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment, date_of, datetime_of, day_number, day_of, start_of
from stream.core.public_holidays import office_calendar
from stream.core.rules import Rules
from stream.core.timeline import Pause, Record, pack
from stream.warning.columns import columns
from stream.warning.landmarks import worked_between
from stream.warning.learning import History
from stream.warning.observed import steps

CALENDAR: WorkingCalendar = office_calendar()
RULES = Rules(CALENDAR)
DAY = CALENDAR.working_day
UNITS = (3979, 3980, 3985)
FIRST = start_of(day_number(date(2026, 1, 5))) + 8 * 3600


@dataclass(frozen=True)
class Case:
    """A case with its records in order."""

    number: int
    records: Sequence[Record]


def waiting(number: int, days: int, seed: int = 1) -> Iterator[Case]:
    """So many applications, received over so many days; in the last unit one in three takes half its term more."""
    dice = Random(seed)
    for case in range(number):
        received = _at_work(FIRST + case * days * 86_400 // number)
        procedure = dice.randint(1, 6)
        unit = dice.choice(UNITS)
        term = (3 + procedure) * DAY
        slow = unit == UNITS[-1] and dice.random() < 0.3
        took = int(term * (1.1 + 0.5 * dice.random() if slow else 0.1 + 0.75 * dice.random()))
        yield Case(case + 1, _life(case + 1, (unit, procedure), (received, term, took), dice))


def history(cases: Sequence[Case], until: Moment, since: Moment = FIRST) -> History:
    """What was known of them by `until`, every step of it."""
    found = (each for case in cases for each in steps(case.number, known(case, until), RULES, since))
    return History(columns(found), since, CALENDAR, worked_between(CALENDAR, since, until))


def known(case: Case, at: Moment) -> Sequence[Record]:
    """The records that were known at a moment."""
    return [record for record in case.records if record.at <= at]


def row(case: Case, at: Moment) -> list[object]:
    """The case's row in the store as it stood then, as far as warnings read it."""
    records = known(case, at)
    newest = records[-1]
    ended = newest.ended
    return [
        case.number, f"H52.17-{case.number}", newest.unit, newest.field, newest.channel, newest.status,
        datetime_of(newest.received or 0), None if ended is None else datetime_of(ended), ended is None,
        datetime_of(newest.at), pack(records), None if newest.due is None else datetime_of(newest.due),
    ]  # fmt: skip


ROW = "id, code, unit, field, channel, status, received_at, ended_at, is_open, last_at, timeline, due_at"


def _life(number: int, what: tuple[int, int], times: tuple[Moment, int, int], dice: Random) -> list[Record]:
    received, term, took = times
    begun = CALENDAR.add(received, took // 4)
    due = CALENDAR.add(received, term)
    if dice.random() < 0.1:
        asked, met = begun + 60, CALENDAR.add(begun + 60, 2 * DAY)
        pause = Pause(asked, met, due, CALENDAR.add(due, 2 * DAY))
        ended = CALENDAR.add(received, took + 2 * DAY)
        said = [(received, 2, due, ()), (begun, 4, due, ()), (asked, 5, due, (pause_asked(pause),))]
        said += [(met, 4, pause.due_after or due, (pause,)), (ended, 9, pause.due_after or due, (pause,))]
    else:
        ended = CALENDAR.add(received, took)
        said = [(received, 2, due, ()), (begun, 4, due, ()), (ended, 9, due, ())]
    unit, procedure = what
    channel = dice.randint(1, 2)
    return [
        Record(
            number * 16 + place, at, status, unit, 1 + procedure % 2, channel, whole=True, received=received, due=by,
            ended=at if status == 9 else None, pauses=pauses, pos=number * 16 + place, procedure=procedure,
        )
        for place, (at, status, by, pauses) in enumerate(said)
    ]  # fmt: skip


def pause_asked(pause: Pause) -> Pause:
    """The same while nobody answered."""
    return Pause(pause.requested, None, None, None)


def _at_work(moment: Moment) -> Moment:
    day = day_of(moment)
    while not CALENDAR.is_working_day(date_of(day)):
        day += 1
        moment = start_of(day) + 8 * 3600
    return moment


def days_on(days: float) -> Moment:
    """A moment so many days after the first."""
    return FIRST + int(timedelta(days=days).total_seconds())
