"""What an application counts for: its set of ledger entries."""

from collections.abc import Iterator
from itertools import pairwise

from stream.core.application import RETURNED, SETTLED, Application
from stream.core.clock import outcome, overdue_from, thresholds
from stream.core.ledger import Entry, Measure, OfEnd
from stream.core.moment import Moment, day_of
from stream.core.rules import ProcedureRule, Rules
from stream.core.span import Span, overlap, without
from stream.core.timeline import Told

# Plain numbers: an entry is hashed and compared a million times a minute, and an enum does both in Python.
_RECEIVED, _CLOSED_UNSETTLED = int(Measure.RECEIVED), int(Measure.CLOSED_UNSETTLED)
_MOVED_IN, _MOVED_OUT = int(Measure.MOVED_IN), int(Measure.MOVED_OUT)
_OPEN = int(Measure.OPEN_IN), int(Measure.OPEN_OUT)
_PAUSED = int(Measure.PAUSED_IN), int(Measure.PAUSED_OUT)
_DUE_SOON = int(Measure.DUE_SOON_IN), int(Measure.DUE_SOON_OUT)
_OVERDUE = int(Measure.OVERDUE_IN), int(Measure.OVERDUE_OUT)
_LATE_BY_INDEX = int(Measure.LATE_BY_INDEX_IN), int(Measure.LATE_BY_INDEX_OUT)
_LATE_UNSEEN, _FELL_AGAIN = int(Measure.LATE_UNSEEN), int(Measure.FELL_AGAIN)
_APOLOGY_SENT, _SETTLED_LATE = int(Measure.APOLOGY_SENT), int(Measure.SETTLED_LATE)

_SAME_DAY, _COPIES = int(OfEnd.SAME_DAY), int(OfEnd.COPIES)
_INDEX_LATE, _TWICE = int(OfEnd.LATE_BY_INDEX), int(OfEnd.SUPPLEMENTED_TWICE)
_OF_RESULT = ((int(Told.ELECTRONIC), int(OfEnd.ELECTRONIC)), (int(Told.STORED), int(OfEnd.STORED)))
_OF_RECEIPT = 63
"""The bits of `OfReceipt`."""

_SETTLED = frozenset({SETTLED, RETURNED})
_new = tuple.__new__  # half the time of calling the class, some times for every event

Stay = tuple[Moment, Moment | None, int]
"""A time, up to its end or None while it lasts, in which a level counts for a unit."""


def entries(application: Application, rules: Rules) -> frozenset[Entry]:
    """All entries of the application, past and future. Empty while it has not been received."""
    if application.received is None:
        return frozenset()
    rule = rules.of_procedure(application.procedure)
    posted = _Posted(application.field, application.channel, rule.level)
    stretches, pauses = application.stretches, application.pauses
    posted.flow(_RECEIVED, stretches[0].start, stretches[0].unit, application.told & _OF_RECEIPT, application.procedure)
    stays = _joined([(stretch.start, stretch.end, stretch.unit) for stretch in stretches])
    posted.level(_OPEN, stays)
    for (_, _, left), (moved, _, joined) in pairwise(stays):
        posted.flow(_MOVED_OUT, moved, left)
        posted.flow(_MOVED_IN, moved, joined)
    if pauses:
        halts = [(part, stay[2]) for span in pauses for stay in stays if (part := overlap(span, Span(*stay[:2])))]
        posted.level(_PAUSED, [(part.start, part.end, unit) for part, unit in halts])
    soon, late = _towards_due(application, rules)
    overdue = _running(late, pauses)
    posted.level(_DUE_SOON, _running(soon, pauses))
    posted.level(_OVERDUE, overdue)
    if pauses or application.second_request is not None:
        posted.level(_LATE_BY_INDEX, _late_by_index(application, stays, overdue))
    unseen: Moment | None = None
    if application.ended is not None:
        measure = _ending(application, application.ended)
        posted.flow(
            measure, application.ended, stretches[-1].unit,
            _of_end(application, measure, Span(application.received, application.ended), rule),
        )  # fmt: skip
        unseen = application.ended if measure == _SETTLED_LATE and not overdue else None
    if len(overdue) > 1 or application.letter is not None or unseen is not None:
        _apologies(posted, application, overdue, unseen)
    for finding in application.findings:
        posted.flow(finding.measure, finding.at, finding.unit)
    return frozenset(posted.entries)


def counts_alike(one: Application | None, other: Application) -> bool:
    """Whether two states of an application count for the same by the same rules, so that nothing is posted.

    Most events change nothing that counts: taken into work after receipt, returned after settlement.
    """
    return (
        one is not None
        and one.stretches == other.stretches
        and one.ended == other.ended
        and one.due == other.due
        and one.pauses == other.pauses
        and one.field == other.field
        and one.channel == other.channel
        and (one.status in _SETTLED) == (other.status in _SETTLED)
        and one.told == other.told
        and one.procedure == other.procedure
        and one.second_request == other.second_request
        and one.letter == other.letter
        and one.findings == other.findings
    )


