"""A snapshot as PDF: the same bytes in every process, fonts of its own, and marks that nobody overlooks."""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO

import msgspec
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from stream.kpi.definition import Bilingual
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.document import Covered, FigureFacts, Snapshot, UnitFacts
from stream.snapshot.render.pdf.drawing import pdf_of
from stream.snapshot.render.rendering import render
from tests.building.snapshot_text import drawn, sections_of, text_of
from tests.building.snapshots import a_form, a_restated_snapshot, a_row, a_snapshot, a_witness, cells_of

CALM = a_witness(late=(), late_seconds=0, missing=())
_DIGEST_ELSEWHERE = """
import hashlib, sys
from stream.snapshot.content.canonical import read
from stream.snapshot.render.rendering import render
files = render(read(sys.stdin.buffer.read()))
print({name: hashlib.sha256(body).hexdigest() for name, body in files.items()})
"""


_LITTLE: Mapping[str, object] = {"forms": (), "index": (), "series": ()}
"""Fields of an object that is drawn in no time, where they are not what a test is about."""


def whole() -> bytes:
    return drawn(a_snapshot())


def restated() -> bytes:
    return drawn(a_restated_snapshot())


def pages_of(snapshot: Snapshot) -> str:
    return "\n".join(text_of(drawn(snapshot)))


def test_another_process_renders_the_same_bytes_whatever_its_hashes_and_its_clock_zone() -> None:
    files = render(a_snapshot())
    assert set(files) == {"snapshot.json", "snapshot.xlsx", "snapshot.pdf"}
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/Lima", "SOURCE_DATE_EPOCH": "1"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", _DIGEST_ELSEWHERE],
        input=files["snapshot.json"], capture_output=True, check=True, env=environment,
    ).stdout.decode()  # fmt: skip
    assert elsewhere.strip() == str({name: sha256(body).hexdigest() for name, body in files.items()})


def test_what_is_drawn_of_the_object_is_drawn_of_its_canonical_json_too() -> None:
    snapshot = a_snapshot(**_LITTLE)
    computed = msgspec.structs.replace(
        snapshot, figures=tuple(msgspec.structs.replace(each, value=_as_float(each.value)) for each in snapshot.figures)
    )
    assert render(computed) == render(read(canonical(snapshot)))


def _as_float(value: float | None) -> float | None:
    return None if value is None else float(value)


