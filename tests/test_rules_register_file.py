"""A register of procedures is read from CSV or XLSX: all of it, or nothing and every cell that is wrong."""

import csv
import io
import string
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.contracts.rules import Level, Procedure
from ingest.rules.problems import SHOWN, RulesFileError
from ingest.rules.register_file import parse_register, read_register, shipped_register
from tests.building.registers import HEAD, Cell, as_csv, as_workbook, cells_of

CODES = st.text(string.ascii_uppercase + string.digits + ".-", min_size=1, max_size=20)
TEXTS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text
)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2199, 12, 31))
PROCEDURES: st.SearchStrategy[Any] = st.builds(
    Procedure,
    code=CODES,
    name=TEXTS,
    field=CODES,
    level=st.sampled_from(Level),
    field_name=st.none() | TEXTS,
    term=st.none() | st.integers(0, 2000).map(lambda halves: halves / 2),
    fee=st.integers(0, 10**9),
    online=st.sampled_from(["full", "partial", "none"]),
    fee_online=st.booleans(),
    population_database=st.booleans(),
    certifies_copies=st.booleans(),
    publish_by=DAYS,
    published_on=DAYS,
    update_by=DAYS,
    updated_on=DAYS,
    complete=st.none() | st.booleans(),
).flatmap(lambda found: st.sampled_from(["day", "hour"]).map(lambda unit: _in_unit(found, unit)))
REGISTERS = st.lists(PROCEDURES, min_size=1, max_size=8, unique_by=lambda each: each.code)

OWN = ("Mã TTHC", "Tên TTHC", "Mã lĩnh vực", "Cấp", "Thời hạn", "Đơn vị thời hạn", "Lệ phí", "Mức độ trực tuyến")


def _in_unit(procedure: Procedure, unit: str) -> Procedure:
    given_values = {name: getattr(procedure, name) for name in HEAD}
    return Procedure(**{**given_values, "term_unit": unit if procedure.term is not None else "day"})


def a_row(code: str = "1.005129", term: str = "3", unit: str = "", fee: str = "0", **others: str) -> list[str]:
    given_values = {"name": "Đăng ký khai sinh", "field": "HT", "level": "xã", "online": "toàn trình", **others}
    return [
        code,
        given_values["name"],
        given_values["field"],
        given_values["level"],
        term,
        unit,
        fee,
        given_values["online"],
    ]


def a_file(*rows: list[str]) -> bytes:
    return as_csv(rows, OWN, ";")


def only(content: bytes) -> Procedure:
    (found,) = parse_register(content, "list.csv").procedures
    return found


def refused(content: bytes, name: str = "list.csv") -> RulesFileError:
    with pytest.raises(RulesFileError) as caught:
        parse_register(content, name)
    return caught.value


@given(REGISTERS)
@settings(max_examples=60, deadline=None)
def test_a_register_written_as_csv_and_as_workbook_reads_back_equal(procedures: list[Procedure]) -> None:
    rows = [cells_of(each) for each in procedures]
    found = [
        parse_register(content, "list", "v1").procedures
        for content in (as_csv(rows), b"\xef\xbb\xbf" + as_csv(rows, delimiter=";"), as_workbook(rows, above=3))
    ]
    assert found == [tuple(procedures)] * 3


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda some: b"PK\x03\x04" + some))
@settings(max_examples=300, deadline=None)
def test_whatever_the_bytes_are_the_file_is_read_or_refused_in_words(content: bytes) -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_register(content, "x")
    assert caught.value.lines()


def test_a_workbook_that_was_cut_off_is_refused() -> None:
    whole = as_workbook([cells_of(each) for each in shipped_register().procedures[:20]])
    for size in range(10, len(whole) - 1, 97):
        assert "no workbook" in refused(whole[:size]).problems[0].en


def test_heads_may_be_vietnamese_with_or_without_accents_and_titles_above_them() -> None:
    heads = ["STT", "MA THU TUC", "tên thủ tục", "Mã lĩnh vực", "LĨNH VỰC", "Cấp giải quyết", "Ghi chú"]
    content = as_workbook([[1, "1.1", "A", "HT", "Hộ tịch", "Cấp huyện", "x"]], heads, above=2)
    assert only(content) == Procedure(code="1.1", name="A", field="HT", field_name="Hộ tịch", level=Level.DISTRICT)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_delimiter_is_found_below_titles_with_commas_and_semicolons(delimiter: str) -> None:
    titles = "Danh mục, ban hành kèm theo Quyết định 1; 2; 3; 4; 5\r\n,,,,;;;;\r\n"
    content = titles.encode() + as_csv([["1.1", "A, b; c", "HT", "xã"]], OWN[:4], delimiter)
    assert only(content).name == "A, b; c"


