"""`ioc index`: the service-quality index as this centre computes it, and the official scores beside it."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import DAY, LOCAL, MOMENT

if TYPE_CHECKING:
    from stream.index.official import ListedScore
    from stream.kpi.period import Period

Format: TypeAlias = Literal["json", "table"]
_format = click.option(
    "--format", "shape", type=click.Choice(["json", "table"]), default="table", help="How to print it (default: table)."
)


class OfficialFileError(IocError):
    """A file of official scores was not taken in."""


@click.group()
def index() -> None:
    """Show the service-quality index (Decision 766/QĐ-TTg), and take in official scores."""


@index.command()
@click.option("--unit", metavar="CODE", help="One unit, by its five digits (default: the area and every unit).")
@click.option("--period", "name", metavar="PERIOD", help="2026-06, 2026-Q2, 2026-H1 or 2026 (default: this month).")
@click.option("--from", "first", type=DAY, help="First local day, instead of a period.")
@click.option("--to", "last", type=DAY, help="Last local day, instead of a period.")
@click.option("--as-of", "as_of", type=MOMENT, help="What had happened by this moment (default: now).")
@click.option("--known-at", "known_at", type=MOMENT, help="What was known at this moment (default: all that is).")
@_format
@home_option
def show(  # noqa: PLR0913 - one argument for each option of the contract
    settings: Settings, *, unit: str | None, name: str | None, first: date | None, last: date | None,
    as_of: datetime | None, known_at: datetime | None, shape: Format,
) -> None:  # fmt: skip
    """Show the index of a period: groups, components, ratios, and what was published beside them."""
    from ioc.index_reading import read_view
    from ioc.index_view import index_json, index_tables
    from ioc.wiring import connect

    if unit is not None and not (len(unit) == 5 and unit.isascii() and unit.isdigit()):
        raise click.BadParameter(f"{unit!r} is not the five-digit code of a unit", param_hint="--unit")
    now = datetime.now(UTC)
    period = _period(name, first, last, as_of or now)
    with connect(settings) as connection:
        view = read_view(connection, period, as_of or now, known_at, now)
    if unit is not None and not view.scores(unit):
        raise IocError(f"no unit {unit} in {period.name}: neither the map nor the ledger knows one")
    if shape == "json":
        click.echo(json.dumps(index_json(view, unit), ensure_ascii=False, indent=2))
    else:
        _print(*index_tables(view, unit))


@index.group()
def official() -> None:
    """Official scores: what the national portal or the province published."""


@official.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
def import_file(settings: Settings, path: Path) -> None:
    """Take in scores from a CSV or XLSX file; all of it, or nothing where a row is wrong."""
    from ingest.rules.problems import RulesFileError
    from ioc.index_reading import knows_place
    from ioc.index_rows import rows_of
    from ioc.wiring import connect
    from stream.index.layout import load_layout
    from stream.index.official import take_official
    from stream.index.official_file import FaultyFileError, read_scores

    content = path.read_bytes()
    try:
        rows = rows_of(content, path.name)
        scores = read_scores(rows, load_layout(), knows_place, datetime.now(LOCAL).date())
    except RulesFileError as error:
        raise _refused(path, error.lines()) from None
    except FaultyFileError as error:
        lines = [f"row {fault.row}: {fault.en} / dòng {fault.row}: {fault.vi}" for fault in error.faults]
        raise _refused(path, lines) from None
    with connect(settings) as connection:
        taken = take_official(connection, sha256(content).digest(), path.name, scores)
    click.echo(json.dumps({"file": path.name, **taken._asdict()}, ensure_ascii=False))


@official.command("list")
@_format
@home_option
def list_scores(settings: Settings, shape: Format) -> None:
    """List every official score that was ever taken in; those that later ones replaced are marked."""
    from ioc.wiring import connect
    from stream.index.official import list_official

    with connect(settings) as connection:
        found = list_official(connection)
    if shape == "json":
        scores = [_plain(each) for each in found]
        click.echo(json.dumps({"scores": scores}, ensure_ascii=False, indent=2))
    else:
        _print(_table(found))


def _refused(path: Path, lines: Sequence[str]) -> OfficialFileError:
    for line in lines:
        click.echo(line, err=True)
    return OfficialFileError(f"{path.name}: nothing was taken in; lines that say why: {len(lines)}")


def _period(name: str | None, first: date | None, last: date | None, when: datetime) -> "Period":
    from stream.kpi.period import PeriodError, parse_period, period_of_days

    if name is not None and (first is not None or last is not None):
        raise click.UsageError("give a --period, or --from and --to, not both")
    today = when.astimezone(LOCAL).date()
    try:
        if name is not None:
            return parse_period(name, "index")
        if first is None and last is None:
            return parse_period(f"{today:%Y-%m}", "index")
        last = last or today
        return period_of_days(first or last.replace(day=1), last)
    except PeriodError as error:
        raise click.UsageError(str(error)) from None


def _plain(score: "ListedScore") -> dict[str, object]:
    return {
        "place": score.place,
        "from": score.first_day.isoformat(),
        "to": score.last_day.isoformat(),
        "item": score.item,
        "points": score.points,
        "source": score.source,
        "published_on": score.published_on.isoformat(),
        "taken_at": score.taken_at.astimezone(UTC).isoformat(),
        "file": score.name,
        "holds": score.holds,
    }


def _table(found: "Sequence[ListedScore]") -> object:
    from rich.markup import escape
    from rich.table import Table

    table = Table("place", "period", "item", "points", "source", "published", "holds")
    for each in found:
        points = each.item, f"{each.points:g}"
        source = escape(each.source), f"{each.published_on}", "yes" if each.holds else "replaced"
        table.add_row(each.place, f"{each.first_day} {each.last_day}", *points, *source)
    return table


def _print(*tables: object) -> None:
    from rich.console import Console

    for table in tables:
        Console(soft_wrap=False).print(table)
