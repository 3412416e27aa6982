"""Learning from the store and writing the chances into it: once, or each working hour until stopped."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event
from typing import Any, Final, NamedTuple

import structlog
from psycopg import Connection

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment, date_of, datetime_of, day_of, moment_of, start_of
from stream.core.rules import Rules
from stream.sources.calendar import read_calendar
from stream.store.queries import query as store_query
from stream.store.reading import snapshot
from stream.warning.assumptions import Assumed, assumed
from stream.warning.learning import VERSION, History, Learnt, NotEnough, learn
from stream.warning.measuring import measure
from stream.warning.reading import Span, measured_from, read_history, read_open, read_span
from stream.warning.scoring import score
from stream.warning.store import Model, replace_warnings, write_model

_LOOK_EVERY: Final = 20.0
"""Seconds between looks at the clock, and before another try after a failure."""

_TRY_EVERY: Final = 600
"""Seconds before another try where there was not enough history."""

_log = structlog.get_logger(__name__)


class Taught(NamedTuple):
    """What was learnt at a moment, and the book of it."""

    learnt: Learnt | NotEnough
    model: Model


def learn_anew(connection: Connection[Any], now: datetime, first: Rules) -> Taught:
    """Measure on the last part of the history, then learn from all of it, and keep what came of it."""
    by = assumed()
    history, span = _history(connection, now, first, by)
    learnt: Learnt | NotEnough
    if history is None or span is None:
        learnt = NotEnough("ended", 0, by.fewest_ended)
        model = Model(now, 0, 0, None, None, VERSION, None, enough=False, facts=learnt._asdict())
    else:
        measured = measure(history, measured_from(span, by), span.until, by)
        learnt = learn(history, span.until, by)
        model = _model(now, history, span, learnt, measured)
    write_model(connection, model)
    return Taught(learnt, model)


def measure_now(connection: Connection[Any], now: datetime, first: Rules) -> dict[str, Any] | NotEnough:
    """How good warnings are on the last part of the history, learnt from what came before; nothing is written."""
    by = assumed()
    history, span = _history(connection, now, first, by)
    if history is None or span is None:
        return NotEnough("ended", 0, by.fewest_ended)
    return measure(history, measured_from(span, by), span.until, by)


def refresh(connection: Connection[Any], taught: Taught, now: datetime, first: Rules) -> int:
    """Reckon the chances of all open applications anew; answers how many. None where there was not enough history."""
    if isinstance(taught.learnt, NotEnough):
        replace_warnings(connection, [], taught.model.learnt_at, now)
        return 0
    with snapshot(connection):
        _begin(connection)
        found = read_open(connection, moment_of(now), first)
        calendar = read_calendar(connection)
    replace_warnings(connection, score(taught.learnt, found, calendar, assumed()), taught.model.learnt_at, now)
    return len(found)


class Warner:
    """Learns anew each working day, and reckons anew each working hour."""

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        clock: Callable[[], datetime],
        first: Rules,
        look_every: float = _LOOK_EVERY,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._first = first
        self._look_every = look_every
        self._taught: Taught | None = None
        self._done: Moment | None = None

    def run(self, stop: Event) -> None:
        """Go on until `stop` is set. Whatever fails is logged and tried again."""
        while not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    self.look(connection)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next look may go well
                _log.warning("warning.again", error=type(error).__name__, reason=str(error).strip().split("\n", 1)[0])
            stop.wait(self._look_every)

    def look(self, connection: Connection[Any]) -> bool:
        """Do what is due by the clock, if anything; answers whether it was."""
        now, taught = self._clock(), self._taught
        due = last_due(read_calendar(connection), moment_of(now))
        if taught is not None and isinstance(taught.learnt, NotEnough):  # history may be being taken over just now
            due = moment_of(now) - _TRY_EVERY
        if self._done is not None and (due is None or due <= self._done):
            return False
        if taught is None or isinstance(taught.learnt, NotEnough) or day_of(moment_of(now)) != _day(taught.model):
            taught = self._taught = learn_anew(connection, now, self._first)
            _tell(taught)
        _log.info("warning.reckoned", cases=refresh(connection, taught, now, self._first))
        self._done = moment_of(now)
        return True


def last_due(calendar: WorkingCalendar, now: Moment) -> Moment | None:
    """The newest moment of this day at which chances were to be reckoned: as work began, and each full hour of it.

    None before it begins, and on a day without work.
    """
    midnight = start_of(day_of(now))
    hours = calendar.hours_of(date_of(day_of(now)))
    marks = [
        midnight + mark for since, until in hours for mark in (since, *range(-(-since // 3600) * 3600, until, 3600))
    ]
    return max((mark for mark in marks if mark <= now), default=None)


def _history(
    connection: Connection[Any], now: datetime, first: Rules, by: Assumed
) -> tuple[History | None, Span | None]:
    with snapshot(connection):
        _begin(connection)
        span = read_span(connection, now, by)
        return (None if span is None else read_history(connection, span, first, by)), span


def _begin(connection: Connection[Any]) -> None:
    """Like all who read several tables it begins with the partitions: what replaces the schema locks these first."""
    connection.execute(store_query("read_halted")).fetchall()


def _model(
    now: datetime, history: History, span: Span, learnt: Learnt | NotEnough, measured: dict[str, Any] | NotEnough
) -> Model:
    known = history.steps.held_at(span.until)
    done = known.of((known.received >= span.since) & (known.ended <= span.until))
    late = int((done.late_at <= done.ended).sum())
    since, until = datetime_of(span.since), datetime_of(span.until)
    if isinstance(learnt, NotEnough):
        return Model(now, len(done), late, since, until, VERSION, None, enough=False, facts=learnt._asdict())
    found = None if isinstance(measured, NotEnough) else measured
    facts = {"measured": measured._asdict() if isinstance(measured, NotEnough) else measured}
    error = None if found is None else found["model"]["calibration_error"]
    return Model(now, len(done), late, since, until, VERSION, error, enough=True, facts=facts)


def _day(model: Model) -> int:
    return day_of(moment_of(model.learnt_at))


def _tell(taught: Taught) -> None:
    model = taught.model
    if model.enough:
        _log.info("warning.learnt", cases=model.cases, late=model.late, calibration_error=model.calibration_error)
    else:
        _log.warning("warning.not_enough_history", **model.facts)
