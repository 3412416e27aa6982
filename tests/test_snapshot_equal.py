"""The canonical JSON, the workbook and the PDF of a snapshot say equal figures, and follow from its bytes alone."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.document import FormFacts, Number, Snapshot
from stream.snapshot.render.workbook.document import workbook_of
from tests.building.snapshot_text import drawn, figures_in_pdf
from tests.building.snapshots import a_restated_snapshot, a_snapshot
from tests.building.workbooks import books_of, figures_in_workbook

THEM = pytest.mark.parametrize("snapshot", [a_snapshot(), a_restated_snapshot()], ids=["first", "restated"])


@THEM
def test_the_workbook_says_every_figure_of_the_json_to_its_last_digit(snapshot: Snapshot) -> None:
    said = read(canonical(snapshot))
    assert figures_in_workbook(books_of(workbook_of(said)).values, said) == figures_in_json(said)


@THEM
def test_the_pdf_says_every_figure_of_the_workbook_with_the_digits_that_are_shown(snapshot: Snapshot) -> None:
    said = read(canonical(snapshot))
    shown = figures_in_pdf(drawn(said), said)
    written = figures_in_workbook(books_of(workbook_of(said)).values, said)
    main = {path for path in written if path.partition("/")[0] in {"kpi", "form", "index"}}
    assert main <= shown.keys()
    assert {path: rounded(written[path], path, said) for path in written if path in shown} == {
        path: value for path, value in shown.items() if path in written
    }


def test_the_workbook_is_the_same_whether_numbers_were_computed_or_read_again() -> None:
    computed = a_snapshot()
    floats = msgspec.structs.replace(
        computed,
        figures=tuple(
            msgspec.structs.replace(each, value=None if each.value is None else float(each.value))
            for each in computed.figures
        ),
    )
    assert workbook_of(read(canonical(floats))) == workbook_of(floats) == workbook_of(computed)


def figures_in_json(snapshot: Snapshot) -> Mapping[str, Number | None]:
    """The figures of the object by path."""
    found: dict[str, Number | None] = {
        f"kpi/{each.kpi}/{each.unit or 'area'}": each.value for each in (*snapshot.figures, *snapshot.witness.figures)
    }
    for form in (form for form in snapshot.forms if form.rows):
        for name, cells in rows_of(form):
            found |= {f"form/{form.unit or 'area'}/{name}/{column}": cell for column, cell in enumerate(cells, 3)}
    for index in snapshot.index:
        for score in index.scores:
            where = f"{index.unit or 'area'}/{score.item}"
            official = None if score.official is None else score.official.points
            found |= {f"index/{where}": score.points, f"known/{where}": score.known}
            found |= {f"ratio/{where}": score.ratio, f"official/{where}": official}
    return found


def rows_of(form: FormFacts) -> Iterator[tuple[str, tuple[int, ...]]]:
    for row in form.rows:
        yield f"{row.level}/{'unknown' if row.field is None else quote(row.field, safe='')}", row.cells
    for level in form.levels:
        yield f"{level.level}/subtotal", level.cells
    yield "total/subtotal", form.total


def rounded(value: Any, path: str, snapshot: Snapshot) -> Decimal | None:
    """A figure as it is shown: with the digits of its KPI, percentages as numbers of percent, halves away from zero."""
    if value is None:
        return None
    what, name, *_ = path.split("/")
    digits, scale = {"form": (0, 1), "ratio": (1, 100)}.get(what, (2, 1))
    for kpi in snapshot.kpis:
        if what == "kpi" and kpi.id == name:
            digits, scale = kpi.digits, 100 if kpi.unit == "percent" else 1
    return (Decimal(repr(value)) * scale).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
