"""The cases behind figures that differ: what became known of each of them in between.

Where a formula only adds and subtracts sums of the ledger, each case has its own share of the value, and the shares add
up to the difference. Of a ratio, of a count of procedures and of points of the index no share can be told: a case that
changed what is divided, by what it is divided, or which procedures were used, is named without one. What a newer
register of procedures changed has no cases.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.kpi.definition import Kpi
from stream.kpi.linear import Weights, shares_of
from stream.kpi.readings import asks_of
from stream.kpi.terms import Count, Term
from stream.kpi.window import Windows
from stream.snapshot.restate.learnt import Gain, Known, Learnt, Sum, read_learnt
from stream.snapshot.restate.used import Using, read_turned
from stream.store.asking import Question, plan_of
from stream.store.changes import keys_of


class Behind(NamedTuple):
    """A case behind a figure, by its code; `share` is null where none can be told."""

    case: str
    share: int | None
    known_at: datetime


class Figure(NamedTuple):
    """A figure whose cases are asked for: a KPI over windows, of a unit (five digits) or of the area (None)."""

    kpi: Kpi
    windows: Windows
    unit: str | None


def read_behind(
    connection: Connection[Any], figures: Sequence[Figure], units: Sequence[int], known: Known
) -> list[Sequence[Behind]]:
    """The cases of each figure, in order; seven statements at most, however many figures.

    `units` are all that were ever heard of. Call it inside a `stream.store.reading.snapshot`.
    """
    made = [_made_of(figure) for figure in figures]
    sums = {each: None for one in made for each in one.sums()}
    turned = read_turned(connection, (using for one in made for using in one.uses), units, known)
    learnt = read_learnt(connection, sums, units, known)
    return [_behind(figure, one, learnt, turned) for figure, one in zip(figures, made, strict=True)]


@dataclass(frozen=True, slots=True)
class _Made:
    """Of what a figure is made, and how often each sum counts in it (None: no share can be told)."""

    terms: Mapping[Term, Sum]
    uses: Sequence[Using]
    weights: Weights | None

    def sums(self) -> Iterator[Sum]:
        yield from self.terms.values()
        yield from (Sum.of_use(each.use) for each in self.uses)


def _made_of(figure: Figure) -> _Made:
    question = Question(figure.windows, asks_of([figure.kpi]))
    shares = shares_of(figure.kpi.expression)
    return _Made(
        {term: Sum.of(key) for term, key in keys_of(question, figure.unit).items()},
        list(_uses(question, figure.unit)),
        None if shares is None or shares.lower is not None else shares.upper,
    )


def _uses(question: Question, unit: str | None) -> Iterator[Using]:
    plan = plan_of(question)
    uses = dict(plan.whole.uses)
    if unit is not None and plan.own is not None and plan.own_time is not None and plan.own_time.bears(int(unit)):
        uses |= plan.own.uses
    for ask, use in uses.items():
        if isinstance(ask.term, Count):
            yield Using(ask.term, use, plan.windows.day)


def _behind(
    figure: Figure,
    made: _Made,
    learnt: Learnt,
    turned: Mapping[Using, Mapping[int | None, frozenset[str]]],
) -> list[Behind]:
    unit = None if figure.unit is None else int(figure.unit)
    gains = [(term, gain) for term, each in made.terms.items() for gain in _gains(learnt[each], unit)]
    found = _ratio(gains) if made.weights is None else _linear(gains, made.weights)
    named = {each.case for each in found}
    for using in made.uses:
        codes = turned[using].get(unit, frozenset())
        for gain in _gains(learnt[Sum.of_use(using.use)], unit):
            if gain.procedure in codes and gain.case not in named:
                named.add(gain.case)
                found.append(Behind(gain.case, None, gain.known_at))
    return found


def _gains(by_unit: Mapping[int, Iterable[Gain]], unit: int | None) -> Iterator[Gain]:
    if unit is not None:
        yield from by_unit.get(unit, ())
        return
    for gains in by_unit.values():
        yield from gains


def _linear(gains: Sequence[tuple[Term, Gain]], weights: Weights) -> list[Behind]:
    """What each case adds to the value."""
    shares: dict[str, int] = {}
    for term, gain in gains:
        shares[gain.case] = shares.get(gain.case, 0) + weights.get(term, 0) * gain.n
    known_at = _known_at(gains)
    return [Behind(case, share, known_at[case]) for case, share in shares.items() if share]


def _ratio(gains: Sequence[tuple[Term, Gain]]) -> list[Behind]:
    """The cases that changed any of the sums."""
    nets: dict[tuple[str, Term], int] = {}
    for term, gain in gains:
        nets[gain.case, term] = nets.get((gain.case, term), 0) + gain.n
    known_at = _known_at(gains)
    cases = dict.fromkeys(case for (case, _), net in nets.items() if net)
    return [Behind(case, None, known_at[case]) for case in cases]


def _known_at(gains: Sequence[tuple[Term, Gain]]) -> dict[str, datetime]:
    """When the last of each case became known."""
    found: dict[str, datetime] = {}
    for _, gain in gains:
        if gain.case not in found or found[gain.case] < gain.known_at:
            found[gain.case] = gain.known_at
    return found
