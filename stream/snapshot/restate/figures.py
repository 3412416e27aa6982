"""Every figure of a snapshot that can be restated, by its path, in the order in which the snapshot has them.

KPIs, form II.06a cell by cell, and the points of the index. What is witnessed is not among them: it was seen once, and
does not follow from the log.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from stream.kpi.definition import Bilingual
from stream.report.columns import COLUMNS
from stream.snapshot.content.document import FormFacts, IndexFacts, Number, Snapshot
from stream.snapshot.restate.paths import TOTAL, Part, index_path, kpi_path, row_path, sum_path
from stream.snapshot.restate.wording import row_title, score_title, subtotal_title, total_title


class Told(NamedTuple):
    """A figure with its title; `unit` is the place, None for the area."""

    title: Bilingual
    unit: str | None
    value: Number | None


class Stretch(NamedTuple):
    """A part of a snapshot in which figures come and go together: all KPIs, or the rows of one place's form."""

    part: Part
    unit: str | None
    of: str


Figures: TypeAlias = Mapping[Stretch, Mapping[str, Told]]

KPIS: Final = Stretch("kpi", None, "figures")


def figures(snapshot: Snapshot) -> Figures:
    """All of them, by stretch and path."""
    found = {KPIS: _kpis(snapshot)}
    for form in snapshot.forms:
        found |= _form(form)
    for index in snapshot.index:
        found[Stretch("index", index.unit, "scores")] = _index(index)
    return found


def _kpis(snapshot: Snapshot) -> dict[str, Told]:
    titles = {kpi.id: kpi.title for kpi in snapshot.kpis}
    return {
        kpi_path(figure.kpi, figure.unit): Told(titles[figure.kpi], figure.unit, figure.value)
        for figure in snapshot.figures
    }


def _form(form: FormFacts) -> dict[Stretch, dict[str, Told]]:
    unit = form.unit
    rows = {
        row_path(unit, row.level, row.field, column): Told(row_title(row, column), unit, n)
        for row in form.rows
        for column, n in _cells(row.cells)
    }
    levels = {
        sum_path(unit, row.level, column): Told(subtotal_title(row, column), unit, n)
        for row in form.levels
        for column, n in _sums(form, row.cells)
    }
    total = {sum_path(unit, TOTAL, column): Told(total_title(column), unit, n) for column, n in _sums(form, form.total)}
    return {Stretch("form", unit, of): told for of, told in (("rows", rows), ("levels", levels), ("total", total))}


def _cells(cells: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(COLUMNS, cells, strict=True)


def _sums(form: FormFacts, cells: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """Subtotals and total; of a place that was not heard of they say nothing, though they stand there as zeros."""
    for column, n in _cells(cells):
        yield column, None if form.heard is None else n


def _index(index: IndexFacts) -> dict[str, Told]:
    return {
        index_path(index.unit, score.item): Told(score_title(score), index.unit, score.points) for score in index.scores
    }
