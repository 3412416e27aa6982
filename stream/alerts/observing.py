"""Everything that the rules look at, read at one moment: figures, cases in a condition, sources."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from psycopg import Connection

from geo.errors import UnitsUnknownError
from geo.units import units_on
from ingest.contracts.declared import Stream
from stream.alerts.conditions import Conditions
from stream.alerts.judging import AREA, Cause, of_cases, of_figure
from stream.alerts.machine import Observation
from stream.alerts.rule import Cause as Ill
from stream.alerts.rule import Rule
from stream.core.calendar import WorkingCalendar
from stream.core.moment import date_of, day_of, moment_of
from stream.kpi.catalogue import Catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.live.signs import read_cut
from stream.sources.calendar import read_calendar
from stream.sources.inheriting import FROZEN_AFTER, Inherited, inherited
from stream.sources.keeping import read_open
from stream.sources.standing import standings_by
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot

Seen: TypeAlias = Mapping[Cause, Observation]

STILL_AFTER: Final = 60.0
"""Seconds that figures may stand still before it is a cause of its own: a centre that starts has to catch up (C)."""
REST: Final = timedelta(seconds=30)
"""Figures of which no event came are read again after this time: some change by the clock alone. Cases are read as
often."""


class Look(NamedTuple):
    """What was seen, when, and by which calendar."""

    now: datetime
    calendar: WorkingCalendar
    seen: Seen


class _Now(NamedTuple):
    """What the readings of one look share. `trust` changes with what can be trusted, `positions` with what came."""

    at: datetime
    calendar: WorkingCalendar
    units: tuple[str, ...]
    states: Inherited
    trust: Hashable
    positions: Hashable


class Observer:
    """Looks at what the rules are about; between two looks at which nothing came, only sources are read."""

    def __init__(self, catalogue: Catalogue, conditions: Conditions) -> None:
        self._catalogue = catalogue
        self._conditions = conditions
        self._figures = _Kept()
        self._cases = _Kept()

    def forget(self) -> None:
        """Read everything anew: the rules are others."""
        self._figures, self._cases = _Kept(), _Kept()

    def look(self, connection: Connection[Any], rules: Iterable[Rule], now: datetime) -> Look:
        """Everything as of `now`, an aware moment. The connection is in autocommit and in no transaction."""
        wanted = list(rules)
        with snapshot(connection):
            cut = read_cut(connection)  # first: `stream.rebuild.replace` locks its table before all else
            calendar = read_calendar(connection)
            standings = standings_by(connection, calendar, now)
            is_frozen = cut.behind is not None and cut.behind > FROZEN_AFTER and not cut.halted
            trust = (cut.halted, is_frozen, tuple((each.source, each.fails) for each in standings))
            states = inherited(standings, now, halted=len(cut.halted), behind=cut.behind)
            at = _Now(now, calendar, _units(now), states, trust, tuple(sorted(cut.positions.items())))
            figures = self._figures.at(
                now, (trust, at.units, at.positions), lambda: self._read_figures(connection, wanted, at)
            )
            cases = self._cases.at(now, (trust, at.units), lambda: self._read_cases(connection, wanted, at))
            stands_still = is_frozen and cut.behind is not None and cut.behind > STILL_AFTER
            sources = _sources(connection, wanted, stands_still=stands_still)
        return Look(now, calendar, {**figures, **cases, **sources})

    def _read_figures(self, connection: Connection[Any], rules: Sequence[Rule], now: _Now) -> Seen:
        about = [rule for rule in rules if rule.kind == "kpi"]
        wanted = self._catalogue.only(dict.fromkeys(rule.about for rule in about))
        kpis = list(wanted.on(date_of(day_of(moment_of(now.at)))))
        if not kpis:
            return {}
        [readings] = read_sums(connection, [Question(Windows.at(now.at), asks_of(kpis))])
        told = evaluate(kpis, readings, [None, *now.units], state=now.states.state_of)
        figures = {(each.kpi, each.unit or AREA): each for each in told}
        return {
            Cause(rule.id, subject): of_figure(rule, figure.value, figure.state)
            for rule in about
            for subject in (now.units if rule.of == "unit" else (AREA,))
            if (figure := figures.get((rule.about, subject))) is not None
        }

    def _read_cases(self, connection: Connection[Any], rules: Sequence[Rule], now: _Now) -> Seen:
        """Every unit in force, and every other that has cases. Where its source is silent nothing is known."""
        found: dict[Cause, Observation] = {}
        for rule in rules:
            if rule.kind != "cases":
                continue
            streams: frozenset[Stream] = frozenset() if rule.about == "unanswered" else frozenset({"onestop"})
            by_unit = self._conditions.read(connection, rule, moment_of(now.at), now.calendar)
            for unit in sorted({*now.units, *(f"{number:05d}" for number in by_unit)}):
                state = now.states.of_streams(streams, unit)
                found[Cause(rule.id, unit)] = of_cases(rule, by_unit.get(int(unit), ()), state)
        return found


class _Kept:
    """What was read, until what it depends on changes or it has rested for long enough."""

    def __init__(self) -> None:
        self._read: tuple[datetime, Hashable, Seen] | None = None

    def at(self, now: datetime, mark: Hashable, read: Callable[[], Seen]) -> Seen:
        if self._read is None or self._read[1] != mark or not timedelta(0) <= now - self._read[0] < REST:
            self._read = (now, mark, read())
        return self._read[2]


def _sources(connection: Connection[Any], rules: Sequence[Rule], *, stands_still: bool) -> Seen:
    """Each incident that is open is one cause; it has its own time of getting well (docs/sources.md)."""
    about = [rule for rule in rules if rule.kind == "sources"]
    if not about:
        return {}
    ill: list[tuple[Ill, str]] = [
        (each.cause, f"cause:{each.cause}" if each.source is None else f"source:{each.source}")
        for each in read_open(connection)
        if each.recovered is None
    ]
    if stands_still:
        ill.append(("frozen", "cause:frozen"))
    return {
        Cause(rule.id, subject): Observation("breach", 1.0)
        for rule in about
        for cause, subject in ill
        if cause in rule.causes
    }


def _units(now: datetime) -> tuple[str, ...]:
    """The units in force; none in a time whose units are not recorded."""
    try:
        return tuple(unit.code for unit in units_on(date_of(day_of(moment_of(now)))))
    except UnitsUnknownError:
        return ()
