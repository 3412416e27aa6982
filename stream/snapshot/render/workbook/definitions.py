"""By what the figures were made: the definition of each KPI, its basis, and the digest of what decides its value."""

from typing import Final

from stream.report.book import for_print
from stream.snapshot.content.document import KpiFacts
from stream.snapshot.render.wording import CERTAINTIES, DIRECTIONS, MEASURES, WINDOWS, figure
from stream.snapshot.render.workbook.writing import CELL, HEAD, MIDDLE, Writing

_COLUMNS: Final = {
    "STT": 5.0,
    "Chỉ tiêu": 26.0,
    "Mã": 16.0,
    "Đơn vị tính": 8.0,
    "Kỳ tính": 10.0,
    "Chiều; mục tiêu": 14.0,
    "Công thức": 28.0,
    "Căn cứ": 25.0,
    "Độ tin cậy": 12.0,
    "Nguồn số liệu": 17.0,
    "Khi không có số liệu": 14.0,
    "SHA-256 của định nghĩa": 19.0,
}


def write_definitions(writing: Writing) -> None:
    """A row for each KPI."""
    sheet = writing.sheet("Định nghĩa", "Công thức, căn cứ và mã băm của từng chỉ tiêu")
    sheet.widths(list(_COLUMNS.values()))
    head = writing.top(sheet, "Định nghĩa các chỉ tiêu", len(_COLUMNS) - 1)
    sheet.texts(head, 0, list(_COLUMNS), HEAD)
    sheet.inner.freeze_panes(head + 1, 2)
    small = CELL.but(size=9, top=True)
    for n, kpi in enumerate(writing.snapshot.kpis, 1):
        row = head + n
        sheet.text(row, 0, str(n), MIDDLE.but(size=9, top=True))
        sheet.text(row, 1, kpi.title.vi, small.but(bold=True))
        sheet.texts(row, 2, (kpi.id, MEASURES[kpi.unit], WINDOWS[kpi.window], _aim(kpi), kpi.formula), small)
        certainty = CERTAINTIES.get(kpi.basis.certainty, kpi.basis.certainty)
        sheet.texts(row, 7, (kpi.basis.text, certainty, kpi.source, kpi.no_denominator.vi, kpi.digest), small)
    for_print(sheet, (head, head))


def _aim(kpi: KpiFacts) -> str:
    """Which way is better, and from which values on a figure is good or bad."""
    if kpi.thresholds is None:
        return DIRECTIONS[kpi.direction]
    target, warn = (figure(value, kpi) for value in (kpi.thresholds.target, kpi.thresholds.warn))
    return f"{DIRECTIONS[kpi.direction]}; mục tiêu {target}, ngưỡng {warn}"
