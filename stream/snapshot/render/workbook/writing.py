"""What the sheets of one workbook share: the snapshot, the book, its contents, the checks that were made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Final, NamedTuple

from stream.report.book import Book, Sheet, Style, cell, of_sheet
from stream.snapshot.content.document import FigureFacts, KpiFacts, Snapshot
from stream.snapshot.render.marks import Mark, area_name, marks
from stream.snapshot.render.wording import moment, period_name, stretch
from stream.snapshot.render.workbook.sheet_names import SheetNames

RED: Final = "#C00000"
GREY: Final = "#595959"
SHADE: Final = "#E7EDF5"
TITLE: Final = Style(bold=True, size=14, wrap=False)
NOTE: Final = Style(italic=True, colour=GREY)
HEAD: Final = Style(align="center", bold=True, box=True, fill=SHADE)
CELL: Final = Style(box=True)
MIDDLE: Final = Style(align="center", box=True)
NUMBER: Final = Style(align="right", box=True, wrap=False, number="#,##0")
AGREES, DIFFERS = "khớp", "LỆCH"
CHECK: Final = Style(align="center", bold=True, box=True, wrap=False)
_HEADER_TEXT: Final = 90
"""A header holds 255 characters, ours are three parts and their faces."""


class Entry(NamedTuple):
    """A line of the contents: a sheet, and what stands there."""

    sheet: str
    what: str


class Check(NamedTuple):
    """A cell that says whether a sheet agrees, as formulas of other sheets name it, and what is compared."""

    sheet: str
    where: str
    what: str
    holds: bool


class Writing:
    """A workbook that is being written."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.names = SheetNames()
        self.contents: list[Entry] = []
        self.checks: list[Check] = []
        self.book = Book(snapshot.title.vi, datetime.fromisoformat(snapshot.witness.taken_at))

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """What nobody may overlook."""
        return marks(self.snapshot)

    @cached_property
    def warning(self) -> str:
        """The marks in one line, empty where there are none."""
        return " · ".join(mark.title for mark in self.marks)

    @cached_property
    def name(self) -> str:
        """The name of the snapshot: that of its package, without its ending."""
        return package_name(self.snapshot)

    @cached_property
    def figures(self) -> Mapping[tuple[str, str | None], FigureFacts]:
        """All figures by KPI and place, those that are witnessed too."""
        return {(each.kpi, each.unit): each for each in (*self.snapshot.figures, *self.snapshot.witness.figures)}

    @cached_property
    def witnessed(self) -> frozenset[str]:
        """The KPIs that are made of samples of lines."""
        return frozenset(each.kpi for each in self.snapshot.witness.figures)

    @cached_property
    def kpis(self) -> Mapping[str, KpiFacts]:
        """The KPIs by their ids."""
        return {kpi.id: kpi for kpi in self.snapshot.kpis}

    def cover(self, wanted: str) -> Sheet:
        """The first sheet, which does not stand in the contents: they stand on it."""
        sheet = self.book.sheet(self.names.take(wanted))
        self._mark_pages(sheet)
        return sheet

    def sheet(self, wanted: str, what: str) -> Sheet:
        """A new sheet, which stands in the contents; its pages say of which snapshot they are."""
        sheet = self.cover(wanted)
        self.contents.append(Entry(sheet.name, what))
        return sheet

    def check(self, sheet: Sheet, where: tuple[int, int], what: str, *, holds: bool) -> None:
        """Writes nothing: remembers for the cover a cell that says whether figures agree."""
        self.checks.append(Check(sheet.name, of_sheet(sheet.name, cell(*where)), what, holds))

    def top(self, sheet: Sheet, title: str, last_column: int) -> int:
        """Title, period and marks over a table; the row on which its heading begins."""
        snapshot = self.snapshot
        sheet.text(0, 0, title, TITLE)
        sheet.text(1, 0, f"{area_name(snapshot)} · {self.when} · số liệu tính đến {moment(snapshot.as_of)}", _ACROSS)
        if not self.marks:
            return 3
        said = "   ".join(f"{mark.title}: {mark.text}" for mark in self.marks)
        sheet.over((2, 0, 2, last_column), said, Style(bold=True, colour=RED))
        return 4

    @cached_property
    def when(self) -> str:
        """The period by its name and its days."""
        period = self.snapshot.period
        return f"{period_name(period)}, {stretch(period.first, period.last)}"

    def agree(self, sheet: Sheet) -> None:
        """What a check says is green where it agrees, and red where it does not."""
        for said, look in ((AGREES, _GREEN), (DIFFERS, _WRONG)):
            found = {"type": "cell", "criteria": "==", "value": f'"{said}"', "format": self.book.inner.add_format(look)}
            sheet.inner.conditional_format(0, 0, 4000, 60, found)

    def _mark_pages(self, sheet: Sheet) -> None:
        face = '&9&"Times New Roman,Regular"'
        left = _printed(f"{area_name(self.snapshot)} – {self.snapshot.title.vi}")
        sheet.inner.set_header(f"&L{face}{left}&R{face}{_printed(self.name)}")
        warned = f'&L&9&"Times New Roman,Bold"&KC00000{_printed(f" {self.warning}")}' if self.marks else ""
        sheet.inner.set_footer(f"{warned}&R{face}Trang &P/&N")


_ACROSS: Final = Style(italic=True, colour=GREY, wrap=False)
_GREEN: Final = {"font_color": "#1E6B2E", "bg_color": "#E3F1E5"}
_WRONG: Final = {"font_color": "#FFFFFF", "bg_color": RED}


def package_name(snapshot: Snapshot) -> str:
    """The name of the package in which a snapshot is sealed, without `.zip`."""
    return f"{snapshot.area}-{snapshot.kind}-{snapshot.period.name}-v{snapshot.version}"


def said(*, holds: bool) -> str:
    """What the formula of a check comes to."""
    return AGREES if holds else DIFFERS


def equal_or_not(condition: str) -> str:
    """The formula of a check."""
    return f'=IF({condition},"{AGREES}","{DIFFERS}")'


def _printed(text: str) -> str:
    """A text as headers of pages take it."""
    return text[:_HEADER_TEXT].replace("&", "&&")
