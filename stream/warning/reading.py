"""The history of applications from the store, some thousand cases at a time."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.apply.cases import part_of
from stream.core.application import fold_ordered
from stream.core.moment import Moment, datetime_of, moment_of
from stream.core.rules import Rules
from stream.core.timeline import unpack
from stream.story.knowledge import read_knowledge
from stream.warning.assumptions import Assumed
from stream.warning.columns import columns
from stream.warning.landmarks import Landmarks, landmarks, worked_between
from stream.warning.learning import History, calibrated_from
from stream.warning.observed import Step, step, steps
from stream.warning.queries import query

_AT_ONCE: Final = 2_000
_FIRST_PART: Final = 0


class Span(NamedTuple):
    """From when on, and until when, the history speaks."""

    since: Moment
    until: Moment


def read_span(connection: Connection[Any], now: datetime, assumed: Assumed) -> Span | None:
    """The time that can be learnt from; None where nothing ever ended."""
    given = {"now": now, "earliest": now - timedelta(days=assumed.window_days), "most": assumed.most_cases}
    since, until = connection.execute(query("history_span"), given).fetchall()[0]
    return None if since is None or until is None else Span(moment_of(since), moment_of(until))


def read_history(connection: Connection[Any], span: Span, first: Rules, assumed: Assumed) -> History:
    """What was known of the applications, from `span.since` on; call it inside a snapshot.

    Of the part that is learnt from only the state at its end is kept, of what comes after it every step.
    """
    turn = calibrated_from(span.since, measured_from(span, assumed), assumed)
    found = _read(connection, "history_cases", {"since": datetime_of(span.since)})
    rules = _Rules(connection, first)
    told = columns(
        each for case, packed in found for each in steps(case, unpack(packed), rules.of(part_of(case)), turn)
    )
    calendar = rules.of(_FIRST_PART).calendar
    return History(told, span.since, calendar, worked_between(calendar, span.since, span.until))


def measured_from(span: Span, assumed: Assumed) -> Moment:
    """From when on history is held out to measure by."""
    return span.until - int((span.until - span.since) * assumed.held_out)


def read_open(connection: Connection[Any], now: Moment, first: Rules) -> Landmarks:
    """The open applications with a due date, as they stand; call it inside a snapshot."""
    rules = _Rules(connection, first)
    told = columns(_standing(_read(connection, "open_cases", {}), rules))
    calendar = rules.of(_FIRST_PART).calendar
    return landmarks(told, [now], worked_between(calendar, now, now))


def _standing(found: Iterator[tuple[int, bytes]], rules: "_Rules") -> Iterator[Step]:
    """One step of each case: all that is known of it. What bears a later moment is known all the same."""
    for case, packed in found:
        by = rules.of(part_of(case))
        held = step(case, fold_ordered(unpack(packed), by), by, 0)
        if held is not None:
            yield held


class _Rules:
    """The newest rules of each partition."""

    def __init__(self, connection: Connection[Any], first: Rules) -> None:
        self._rulebook = read_knowledge(connection, None, first).rulebook
        self._found: dict[int, Rules] = {}

    def of(self, part: int) -> Rules:
        if part not in self._found:
            self._found[part] = self._rulebook.newest(part)
        return self._found[part]


def _read(connection: Connection[Any], name: str, given: dict[str, object]) -> Iterator[tuple[int, bytes]]:
    with closing(connection.cursor(name="applications")) as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(query(name), given, binary=True)
        yield from cursor
