"""The cases behind a figure, with what they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from psycopg import Connection

from dashboard.figure.asked import Asked
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.figure import Figure
from stream.kpi.linear import Shares, shares_of
from stream.kpi.quality import Gauge
from stream.kpi.readings import asks_of
from stream.kpi.terms import Count
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.behind import BehindFigure, First, Leaf, Wanted, read_behind
from stream.store.reading import read_sums, snapshot

MOST: Final = 200
"""Cases on a page."""
Made: TypeAlias = Literal["cases", "samples", "register", "rules"]


@dataclass(frozen=True, slots=True)
class Cases:
    """The figure as of a moment and its cases, read in one snapshot."""

    at: datetime
    shares: Shares
    figure: Figure
    behind: BehindFigure

    @property
    def upper(self) -> float | None:
        """What the cases have to add up to: the value, or what is divided."""
        return self.figure.value if self.shares.lower is None else self.figure.numerator


def made_of(kpi: Kpi) -> Made:
    """What a figure is made of: cases, or something that no list of cases adds up to."""
    if shares_of(kpi.expression) is not None:
        return "cases"
    if any(isinstance(each, Gauge) for each in kpi.inputs):
        return "samples"
    if all(isinstance(each, Count) for each in kpi.inputs):
        return "register"
    return "rules"


def read_cases(
    connection: Connection[Any], asked: Asked, now: datetime, most: int = MOST, *, leaf: Leaf | None = None
) -> Cases | None:
    """The cases of the figure as of `now`, or of when it was asked for; None where it has none.

    The first `most` within its scope, or the page that `leaf` asks for. Five statements at most.
    """
    kpi, windows = asked.kpi, Windows.at(asked.moment(now))
    shares = shares_of(kpi.expression)
    if shares is None:
        return None
    with snapshot(connection):
        [readings] = read_sums(connection, [Question(windows, asks_of([kpi]))], asked.known_at)
        wanted = Wanted(kpi, shares, windows, asked.unit, list(readings.heard), asked.known_at)
        first = first_of(kpi, shares)
        found = read_behind(
            connection, wanted, Leaf(first, most, scope=asked.scope) if leaf is None else leaf._replace(first=first)
        )
    return Cases(asked.moment(now), shares, figure_of(kpi, readings, asked.unit), found)


def first_of(kpi: Kpi, shares: Shares) -> First:
    """Those that make a rate worse stand first."""
    if shares.lower is None or kpi.definition.direction == "neutral":
        return "any"
    return "missing" if kpi.definition.direction == "higher_is_better" else "counted"


def cases_json(cases: Cases | None) -> Mapping[str, Any]:
    """What the page lists; a figure without a value has no cases."""
    if cases is None:
        return {"number": None}
    figure, behind = cases.figure, cases.behind
    has_parts = cases.shares.lower is not None
    return {
        "at": cases.at,
        "number": behind.number,
        "outside": behind.number - behind.seen.number,
        "upper": behind.upper,
        "lower": behind.lower if has_parts else None,
        "figure": {"upper": cases.upper, "lower": figure.denominator if has_parts else None},
        "cases": [
            {
                "case": each.case,
                "unit": each.unit,
                "at": each.at,
                "measures": each.measures,
                "upper": each.upper,
                "lower": each.lower if has_parts else None,
            }
            for each in behind.cases
        ],
    }
