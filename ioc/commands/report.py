"""`ioc report`: form II.06a of any period, the cases behind it, and what changed it since."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import click

from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import DAY, MOMENT

if TYPE_CHECKING:
    from stream.kpi.period import CalendarName, Period
    from stream.report.asked import Asked

Command = TypeVar("Command", bound=Callable[..., Any])
Level: TypeAlias = Literal["province", "district", "commune", "unknown"]

_OPTIONS = (
    click.option("--from", "first", type=DAY, help="First local day of the period."),
    click.option("--to", "last", type=DAY, help="Last local day of the period."),
    click.option("--period", "name", help="Instead: 2026, 2026-H1, 2026-9M, 2026-Q2 or 2026-06."),
    click.option(
        "--calendar",
        type=click.Choice(["index", "statutory"]),
        default="statutory",
        show_default=True,
        help="Of --period: calendar months, or from the 15th to the 14th (Decree 09/2019/NĐ-CP).",
    ),
    click.option("--unit", "code", metavar="CODE", help="A unit by its five digits, or an area (default: all units)."),
    click.option("--as-of", "as_of", type=MOMENT, help="What had happened by this moment (default: the period's end)."),
)
_shape = click.option(
    "--format", "shape", type=click.Choice(["json", "table"]), default="table", help="How to print it (default: table)."
)
_known_at = click.option("--known-at", "known_at", type=MOMENT, help="What was known then (default: all that is).")


def _asking(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def report() -> None:
    """Form II.06a (Circular 01/2020/TT-VPCP), the cases behind it, and what changed it since."""


@report.command()
@_asking
@_known_at
@click.option("--format", "shape", type=click.Choice(["json", "csv", "xlsx", "table"]), default="table",
              help="How to write it (default: table).")  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to (default: stdout).")
@click.option("--bom", is_flag=True, help="Of a CSV: begin with a byte order mark, for Excel.")
@home_option
def ii06a(
    settings: Settings, /, *, known_at: datetime | None, shape: Literal["json", "csv", "xlsx", "table"],
    output: Path | None, bom: bool, **asked: Any,
) -> None:  # fmt: skip
    """Write the form of a period: received, settled, being handled, by field and level of authority."""
    if shape == "xlsx" and output is None and sys.stdout.isatty():
        raise click.BadParameter("a workbook is no text: name a file", param_hint="--output")
    question = _asked(**asked, known_at=known_at)
    from ioc.wiring import connect
    from stream.report.document import report_csv, report_document
    from stream.report.reading import read_report
    from stream.store.reading import snapshot

    with connect(settings) as connection, snapshot(connection):
        found = read_report(connection, question)
    if shape == "xlsx":
        from stream.report.workbook import report_workbook

        written = report_workbook(found)
    elif shape == "csv":
        written = report_csv(found).encode("utf-8-sig" if bom else "utf-8")
    elif shape == "json":
        written = _json(report_document(found)).encode()
    else:
        from ioc.report_tables import report_table

        written = _drawn(report_table(found)).encode()
    if output is None:
        click.echo(written, nl=False)
    else:
        output.write_bytes(written)


@report.command()
@_asking
@click.option("--known-from", "known_from", type=MOMENT, required=True, help="What was known at this moment …")
@click.option("--known-to", "known_to", type=MOMENT, required=True, help="… against what was known at this one.")
@_shape
@home_option
def changes(
    settings: Settings, /, *, known_from: datetime, known_to: datetime, shape: Literal["json", "table"], **asked: Any
) -> None:
    """Show each cell that differs between two moments of knowledge, and the cases that changed it."""
    if known_to < known_from:
        raise click.BadParameter("it is earlier than --known-from", param_hint="--known-to")
    question = _asked(**asked)
    from ioc.wiring import connect
    from stream.report.changes import read_restatement
    from stream.report.restated import restatement_document
    from stream.store.reading import snapshot

    with connect(settings) as connection, snapshot(connection):
        restated = read_restatement(connection, question, known_from, known_to)
    if shape == "json":
        click.echo(_json(restatement_document(restated)), nl=False)
    else:
        from ioc.report_tables import changes_table

        click.echo(_drawn(changes_table(restated)), nl=False)


@report.command()
@_asking
@_known_at
@click.option("--cell", "column", type=click.IntRange(3, 13), required=True, help="The column, by its number.")
@click.option("--field", help="Of this field only, by its code.")
@click.option("--level", type=click.Choice(["province", "district", "commune", "unknown"]), help="Of this level only.")
@_shape
@home_option
def cases(
    settings: Settings, /, *, known_at: datetime | None, column: int, field: str | None, level: Level | None,
    shape: Literal["json", "table"], **asked: Any,
) -> None:  # fmt: skip
    """List the cases behind a cell."""
    question = _asked(**asked, known_at=known_at)
    from ioc.wiring import connect
    from stream.report.cases import read_cases
    from stream.report.ii06a import LEVEL_CODES
    from stream.report.restated import cases_document
    from stream.store.reading import snapshot

    number = next((each for each, code in LEVEL_CODES.items() if code == level), None)
    with connect(settings) as connection, snapshot(connection):
        cell, of, found = read_cases(connection, question, column, number, field)
    if shape == "json":
        click.echo(_json(cases_document(question, cell, of, found)), nl=False)
    else:
        from ioc.report_tables import cases_table

        click.echo(_drawn(cases_table(cell, found)), nl=False)


def _asked(  # noqa: PLR0913 - one argument for each option
    *, first: date | None, last: date | None, name: str | None, calendar: "CalendarName", code: str | None,
    as_of: datetime | None, known_at: datetime | None = None,
) -> "Asked":  # fmt: skip
    from stream.report.asked import Asked
    from stream.report.scope import scope_of

    period = _period(first, last, name, calendar)
    scope = scope_of(code, period)
    if scope.is_cut(period):
        click.echo(f"ioc: {code} is counted from {scope.first} to {scope.last} only: see docs/ii06a.md", err=True)
    now = datetime.now(UTC)
    return Asked.of(period, scope, min(as_of or now, now), known_at)


def _period(first: date | None, last: date | None, name: str | None, calendar: "CalendarName") -> "Period":
    from stream.kpi.period import PeriodError, parse_period, period_of_days

    try:
        if name is not None and first is None and last is None:
            return parse_period(name, calendar)
        if name is None and first is not None and last is not None:
            return period_of_days(first, last)
    except PeriodError as error:
        raise click.BadParameter(str(error), param_hint="--period" if name is not None else "--to") from None
    raise click.UsageError("name the period: --from and --to, or --period")


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _drawn(table: Any) -> str:
    from io import StringIO

    from rich.console import Console

    text = StringIO()
    shown = Console(file=text, soft_wrap=False, width=None if sys.stdout.isatty() else 200)
    shown.print(table)
    return text.getvalue()