@pytest.mark.parametrize(
    ("term", "unit", "expected"),
    [
        ("10", "", (10, "day")),
        ("0.5 ngày", "", (0.5, "day")),
        ("0,5 ngày làm việc", "", (0.5, "day")),
        ("8 giờ", "", (8, "hour")),
        ("8h", "", (8, "hour")),
        ("4", "giờ", (4, "hour")),
        ("4 giờ", "giờ làm việc", (4, "hour")),
        ("0", "", (0, "day")),
        ("", "", (None, "day")),
    ],
)
def test_a_term_is_days_unless_cell_or_column_say_hours(term: str, unit: str, expected: tuple[object, str]) -> None:
    found = only(a_file(a_row(term=term, unit=unit)))
    assert (found.term, found.term_unit) == expected


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("50000", 50_000),
        ("50.000", 50_000),
        ("1.250.000 đồng", 1_250_000),
        ("8,000đ", 8_000),
        ("20 000 VNĐ", 20_000),
        ("", 0),
    ],
)
def test_a_fee_may_be_grouped_by_thousands_as_people_write_it(fee: str, expected: int) -> None:
    assert only(a_file(a_row(fee=fee))).fee == expected


def test_days_may_be_written_day_first_or_be_dates_of_the_workbook() -> None:
    heads = (*OWN[:4], "Hạn công khai", "Ngày công khai", "Hạn cập nhật")
    rows: list[list[Cell]] = [["1.1", "A", "HT", 3, "02/03/2026", date(2026, 3, 1), "2026-03-04"]]
    found = only(as_workbook(rows, heads))
    assert (found.publish_by, found.published_on, found.update_by) == (
        date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 4),
    )  # fmt: skip


BAD_ROWS: list[tuple[list[str], str, str]] = [
    (a_row(code=""), "Mã TTHC", "missing"),
    (a_row(code="x" * 256), "Mã TTHC", "longer than 255"),
    (a_row(name="a\nb"), "Tên TTHC", "line breaks"),
    (a_row(field=" "), "Mã lĩnh vực", "missing"),
    (a_row(level="phường"), "Cấp", "1 (tỉnh), 2 (huyện), 3 (xã)"),
    (a_row(term="10 tháng"), "Thời hạn", "is no term"),
    (a_row(term="không quá 10 ngày"), "Thời hạn", "is no term"),
    (a_row(term="-1"), "Thời hạn", "is no term"),
    (a_row(term="1001"), "Thời hạn", "outside 0 to 1000"),
    (a_row(unit="tuần"), "Đơn vị thời hạn", "is none of day (ngày), hour (giờ)"),
    (a_row(term="3 ngày", unit="giờ"), "Thời hạn", "the other way round"),
    (a_row(fee="50.00"), "Lệ phí", "no whole amount"),
    (a_row(fee="1.250,000"), "Lệ phí", "no whole amount"),
    (a_row(fee="-5"), "Lệ phí", "no whole amount"),
    (a_row(fee="miễn phí"), "Lệ phí", "no whole amount"),
    (a_row(online="mức 5"), "Mức độ trực tuyến", "full (toàn trình)"),
    ([*a_row(), "more"], "", "1 more than the head"),
]


@pytest.mark.parametrize(("row", "column", "reason"), BAD_ROWS)
def test_a_bad_cell_is_named_by_row_and_column_and_refuses_the_file(row: list[str], column: str, reason: str) -> None:
    error = refused(a_file(a_row("1.1"), row, a_row("1.3")))
    (found,) = error.problems
    assert found.place == f"row 3 / dòng 3{', ' if column else ''}{column}"
    assert reason in found.en
    assert found.vi


@pytest.mark.parametrize("given_day", ["31/02/2026", "2026-02-31", "2/3/26", "3 tháng 2", "02/03/1889", 45000])
def test_a_day_that_does_not_exist_or_could_be_another_is_refused(given_day: str | int) -> None:
    row: list[str | int] = ["1.1", "A", "HT", 3, given_day]
    content = as_workbook([row], (*OWN[:4], "Ngày công khai"))
    assert refused(content).problems[0].place.endswith("Ngày công khai")


