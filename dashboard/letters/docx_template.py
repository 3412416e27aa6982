"""Draws `templates/letter.docx`, the template that letters in Word are filled into: `python -m` this module.

An office may change the template in Word as it likes, as long as the names in braces stay; this draws ours.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as Drawn
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dashboard.letters.form import the_form

TEMPLATE: Final = Path(__file__).parent / "templates" / "letter.docx"
_LEFT: Final = Mm(64)
_RIGHT: Final = Mm(96)


@dataclass(frozen=True, slots=True)
class _Look:
    """Of a line: sizes and spaces in points."""

    size: int = 14
    bold: bool = False
    italic: bool = False
    before: int = 0
    after: int = 0
    align: ALIGN = ALIGN.CENTER


_TITLE: Final = _Look(bold=True, before=26, after=12)
_ADDRESSEE: Final = _Look(after=12)
_SENTENCE: Final = _Look(after=6, align=ALIGN.JUSTIFY)
_SIGNER, _SIGNING = _Look(13, bold=True, before=14), _Look(italic=True)
_PLAIN, _AGENCY, _STATE, _PLACE = _Look(13), _Look(13, bold=True), _Look(12, bold=True), _Look(13, italic=True)


def draw() -> Drawn:
    """A4 with the margins and sizes of Decree 30/2020/NĐ-CP, annex I."""
    document = Document()
    _paper(document)
    _head(document)
    _line(document.add_paragraph(), "{{ letter.title }}", _TITLE)
    _line(document.add_paragraph(), "{{ letter.addressee }}", _ADDRESSEE)
    document.add_paragraph("{%p for sentence in letter.body %}")
    sentence = _line(document.add_paragraph(), "{{ sentence }}", _SENTENCE)
    sentence.paragraph_format.first_line_indent = Mm(10)
    document.add_paragraph("{%p endfor %}")
    signer = _line(document.add_paragraph(), "{{ letter.signer }}", _SIGNER)
    signing = _line(document.add_paragraph(), "{{ letter.signing }}", _SIGNING)
    signer.paragraph_format.left_indent = signing.paragraph_format.left_indent = Mm(74)
    signer.paragraph_format.keep_with_next = True
    return document


def _paper(document: Drawn) -> None:
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    normal = document.styles["Normal"]
    font = the_form().form.font
    normal.font.name, normal.font.size = font, Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15


def _head(document: Drawn) -> None:
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (_LEFT, _RIGHT), strict=True):
        column.width = width  # LibreOffice goes by the columns, Word by the cells
        for cell in column.cells:
            cell.width = width
    (left, right), (number, place) = (row.cells for row in table.rows)
    left.paragraphs[0].add_run("{%p for line in letter.above %}")
    _line(left.add_paragraph(), "{{ line }}", _PLAIN)
    left.add_paragraph("{%p endfor %}")
    _line(left.add_paragraph(), "{{ letter.agency }}", _AGENCY)
    _rule(left, Mm(20))
    _line(right.paragraphs[0], "{{ letter.state }}", _STATE)
    _line(right.add_paragraph(), "{{ letter.motto }}", _AGENCY)
    _rule(right, Mm(17))
    _line(number.paragraphs[0], "{{ letter.number }}", _PLAIN)
    _line(place.paragraphs[0], "{{ letter.place }}", _PLACE)


def _line(paragraph: Paragraph, text: str, look: _Look) -> Paragraph:
    run, shape = paragraph.add_run(text), paragraph.paragraph_format
    run.font.size, run.font.bold, run.font.italic = Pt(look.size), look.bold, look.italic
    shape.alignment, shape.space_before, shape.space_after = look.align, Pt(look.before), Pt(look.after)
    return paragraph


def _rule(cell: _Cell, indent: Length) -> None:
    """A line under what stands above, as a paragraph's border: a drawn line moves when somebody types."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.space_after = Pt(5)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx draws no borders itself
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


if __name__ == "__main__":
    draw().save(str(TEMPLATE))
