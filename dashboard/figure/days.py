"""A figure of sums of the ledger day by day: as known now, and as known at an earlier moment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from psycopg import Connection

from dashboard.figure.asked import Asked
from stream.core.moment import Day, start_of
from stream.kpi.expression import Value
from stream.kpi.generations import own_time
from stream.kpi.readings import Ask, Readings
from stream.kpi.subjects import Subject, subjects_of
from stream.kpi.terms import Term
from stream.kpi.trend import day_sums, trend_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.days import read_days
from stream.store.heard import read_heard
from stream.store.learnt import LearntOfDay, read_learnt
from stream.store.queries import query
from stream.store.reading import read_sums

Case: TypeAlias = tuple[int, int]
_Heard: TypeAlias = Mapping[Subject, Mapping[int, Day]]


class OfDays(NamedTuple):
    """The value of each day as known now and as known then, and the cases that made the difference of each day."""

    days: range
    now: Sequence[Value]
    then: Sequence[Value]
    cases: Mapping[Day, frozenset[Case]]


class _Sums(NamedTuple):
    """Levels as they stood when the first day began, and what came day by day."""

    before: Mapping[Term, int]
    gained: Mapping[Term, Mapping[Day, int]]


def read_of_days(connection: Connection[Any], asked: Asked, days: range, since: datetime) -> OfDays:
    """The figure on each of these days as known now, and without what became known after `since`; five statements.

    What a unit's code meant before its own generation began is another unit's (handbook section 2): no data.
    """
    kpi, unit = asked.kpi, asked.unit
    terms = [each for each in kpi.inputs if isinstance(each, Term)]
    moving = list(dict.fromkeys(term._replace(at=None) for term in terms))
    levels = [Ask(term, None) for term in moving if term.is_level]
    [first] = read_sums(connection, [Question(Windows(start_of(days.start)), levels)])
    units = list(first.heard) if unit is None else [int(unit)]
    [gained] = read_days(connection, moving, [units], days)
    whole = _Sums({ask.term: _stood(first, ask, unit) for ask in levels if isinstance(ask.term, Term)}, gained)

    def values(sums: _Sums, heard: _Heard) -> Sequence[Value]:
        since = {term: _known_since(heard, term, unit, days) for term in terms}
        return trend_of(kpi, day_sums(terms, sums.before, sums.gained, days, since))

    now = values(whole, first.heard_of or {})
    if not asked.is_past and not _had_begun(connection, since):
        return OfDays(days, now, now, dict.fromkeys(days, frozenset()))
    learnt = read_learnt(connection, moving, units, (since, None), start_of(days.stop))
    known = read_heard(connection, start_of(days.stop), since).by_subject if asked.is_past else first.heard_of or {}
    return OfDays(days, now, values(_without(whole, learnt, days), known), _cases(learnt, days))


def _had_begun(connection: Connection[Any], then: datetime) -> bool:
    """Whether anything was known then: the history with which a centre begins is no restatement."""
    [(begun,)] = connection.execute(query("read_begun")).fetchall()
    return begun is None or begun < then


def _stood(readings: Readings, ask: Ask, unit: str | None) -> int:
    sums = readings.found.sums[ask]
    return int(sum(sums.values()) if unit is None else sums.get(int(unit), 0))


def _known_since(heard: _Heard, term: Term, unit: str | None, days: range) -> Day | None:
    """The first day of which anything is known of what a sum is about."""
    known = [
        day
        for subject in subjects_of(term)
        for each, day in heard.get(subject, {}).items()
        if unit is None or each == int(unit)
    ]
    own = own_time(days.stop - 1)
    if not known or unit is None or own is None or not own.bears(int(unit)):
        return min(known, default=None)
    return max(min(known), own.since)


def _without(sums: _Sums, learnt: Iterable[LearntOfDay], days: range) -> _Sums:
    before = Counter(sums.before)
    gained = {term: Counter(of_days) for term, of_days in sums.gained.items()}
    for each in learnt:
        if each.day in days:
            gained[each.term][each.day] -= each.n
        elif each.term.is_level and each.day < days.start:
            before[each.term] -= each.n
    return _Sums(before, gained)


def _cases(learnt: Iterable[LearntOfDay], days: range) -> Mapping[Day, frozenset[Case]]:
    """The cases whose part of a day is another than it was: of a level, from the day on which it changed."""
    flows: defaultdict[Day, set[Case]] = defaultdict(set)
    steps: defaultdict[Day, list[LearntOfDay]] = defaultdict(list)
    for each in learnt:
        if each.term.is_level:
            steps[max(each.day, days.start)].append(each)
        else:
            flows[each.day].add(each.case)
    standing: Counter[tuple[Term, Case]] = Counter()
    moved: frozenset[Case] = frozenset()
    found = {}
    for day in days:
        if day in steps:
            standing.update({(each.term, each.case): 0 for each in steps[day]})
            for each in steps[day]:
                standing[each.term, each.case] += each.n
            moved = frozenset(case for (_, case), n in standing.items() if n)
        found[day] = moved | flows[day] if day in flows else moved
    return found
