"""CSV as offices save it: encodings, delimiters, titles, and lines that are no CSV any more."""

import unicodedata
from pathlib import Path

import pytest

from tests.building.sheets import HEADS, SMALL, a_csv, a_row, understood

LABEL = SMALL.replace("[hours]", 'procedure_name = ["Tên thủ tục"]\n[hours]')
TITLED = (*HEADS, "Tên thủ tục")
NAME = "Đăng ký khai sinh cho trẻ ở nước ngoài, lệ phí đã thu"


def names(path: Path, content: bytes, mapping: str = LABEL) -> list[object]:
    found = understood(path, content, mapping)
    assert found.refusals == []
    return [getattr(data, "procedure_name", None) for data in found.data]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_unicode_is_told_apart_with_and_without_a_mark(tmp_path: Path, encoding: str, delimiter: str) -> None:
    content = a_csv([*a_row(), NAME], encoding=encoding, delimiter=delimiter, heads=TITLED)
    assert names(tmp_path / "t.csv", content) == [NAME]


def in_1258(text: str) -> bytes:
    """Vietnamese as old Windows writes it: letters with their hats, tones as signs behind them."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter)[:-1], unicodedata.normalize("NFD", letter)[-1]
            if len(base) == 2 and tone in "\u0302\u0306\u031b":  # ậ parts into a, dot, hat
                base, tone = base[0] + tone, base[1]
            out += unicodedata.normalize("NFC", base).encode("cp1258") + tone.encode("cp1258")
    return out


def test_windows_1258_is_told_by_heads_with_accents_and_composed(tmp_path: Path) -> None:
    content = in_1258(a_csv([*a_row(), NAME], heads=TITLED).decode())
    with pytest.raises(UnicodeDecodeError):
        content.decode()
    (found,) = names(tmp_path / "t.csv", content)
    assert found == unicodedata.normalize("NFC", NAME)


def test_windows_1258_without_accents_in_its_heads_is_taken_when_the_mapping_names_it_only(tmp_path: Path) -> None:
    plain = [
        "Ma ho so",
        "Ma TTHC",
        "Ma linh vuc",
        "Ma don vi",
        "Trang thai",
        "Ngay tiep nhan",
        "Ngay hen tra",
        "Ngay tra",
    ]
    content = in_1258(a_csv(a_row(), [*a_row(2, status="Dang xu ly")], heads=plain).decode())
    guessed = understood(tmp_path / "t.csv", content)
    assert "encoding" in guessed.reasons
    assert not guessed.envelopes
    assert len(understood(tmp_path / "t.csv", content, 'encoding = "windows-1258"\n' + SMALL).envelopes) == 2


def test_a_row_that_is_not_of_the_encoding_is_refused_and_the_others_are_taken(tmp_path: Path) -> None:
    content = a_csv(a_row(1), a_row(2, status="XX"), a_row(3)).replace(b"XX", b"\xff\xfe")
    found = understood(tmp_path / "t.csv", content)
    assert (found.rows, found.fields) == ([2, 4], ["E3 (Trạng thái)"])
    assert "CSV UTF-8" in found.reasons


def test_what_is_broken_in_a_column_that_nobody_reads_spoils_nothing(tmp_path: Path) -> None:
    content = a_csv([*a_row(1), "XX"], heads=[*HEADS, "Chủ hồ sơ"]).replace(b"XX", b"\xff\xfe")
    assert understood(tmp_path / "t.csv", content).rows == [2]


def test_heads_are_found_below_titles_in_any_spelling_and_order(tmp_path: Path) -> None:
    heads = [
        "NGÀY TRẢ",
        "ma ho so",
        "Mã  TTHC:",
        "Mã lĩnh vực",
        "mã đơn vị",
        "Trạng-thái",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
    ]
    row = a_row()
    content = a_csv(["", "BÁO CÁO"], [], heads, [row[7], *row[:7]], heads=["UBND xã Tân Yên"])
    found = understood(tmp_path / "t.csv", content)
    assert (found.rows, found.refusals) == ([5], [])


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    content = a_csv([*a_row(1), "hai\ndòng"], [], a_row(2, status="?"), heads=[*HEADS, "Ghi chú"])
    assert understood(tmp_path / "t.csv", content).fields == ["E4 (Trạng thái)"], "a line break in a cell is no row"
    named = b"sep=;\r\n" + a_csv(a_row(1, status="?"), delimiter=";")
    assert understood(tmp_path / "t.csv", named).fields == ["E2 (Trạng thái)"], "Excel does not show the first line"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "the head lacks"),
        (b"\x00\x01\x02binary", "no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"<html><table><tr><td>1", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04half of a workbook", "not a whole one"),
        ("Mã hồ sơ;Trạng thái\r\n1;2".encode(), "the head lacks the columns procedure (Mã TTHC); field (Mã lĩnh vực)"),
        ("Mã hồ sơ,Ma ho so,Mã TTHC,Mã lĩnh vực,Trạng thái".encode(), "A1, B1 (application)"),
        (b"a" * (2 << 20), "over a million characters"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    found = understood(tmp_path / "t.csv", content)
    assert said in found.reasons
    assert found.refused == 1
    assert not found.envelopes


def test_from_a_lone_quotation_mark_on_nothing_is_read_but_what_stands_above_is_taken(tmp_path: Path) -> None:
    content = a_csv(a_row(1), a_row(2)) + b'"H52-3,rest\r\n' + a_csv(a_row(4))
    found = understood(tmp_path / "t.csv", content)
    assert found.rows == [2, 3]
    assert found.fields == ["dòng/row 4"]
    assert "lone quotation mark" in found.reasons
