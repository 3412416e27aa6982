"""A history of the reference as the core takes it: its records, its rules; and back, what entries add up to."""

from collections.abc import Collection, Iterable
from functools import cache

from stream.core.calendar import WorkingCalendar
from stream.core.ledger import ENDS, LEVELS, Entry, Measure
from stream.core.rules import Merger, ProcedureRule, Rules
from stream.core.timeline import Pause, Record, Told
from tests.building.histories import CALENDARS
from tests.reference.history import Law, Said
from tests.reference.minutes import Minute, seconds
from tests.reference.working_time import WorkingTime

FIELD, PROCEDURE, LEVEL = 7, 1, 3
ONLINE = 2


def records_of(said: Iterable[Said]) -> list[Record]:
    """What was said, each record once, in order of arrival: the door lets nothing through twice."""
    return [record_of(each) for each in {each.number: each for each in said}.values()]


def record_of(said: Said) -> Record:
    """One record."""
    pauses = tuple(
        Pause(seconds(each.asked), _moment(each.answered), _moment(each.old_due), _moment(each.new_due), each.payment)
        for each in said.waits
    )
    return Record(
        eid=said.number, at=seconds(said.at), status=said.status, unit=said.unit, whole=said.whole,
        field=FIELD if said.whole else 0, channel=said.channel if said.whole else 0,
        procedure=PROCEDURE if said.whole else 0,
        received=_moment(said.received), due=_moment(said.due), ended=_moment(said.ended),
        returned=_moment(said.returned), refused=_moment(said.refused), pauses=pauses,
        told=Told.UNIT_CORRECTED if said.corrects_unit else 0,
    )  # fmt: skip


def rules_of(law: Law) -> Rules:
    """The law as the core is given it."""
    term = None if law.term is None else law.term * 60
    mergers = [
        Merger(seconds(each.since), {old: (new,) for old, new in each.became}, each.in_force) for each in law.mergers
    ]
    return Rules(calendar_of(law.time), {PROCEDURE: ProcedureRule(LEVEL, term)}, mergers)


def calendar_of(time: WorkingTime) -> WorkingCalendar:
    """A working calendar as the core is given it, built once."""
    return _calendar(CALENDARS.index(time))


@cache
def _calendar(number: int) -> WorkingCalendar:
    time = CALENDARS[number]
    week = {on: tuple((a * 60, b * 60) for a, b in hours) for on, hours in enumerate(time.week) if hours}
    cut_off = None if time.cut_off is None else time.cut_off * 60
    return WorkingCalendar(str(number), week, time.free, time.worked_instead, cut_off=cut_off)


def _moment(at: Minute | None) -> int | None:
    return None if at is None else seconds(at)


def level(entries: Iterable[Entry], name: str, units: Collection[int], before: Minute) -> int:
    """A level of some units: the sum of its steps before a minute."""
    rise, fall = LEVELS[name]
    moment = seconds(before)
    steps = [each.measure for each in entries if each.at < moment and each.unit in units]
    return steps.count(rise) - steps.count(fall)


def cells(entries: Collection[Entry], units: Collection[int], begin: Minute, end: Minute) -> dict[int, int]:
    """One application's columns 3 to 13 of form II.06a, from begin up to and without end, as sums of its entries."""
    start, stop = seconds(begin), seconds(end)
    inside = [each for each in entries if start <= each.at < stop and each.unit in units]
    found = [each.measure for each in inside]
    received = [each for each in inside if each.measure == Measure.RECEIVED]
    ends = {measure: found.count(measure) for measure in ENDS}
    came = level(entries, "open", units, begin) + len(received) + found.count(Measure.MOVED_IN)
    total = came - found.count(Measure.MOVED_OUT)
    own = received if total else []  # what has moved on stands no more in the form of the unit that received it
    online = sum(each.channel == ONLINE for each in own)
    handled, overdue = level(entries, "open", units, end), level(entries, "overdue", units, end)
    early, late = ends[Measure.SETTLED_EARLY], ends[Measure.SETTLED_LATE]
    on_date = ends[Measure.SETTLED_ON_DATE] + ends[Measure.SETTLED_UNDATED] + ends[Measure.CLOSED_UNSETTLED]
    return {
        3: total, 4: online, 5: len(own) - online, 6: total - len(own),
        7: sum(ends.values()), 8: early, 9: on_date, 10: late,
        11: handled, 12: handled - overdue, 13: overdue,
    }  # fmt: skip
