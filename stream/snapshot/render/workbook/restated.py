"""What a restatement changed: figure by figure before, after and the difference, with the cases behind it."""

from typing import Final

from stream.report.book import Sheet, Style, cell, for_print
from stream.snapshot.content.document import Difference, Number, Restates
from stream.snapshot.render.marks import place_name
from stream.snapshot.render.wording import CAUSES, NO_DATA, moment, number
from stream.snapshot.render.workbook.kpis import number_format
from stream.snapshot.render.workbook.writing import CELL, GREY, HEAD, MIDDLE, NOTE, NUMBER, Writing

_WIDTHS: Final = (6.0, 56.0, 28.0, 14.0, 14.0, 14.0, 26.0)
_HEADS: Final = (
    "STT",
    "Số liệu và nguyên nhân",
    "Địa bàn",
    "Trước",
    "Sau",
    "Chênh lệch",
    "Biết đến lúc",
)
CASE_ROWS: Final = 20_000
"""Rows of cases in all: of many figures each has fewer, the rest stand in snapshot.json."""
_LEAST: Final = 3
_SMALL: Final = CELL.but(size=9, colour=GREY)


def write_restated(writing: Writing, restates: Restates) -> None:
    """The sheet; beneath each figure the cases, which can be folded away."""
    sheet = writing.sheet("Điều chỉnh", "Số liệu đã thay đổi so với bản trước, kèm hồ sơ gây ra thay đổi")
    sheet.widths(_WIDTHS)
    head = writing.top(sheet, f"Điều chỉnh: bản số {writing.snapshot.version} thay bản số {restates.version}", 6)
    said = (
        f"Bản trước theo những gì đã biết lúc {moment(restates.known_at)}; nguyên nhân: {CAUSES[restates.cause]}.",
        f"SHA-256 của manifest bản trước: {restates.digest}",
    )
    for text in said:
        sheet.over((head, 0, head, 6), text, NOTE)
        head += 1
    sheet.texts(head, 0, _HEADS, HEAD)
    sheet.inner.freeze_panes(head + 1, 2)
    sheet.inner.outline_settings(visible=True, symbols_below=False, symbols_right=True, auto_style=False)
    row = head + 1
    most = max(_LEAST, CASE_ROWS // max(1, len(restates.differences)))
    for n, difference in enumerate(restates.differences, 1):
        row = _difference(writing, sheet, row, (n, difference, most))
    for_print(sheet, (head, head))


def _difference(writing: Writing, sheet: Sheet, row: int, line: tuple[int, Difference, int]) -> int:
    """A figure, then so many of its cases; the row after them."""
    n, each, most = line
    style = NUMBER.but(number=_format(writing, each.path), bold=True)
    sheet.text(row, 0, str(n), MIDDLE)
    sheet.text(row, 1, each.title.vi, CELL.but(bold=True))
    sheet.text(row, 2, place_name(writing.snapshot, each.unit), CELL)
    sheet.number(row, 3, each.before, style)
    sheet.number(row, 4, each.after, style)
    if each.before is None or each.after is None:
        sheet.number(row, 5, None, style)
    else:
        formula = f"={cell(row, 4)}-{cell(row, 3)}"
        sheet.formula(row, 5, formula, each.after - each.before, _signed(style))
    sheet.blank(row, 6, CELL)
    row += 1
    shown = each.cases[:most]
    for case in shown:
        _case(sheet, row, case.case, (case.share, moment(case.known_at)), _signed(style))
        row += 1
    if others := each.others + len(each.cases) - len(shown):
        _case(sheet, row, f"và {number(others)} trường hợp khác{_elsewhere(each, len(shown))}", (None, NO_DATA), style)
        row += 1
    return row


def _elsewhere(each: Difference, shown: int) -> str:
    """Where cases stand that the snapshot names and this sheet does not."""
    hidden = len(each.cases) - shown
    return f" (mã của {number(hidden)} trường hợp trong số đó có trong snapshot.json)" if hidden else ""


def _case(sheet: Sheet, row: int, name: str, told: tuple[Number | None, str], style: Style) -> None:
    share, known = told
    sheet.texts(row, 0, ("", name, "", "", ""), _SMALL.but(indent=0))
    sheet.text(row, 1, name, _SMALL.but(indent=2))
    sheet.number(row, 5, share, style.but(bold=False, size=9, colour=GREY))
    sheet.text(row, 6, known, _SMALL)
    sheet.fold(row)


def _signed(style: Style) -> Style:
    return style.but(number=f"+{style.number};-{style.number};0")


def _format(writing: Writing, path: str) -> str:
    """The number format of a figure by its path: `kpi/<id>/…`, `form/…` and `index/…`."""
    kind, _, rest = path.partition("/")
    kpi = writing.kpis.get(rest.split("/")[0])
    if kind == "kpi" and kpi is not None:
        return number_format(kpi.unit, kpi.digits)
    return "#,##0.00" if kind == "index" else "#,##0"
