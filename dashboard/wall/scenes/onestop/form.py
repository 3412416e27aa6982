"""Form II.06a of the periods that run: of the calendar month, and of the statutory one (handbook 3.5, 3.6)."""

from datetime import date
from typing import Any

from psycopg import Connection

from dashboard.wall.scene import When
from stream.core.moment import date_of, day_of, moment_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.evaluate import figure_of
from stream.kpi.period import CalendarName, Period, parse_period
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.report.asked import Asked
from stream.report.document import cells_document
from stream.report.errors import BrokenFormError
from stream.report.reading import Report, read_report
from stream.report.scope import whole
from stream.store.asking import Question
from stream.store.reading import read_sums

STATUTORY_FIRST = 15
"""The day of the month with which a statutory period begins (Decree 09/2019/NĐ-CP)."""


def local_day(when: When) -> date:
    """The local day of a moment."""
    return date_of(day_of(moment_of(when.at)))


def month_of(day: date, calendar: CalendarName) -> Period:
    """The month of a calendar that a day lies in: the statutory December begins on 15 November."""
    number = day.year * 12 + day.month - 1
    if calendar == "statutory" and day.day >= STATUTORY_FIRST:
        number += 1
    return parse_period(f"{number // 12}-{number % 12 + 1:02d}", calendar)


def read_month(connection: Connection[Any], when: When, calendar: CalendarName) -> Report | None:
    """The form of the month that runs; None where the ledger doesn't add up: then no figure of it is shown."""
    period = month_of(local_day(when), calendar)
    try:
        return read_report(connection, Asked.of(period, whole(period), when.at, when.known_at))
    except BrokenFormError:
        return None


def read_form_json(connection: Connection[Any], when: When, report: Report | None) -> dict[str, Any]:
    """What the page shows of a form: `state` is read, nothing (nothing is known yet, so no noughts) or broken."""
    if report is None:
        return {"state": "broken"}
    cells = report.form.total
    if report.heard is None or (not any(cells.values()) and not _knows_applications(connection, when)):
        return {"state": "nothing"}
    period, scope = report.asked.period, report.asked.scope
    return {
        "state": "read",
        "name": period.name,
        "first": scope.first.isoformat(),
        "last": scope.last.isoformat(),
        "cells": cells_document(cells),
    }


def _knows_applications(connection: Connection[Any], when: When) -> bool:
    """Whether anything was known of applications at all: an empty form doesn't tell, a KPI does."""
    kpi = load_catalogue()["being_handled"]
    [readings] = read_sums(connection, [Question(Windows.at(when.at), asks_of([kpi]))], when.known_at)
    return figure_of(kpi, readings, None).value is not None
