"""`ioc report` writes form II.06a in four shapes; its JSON, its CSV and the layout of its workbook are contracts."""

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ioc.commands.report import report
from stream.core.ledger import Measure
from stream.report.errors import ReportError
from tests.building.moments import moment
from tests.report_lives import Life, Story, tell

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")
HEARD = moment("2026-02-01 08:00")
LATE = moment("2026-05-04 08:00")


def life(received: str, ended: str | None = None, how: Measure = Measure.SETTLED_EARLY, **other: Any) -> Life:
    stays = ((moment(received), 3980), *((moment(at), unit) for at, unit in other.pop("moved", [])))
    over = None if ended is None else moment(ended)
    due = moment(other.pop("due", "2026-12-01 17:00"))
    return Life(stays, over, how, due, None, **{"field": 0, "channel": 1, "level": 3} | other)


CARRIED = Story("H52-1", ((HEARD, life("2026-02-20 09:00", "2026-03-03 10:00")),))
OVERDUE = Story("H52-2", ((HEARD, life("2026-03-02 09:00", due="2026-03-10 17:00", channel=2)),))
UNDATED = Story("H52-3", ((HEARD, life("2026-03-02 09:00", "2026-03-04 09:00", Measure.SETTLED_UNDATED, level=0)),))
MOVED = Story("H52-4", ((HEARD, life("2026-03-05 09:00", moved=[("2026-03-09 09:00", 3985)], field=1, level=1)),))
CORRECTED = Story(
    "H52-5",
    ((HEARD, life("2026-03-06 09:00", channel=2)), (LATE, life("2026-03-06 09:00", "2026-03-20 09:00", channel=2))),
)


