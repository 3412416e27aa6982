"""The formulas of a snapshot's workbook, worked out by another hand, come to the figures that were sealed."""

from typing import Any

import msgspec
import pytest

from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.workbook.document import workbook_of
from tests.building.formulas import Value, Workings
from tests.building.snapshots import a_form, a_restated_snapshot, a_snapshot
from tests.building.workbooks import Books, books_of, forms_of


def cell_of(books: Books, sheet: str, text: str, column: str) -> str:
    """The name of a cell in the row that begins with a text, in its first or its second column."""
    rows = books.values[sheet].iter_rows(max_col=2)
    return next(f"{column}{row[0].row}" for row in rows if text in {cell.value for cell in row})


def same(found: Any, expected: Any) -> bool:
    """Alike; sums of fractions to the last digits that a spreadsheet keeps."""
    if isinstance(expected, float):
        return bool(found == pytest.approx(expected, abs=1e-9))
    return bool(found == expected)


@pytest.mark.parametrize("snapshot", [a_snapshot(), a_restated_snapshot()], ids=["first", "restated"])
def test_every_formula_comes_to_the_value_beside_it(snapshot: Snapshot) -> None:
    books = books_of(workbook_of(snapshot))
    workings = Workings(books.formulas)
    formulas = list(workings.formulas())
    wrong = [
        (
            sheet,
            where,
            books.formulas[sheet][where].value,
            workings.value(sheet, where),
            books.values[sheet][where].value,
        )
        for sheet, where in formulas
        if not same(workings.value(sheet, where), books.values[sheet][where].value)
    ]
    assert wrong == []
    assert {sheet for sheet, _ in formulas} >= {"Trang bìa", "II.06a", "Tổng hợp đơn vị", "Một cửa", "Chỉ số 766"}


def test_sums_and_identities_of_a_form_are_formulas() -> None:
    sheet = books_of(workbook_of(a_snapshot())).formulas["II.06a"]
    assert [sheet[where].value for where in ("C11", "G11", "K11")] == ["=D11+E11+F11", "=H11+I11+J11", "=L11+M11"]
    assert [sheet[where].value for where in ("D10", "D12", "D16")] == ["=SUM(D11:D11)", "=SUM(D13:D13)", "=D10+D12+D14"]
    assert sheet["C16"].value == "=D16+E16+F16"
    assert sheet["N16"].value == '=IF(AND(C16=G16+K16,C16=D16+E16+F16,G16=H16+I16+J16,K16=L16+M16),"khớp","LỆCH")'


def test_a_fraction_is_a_formula_where_it_is_exactly_that() -> None:
    figures = [
        msgspec.structs.replace(each, value=0.9500001) if (each.kpi, each.unit) == ("on_time_rate", None) else each
        for each in a_snapshot().figures
    ]
    books = books_of(workbook_of(a_snapshot(figures=tuple(figures))))
    sheet = books.formulas["Một cửa"]
    row = cell_of(books, "Một cửa", "3", "D")
    assert sheet[row].value == 0.9500001
    assert sheet[row.replace("D", "E")].value == f"=E{int(row[1:]) + 1}/E{int(row[1:]) + 2}"


@pytest.mark.parametrize("column", ["C", "D", "H", "L"])
def test_a_changed_number_of_a_form_shows_on_it_and_on_the_cover(column: str) -> None:
    books = books_of(workbook_of(a_snapshot()))
    changed: dict[tuple[str, str], Value] = {("03980 Phường Mộc Châu", f"{column}11"): 999}
    workings = Workings(books.formulas, changed)
    result = cell_of(books, "03980 Phường Mộc Châu", "Kết quả kiểm tra", "C")
    assert workings.value("03980 Phường Mộc Châu", result) == "LỆCH"
    whole = cell_of(books, "Trang bìa", "Tất cả các phép kiểm tra dưới đây", "C")
    assert workings.value("Trang bìa", whole) == "LỆCH"
    assert Workings(books.formulas).value("Trang bìa", whole) == "khớp"


def test_changed_points_of_a_component_show_on_the_index_and_on_the_cover() -> None:
    books = books_of(workbook_of(a_snapshot()))
    sheet = books.formulas["Chỉ số 766"]
    row = next(row[0].row for row in sheet.iter_rows() if row[1].value == "Công khai thủ tục đúng hạn")
    workings = Workings(books.formulas, {("Chỉ số 766", f"F{row}"): 0.1})
    check = next(cell for row in sheet.iter_rows() for cell in row if "ABS(" in str(cell.value))
    assert workings.value("Chỉ số 766", check.coordinate) == "LỆCH"
    assert workings.value("Trang bìa", cell_of(books, "Trang bìa", "Tất cả các phép kiểm tra dưới đây", "C")) == "LỆCH"


def test_a_form_that_does_not_balance_says_so_and_shows_its_numbers_as_they_are() -> None:
    form = a_snapshot().forms[1]
    wrong = tuple(n + 1 if place == 0 else n for place, n in enumerate(form.rows[0].cells))
    row = msgspec.structs.replace(form.rows[0], cells=wrong)
    made = a_snapshot(forms=(a_form("03980", [row, form.rows[1]]),))
    books = books_of(workbook_of(made))
    said = forms_of(books.values)["03980"]
    assert said.rows[1][1] == wrong
    assert said.result == "LỆCH"
    workings = Workings(books.formulas)
    assert all(
        workings.value(sheet, where) == books.values[sheet][where].value
        for sheet, where in workings.formulas()
        if sheet.startswith(("03980", "Trang"))
    )
    assert workings.value("Trang bìa", cell_of(books, "Trang bìa", "Tất cả các phép kiểm tra dưới đây", "C")) == "LỆCH"


def test_a_total_that_is_no_sum_of_its_rows_stands_as_it_was_sealed_and_says_so() -> None:
    made = a_snapshot(forms=(msgspec.structs.replace(a_snapshot().forms[0], total=(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0)),))
    books = books_of(workbook_of(made))
    sheet = books.formulas["II.06a"]
    assert forms_of(books.values)[None].result == "LỆCH"
    assert Workings(books.formulas).value("II.06a", cell_of(books, "II.06a", "Kết quả kiểm tra", "C")) == "LỆCH"
    assert [sheet[f"{column}16"].value for column in "CDEFHLM"] == ["=D16+E16+F16", 1, 0, 0, 1, 0, 0]
