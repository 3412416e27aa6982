"""The letter as it is read: the words of the form, and the same ones in Word and in the PDF."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Drawn
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from dashboard.letters.docx import docx_of
from dashboard.letters.docx_template import TEMPLATE, draw
from dashboard.letters.form import the_form
from dashboard.letters.letter import Letter, Promise, compose, renumbered
from dashboard.letters.pdf import pdf_of
from tests.building.letters import late_facts

TODAY = date(2026, 2, 10)
REASON = "cơ quan phối hợp chưa có ý kiến trả lời."


def a_letter(today: date = TODAY, **facts: object) -> Letter:
    return compose(the_form(), late_facts(**facts), Promise("07/PXL", REASON, date(2026, 3, 2)), today)


def words(text: str) -> list[str]:
    """Words as they are read: how lines and hard spaces break them does not matter."""
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").split()


def text_of_pdf(body: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def text_of_docx(body: bytes) -> str:
    """In the order of the document: the head's cells first."""
    document = Document(BytesIO(body))
    return "\n".join(paragraph.text for paragraph in _paragraphs(document))


def _paragraphs(document: Drawn) -> Iterator[Paragraph]:
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    yield from document.paragraphs


def test_it_says_who_writes_what_was_promised_and_what_is_promised_now() -> None:
    letter = a_letter()
    assert letter.above == ("ỦY BAN NHÂN DÂN", "PHƯỜNG MỘC CHÂU")
    assert words(letter.agency) == words("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG")
    assert letter.number == "Số: 07/PXL"
    assert letter.place == "Mộc Châu, ngày 10 tháng 02 năm 2026"
    assert letter.title == "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
    received, due, late, reason, sorry, end = letter.body
    assert received.startswith("Ngày 02 tháng 02 năm 2026, Ủy ban nhân dân phường Mộc Châu tiếp nhận")
    assert "“Đăng ký khai sinh & cấp bản sao <trích lục>”" in received
    assert received.endswith("mã số hồ sơ: H52.17.18-260202-0001.")
    assert due == "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 30 phút, ngày 06 tháng 02 năm 2026."
    assert "chưa trả kết quả" in late
    assert reason == "Lý do: cơ quan phối hợp chưa có ý kiến trả lời."
    assert sorry.endswith("sẽ trả kết quả cho Ông/Bà/Tổ chức vào ngày 02 tháng 3 năm 2026.")
    assert end.endswith("./.")


def test_the_citizen_is_a_dotted_line_and_nowhere_named() -> None:
    assert re.fullmatch("Kính gửi: …{20,}", a_letter().addressee)


def test_of_what_is_settled_already_it_does_not_say_that_nothing_was_returned() -> None:
    said = " ".join(a_letter(is_settled=True).body)
    assert "chưa trả kết quả" not in said
    assert "đã không giải quyết xong" in said


def test_before_the_centres_of_today_a_one_stop_section_wrote() -> None:
    assert "BỘ PHẬN TIẾP NHẬN" in a_letter(date(2025, 6, 30)).agency
    assert "TRUNG TÂM PHỤC VỤ" in a_letter(date(2025, 7, 1)).agency


def test_a_procedure_that_nobody_named_is_told_by_its_code() -> None:
    assert "“có mã 1.005129”" in a_letter(procedure=None).body[0]


def test_the_number_of_the_registry_takes_the_place_of_ours() -> None:
    letter = a_letter()
    other = renumbered(the_form(), letter, "145/PXL-UBND")
    assert other.number == "Số: 145/PXL-UBND"
    assert other.lines() != letter.lines()
    assert [line for line in other.lines() if line not in letter.lines()] == ["Số: 145/PXL-UBND"]


@pytest.mark.parametrize("is_settled", [False, True])
def test_word_and_pdf_say_the_same_and_nothing_else(is_settled: bool) -> None:  # noqa: FBT001 - a case, no option
    letter = a_letter(is_settled=is_settled)
    expected = words("\n".join(letter.lines()))
    assert words(text_of_docx(docx_of(letter))) == expected
    assert sorted(words(text_of_pdf(pdf_of(letter)))) == sorted(expected)


def test_the_pdf_is_one_sheet_of_a4_with_fonts_of_its_own() -> None:
    [page] = PdfReader(BytesIO(pdf_of(a_letter()))).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index] # pypdf types no dictionary
    names = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic"}


def test_a_long_reason_and_a_long_name_stay_on_the_sheet() -> None:
    long = compose(
        the_form(), late_facts(procedure="Cấp giấy chứng nhận quyền sử dụng đất, " * 8),
        Promise("07/PXL", "hồ sơ phải xác minh nhiều lần, " * 16, date(2026, 3, 2)), TODAY,
    )  # fmt: skip
    drawn = PdfReader(BytesIO(pdf_of(long)))
    assert len(drawn.pages) <= 2
    assert "(Ký, ghi rõ họ tên)" in " ".join(words(drawn.pages[-1].extract_text()))


def test_the_word_file_has_the_margins_and_sizes_of_official_documents() -> None:
    document = Document(BytesIO(docx_of(a_letter())))
    [section] = document.sections
    sides = section.page_width, section.page_height
    assert [round(side.mm) for side in sides if side is not None] == [210, 297]
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 20]
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:ascii")) == "Times New Roman"
    sizes = {run.font.size for paragraph in _paragraphs(document) for run in paragraph.runs if run.text.strip()}
    assert sizes == {Pt(12), Pt(13), Pt(14)}


def test_the_template_is_what_is_drawn() -> None:
    drawn = BytesIO()
    draw().save(drawn)
    one, other = (ZipFile(file).read("word/document.xml") for file in (drawn, TEMPLATE))
    assert one == other, "run `python -m dashboard.letters.docx_template`"
