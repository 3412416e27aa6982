"""Form II.06a, its restatement and its cases as `ioc report` prints them for people."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from ioc.when import LOCAL
from stream.report.cases import Cell, CellCase
from stream.report.changes import Change, Restatement
from stream.report.columns import COLUMNS
from stream.report.ii06a import LEVEL_NAMES, Cells
from stream.report.reading import Report
from stream.report.wording import COLUMN_NAMES, FIELD, GROUPS, NUMBER, TOTAL, days, notes, reporter

_SHORT: Final = {5: "Trực tiếp, bưu chính"}
MOST_NAMED: Final = 5
"""So many cases of a cell are named in a table; the JSON has them all."""


def report_table(report: Report) -> Group:
    """The form at a glance."""
    table = Table(
        title=f"{NUMBER}: {escape(reporter(report))} {days(report)}",
        caption="; ".join(
            f"{first}–{last} {name.lower()}" for (first, name), last in zip(GROUPS.items(), (6, 10, 13), strict=True)
        ),
        title_justify="left",
        caption_justify="left",
    )
    table.add_column(f"2\n{FIELD}")
    for column in COLUMNS:
        table.add_column(f"{column}\n{_SHORT.get(column, COLUMN_NAMES[column])}", justify="right")
    for level, subtotal in report.form.levels.items():
        table.add_row(LEVEL_NAMES[level], *_numbers(subtotal), style="bold")
        for line in report.form.of_level(level):
            table.add_row(f"  {escape(line.field.title)}", *_numbers(line.cells))
    table.add_section()
    table.add_row(TOTAL, *_numbers(report.form.total), style="bold")
    return Group(table, *(Text(note) for note in notes(report)))


def changes_table(restated: Restatement) -> Table:
    """Every cell that differs, with the first cases that changed it."""
    known = " → ".join(
        moment.astimezone(LOCAL).isoformat(" ", "seconds") for moment in (restated.known_from, restated.known_to)
    )
    table = Table("row", "column", "then", "now", "cases", title=f"{NUMBER}: {known}", title_justify="left")
    for change in restated.changes:
        table.add_row(
            _row(change.cell, change), str(change.cell.column), str(change.then), str(change.now), _named(change.cases)
        )
    return table


def cases_table(cell: Cell, cases: Sequence[CellCase]) -> Table:
    """The cases of a cell."""
    table = Table("case", "level", "field", title=f"({cell.column}) {len(cases)}", title_justify="left")
    for case in cases:
        table.add_row(escape(case.code), LEVEL_NAMES[case.level], escape(case.field.title))
    return table


def _numbers(cells: Cells) -> list[str]:
    return [f"{n:,}" for n in cells.values()]


def _row(cell: Cell, change: Change) -> str:
    if cell.level is None:
        return TOTAL
    level = LEVEL_NAMES[cell.level]
    return level if change.field is None else f"{level}: {escape(change.field.title)}"


def _named(cases: Mapping[str, int]) -> str:
    named = [f"{n:+d} {code}" for code, n in list(cases.items())[:MOST_NAMED]]
    more = [f"and {len(cases) - MOST_NAMED} more"] if len(cases) > MOST_NAMED else []
    return escape(", ".join(named + more))
