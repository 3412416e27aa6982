"""A workbook (XLSX) as it is filled: the same contents give the same bytes, and no text ever becomes a formula.

A formula is written with what it comes to, so that programs that show a workbook without computing it (previews, mail,
import scripts) show figures. Rows and columns count from 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from textwrap import wrap
from typing import Any, Final, Literal, TypeAlias

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

FACE: Final = "Times New Roman"
"""The face that Decree 30/2020/NĐ-CP wants of official papers."""
LINE_HEIGHT: Final = 15.0
"""Points of a line of text of 11 points."""

NO_NUMBER: Final = "–"

Value: TypeAlias = int | float | str
Across: TypeAlias = Literal["left", "center", "right"]
Box: TypeAlias = tuple[int, int, int, int]
"""First row and column, last row and column."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; `number` is a number format, colours are `#RRGGBB`."""

    align: Across = "left"
    bold: bool = False
    italic: bool = False
    box: bool = False
    wrap: bool = True
    size: int = 11
    number: str = ""
    colour: str = ""
    fill: str = ""
    link: bool = False
    indent: int = 0
    top: bool = False

    def but(self, **changes: object) -> "Style":
        """The same with some things otherwise."""
        return replace(self, **changes)  # type: ignore[arg-type] # fields by name, as the caller says them

    @property
    def shown(self) -> str:
        """The number format; what is aligned right keeps a little away from the line of its cell."""
        parts = self.number.split(";") if self.number else []
        return ";".join(f"{part}_)" if self.align == "right" else part for part in parts)

    def fitting(self, width: float) -> int:
        """About how many characters of it a line holds in a cell of that width."""
        return max(1, int(width * 11 / self.size * (1.0 if self.bold else 1.1)))

    def properties(self) -> dict[str, object]:
        """The same as XlsxWriter names it."""
        found: dict[str, object] = {
            "font_name": FACE,
            "font_size": self.size,
            "align": self.align,
            "valign": "top" if self.top else "vcenter",
            "bold": self.bold,
            "italic": self.italic,
            "text_wrap": self.wrap,
            "border": int(self.box),
            "indent": self.indent,
        }
        given = {"num_format": self.shown, "font_color": self.colour, "bg_color": self.fill}
        return found | {name: value for name, value in given.items() if value} | ({"underline": 1} if self.link else {})


def cell(row: int, column: int) -> str:
    """The name of a cell, C10."""
    found: str = xl_rowcol_to_cell(row, column)
    return found


def column_name(column: int) -> str:
    """The letters of a column."""
    found: str = xl_col_to_name(column)
    return found


class Book:
    """A workbook; `written` is the moment that it bears, `title` what it says of itself."""

    def __init__(self, title: str, written: datetime) -> None:
        self._bytes = BytesIO()
        never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.inner: Any = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **never})
        self.inner.set_properties({"title": title, "created": written.astimezone(UTC)})
        self._formats: dict[Style, Any] = {}

    def sheet(self, name: str) -> "Sheet":
        """A new sheet, the last."""
        return Sheet(self, self.inner.add_worksheet(name), name)

    def format_of(self, style: Style) -> Any:
        """The format of a style; each is made once."""
        if style not in self._formats:
            self._formats[style] = self.inner.add_format(style.properties())
        return self._formats[style]

    def done(self) -> bytes:
        """The workbook's bytes; nothing can be added any more."""
        self.inner.close()
        return self._bytes.getvalue()


