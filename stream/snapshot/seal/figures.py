"""All that a snapshot says, each statement by a path of its own: figures by those that restatements call them by."""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import msgspec

from stream.snapshot.content.document import FormFacts, IndexFacts, Snapshot, plain
from stream.snapshot.restate.paths import AREA, TOTAL, index_path, kpi_path, row_path, sum_path

Said: TypeAlias = Iterator[tuple[str, Any]]
_FIRST_COLUMN: Final = 3
_BY_ONE_NAME: Final = {"kpis": "id", "units": "code", "sections": "id", "quarantine": "reason", "cut": "part"}
_APART: Final = {"figures", "forms", "index", "series", "witness", "restates"} | _BY_ONE_NAME.keys()


def said_by(snapshot: Snapshot) -> dict[str, Any]:
    """Every statement of the snapshot but what was witnessed, which is not computed."""
    return dict(_all(snapshot))


def numbers_of(snapshot: Snapshot) -> dict[str, Any]:
    """The figures alone, witnessed ones too: of KPIs, cells of forms II.06a, points of the index."""
    figures = (*snapshot.figures, *snapshot.witness.figures)
    found: dict[str, Any] = {kpi_path(each.kpi, each.unit): each.value for each in figures}
    for form in snapshot.forms:
        found |= dict(_cells(form))
    for index in snapshot.index:
        found |= {index_path(index.unit, score.item): score.points for score in index.scores}
    return found


def _all(snapshot: Snapshot) -> Said:
    for figure in snapshot.figures:
        path = kpi_path(figure.kpi, figure.unit)
        yield path, figure.value
        yield f"{path}/numerator", figure.numerator
        yield f"{path}/denominator", figure.denominator
    for form in snapshot.forms:
        yield from _of_form(form)
    for index in snapshot.index:
        yield from _of_index(index)
    told = plain(snapshot)
    for field, name in _BY_ONE_NAME.items():
        for each in told[field]:
            yield from _leaves(f"{field}/{each[name]}", each)
    for field in told:
        if field not in _APART:
            yield from _leaves(field, told[field])
    for each in snapshot.restates.differences if snapshot.restates else ():
        yield f"restates/{each.path}", (each.before, each.after, each.cases, each.others)
    for series in snapshot.series:
        yield f"series/{series.kpi}/grain", series.grain
        yield from ((f"series/{series.kpi}/{day}", n) for day, n in zip(series.days, series.values, strict=False))


def _of_form(form: FormFacts) -> Said:
    yield from _cells(form)
    place = f"form/{form.unit or AREA}"
    told = msgspec.to_builtins(form)
    for field in told.keys() - {"rows", "levels", "total", "unit"}:
        yield f"{place}/{field}", told[field]
    for row in (*form.rows, *form.levels):
        yield f"{place}/{row.level}/{row.field}/names", (row.level_name, row.field_name)


def _cells(form: FormFacts) -> Said:
    for row in form.rows:
        for column, n in enumerate(row.cells, _FIRST_COLUMN):
            yield row_path(form.unit, row.level, row.field, column), n
    for level, cells in (*((row.level, row.cells) for row in form.levels), (TOTAL, form.total)):
        for column, n in enumerate(cells, _FIRST_COLUMN):
            yield sum_path(form.unit, level, column), n


def _of_index(index: IndexFacts) -> Said:
    yield f"index/{index.unit or AREA}/band", index.band
    for score in index.scores:
        path = index_path(index.unit, score.item)
        yield path, score.points
        told = msgspec.to_builtins(score)
        for field in told.keys() - {"item", "points"}:
            yield f"{path}/{field}", told[field]


def _leaves(path: str, told: Any) -> Said:
    if isinstance(told, dict) and told:
        for name, each in told.items():
            yield from _leaves(f"{path}/{name}", each)
    else:
        yield path, told
