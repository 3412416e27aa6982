"""What holds of an application at a moment, by the ledger's own entries: a list of cases counts as the figures do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from stream.core.application import CLOSING, Application, Stretch
from stream.core.calendar import WorkingCalendar
from stream.core.ledger import BALANCES, ENDS, LEVELS, Entry, Measure, OfEnd
from stream.core.moment import Moment
from stream.core.span import Span, covers
from stream.core.state import CaseState
from stream.core.timeline import LETTER, Record

_RECEIVED: Final = 2
_OWED: Final = {int(measure): n for measure, n in BALANCES["apologies_due"]}
_PLAIN_ENDS: Final = frozenset(
    {Measure.DOCUMENT_DONE, Measure.DOCUMENT_CLOSED, Measure.CERTIFICATE_OUT, Measure.MEETING_OUT}
)
_OWES: Final = frozenset({Measure.OVERDUE_IN, Measure.LATE_UNSEEN})


@dataclass(frozen=True, slots=True)
class Standing:
    """As of a moment: what had happened in that very second counts.

    `status` is None before anything was said. `remaining` is the working time in seconds from that moment, or from
    when the clock stopped, to the due date: negative when that is over, None when nothing runs. `ended_as` is the
    measure of the end. `late_by_index` tells an application that is late by the index (handbook section 5), open or
    ended; None before its receipt.
    """

    as_of: Moment
    status: int | None
    unit: int | None
    due: Moment | None
    levels: frozenset[str]
    remaining: int | None
    paused_since: Moment | None
    ended_as: Measure | None
    late_by_index: bool | None
    letter_owed_since: Moment | None
    letters_due: int

    @property
    def is_open(self) -> bool:
        """Received and not ended."""
        return "open" in self.levels


def standing(
    records: Collection[Record],
    application: Application,
    entries: Collection[Entry],
    calendar: WorkingCalendar,
    as_of: Moment,
) -> Standing:
    """What holds at the moment; the records stand in order."""
    past = [entry for entry in entries if entry.at <= as_of]
    levels = frozenset(name for name in LEVELS if _is_up(past, name))
    stretch = _stretch(application.stretches, as_of)
    paused = next((pause.start for pause in application.pauses if covers(pause, as_of)), None)
    due = stretch.due if stretch is not None else application.due
    running = "open" in levels and due is not None
    end = next((entry for entry in past if entry.measure in ENDS), None)
    return Standing(
        as_of=as_of,
        status=_status(records, application, as_of),
        unit=stretch.unit if stretch is not None else _unit(records, as_of),
        due=due,
        levels=levels,
        remaining=calendar.measure(as_of if paused is None else paused, due) if running and due is not None else None,
        paused_since=paused,
        ended_as=None if end is None else Measure(end.measure),
        late_by_index=_late_by_index(application, levels, end, as_of),
        letter_owed_since=min((entry.at for entry in past if entry.measure in _OWES), default=None),
        letters_due=sum(_OWED.get(entry.measure, 0) for entry in past),
    )


def plain_standing(then: CaseState | None, entries: Collection[Entry], as_of: Moment) -> Standing:
    """The same of a case that has no clock: a document, a certificate, a meeting, an endpoint.

    `then` is what the records of up to the moment make of it; None where there was none.
    """
    past = [entry for entry in entries if entry.at <= as_of]
    end = max((entry for entry in past if entry.measure in _PLAIN_ENDS), key=lambda entry: entry.at, default=None)
    return Standing(
        as_of=as_of,
        status=None if then is None else then.status,
        unit=None if then is None else then.unit or None,
        due=None if then is None else then.due,
        levels=frozenset(name for name in LEVELS if _is_up(past, name)),
        remaining=None,
        paused_since=None,
        ended_as=None if end is None else Measure(end.measure),
        late_by_index=None,
        letter_owed_since=None,
        letters_due=0,
    )


def _is_up(past: Collection[Entry], name: str) -> bool:
    rise, fall = LEVELS[name]
    return sum((entry.measure == rise) - (entry.measure == fall) for entry in past) > 0


def _stretch(stretches: tuple[Stretch, ...], as_of: Moment) -> Stretch | None:
    """The stretch of the moment, after the end the last one; none before the receipt."""
    begun = [stretch for stretch in stretches if stretch.start <= as_of]
    return next((each for each in begun if covers(Span(each.start, each.end), as_of)), begun[-1] if begun else None)


def _status(records: Collection[Record], application: Application, as_of: Moment) -> int | None:
    """The last status that was said by then; what a later record tells of that time fills the gaps."""
    said = [record.status for record in records if record.at <= as_of and record.status != LETTER]
    if application.ended is not None and application.ended <= as_of and (not said or said[-1] not in CLOSING):
        return application.status
    if not said and application.received is not None and application.received <= as_of:
        return _RECEIVED
    return said[-1] if said else None


def _unit(records: Collection[Record], as_of: Moment) -> int | None:
    said = [record.unit for record in records if record.at <= as_of]
    return said[-1] if said else None


def _late_by_index(application: Application, levels: frozenset[str], end: Entry | None, as_of: Moment) -> bool | None:
    if application.received is None or application.received > as_of:
        return None
    if end is not None:
        return bool(end.traits & OfEnd.LATE_BY_INDEX)
    return bool(levels & {"overdue", "late_by_index"})
