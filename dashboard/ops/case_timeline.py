"""The life of a case as a picture needs it: what ran and stood when, the due dates as they moved, what happened."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from stream.apply.cases import APPLICATION, DOCUMENT, PETITION
from stream.core.application import Application
from stream.core.clock import overdue_from
from stream.core.moment import Moment, date_of, day_number, day_of, start_of
from stream.core.span import Span, cut, merge, overlap, without
from stream.handling.reading import ToldAct
from stream.handling.told import NAMES
from stream.story.document import moment_text
from stream.story.holding import units_of
from stream.story.idle import idle_days
from stream.story.naming import unit_title
from stream.story.reading import Story

_DAY: Final = 86_400
_OVERDUE: Final = frozenset({APPLICATION, PETITION, DOCUMENT})
"""Kinds whose due date is one that somebody waits for; a meeting's is when it was to begin."""
_MOST_DAYS: Final = 400
"""Of a longer life no days without work are drawn: they would be hatching, not days."""


def timeline_of(story: Story, acts: Sequence[ToldAct], as_of: Moment) -> dict[str, Any]:
    """From when until when it is drawn, and all that is drawn; moments are local times.

    `spans` are running, paused or over: running behind the end of the day that it was due on. `dues` are each date
    that was promised and since when; `events` are numbered as the story's. What lies behind `now` is not lived yet.
    """
    state, held = story.judged.state, story.standing
    start = state.received if state.received is not None else story.chapters[0].at
    ended = state.ended if held.ended_as is not None else None
    life = Span(start, min(as_of, ended) if ended is not None else as_of)
    dues = list(_dues(story))
    happened = [each.at for each in story.chapters if each.event is not None]
    marks = [start, as_of if ended is None else ended, *happened, *(at for each in dues for at in each)]
    margin = max((max(marks) - min(marks)) // 40, 3_600)
    first, last = min(marks) - margin, max(marks) + margin
    return {
        "from": moment_text(first),
        "to": moment_text(last),
        "now": moment_text(as_of),
        "received": moment_text(state.received),
        "ended": moment_text(ended),
        "idle": [[moment_text(since), moment_text(until)] for since, until in _idle(story, first, last)],
        "spans": [
            {"kind": kind, "from": moment_text(since), "to": moment_text(until)}
            for kind, since, until in _spans(story, life, dues[-1][1] if dues else None)
        ],
        "dues": [{"at": moment_text(at), "due": moment_text(due)} for at, due in dues],
        "events": [
            {
                "number": number,
                "at": moment_text(each.at),
                "late": each.overtaken,
                "adopted": each.event is None,
            }
            for number, each in enumerate(story.chapters, 1)
            if first <= each.at <= last
        ],
        "acts": [
            {"at": each.at.isoformat(), "act": NAMES[each.record.deed], "overtaken": each.overtaken_by is not None}
            for each in acts
        ],
        "units": _units(story),
    }


def _dues(story: Story) -> Iterator[tuple[Moment, Moment]]:
    """Each due date and since when it was the one: of applications by their steps, of others by what was told."""
    found = (
        [(step.at, step.due) for step in story.steps]
        if story.steps
        else [(each.at, each.after.state.due) for each in story.chapters]
    )
    before: Moment | None = None
    for at, due in found:
        if due is not None and due != before:
            yield at, due
            before = due


def _spans(story: Story, life: Span, due: Moment | None) -> Iterator[tuple[str, Moment, Moment]]:
    if life.end is None or life.end <= life.start:
        return
    state = story.judged.state
    pauses = [
        Span(each.start, life.end if each.end is None else min(each.end, life.end))
        for each in (state.pauses if isinstance(state, Application) else ())
        if each.start < life.end
    ]
    over = merge(_over(story, due))
    for part in without(life, pauses):
        for left in without(part, over):
            yield "running", left.start, left.end or life.end
        for late in cut(over, part):
            yield "over", late.start, late.end or life.end
    for pause in pauses:
        yield "paused", pause.start, pause.end or life.end


def _over(story: Story, due: Moment | None) -> Iterator[Span]:
    """When it was behind the date that it was due on then: one that was given anew later takes nothing back."""
    state = story.judged.state
    if isinstance(state, Application):
        held = [(Span(each.start, each.end), each.due) for each in state.stretches]
    else:
        held = [(Span(story.chapters[0].at, None), due if story.kind in _OVERDUE else None)]
    for span, until in held:
        late = None if until is None else overlap(span, Span(overdue_from(until), None))
        if late is not None:
            yield late


def _idle(story: Story, first: Moment, last: Moment) -> Iterator[tuple[Moment, Moment]]:
    if last - first > _MOST_DAYS * _DAY:
        return
    runs = [
        (start_of(day_number(each.first)), start_of(day_number(each.last) + 1))
        for each in idle_days(story.judged.rules.calendar, first, last, story.day_names)
    ]
    joined: list[tuple[Moment, Moment]] = []
    for since, until in runs:
        if joined and joined[-1][1] == since:
            joined[-1] = joined[-1][0], until
        else:
            joined.append((since, until))
    yield from ((max(since, first), min(until, last)) for since, until in joined)


def _units(story: Story) -> list[dict[str, object]]:
    """Whose it was when, where it was more than one unit's."""
    state = story.judged.state
    found = units_of(state) if isinstance(state, Application) else ()
    if len(found) < 2:
        return []
    starts = [*(start for start, _, _ in found), None]
    return [
        {
            "unit": f"{unit:05d}",
            "name": _named(unit, start),
            "from": moment_text(start),
            "to": moment_text(end or after),
        }
        for (start, end, unit), (_, after) in zip(found, pairwise(starts), strict=True)
    ]


def _named(unit: int, at: Moment) -> str:
    return unit_title(unit, date_of(day_of(at))) or f"{unit:05d}"