@pytest.fixture
def told(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        tell(connection, [CARRIED, OVERDUE, UNDATED, MOVED, CORRECTED])
        connection.execute("update field set name = '=1+1' where id = 2")  # what a source may call a field


def run(*arguments: str) -> Result:
    return CliRunner().invoke(report, list(arguments))


def written(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    return document


def numbers(cells: dict[str, int]) -> list[int]:
    assert list(cells) == [str(column) for column in range(3, 14)]
    return list(cells.values())


@pytest.mark.usefixtures("told")
def test_the_form_as_json() -> None:
    form = written("ii06a", *MARCH)
    assert [(row["level"], row["field"], numbers(row["cells"])) for row in form["rows"]] == [
        ("province", "G09-LV02", [1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0]),
        ("commune", "G09-LV01", [3, 2, 0, 1, 2, 2, 0, 0, 1, 0, 1]),
        ("unknown", "G09-LV01", [1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0]),
    ]
    assert [each["level_name"] for each in form["totals"]["levels"]] == ["Cấp tỉnh", "Cấp xã", "Chưa rõ cấp giải quyết"]
    assert numbers(form["totals"]["all"]) == [5, 2, 2, 1, 3, 2, 1, 0, 2, 1, 1]
    assert form["notes"] == {"settled_undated": 1, "unknown_level": 1}
    assert form["period"] == {
        "name": "2026-03-01..2026-03-31", "calendar": None, "from": "2026-03-01", "to": "2026-03-31",
    }  # fmt: skip
    assert (form["as_of"], form["known_at"]) == ("2026-03-31T23:59:59+07:00", None)
    assert (form["unit"], form["area"], form["heard_from"]) == (None, None, "2026-02-20")
    assert (form["calendar_versions"], form["register_versions"]) == (["office-1"], [])


@pytest.mark.usefixtures("told")
def test_the_form_of_a_unit_as_of_and_as_known_at_a_moment() -> None:
    here, there = (written("ii06a", *MARCH, "--unit", code) for code in ("03980", "03985"))
    assert numbers(here["totals"]["all"]) == [4, 2, 1, 1, 3, 2, 1, 0, 1, 0, 1]
    assert numbers(there["totals"]["all"]) == [1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0]
    assert (here["unit"], here["title"]) == ("03980", "Phường Mộc Châu")
    before = written("ii06a", *MARCH, "--known-at", "2026-05-04T07:59")
    assert numbers(before["totals"]["all"]) == [5, 2, 2, 1, 2, 1, 1, 0, 3, 2, 1]
    third = written("ii06a", *MARCH, "--as-of", "2026-03-03T10:00")
    assert numbers(third["totals"]["all"]) == [3, 1, 1, 1, 1, 1, 0, 0, 2, 2, 0]
    assert third["as_of"] == "2026-03-03T10:00:00+07:00"


@pytest.mark.usefixtures("told")
def test_a_statutory_period_runs_from_the_15th() -> None:
    form = written("ii06a", "--period", "2026-03")
    assert form["counted"] == {"from": "2026-02-15", "to": "2026-03-14"}
    assert form["period"]["calendar"] == "statutory"
    assert numbers(form["totals"]["all"])[3] == 0  # nothing is carried over
    by_month = written("ii06a", "--period", "2026-03", "--calendar", "index")
    assert by_month["totals"] == written("ii06a", *MARCH)["totals"]


@pytest.mark.usefixtures("told")
def test_a_period_that_is_cut_is_told_beside_every_shape() -> None:
    result = run("ii06a", "--period", "2025", "--unit", "03979", "--format", "csv")
    assert "03979 is counted from 2025-07-01 to 2025-12-14 only" in result.stderr
    assert result.stdout.startswith("STT,")
    assert "từ ngày 15/12/2024 đến ngày 14/12/2025" in run("ii06a", "--period", "2025", "--unit", "03979").stdout


@pytest.mark.usefixtures("told")
def test_the_form_as_csv(tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    assert run("ii06a", *MARCH, "--format", "csv", "--bom", "--output", str(file)).exit_code == 0
    content = file.read_bytes()
    assert content.startswith("\ufeffSTT,Cấp giải quyết,Mã lĩnh vực,Lĩnh vực giải quyết,".encode())
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows[0][4] == "(3) Số lượng hồ sơ tiếp nhận: tổng số"
    assert rows[1][:5] == ["1", "Cấp tỉnh", "G09-LV02", "'=1+1", "1"]
    assert rows[2][3] == "Cộng cấp tỉnh"
    assert rows[-1][3:] == ["Tổng số", "5", "2", "2", "1", "3", "2", "1", "0", "2", "1", "1"]
    assert run("ii06a", *MARCH, "--format", "csv").output.startswith("STT,")


def workbooks() -> tuple[Workbook, Workbook]:
    """The workbook with its formulas, and with what they come to; the same report gives the same bytes."""
    first, second = (run("ii06a", *MARCH, "--format", "xlsx").stdout_bytes for _ in "12")
    assert first == second
    return load_workbook(BytesIO(first)), load_workbook(BytesIO(first), data_only=True)


def sheet_of(book: Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def computed(sheet: Worksheet, where: str) -> int:
    """A cell, its formula worked out: sums of cells and of ranges are all there is."""
    value = sheet[where].value
    if not isinstance(value, str):
        assert isinstance(value, int)
        return value
    summed = re.fullmatch(r"=SUM\(([A-Z])([0-9]+):\1([0-9]+)\)", value)
    if summed is None:
        return sum(computed(sheet, part) for part in value[1:].split("+"))
    return sum(computed(sheet, f"{summed[1]}{row}") for row in range(int(summed[2]), int(summed[3]) + 1))


@pytest.mark.usefixtures("told")
def test_the_workbook_is_laid_out_as_the_circular_has_it() -> None:
    sheet = sheet_of(workbooks()[0])
    assert sheet["A1"].value == "Biểu số II.06a/VPCP/KSTT"
    assert sheet["D4"].value == "(Từ ngày 01/03/2026 đến ngày 31/03/2026)"
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert merged >= {"A6:A8", "B6:B8", "C6:F6", "G6:J6", "K6:M6", "C7:C8", "D7:E7", "F7:F8", "M7:M8"}
    assert [sheet[where].value for where in ("C6", "D7", "E8", "J7", "M7")] == [
        "Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Trực tiếp, dịch vụ bưu chính", "Quá hạn", "Quá hạn",
    ]  # fmt: skip
    assert [sheet.cell(9, column).value for column in (1, 2, 3, 4, 7, 11, 13)] == [
        "(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(7)=(8)+(9)+(10)", "(11)=(12)+(13)", "(13)",
    ]  # fmt: skip
    assert [sheet.cell(row, 2).value for row in range(10, 17)] == [
        "Cấp tỉnh", "=1+1", "Cấp xã", "G09-LV01", "Chưa rõ cấp giải quyết", "G09-LV01", "Tổng số",
    ]  # fmt: skip
    assert sheet["B11"].data_type == "s"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.print_title_rows) == (0, "$6:$9")


@pytest.mark.usefixtures("told")
def test_the_formulas_of_the_workbook_come_to_the_numbers_of_the_form() -> None:
    book, values = workbooks()
    sheet, shown = sheet_of(book), sheet_of(values)
    formulas = [
        cell.coordinate for row in sheet.iter_rows(min_row=10, max_row=16, min_col=3) for cell in row
        if cell.data_type == "f"
    ]  # fmt: skip
    assert len(formulas) == 4 * 11 + 3 * 3  # every cell of four totals, three columns of three rows
    for where in formulas:
        assert shown[where].value == computed(sheet, where)
    total = [shown.cell(16, column).value for column in range(3, 14)]
    assert total == numbers(written("ii06a", *MARCH)["totals"]["all"])


@pytest.mark.usefixtures("told")
def test_the_form_as_a_table_tells_what_to_know_of_it() -> None:
    shown = run("ii06a", *MARCH, "--unit", "03980", "--format", "table").output
    assert "Phường Mộc Châu (03980)" in shown
    assert "Cột (9) gồm 1 hồ sơ đã giải quyết không có ngày hẹn trả." in shown
    assert "1 hồ sơ thuộc thủ tục chưa có trong danh mục" in shown


@pytest.mark.usefixtures("told")
def test_the_cases_of_a_cell() -> None:
    overdue = written("cases", *MARCH, "--cell", "13")
    assert (overdue["number"], overdue["cases"]) == (
        1,
        [{"code": "H52-2", "level": "commune", "field": "G09-LV01", "field_name": "G09-LV01"}],
    )
    ended = written("cases", *MARCH, "--cell", "7", "--field", "G09-LV01", "--level", "commune")
    assert [case["code"] for case in ended["cases"]] == ["H52-1", "H52-5"]
    assert ended["cell"] == {"column": 7, "level": "commune", "field": "G09-LV01", "field_name": "G09-LV01"}
    came = written("cases", *MARCH, "--cell", "6", "--unit", "03985")
    assert [case["code"] for case in came["cases"]] == ["H52-4"]
    assert "H52-2" in run("cases", *MARCH, "--cell", "13").output


@pytest.mark.usefixtures("told")
def test_what_changed_between_two_moments_of_knowledge() -> None:
    restated = written("changes", *MARCH, "--known-from", "2026-04-01T00:00", "--known-to", "2026-06-01T00:00")
    changed = {(each["level"], each["column"]): each["cases"] for each in restated["changes"] if each["field"]}
    assert changed == {
        ("commune", 7): {"H52-5": 1}, ("commune", 8): {"H52-5": 1},
        ("commune", 11): {"H52-5": -1}, ("commune", 12): {"H52-5": -1},
    }  # fmt: skip
    assert {each["column"]: each["change"] for each in restated["changes"] if each["level"] is None} == {
        7: 1, 8: 1, 11: -1, 12: -1,
    }  # fmt: skip
    assert [(told["measure"], told["n"], told["known_at"]) for told in restated["cases"]["H52-5"]] == [
        ("settled_early", 1, "2026-05-04T08:00:00+07:00"), ("open_out", 1, "2026-05-04T08:00:00+07:00"),
    ]  # fmt: skip
    assert restated["then"]["totals"]["all"]["12"] == 2
    table = run("changes", *MARCH, "--known-from", "2026-04-01T00:00", "--known-to", "2026-06-01T00:00").output
    assert "-1 H52-5" in table


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ii06a"], "name the period"),
        (["ii06a", "--from", "2026-03-01"], "name the period"),
        (["ii06a", *MARCH, "--period", "2026-03"], "name the period"),
        (["ii06a", "--from", "2026-03-02", "--to", "2026-03-01"], "ends before it begins"),
        (["ii06a", "--period", "2026-13"], "is not a period"),
        (["cases", *MARCH, "--cell", "14"], "14 is not in the range"),
        (["changes", *MARCH, "--known-from", "2026-04-02T00:00", "--known-to", "2026-04-01T00:00"], "earlier"),
    ],
)
def test_what_is_called_wrongly_is_told_so(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.output) == (2, True)


@pytest.mark.usefixtures("told")
def test_what_has_no_answer_is_told_in_a_sentence() -> None:
    for arguments, said in (
        (["cases", *MARCH, "--cell", "3", "--field", "G09"], "no application was ever of a field G09"),
        (["ii06a", *MARCH, "--unit", "03988"], "no unit bears the code 03988"),
        (["ii06a", *MARCH, "--as-of", "2026-02-01T00:00"], "begins on 2026-03-01"),
    ):
        result = run(*arguments)
        assert isinstance(result.exception, ReportError)
        assert said in str(result.exception)
