"""Form II.06a as a workbook, laid out as the circular has it."""

from collections.abc import Iterator, Sequence

from stream.report.book import Book
from stream.report.columns import COLUMNS
from stream.report.form_sheet import FormSheet, Level, Numbers, draw_form
from stream.report.ii06a import LEVEL_NAMES, Cells, Form
from stream.report.reading import Report
from stream.report.wording import NUMBER, days, notes, period_name, reporter


def report_workbook(report: Report) -> bytes:
    """The workbook. The same report gives the same bytes."""
    book = Book(NUMBER, report.asked.as_of)
    form = FormSheet(
        period=period_name(report),
        days=days(report),
        reporter=reporter(report),
        levels=list(_levels(report.form)),
        total=_row(report.form.total),
        notes=list(notes(report)),
    )
    sheet = book.sheet("II.06a")
    draw_form(sheet, form)
    sheet.inner.set_footer("&C&P/&N")
    return book.done()


def _levels(form: Form) -> Iterator[Level]:
    for level, subtotal in form.levels.items():
        fields = [Numbers(line.field.title, _row(line.cells)) for line in form.of_level(level)]
        yield Level(Numbers(LEVEL_NAMES[level], _row(subtotal)), fields)


def _row(cells: Cells) -> Sequence[int]:
    return [cells[column] for column in COLUMNS]
