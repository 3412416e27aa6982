"""Form II.06a of the area, and of each unit that has any row; each with its check beneath it."""

from collections.abc import Iterator
from typing import Final

from msgspec import structs

from stream.report.columns import COLUMNS
from stream.report.form_sheet import FormSheet, Level, Numbers, draw_form
from stream.report.ii06a import NO_FIELD
from stream.snapshot.content.document import FormFacts, FormRow
from stream.snapshot.render.wording import day, moment, number, period_name, stretch
from stream.snapshot.render.workbook.form_check import write_check
from stream.snapshot.render.workbook.form_totals import TotalRow, write_totals
from stream.snapshot.render.workbook.writing import Writing

AREA_SHEET: Final = "II.06a"


def write_forms(writing: Writing) -> None:
    """The form of the area, the units side by side, then the form of each unit that has any row."""
    found: dict[str | None, TotalRow] = {}
    units = [form for form in writing.snapshot.forms if form.unit is not None]
    for form in writing.snapshot.forms:
        if form.unit is None:
            found[None] = _write(writing, form, AREA_SHEET, "Biểu II.06a của toàn khu vực")
    beside = writing.sheet("Tổng hợp đơn vị", "Tổng số của biểu II.06a theo từng đơn vị") if units else None
    for form in units:
        if form.rows:
            found[form.unit] = _write(writing, form, f"{form.unit} {form.title}", f"Biểu II.06a của {form.title}")
    if beside is not None:
        write_totals(writing, beside, found)


def _write(writing: Writing, form: FormFacts, wanted: str, what: str) -> TotalRow:
    """A form and its check; where its total stands."""
    sheet = writing.sheet(wanted, what)
    levels = list(_levels(form))
    drawn = draw_form(
        sheet,
        FormSheet(
            period=f"Kỳ báo cáo: {period_name(writing.snapshot.period)}",
            days=f"({_capital(stretch(form.since, form.until))})",
            reporter=form.title if form.unit is None else f"{form.title} ({form.unit})",
            levels=levels,
            total=form.total,
            notes=list(_notes(writing, form)),
            warning=writing.warning,
        ),
    )
    rows = [each.cells for level in levels for each in (level.subtotal, *level.fields)]
    write_check(writing, sheet, [*rows, form.total], drawn)
    return TotalRow(sheet.name, drawn.total)


def _levels(form: FormFacts) -> Iterator[Level]:
    """The levels with their rows; rows that come to nothing together have no subtotal of their own: zeros."""
    subtotals = {level.level: level for level in form.levels}
    for level in dict.fromkeys([*subtotals, *(row.level for row in form.rows)]):
        rows = [row for row in form.rows if row.level == level]
        subtotal = subtotals.get(level) or structs.replace(rows[0], field=None, cells=(0,) * len(COLUMNS))
        yield Level(Numbers(subtotal.level_name, subtotal.cells), [_field(row) for row in rows])


def _field(row: FormRow) -> Numbers:
    return Numbers(row.field_name or row.field or NO_FIELD, row.cells)


def _notes(writing: Writing, form: FormFacts) -> Iterator[str]:
    """What a reader has to know besides the numbers."""
    snapshot, rules = writing.snapshot, writing.snapshot.rules
    yield f"Số liệu tính đến {moment(snapshot.as_of)}, theo những gì đã biết lúc {moment(snapshot.known_at)}."
    period = snapshot.period
    if (form.since, form.until) != (period.first, period.last):
        yield f"Kỳ báo cáo {stretch(period.first, period.last)}; chỉ tính thời gian đơn vị mang mã này còn hiệu lực."
    registers = f"; danh mục thủ tục: {', '.join(rules.registers)}" if rules.registers else ""
    yield f"Lịch làm việc: {', '.join(rules.calendars)}{registers}."
    if form.heard is None:
        yield "Chưa có dữ liệu nào đến thời điểm này."
    else:
        yield f"Có dữ liệu từ ngày {day(form.heard)}."
    if form.settled_undated:
        yield f"Cột (9) gồm {number(form.settled_undated)} hồ sơ đã giải quyết không có ngày hẹn trả."
    if form.unknown_level:
        yield f"{number(form.unknown_level)} hồ sơ thuộc thủ tục chưa có trong danh mục, chưa rõ cấp giải quyết."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
