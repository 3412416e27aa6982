"""What is wrong with the sources now, as incidents are told of."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from stream.core.calendar import WorkingCalendar
from stream.core.freshness import is_overdue, is_working, overdue_from
from stream.core.incidents import Silence, Trouble, intake
from stream.core.moment import Moment
from stream.sources.standing import SourceStanding


def troubles(
    sources: Sequence[SourceStanding], halted: int, now: Moment, calendar: WorkingCalendar, ill: Collection[str] = ()
) -> Sequence[Trouble]:
    """Everything that is wrong: `halted` partitions, the way in, sources that are silent or late.

    Silence begins in working time only. That a source is late is told in working time only, where nobody knows it yet
    (`ill` are the sources that have an incident): at night nobody waits for it.
    """
    found = [Trouble("halted", None, now)] if halted else []
    fell = intake([silence for each in sources for silence in _silence_of(each, calendar)], now)
    found += [] if fell is None else [fell]
    tells_late = is_working(now, calendar)
    return [*found, *_of_sources(sources, now, calendar, None if tells_late else ill)]


def _silence_of(source: SourceStanding, calendar: WorkingCalendar) -> Iterator[Silence]:
    promise, heard = source.promise, source.signs.heard
    if promise is not None and heard is not None:
        yield Silence(source.source, max(heard, promise.since), overdue_from(promise, source.signs, calendar))


def _of_sources(
    sources: Iterable[SourceStanding], now: Moment, calendar: WorkingCalendar, late_of: Collection[str] | None
) -> Iterator[Trouble]:
    for each in sources:
        promise = each.promise
        if promise is None:
            continue
        if is_overdue(promise, each.signs, now, calendar):
            yield Trouble("silent", each.source, overdue_from(promise, each.signs, calendar))
        elif each.state == "late" and (late_of is None or each.source in late_of):
            yield Trouble("late", each.source, now)
