"""Reading what changed a figure between two moments of knowledge."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.core.ledger import Measure
from stream.core.moment import datetime_of, start_of
from stream.kpi.changes import CaseChange, Changes, InputChange, Learnt
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.figure import Figure
from stream.kpi.readings import Ask, Readings, ask_of, asks_of
from stream.kpi.terms import Count, Input, Term
from stream.kpi.window import Windows
from stream.store.asking import Question, plan_of
from stream.store.columns import columns
from stream.store.pieces import EVER
from stream.store.queries import query
from stream.store.reading import read_sums
from stream.store.slices import Key


def read_changes(
    connection: Connection[Any], kpi: Kpi, windows: Windows, unit: str | None, known: tuple[datetime, datetime]
) -> Changes:
    """A KPI of one unit (None: the area) as known at two moments, and the cases that made the difference.

    Call it inside a `snapshot`.
    """
    question = Question(windows, asks_of([kpi]))
    [earlier], [later] = (read_sums(connection, [question], moment) for moment in known)
    before, after = (figure_of(kpi, readings, unit) for readings in (earlier, later))
    keys = keys_of(question, unit)
    units = list(later.heard) if unit is None else [int(unit)]
    return Changes(
        kpi,
        windows,
        known,
        before,
        after,
        [_input_change(kpi, each, unit, (earlier, later), (before, after)) for each in kpi.inputs],
        _cases(connection, keys, units, known),
    )


def keys_of(question: Question, unit: str | None) -> Mapping[Term, Key]:
    """What each term sums: for a unit, over its own time."""
    plan = plan_of(question)
    sums: dict[Ask, Key] = dict(plan.whole.sums)
    own_time = plan.own_time
    if unit is not None and plan.own is not None and own_time is not None and own_time.bears(int(unit)):
        sums |= plan.own.sums
    return {ask.term: key for ask, key in sums.items() if isinstance(ask.term, Term)}


def _input_change(
    kpi: Kpi, each: Input, unit: str | None, readings: tuple[Readings, Readings], figures: tuple[Figure, Figure]
) -> InputChange:
    before, after = (figure.inputs[each] for figure in figures)
    if not isinstance(each, Count) or not each.is_used:
        return InputChange(each, before, after)
    number = None if unit is None else int(unit)
    earlier, later = (reading.used_by(ask_of(kpi, each), number) for reading in readings)
    return InputChange(each, before, after, later - earlier, earlier - later)


def _cases(
    connection: Connection[Any], keys: Mapping[Term, Key], units: Collection[int], known: tuple[datetime, datetime]
) -> list[CaseChange]:
    terms = list(keys)
    rows = [
        (number, int(measure), sign, *key.term.keep, *span_of(key))
        for number, key in enumerate(keys.values())
        for measure, sign in key.term.parts
    ]
    if not rows:
        return []
    names = ("keys", "measures", "signs", "channels", "fields", "levels", "traits", "starts", "stops")
    parameters = columns("", names, rows) | {
        "known_from": known[0],
        "known_to": known[1],
        "wanted": sorted({row[1] for row in rows}),
        "units": list(units),
        "last": max(span_of(key)[1] for key in keys.values()),
    }
    return _gathered(terms, connection.execute(query("read_changes"), parameters).fetchall())


def span_of(key: Key) -> tuple[datetime, datetime]:
    """From when until when a sum counts."""
    return datetime_of(start_of(EVER if key.since is None else key.since)), datetime_of(key.until)


def _gathered(terms: Sequence[Term], rows: Sequence[tuple[Any, ...]]) -> list[CaseChange]:
    """One change for each case, in the order in which they began to be known."""
    nets: dict[str, dict[Term, int]] = {}
    learnt: dict[str, dict[Learnt, None]] = {}
    for code, number, sign, measure, unit, at, known_at, n in rows:
        net = nets.setdefault(code, {})
        net[terms[number]] = net.get(terms[number], 0) + sign * n
        posting = Learnt(Measure(measure).name.lower(), f"{unit:05d}", at, known_at, n)
        learnt.setdefault(code, {})[posting] = None
    return [CaseChange(code, net, tuple(learnt[code])) for code, net in nets.items()]
