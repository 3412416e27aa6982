"""Reading a restatement: in what a version differs from the one before, and which cases made it differ."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from heapq import nsmallest
from typing import Any, Final, Literal, TypeAlias

import msgspec
from psycopg import Connection

from stream.index.layout import TOTAL, TOTAL_KPI, load_layout
from stream.kpi.catalogue import load_catalogue
from stream.report.units import read_units
from stream.snapshot.content.document import CaseShare, Difference, Restates, Snapshot
from stream.snapshot.content.moments import millisecond
from stream.snapshot.content.wanted import Wanted, asked_of, stretch_of, wanted_of, windows_of
from stream.snapshot.restate.differences import differences
from stream.snapshot.restate.forms import read_cells
from stream.snapshot.restate.kpis import Behind, Figure, read_behind
from stream.snapshot.restate.learnt import Known
from stream.snapshot.restate.paths import parsed

MOST: Final = 200
"""So many cases of a figure are named, fewer where very many figures differ."""
TOGETHER: Final = 40_000
"""About so many are named in all: a source that was away for weeks changes every figure."""
LEAST: Final = 10
"""So many are named whatever else differs."""

Cause: TypeAlias = Literal["late_events", "by_hand"]
_Cases: TypeAlias = Mapping[str, Sequence[Behind]]


def read_restates(
    connection: Connection[Any], before: Snapshot, after: Snapshot, digest: str, cause: Cause
) -> Restates:
    """What the later version changes in the one before, whose manifest has that digest.

    It follows from the two and from what became known between their moments, so that it can be read again at any time
    with the same bytes. Call it inside a `stream.store.reading.snapshot`.
    """
    found = differences(before, after)
    known = datetime.fromisoformat(before.known_at), datetime.fromisoformat(after.known_at)
    wanted = wanted_of(after)
    cases = {**_figures(connection, found, wanted, known), **_cells(connection, found, wanted, known)}
    most = most_named(len(found))
    return Restates(
        version=before.version,
        digest=digest,
        known_at=before.known_at,
        cause=cause,
        differences=tuple(_told(each, cases.get(each.path, ()), most) for each in found),
    )


def most_named(differing: int) -> int:
    """How many cases of a figure are named at most, where so many figures differ."""
    return max(LEAST, min(MOST, TOGETHER // max(differing, 1)))


def _figures(connection: Connection[Any], found: Sequence[Difference], wanted: Wanted, known: Known) -> _Cases:
    asked = dict(_asked(found, wanted))
    if not asked:
        return {}
    behind = read_behind(connection, list(asked.values()), list(read_units(connection)), known)
    return dict(zip(asked, behind, strict=True))


def _asked(found: Sequence[Difference], wanted: Wanted) -> Iterator[tuple[str, Figure]]:
    """The figures of KPIs, and of those that say the points of the index; none of what nobody defines any more."""
    kpis, points = load_catalogue().kpis, _points()
    for each in found:
        part, name, unit = parsed(each.path)
        if part == "kpi" and name in kpis:
            yield each.path, Figure(kpis[name], windows_of(wanted), unit)
        elif part == "index" and name in points:
            yield each.path, Figure(kpis[points[name]], stretch_of(wanted), unit)


def _points() -> dict[str, str]:
    """Which KPI says the points of which item of the index."""
    layout = load_layout()
    named = {TOTAL: TOTAL_KPI}
    for group in layout.group:
        named[group.id] = group.kpi
        named |= {component.id: component.kpi for component in group.component}
    return named


def _cells(connection: Connection[Any], found: Sequence[Difference], wanted: Wanted, known: Known) -> _Cases:
    places = dict.fromkeys(each.unit for each in found if parsed(each.path).part == "form")
    cells: dict[str, Sequence[Behind]] = {}
    for unit in places:
        cells |= read_cells(connection, asked_of(wanted, unit), unit, known)
    return cells


def _told(difference: Difference, cases: Sequence[Behind], most: int) -> Difference:
    """With its cases: those that changed most first, then those that became known first."""
    named = nsmallest(most, cases, key=lambda each: (-abs(each.share or 0), each.known_at, each.case))
    shares = tuple(CaseShare(case=each.case, share=each.share, known_at=millisecond(each.known_at)) for each in named)
    return msgspec.structs.replace(difference, cases=shares, others=len(cases) - len(named))