class _Posted:
    """Entries as they are gathered: field, channel and level of authority are the application's own."""

    def __init__(self, field: int, channel: int, level: int) -> None:
        self.entries: list[Entry] = []
        self._field = field
        self._channel = channel
        self._level = level

    def flow(self, measure: int, at: Moment, unit: int, traits: int = 0, procedure: int = 0) -> None:
        entry = (measure, at, unit, self._field, self._channel, self._level, traits, procedure, 1)
        self.entries.append(_new(Entry, entry))

    def level(self, steps: tuple[int, int], stays: list[Stay]) -> None:
        rise, fall = steps
        field, channel, level = self._field, self._channel, self._level
        for start, end, unit in stays:
            if end is None:
                self.entries.append(_new(Entry, (rise, start, unit, field, channel, level, 0, 0, 1)))
            elif end > start:
                self.entries.append(_new(Entry, (rise, start, unit, field, channel, level, 0, 0, 1)))
                self.entries.append(_new(Entry, (fall, end, unit, field, channel, level, 0, 0, 1)))


def _ending(application: Application, ended: Moment) -> int:
    """The measure of its end."""
    return int(outcome(ended, application.due)) if application.status in _SETTLED else _CLOSED_UNSETTLED


def _of_end(application: Application, measure: int, life: Span, rule: ProcedureRule) -> int:
    """The traits of its end, bits of `OfEnd`."""
    received, ended, due = life.start, life.end or life.start, application.due
    traits = 0
    if measure != _CLOSED_UNSETTLED:
        if day_of(received) == day_of(ended):
            traits |= _SAME_DAY
        for told, trait in _OF_RESULT:
            if application.told & told:
                traits |= trait
    if rule.certifies_copies:
        traits |= _COPIES
    if application.second_request is not None:
        return traits | _TWICE | _INDEX_LATE
    return traits | _INDEX_LATE if due is not None and ended >= overdue_from(due) else traits


def _late_by_index(application: Application, stays: list[Stay], overdue: list[Stay]) -> list[Stay]:
    """When it was open and late by the index, though not overdue (handbook section 5).

    While it waits the time of the request takes the place of now: late where that lay past the due date. From the
    second request on it is late, whatever its due date.
    """
    late: list[Stay] = [
        (part.start, part.end, unit)
        for start, end, unit, due in application.stretches
        if due is not None
        for pause in application.pauses
        if pause.start >= overdue_from(due) and (part := overlap(pause, Span(start, end))) is not None
    ]
    if application.second_request is not None:
        since = Span(application.second_request, None)
        late = [stay for stay in late if stay[0] < since.start]
        late = [(start, since.start if end is None else min(end, since.start), unit) for start, end, unit in late]
        late += [
            (left.start, left.end, unit)
            for start, end, unit in stays
            if (part := overlap(since, Span(start, end))) is not None
            for left in without(part, [Span(*other[:2]) for other in overdue])
        ]
    return _joined(sorted(late, key=lambda stay: stay[0]))


def _apologies(posted: _Posted, application: Application, overdue: list[Stay], unseen: Moment | None) -> None:
    """One letter is owed for a late application, from when it first was late; the first one sent settles it."""
    for start, _, unit in overdue[1:]:
        posted.flow(_FELL_AGAIN, start, unit)
    if overdue:
        owed, unit = overdue[0][0], overdue[0][2]
    elif unseen is not None:
        owed, unit = unseen, application.stretches[-1].unit
        posted.flow(_LATE_UNSEEN, owed, unit)
    else:
        return
    if application.letter is not None:
        posted.flow(_APOLOGY_SENT, max(owed, application.letter), unit)


def _towards_due(application: Application, rules: Rules) -> tuple[list[Stay], list[Stay]]:
    """Due within one working day until the due date is over, overdue from then on."""
    soon: list[Stay] = []
    late: list[Stay] = []
    for start, end, unit, due in application.stretches:
        if due is None:
            continue
        near, over = thresholds(due, rules.calendar)
        if end is None or end > max(start, over):
            late.append((max(start, over), end, unit))
        first, last = max(start, near), over if end is None else min(end, over)
        if first < last:
            soon.append((first, last, unit))
    return soon, late


def _running(stays: list[Stay], pauses: tuple[Span, ...]) -> list[Stay]:
    """The stays without the time in which the clock stood."""
    joined = _joined(stays)
    if not pauses:
        return joined
    return list(_cut(joined, pauses))


def _cut(stays: list[Stay], pauses: tuple[Span, ...]) -> Iterator[Stay]:
    for start, end, unit in stays:
        for part in without(Span(start, end), pauses):
            yield part.start, part.end, unit


def _joined(stays: list[Stay]) -> list[Stay]:
    """The same stays, those that touch in the same unit as one: what goes on does not fall and rise."""
    if len(stays) < 2:
        return stays
    joined = stays[:1]
    for stay in stays[1:]:
        last = joined[-1]
        if last[1] == stay[0] and last[2] == stay[2]:
            joined[-1] = (last[0], stay[1], stay[2])
        else:
            joined.append(stay)
    return joined