class Sheet:
    """One sheet of a book; `inner` is the one of XlsxWriter, for what is set once."""

    def __init__(self, book: Book, inner: Any, name: str) -> None:
        self.name, self.inner = name, inner
        self._book = book
        self._widths: list[float] = []
        self._heights: dict[int, float] = {}
        self._levels: dict[int, int] = {}

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """A text; whatever it begins with, it is no formula. None at all is an empty cell."""
        if text:
            self._wrote(self.inner.write_string(row, column, text, self._book.format_of(style)))
            self._fit((row, column, row, column), text, style)
        else:
            self.blank(row, column, style)

    def over(self, box: Box, text: str, style: Style) -> None:
        """A text over several cells that are merged."""
        shown = self._book.format_of(style)
        if box[:2] != box[2:]:
            self.inner.merge_range(*box, "", shown)
        self._wrote(self.inner.write_string(box[0], box[1], text, shown))
        self._fit(box, text, style)

    def blank(self, row: int, column: int, style: Style) -> None:
        """An empty cell that is drawn."""
        self.inner.write_blank(row, column, None, self._book.format_of(style))

    def number(self, row: int, column: int, value: float | None, style: Style) -> None:
        """A number; null is a dash, so that nobody takes it for zero."""
        if value is None:
            self.text(row, column, NO_NUMBER, style.but(number="", align="center"))
        else:
            self.inner.write_number(row, column, _Exact(value), self._book.format_of(style))

    def day(self, row: int, column: int, day: date, style: Style) -> None:
        """A day, by which a spreadsheet can sort and reckon; the style has its format."""
        self.inner.write_datetime(row, column, datetime(day.year, day.month, day.day), self._book.format_of(style))  # noqa: DTZ001 - a day has no zone

    def formula(self, row: int, column: int, formula: str, value: Value, style: Style) -> None:
        """A formula with what it comes to."""
        known = value if isinstance(value, str) else _Exact(value)
        self.inner.write_formula(row, column, formula, self._book.format_of(style), known)

    def texts(self, row: int, first: int, texts: Sequence[str], style: Style) -> None:
        """Texts side by side."""
        for column, text in enumerate(texts, first):
            self.text(row, column, text, style)

    def noted(self, row: int, column: int, text: str, note: str, styles: tuple[Style, Style]) -> None:
        """A text with a note beneath it in the same cell, each in its style; the cell looks as the first has it."""
        shown, small = map(self._book.format_of, styles)
        self.inner.write_rich_string(row, column, shown, text, small, f"\n{note}", shown)
        self._fit((row, column, row, column), f"{text}\n{note}", styles[0])

    def link(self, row: int, column: int, sheet: str, style: Style) -> None:
        """A text, the name of another sheet, that leads there."""
        where = "internal:'{}'!A1".format(sheet.replace("'", "''"))
        self.inner.write_url(row, column, where, self._book.format_of(style), sheet)

    def _wrote(self, answer: int) -> None:
        if answer:
            raise ValueError(f"sheet {self.name}: a cell holds at most 32,767 characters")

    def tall(self, row: int, lines: int, line: float = LINE_HEIGHT) -> None:
        """A row at least so many lines tall; not every program finds that out by itself."""
        height = max(1, lines) * line + 1
        if height > self._heights.get(row, 0):
            self._heights[row] = height
            self.inner.set_row(row, height, None, {"level": self._levels.get(row, 0)})

    def fold(self, row: int) -> None:
        """Lets a row be folded away beneath the one above."""
        self._levels[row] = 1
        self.inner.set_row(row, self._heights.get(row), None, {"level": 1})

    def _fit(self, box: Box, text: str, style: Style) -> None:
        """Makes a row as tall as a text in cells of it."""
        if box[0] == box[2] and style.wrap:
            lines = lines_of(text, style.fitting(sum(self._widths[box[1] : box[3] + 1]) - style.indent))
            if lines > 1 or style.size > 11:
                self.tall(box[0], lines, LINE_HEIGHT * style.size / 11)

    def widths(self, widths: Sequence[float]) -> None:
        """The widths of columns in characters, from the first on."""
        self._widths = list(widths)
        for column, width in enumerate(widths):
            self.inner.set_column(column, column, width)


class _Exact(float):
    """A number that is written with every digit, where XlsxWriter asks for sixteen; alike for 100 and for 100.0."""

    def __str__(self) -> str:
        return repr(float(self) + 0.0).removesuffix(".0")

    def __format__(self, _: str) -> str:
        return str(self)


def lines_of(text: str, characters: int) -> int:
    """How many lines a text takes where a line holds so many characters."""
    if len(text) <= characters and "\n" not in text:
        return 1
    return sum(len(wrap(part, characters)) or 1 for part in text.split("\n"))


def of_sheet(sheet: str, where: str) -> str:
    """A cell of another sheet, as formulas name it."""
    return "'{}'!{}".format(sheet.replace("'", "''"), where)


def for_print(sheet: Sheet, head: tuple[int, int], *, portrait: bool = False, wide: int = 1) -> None:
    """A4, so many pages wide, the rows of the heading on each page."""
    inner = sheet.inner
    (inner.set_portrait if portrait else inner.set_landscape)()
    inner.set_paper(9)  # A4
    inner.fit_to_pages(wide, 0)
    inner.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    inner.center_horizontally()
    inner.repeat_rows(*head)
