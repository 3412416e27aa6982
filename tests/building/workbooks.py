"""The figures of a snapshot's workbook, read back from its cells, as a province's import script would."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from io import BytesIO
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from stream.snapshot.content.document import FormFacts, Snapshot

DASH: Final = "–"
_CODE: Final = re.compile(r"\((\d{5})\)$")


class Books:
    """A workbook with its formulas, and with what was written beside them."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def formulas(self) -> Workbook:
        """As somebody finds it who looks into the cells."""
        return load_workbook(BytesIO(self._content))

    @cached_property
    def values(self) -> Workbook:
        """As a program shows it that computes nothing."""
        return load_workbook(BytesIO(self._content), data_only=True)


@cache
def books_of(content: bytes) -> Books:
    """The workbook to be opened both ways; only looked at, and so the same for the same bytes."""
    return Books(content)


def rows_of(sheet: Worksheet) -> Sequence[Sequence[Any]]:
    """The cells of a sheet by row."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def number(cell: Any) -> Any:
    """A number, or None for the dash that stands where there is no data."""
    return None if cell == DASH else cell


def kpis_of(book: Workbook, snapshot: Snapshot) -> Mapping[tuple[str, str | None], tuple[Any, Any, Any]]:
    """Value, numerator and denominator of each KPI and place, section by section."""
    found: dict[tuple[str, str | None], tuple[Any, Any, Any]] = {}
    shown = {kpi.id for kpi in snapshot.kpis}
    sections = [[name for name in section.kpis if name in shown] for section in snapshot.sections]
    in_some = {name for names in sections for name in names}
    sections.append([kpi.id for kpi in snapshot.kpis if kpi.id not in in_some])
    sheets = [each for each in book.worksheets if _heads(each, "Chỉ tiêu", "Đơn vị tính")]
    for sheet, names in zip(sheets, filter(None, sections), strict=True):
        found |= _kpis(rows_of(sheet), names)
    return found


def _kpis(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> dict[tuple[str, str | None], tuple[Any, Any, Any]]:
    head = next(n for n, row in enumerate(rows) if row[:2] == ["STT", "Chỉ tiêu"])
    places = {column: _place(title) for column, title in enumerate(rows[head]) if column > 2 and title}
    found = {}
    for n, row in enumerate(rows[head + 1 :], head + 1):
        if row[0] is None or not str(row[0]).isdigit():
            continue
        is_fraction = n + 1 < len(rows) and rows[n + 1][0] is None and rows[n + 1][1] == "Tử số"
        for column, place in places.items():
            if row[column] is not None:
                parts = (rows[n + 1][column], rows[n + 2][column]) if is_fraction else (None, None)
                found[names[int(row[0]) - 1], place] = (number(row[column]), number(parts[0]), number(parts[1]))
    return found


def _place(title: str) -> str | None:
    code = _CODE.search(title)
    return code[1] if code else None


class Form(NamedTuple):
    """The table of a form: the numbers of each row by its name, subtotals and total with them."""

    rows: Sequence[tuple[str, tuple[Any, ...]]]
    sealed: tuple[Any, ...]
    result: Any


def forms_of(book: Workbook) -> Mapping[str | None, Form]:
    """The forms by unit."""
    found = {}
    for sheet in book.worksheets:
        if sheet["A1"].value == "Biểu số II.06a/VPCP/KSTT":
            code = _CODE.search(str(sheet["K2"].value))
            found[code[1] if code else None] = _form(rows_of(sheet)[9:])
    return found


def _form(rows: Sequence[Sequence[Any]]) -> Form:
    last = next(n for n, row in enumerate(rows) if row[1] == "Tổng số" and row[0] is None)
    sealed = next(row for row in rows if row[0] == "Tổng số đã niêm phong")
    result = next(row for row in rows if row[0] == "Kết quả kiểm tra")
    return Form([(row[1], tuple(row[2:13])) for row in rows[: last + 1]], tuple(sealed[2:13]), result[2])


def index_of(book: Workbook, snapshot: Snapshot) -> Mapping[str | None, Sequence[tuple[Any, ...]]]:
    """For each place its scores: title, most, known, ratio, own, official, difference."""
    if not snapshot.index:
        return {}
    rows = rows_of(book["Chỉ số 766"])
    tables = [n for n, row in enumerate(rows) if row[1] == "Nhóm, tiêu chí"]
    return {
        index.unit: [tuple(map(number, row[1:8])) for row in rows[table + 1 : table + 1 + len(index.scores)]]
        for index, table in zip(snapshot.index, tables, strict=True)
    }


def series_of(book: Workbook, snapshot: Snapshot) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """For each series its days and values, in order; days without a cell of it are left out by the snapshot's own."""
    for title, grain in (("Diễn biến theo ngày", "day"), ("Diễn biến theo tháng", "month")):
        of = [each for each in snapshot.series if each.grain == grain]
        if of:
            rows = rows_of(book[title])
            head = next(n for n, row in enumerate(rows) if row[0] in {"Ngày", "Tháng"})
            by_day = {f"{row[0]:%Y-%m-%d}": row for row in rows[head + 1 :] if hasattr(row[0], "year")}
            for column, each in enumerate(of, 1):
                yield each.kpi, [(day, by_day[day][column]) for day in each.days]


def numbers_in(sheet: Worksheet) -> int:
    """How many cells hold a number."""
    return sum(isinstance(cell, int | float) and not isinstance(cell, bool) for row in rows_of(sheet) for cell in row)


def _heads(sheet: Worksheet, *heads: str) -> bool:
    return any(tuple(row[1:3]) == heads for row in rows_of(sheet)[:6])


def figures_in_workbook(book: Workbook, snapshot: Snapshot) -> Mapping[str, Any]:
    """All figures of KPIs, of forms and of the index by path, as `Difference.path` has it.

    Besides: `known/…`, `ratio/…` and `official/…` of the index. A unit of which nothing is known has no form.
    """
    found = {f"kpi/{kpi}/{place or 'area'}": three[0] for (kpi, place), three in kpis_of(book, snapshot).items()}
    read = forms_of(book)
    for form in snapshot.forms:
        if form.unit in read:
            for name, (_, cells) in zip(_names(form), read[form.unit].rows, strict=True):
                found |= {f"form/{form.unit or 'area'}/{name}/{column}": cell for column, cell in enumerate(cells, 3)}
    scores = index_of(book, snapshot)
    for index in snapshot.index:
        for score, (_, _, known, ratio, own, official, _) in zip(index.scores, scores[index.unit], strict=True):
            where = f"{index.unit or 'area'}/{score.item}"
            found |= {f"index/{where}": own, f"known/{where}": known, f"ratio/{where}": ratio}
            found[f"official/{where}"] = official
    return found


def _names(form: FormFacts) -> Iterator[str]:
    """The rows of a form as they stand on its sheet: each level, then its fields; the total."""
    for level in form.levels:
        yield f"{level.level}/subtotal"
        for row in form.rows:
            if row.level == level.level:
                yield f"{row.level}/{'unknown' if row.field is None else quote(row.field, safe='')}"
    yield "total/subtotal"
