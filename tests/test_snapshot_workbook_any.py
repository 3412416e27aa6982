"""Whatever a snapshot says, its workbook says it once, where it should, and equal."""

import os
import time
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from stream.report.ii06a import NO_FIELD
from stream.snapshot.content.document import (
    FigureFacts,
    FormFacts,
    FormRow,
    IndexFacts,
    ScoreFacts,
    Snapshot,
    UnitFacts,
)
from stream.snapshot.render.workbook.document import workbook_of
from tests.building.any_snapshots import snapshots
from tests.building.formulas import Workings
from tests.building.snapshots import a_form, a_kpi, a_restated_snapshot, a_row, a_snapshot, cells_of
from tests.building.workbooks import Books, books_of, forms_of, index_of, kpis_of, numbers_in, series_of

asking = settings(
    max_examples=int(os.environ.get("IOC_SNAPSHOTS", "6")),
    deadline=None,
    database=None,
    derandomize="IOC_SNAPSHOTS" not in os.environ,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a failure says which figure differs: to make it smaller would take minutes
)


@asking
@given(snapshots())
def test_every_figure_stands_once_where_it_should(snapshot: Snapshot) -> None:
    says_the_same(Books(workbook_of(snapshot)), snapshot)


@pytest.mark.parametrize("snapshot", [a_snapshot(), a_restated_snapshot()], ids=["first", "restated"])
def test_the_usual_ones_say_the_same(snapshot: Snapshot) -> None:
    says_the_same(books_of(workbook_of(snapshot)), snapshot)


def test_thirty_units_and_sixty_kpis_take_less_than_two_seconds() -> None:
    snapshot = a_large_one(units=30, kpis=60)
    begin = time.process_time()
    content = workbook_of(snapshot)
    assert time.process_time() - begin < 2
    assert len(snapshot.figures) == 60 * 31
    assert kpis_of(books_of(content).values, snapshot) == figures(snapshot)


def says_the_same(books: Books, snapshot: Snapshot) -> None:
    """Everything that is read back is what the snapshot says; there are no other numbers; formulas come to the same."""
    values = books.values
    assert kpis_of(values, snapshot) == figures(snapshot)
    forms = [form for form in snapshot.forms if form.unit is None or form.rows]
    read = forms_of(values)
    assert {unit: (sorted(form.rows[:-1]), form.rows[-1]) for unit, form in read.items()} == {
        form.unit: (sorted(rows_of_form(form)), ("Tổng số", form.total)) for form in forms
    }
    assert {unit: form.sealed for unit, form in read.items()} == {form.unit: form.total for form in forms}
    assert index_of(values, snapshot) == {each.unit: list(map(score_of, each.scores)) for each in snapshot.index}
    assert list(series_of(values, snapshot)) == [
        (each.kpi, list(zip(each.days, each.values, strict=True))) for each in snapshot.series
    ]
    count_is_right(books, snapshot, forms)
    formulas_agree(books)


def formulas_agree(books: Books) -> None:
    workings = Workings(books.formulas)
    for sheet, where in workings.formulas():
        written, found = books.values[sheet][where].value, workings.value(sheet, where)
        assert found == (pytest.approx(written, rel=1e-9, abs=1e-6) if isinstance(written, float) else written)


def count_is_right(books: Books, snapshot: Snapshot, forms: Sequence[FormFacts]) -> None:
    """No number stands in the KPIs, in a form, in the index or in the series but those of the snapshot."""
    counts = {sheet.title: numbers_in(sheet) for sheet in books.values.worksheets}
    titles = list(counts)
    last = "Tổng hợp đơn vị" if "Tổng hợp đơn vị" in counts else "II.06a"
    kpis = titles[titles.index(last) + 1 : titles.index("Chỉ số 766")]
    in_forms = [title for title in kpis if books.values[title]["A1"].value == "Biểu số II.06a/VPCP/KSTT"]
    of_kpis = sum(counts[title] for title in kpis if title not in in_forms)
    assert of_kpis == sum(each is not None for three in figures(snapshot).values() for each in three)
    assert sum(counts[title] for title in ("II.06a", *in_forms)) == sum(
        11 * (len(rows_of_form(form)) + 2) for form in forms
    )
    assert counts["Chỉ số 766"] == sum(map(in_index, snapshot.index))


def in_index(index: IndexFacts) -> int:
    """The numbers of a table, of its line in the summary, and the sealed points beneath it."""
    known = [sum(each is not None for each in score_of(score)[1:]) for score in index.scores]
    return sum(known) + known[0] + (index.scores[0].points is not None)


def figures(snapshot: Snapshot) -> dict[tuple[str, str | None], tuple[Any, Any, Any]]:
    """What the KPIs are to say; a KPI without any numerator or denominator is no fraction."""
    shown = (*snapshot.figures, *snapshot.witness.figures)
    return {(each.kpi, each.unit): (each.value, each.numerator, each.denominator) for each in shown}


def rows_of_form(form: FormFacts) -> list[tuple[str, tuple[int, ...]]]:
    names = [(level.level_name, level.cells) for level in form.levels]
    return names + [(row.field_name or row.field or NO_FIELD, row.cells) for row in form.rows]


def score_of(score: ScoreFacts) -> tuple[Any, ...]:
    official = None if score.official is None else score.official.points
    apart = None if score.points is None or official is None else score.points - official
    return (score.title.vi, score.most, score.known, score.ratio, score.points, official, apart)


def a_large_one(units: int, kpis: int) -> Snapshot:
    """The form of every unit has fifty rows, every second KPI is a fraction."""
    of = tuple(UnitFacts(code=f"{n:05}", name=f"Xã số {n}") for n in range(units))
    rows: list[FormRow] = [
        a_row("commune", str(n), f"Lĩnh vực {n}", cells_of(9, n, 3, early=4, late=1, over=2)) for n in range(50)
    ]
    names = [f"kpi_{n}" for n in range(kpis)]
    places = [None, *(unit.code for unit in of)]
    return a_snapshot(
        units=of,
        kpis=tuple(a_kpi("on_time_rate" if n % 2 else "received_month", id=name) for n, name in enumerate(names)),
        figures=tuple(
            FigureFacts(kpi=name, unit=place, value=0.75, numerator=3, denominator=4)
            if n % 2
            else FigureFacts(kpi=name, unit=place, value=n, numerator=None, denominator=None)
            for n, name in enumerate(names)
            for place in places
        ),
        sections=(msgspec.structs.replace(a_snapshot().sections[0], kpis=tuple(names)),),
        forms=tuple(msgspec.structs.replace(a_form(None, rows), unit=place, title=f"Nơi {place}") for place in places),
        index=tuple(msgspec.structs.replace(a_snapshot().index[1], unit=place) for place in places),
        witness=msgspec.structs.replace(a_snapshot().witness, figures=()),
    )
