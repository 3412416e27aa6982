"""Form II.06a as a JSON document and as CSV. Keys, columns and their order are a contract."""

import csv
from io import StringIO

from stream.report.asked import Asked
from stream.report.columns import COLUMNS
from stream.report.ii06a import BASIS, FORM, LEVEL_CODES, LEVEL_NAMES, Cells, Form
from stream.report.reading import Report
from stream.report.wording import COLUMN_NAMES, FIELD, LOCAL, NO, TOTAL, group_of


def cells_document(cells: Cells) -> dict[str, int]:
    """The cells by the number of their column."""
    return {str(column): cells[column] for column in COLUMNS}


def asked_document(asked: Asked) -> dict[str, object]:
    """What was asked for. `unit` and `area` are codes; both are null for the whole centre.

    `period` is the period by its days, `counted` what of it the unit was in force.
    """
    period, scope = asked.period, asked.scope
    is_unit = scope.code is not None and scope.code.isdigit() and len(scope.code) == 5
    return {
        "form": FORM,
        "basis": BASIS,
        "period": {
            "name": period.name,
            "calendar": period.calendar,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
        },
        "counted": {"from": scope.first.isoformat(), "to": scope.last.isoformat()},
        "as_of": asked.as_of.astimezone(LOCAL).isoformat(),
        "unit": scope.code if is_unit else None,
        "area": None if is_unit else scope.code,
        "title": scope.title,
    }


def report_document(report: Report) -> dict[str, object]:
    """The whole report."""
    known_at = report.asked.known_at
    return {
        **asked_document(report.asked),
        "known_at": None if known_at is None else known_at.astimezone(LOCAL).isoformat(),
        "heard_from": None if report.heard is None else report.heard.isoformat(),
        "calendar_versions": list(report.calendars),
        "register_versions": list(report.registers),
        **form_document(report.form),
    }


def form_document(form: Form) -> dict[str, object]:
    """The numbers of a form, with what has to be known of them."""
    return {
        "rows": [
            {
                "level": LEVEL_CODES[line.kind.level],
                "level_name": LEVEL_NAMES[line.kind.level],
                "field": line.field.code,
                "field_name": line.field.title,
                "cells": cells_document(line.cells),
            }
            for line in form.lines
        ],
        "totals": {
            "levels": [
                {"level": LEVEL_CODES[level], "level_name": LEVEL_NAMES[level], "cells": cells_document(cells)}
                for level, cells in form.levels.items()
            ],
            "all": cells_document(form.total),
        },
        "notes": {"settled_undated": form.settled_undated, "unknown_level": form.unknown_level},
    }


def report_csv(report: Report) -> str:
    """The form with a heading, a row for each field, a subtotal after each level and the total at the end."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    headings = [f"({column}) {group_of(column)}: {COLUMN_NAMES[column].lower()}" for column in COLUMNS]
    table.writerow([NO, "Cấp giải quyết", "Mã lĩnh vực", FIELD, *headings])
    number = 0
    for level, subtotal in report.form.levels.items():
        name = LEVEL_NAMES[level]
        for line in report.form.of_level(level):
            number += 1
            table.writerow([number, name, plain(line.field.code or ""), plain(line.field.title), *line.cells.values()])
        table.writerow(["", name, "", f"Cộng {name.lower()}", *subtotal.values()])
    table.writerow(["", "", "", TOTAL, *report.form.total.values()])
    return text.getvalue()


def plain(text: str) -> str:
    """A text of a source that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