def test_nothing_is_drawn_with_a_font_of_the_machine(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        body = pdf_of(a_restated_snapshot(draft=True, witness=a_witness()))
    assert not caplog.records
    assert _fonts_of(body) == {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert "\ufffd" not in "".join(text_of(body))


def _fonts_of(body: bytes) -> set[str]:
    """Names of the fonts of all pages, each embedded."""
    found = set()
    for page in PdfReader(BytesIO(body)).pages:
        for font in _table(_table(page, "/Resources"), "/Font").values():
            [descendant] = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in _table(descendant.get_object(), "/FontDescriptor")
            found.add(str(font.get_object()["/BaseFont"]).split("+")[1])
    return found


def _table(owner: DictionaryObject, name: str) -> DictionaryObject:
    found = owner[name].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def test_it_is_an_archive_file_that_can_be_read_aloud_and_leafed_through() -> None:
    reader = PdfReader(BytesIO(whole()))
    root = _table(reader.trailer, "/Root")
    assert str(root["/Lang"]) == "vi"
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    assert b"pdfaid" in metadata.get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Báo cáo tháng (kỳ theo Nghị định 09/2019/NĐ-CP), Tháng 11 năm 2026, phiên bản 1"
    assert str(reader.metadata.creation_date) == "2026-11-16 08:00:00+07:00"
    titles = [str(each["/Title"]) for each in reader.outline if isinstance(each, dict)]
    assert titles[0] == "I. Số liệu chính toàn khu vực"
    assert titles[-1].endswith("Cách kiểm tra báo cáo này")


def test_each_page_says_what_it_is_and_which_of_how_many() -> None:
    pages = text_of(restated())
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page
        assert "biết đến 08:00:00 ngày 19/11/2026" in page
        if number > 1:
            assert "Tháng 11 năm 2026 · phiên bản 2" in page
            assert "BẢN ĐIỀU CHỈNH SỐ 2" in page


def test_the_first_page_is_headed_as_a_state_report() -> None:
    first = text_of(whole())[0]
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN TỈNH SƠN LA",
        "Mộc Châu, ngày 16 tháng 11 năm 2026", "BÁO CÁO THÁNG", "(từ ngày 15/10/2026 đến hết ngày 14/11/2026)",
    ):  # fmt: skip
        assert words in first


@pytest.mark.parametrize(
    ("last", "agency"),
    [("2024-12-14", "HUYỆN MỘC CHÂU"), ("2025-06-30", "THỊ XÃ MỘC CHÂU"), ("2025-07-01", "TỈNH SƠN LA")],
)
def test_who_writes_is_who_it_was_then(last: str, agency: str) -> None:
    period = Covered(name=last, calendar=None, first=last, last=last)
    assert agency in " ".join(text_of(drawn(a_snapshot(period=period, kpis=(), sections=(), **_LITTLE)))[0].split())


def test_what_is_partial_names_the_sources_and_what_is_late_says_how_late_and_why() -> None:
    first = " ".join(text_of(whole())[0].split())
    assert "SỐ LIỆU CHƯA ĐẦY ĐỦ. Thiếu 2 nguồn" in first
    assert "spreadsheet-04045 (Bảng tính; Xã Lóng Sập): chưa từng gửi" in first
    assert "im lặng, lần cuối" in first
    assert "muộn 3 giờ 2 phút" in first
    assert "Lý do: chờ nguồn số liệu đến muộn." in first
    assert all("SỐ LIỆU CHƯA ĐẦY ĐỦ · LẬP MUỘN" in page for page in text_of(whole())[1:])


def test_what_is_complete_and_on_time_bears_no_mark() -> None:
    said = pages_of(a_snapshot(witness=CALM, **_LITTLE))
    assert not any(mark in said for mark in ("CHƯA ĐẦY ĐỦ", "LẬP MUỘN", "BẢN NHÁP", "ĐIỀU CHỈNH"))


def test_a_draft_says_so_across_every_page() -> None:
    pages = text_of(drawn(a_snapshot(draft=True, **_LITTLE)))
    assert all("BẢN NHÁP" in page.splitlines() for page in pages)
    assert "chưa ký số, không gửi đi, không có giá trị báo cáo" in pages[0].replace("\n", " ")


def test_a_restatement_shows_at_a_glance_what_changed() -> None:
    first = text_of(restated())[0]
    assert "Thay cho phiên bản 1" in first
    assert "Hồ sơ tiếp nhận trong tháng, Phường Mộc Châu: 126 → 128" in first
    assert "%, Khu vực Mộc Châu: – → 95,0" in first


def test_standing_is_told_by_a_shape_and_by_words() -> None:
    first = text_of(whole())[0]
    assert "Tỷ lệ giải quyết đúng và trước hạn trong tháng 95,0 % ≥ 99,0 % ◆ Gần mục tiêu" in first
    assert "Cuộc họp đã diễn ra trong tháng 14 – Không đặt mục tiêu" in first


def test_a_leading_figure_that_is_not_known_is_a_dash_and_says_why() -> None:
    figures = [each for each in a_snapshot().figures if (each.kpi, each.unit) != ("on_time_rate", None)]
    nothing = FigureFacts(kpi="on_time_rate", unit=None, value=None, numerator=0, denominator=0)
    first = text_of(drawn(a_snapshot(figures=(*figures, nothing), **_LITTLE)))[0]
    assert "Tỷ lệ giải quyết đúng và trước hạn trong tháng – ≥ 99,0 % Chưa có hồ sơ giải quyết" in first


def test_what_sources_call_their_fields_is_text_and_nothing_else() -> None:
    name = "<b>Đất đai</b> & <img src='file:///etc/passwd'> {{ 7*7 }} \\22 }"
    unit = UnitFacts(code="03980", name="Phường <script>")
    form = a_form(None, [a_row("commune", "DD", name, cells_of(1, 2, 3, early=4, late=1, over=0))])
    title = Bilingual('Báo cáo "ngày" </style><h1>x', "Daily")
    said = pages_of(a_snapshot(forms=(form,), units=(unit,), title=title, index=(), figures=(), series=()))
    plain = " ".join(said.split())
    assert name in plain
    assert "Phường <script>" in plain
    assert 'Báo cáo "ngày" </style><h1>x · Tháng 11' in plain


def test_the_last_page_says_how_to_verify_and_what_was_counted() -> None:
    snapshot = a_snapshot()
    said = " ".join(" ".join(sections_of(whole())["Cách kiểm tra báo cáo này"]).split())
    assert sha256(canonical(snapshot)).hexdigest() in said.replace(" ", "")
    for text in (
        "ioc verify moc-chau-statutory-month-2026-11-v1.zip --key",
        "0: 120.441; 1: 118.007; 2: 0",
        "1.0.0+g1a2b3c4",
        "2026-11-16T08:00:00.000+07:00",
    ):
        assert text in said


def test_a_snapshot_with_next_to_nothing_in_it_is_still_a_report() -> None:
    bare = a_snapshot(
        forms=(), index=(), series=(), kpis=(), sections=(), figures=(), units=(), quarantine=(),
        witness=a_witness(sources=(), missing=(), figures=(), late=(), late_seconds=0),
    )  # fmt: skip
    said = pages_of(bare)
    assert "Không có bản ghi nào bị cách ly." in said
    assert "Không có nguồn nào được khai báo." in said
