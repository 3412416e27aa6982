"""`ioc calendar`: the working calendar (lịch làm việc) that due dates are reckoned by."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import LOCAL, MOMENT

if TYPE_CHECKING:
    from ingest.contracts.rules import CalendarAdopted

Format: TypeAlias = Literal["json", "table"]
_format = click.option(
    "--format", "shape", type=click.Choice(["json", "table"]), default="table", help="How to print it (default: table)."
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_version = click.option("--version", help="An adopted version, or `shipped` (default: the one in force).")
_known_at = click.option("--known-at", "known_at", type=MOMENT, help="The calendar that was in force then.")


@click.group()
def calendar() -> None:
    """Check and adopt working calendars, reckon with the one in force."""


@calendar.command()
@click.argument("file", type=_file)
@_format
@home_option
def check(settings: Settings, file: Path, shape: Format) -> None:
    """Read a calendar file and say what is wrong with it; nothing is adopted."""
    del settings
    found = _read(file)
    _print_days(found, datetime.now(LOCAL).year, shape)


@calendar.command()
@click.argument("file", type=_file, required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@_format
@home_option
def adopt(settings: Settings, file: Path | None, *, dry_run: bool, shape: Format) -> None:
    """Bring a calendar into force (default: the shipped one): open cases are judged anew, closed ones stay."""
    from ingest.rules.calendar_file import shipped_calendar
    from ioc.adopting_dialogue import adopt_rules

    adopt_rules(settings, _read(file) if file else shipped_calendar(), shape=shape, dry_run=dry_run)


@calendar.command("list")
@_format
@home_option
def list_calendars(settings: Settings, shape: Format) -> None:
    """List the calendars that came into force, and since when."""
    from ioc.adopting_dialogue import print_adoptions

    print_adoptions(settings, "calendar", shape=shape)


@calendar.command()
@click.option("--year", type=click.IntRange(1990, 2199), help="Default: this year.")
@_version
@_known_at
@_format
@home_option
def show(
    settings: Settings, *, year: int | None, version: str | None, known_at: datetime | None, shape: Format
) -> None:
    """Show hours, public holidays and swapped days of a year, each with its law or decision."""
    _print_days(_chosen(settings, version, known_at), year or datetime.now(LOCAL).year, shape)


@calendar.command()
@click.option("--from", "start", type=MOMENT, required=True, help="The moment of receipt.")
@click.option("--days", type=click.FloatRange(0, 1000), help="The term in working days, or …")
@click.option("--hours", type=click.FloatRange(0, 8000), help="… in working hours.")
@_version
@_known_at
@_format
@home_option
def due(  # noqa: PLR0913 - one argument for each option
    settings: Settings, *, start: datetime, days: float | None, hours: float | None,
    version: str | None, known_at: datetime | None, shape: Format,
) -> None:  # fmt: skip
    """Tell when a term that begins at a moment is over."""
    if (days is None) == (hours is None):
        raise click.UsageError("give the term as --days or as --hours")
    from stream.adopted import HOUR, calendar_of
    from stream.core.moment import datetime_of, moment_of

    found = calendar_of(_chosen(settings, version, known_at))
    received = moment_of(start)
    term = round(hours * HOUR if hours is not None else (days or 0) * found.working_day)
    _print_facts(
        {
            "calendar": found.version,
            "received": _local(start),
            "counts_from": _local(datetime_of(found.counts_from(received))),
            "term_seconds": term,
            "due": _local(datetime_of(found.add(found.counts_from(received), term))),
        },
        shape,
    )


@calendar.command()
@click.option("--from", "start", type=MOMENT, required=True)
@click.option("--to", "end", type=MOMENT, required=True)
@_version
@_known_at
@_format
@home_option
def measure(
    settings: Settings, *, start: datetime, end: datetime, version: str | None, known_at: datetime | None, shape: Format
) -> None:
    """Tell how much working time lies between two moments; negative when the second comes first."""
    from stream.adopted import HOUR, calendar_of
    from stream.core.moment import moment_of

    found = calendar_of(_chosen(settings, version, known_at))
    seconds = found.measure(moment_of(start), moment_of(end))
    _print_facts(
        {
            "calendar": found.version,
            "from": _local(start),
            "to": _local(end),
            "seconds": seconds,
            "hours": round(seconds / HOUR, 4),
            "days": round(seconds / found.working_day, 4),
        },
        shape,
    )


def _read(file: Path) -> "CalendarAdopted":
    from ingest.rules.calendar_file import read_calendar
    from ioc.adopting_dialogue import told

    with told():
        return read_calendar(file)


def _chosen(settings: Settings, version: str | None, known_at: datetime | None) -> "CalendarAdopted":
    from ingest.rules.calendar_file import shipped_calendar
    from ioc.adopting import read_adoptions
    from stream.rulebook import newest, program_calendar

    if version == "shipped":
        return shipped_calendar()
    adoptions = read_adoptions(settings)
    if version is not None:
        adoptions = [each for each in adoptions if each.version == version]
    found = newest(adoptions, "calendar", known_at)
    program = program_calendar()
    if found is None and version not in {None, program.version}:
        raise IocError(f"calendar {version} was not adopted{' by then' if known_at else ''}: see `ioc calendar list`")
    return found.calendar() if found else program


def _print_days(found: "CalendarAdopted", year: int, shape: Format) -> None:
    from ioc.calendar_view import calendar_json, calendar_table

    if shape == "json":
        click.echo(json.dumps(calendar_json(found, year), ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        Console().print(calendar_table(found, year))


def _print_facts(facts: Mapping[str, object], shape: Format) -> None:
    if shape == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        for name, value in facts.items():
            click.echo(f"{name:14}{value}")


def _local(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat()