def test_a_code_that_the_workbook_made_a_number_is_refused_since_it_lost_its_zeros() -> None:
    error = refused(as_workbook([[1.00512, "A", "HT", 3]], OWN[:4]))
    assert "format the column as text" in error.problems[0].en


def test_a_code_that_stands_twice_is_refused_with_the_row_of_the_first() -> None:
    error = refused(a_file(a_row("1.1"), a_row("1.2"), a_row("1.1")))
    assert [(each.place, each.en) for each in error.problems] == [
        ("row 4 / dòng 4, Mã TTHC", "the code stands in row 2 already")
    ]


def test_rows_are_numbered_as_excel_shows_them() -> None:
    broken = '"Mã TTHC";"Tên TTHC";"Mã lĩnh vực";"Cấp"\n\n1.1;"A ""quoted""";HT;xã\n;;;\n1.2;;HT;xã\n'
    assert refused(broken.encode()).problems[0].place == "row 5 / dòng 5, Tên TTHC"
    assert refused(as_workbook([["1.2", None, "HT", 3]], OWN[:4], above=6)).problems[0].place.startswith("row 8 ")


def test_all_bad_rows_are_told_at_once_the_first_hundred_in_full() -> None:
    error = refused(a_file(*(a_row(f"1.{number}", fee="?") for number in range(150))))
    assert len(error.problems) == 150
    lines = error.lines()
    assert len(lines) == SHOWN + 1
    assert lines[-1].startswith("… 50 more")
    assert "and 149 more" in str(error)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (["Mã TTHC", "Tên TTHC"], "the head lacks field (mã lĩnh vực); level (cấp / cấp giải quyết)"),
        (["Mã", "Tên"], "the head lacks code"),
        ([*OWN[:4], "Thời hạnn"], "unknown column 'Thời hạnn': 'thời hạn' is meant?"),
        ([*OWN[:4], "Màu sắc"], "unknown column 'Màu sắc'"),
        ([*OWN[:4], "Phí", "Lệ phí"], "two columns of the same meaning: 'Phí' và 'Lệ phí'"),
    ],
)
def test_a_head_that_cannot_be_understood_is_refused_in_words(head: list[str], reason: str) -> None:
    error = refused(as_csv([["1.1", "A", "HT", "3", "", ""]], head))
    assert any(reason in each.en for each in error.problems)
    assert all(each.place == "row 1 / dòng 1" for each in error.problems)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n,,\n", "empty"),
        (as_csv([], OWN), "no procedure below the head"),
        ("Mã TTHC;Tên".encode("utf-16"), "UTF-16"),
        (b"code,name\n1,\xe0\xc8\n", "line 2 is not UTF-8"),
        (b"\xd0\xcf\x11\xe0 old", "save it as .xlsx"),
        (b'code,name,field,level\n1.1,"A\n', "lone quotation mark"),
        (b"code,name,field,level\n" + b"1,2,3,3\n" * 20_001, "more than 20000 rows"),
        (b"," * 300, "more than 200 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, reason: str) -> None:
    assert reason in refused(content).problems[0].en


def test_a_register_is_named_after_its_file_and_content_unless_a_version_is_given(tmp_path: Path) -> None:
    path = tmp_path / "Danh mục 2026.csv"
    path.write_bytes(a_file(a_row()))
    named = read_register(path).version
    assert named.startswith("Danh-m-c-2026-")
    assert read_register(path).version == named
    path.write_bytes(a_file(a_row(fee="1000")))
    assert read_register(path).version != named
    assert read_register(path, "r7").version == "r7"
    with pytest.raises(RulesFileError, match="can't be a version"):
        read_register(path, "r 7")


def test_the_shipped_register_has_the_sizes_of_the_district() -> None:
    procedures = shipped_register().procedures
    assert len(procedures) == len({each.code for each in procedures}) == 517
    assert Counter(each.online for each in procedures) == {"full": 265, "partial": 30, "none": 222}
    communal = [each for each in procedures if each.level is Level.COMMUNE]
    assert (len(communal), sum(each.online != "none" for each in communal)) == (158, 103)
    assert len({each.field_name for each in procedures}) == len({each.field for each in procedures})


def test_the_shipped_file_is_small_and_in_the_columns_of_the_program() -> None:
    path = Path(__file__).parents[1] / "ingest" / "rules" / "shipped" / "procedures.csv"
    assert path.stat().st_size < 150_000
    assert tuple(next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))) == HEAD
