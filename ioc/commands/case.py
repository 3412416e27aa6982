"""`ioc case`: the whole story of one case, and lists of applications, as of and as known at any moment."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import click

from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import DAY, MOMENT

if TYPE_CHECKING:
    from stream.core.moment import Moment
    from stream.story.listing import Wanted
    from stream.story.plain_listing import WantedPlain

Channel: TypeAlias = Literal["direct", "online", "postal"]
Level: TypeAlias = Literal["province", "district", "commune", "unknown"]
Finding: TypeAlias = Literal["unusual_move", "settlement_taken_back", "impossible_dates", "unit_out_of_force"]

_FINDINGS: Final = ["unusual_move", "settlement_taken_back", "impossible_dates", "unit_out_of_force"]
_PLAIN: Final = {"document": 4, "certificate": 5, "meeting": 6, "endpoint": 7}
_LEVELS: Final = ["province", "district", "commune", "unknown"]
_CHANNELS: Final = ["direct", "online", "postal"]

_as_of = click.option("--as-of", "as_of", type=MOMENT, help="What has happened by this moment (default: now).")
_known_at = click.option("--known-at", "known_at", type=MOMENT, help="What was known then (default: all that is).")


@click.group()
def case() -> None:
    """Tell the story of a case (hồ sơ), list the applications that need work."""


@case.command()
@click.argument("code", metavar="CODE")
@_as_of
@_known_at
@click.option(
    "--format", "shape", type=click.Choice(["json", "text"]), default="text", help="How to print it (default: text)."
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Of the text (default: vi).")
@home_option
def show(
    settings: Settings, /, *, code: str, as_of: datetime | None, known_at: datetime | None,
    shape: Literal["json", "text"], lang: Literal["vi", "en"],
) -> None:  # fmt: skip
    """Tell a case's whole story: each event, what it changed, how the due date came about.

    CODE is that of an application, or evaluation/FORM, petition/PETITION, document/..., certificate/..., meeting/... or
    endpoint/... as `ioc case list --kind` lists them.
    """
    from ioc.wiring import connect
    from stream.first_rules import first_rules
    from stream.handling.reading import read_acts
    from stream.handling.told import act_json
    from stream.store.reading import snapshot
    from stream.story.document import story_document
    from stream.story.reading import read_story
    from stream.story.text import story_text

    with connect(settings) as connection, snapshot(connection):
        story = read_story(connection, code, as_of or datetime.now(UTC), known_at, first_rules())
        acts = read_acts(connection, code, known_at)
    if shape == "json":
        click.echo(_json({**story_document(story), "acts": [act_json(each) for each in acts]}))
    else:
        click.echo(story_text(story, lang, acts), nl=False)


@case.command("list")
@click.option(
    "--kind",
    type=click.Choice(["application", *_PLAIN]),
    default="application",
    show_default=True,
    help="Of this kind; documents know --open and --overdue, certificates --open and --due-soon.",
)
@click.option("--open", is_flag=True, help="Being handled: the default.")
@click.option("--overdue", is_flag=True, help="Open, and the due date is past.")
@click.option("--due-soon", is_flag=True, help="Open, and no more than a working day is left.")
@click.option("--paused", is_flag=True, help="Open, and the clock stands.")
@click.option("--late", is_flag=True, help="Open, and late by the index.")
@click.option("--finding", type=click.Choice(_FINDINGS), help="With this finding, open or not.")
@click.option("--unit", metavar="CODE", help="A unit by its five digits, or an area (default: all units).")
@click.option("--field", help="Of this field (lĩnh vực), by its code.")
@click.option("--channel", type=click.Choice(_CHANNELS), help="Filed this way.")
@click.option("--level", type=click.Choice(_LEVELS), help="Of this level of authority.")
@click.option("--received-from", type=DAY, help="Received on this local day or later.")
@click.option("--received-to", type=DAY, help="Received on this local day or earlier.")
@_as_of
@_known_at
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="At most so many.")
@click.option("--after", metavar="CODE", help="Go on after this application: the last one of the page before.")
@click.option(
    "--format", "shape", type=click.Choice(["json", "table"]), default="table", help="How to print it (default: table)."
)
@home_option
def list_cases(  # noqa: PLR0913 - one argument for each option of the contract
    settings: Settings, /, *, kind: str, finding: Finding | None, unit: str | None, field: str | None,
    channel: Channel | None, level: Level | None, received_from: date | None, received_to: date | None,
    as_of: datetime | None, known_at: datetime | None, limit: int, after: str | None, shape: Literal["json", "table"],
    **flags: bool,
) -> None:  # fmt: skip
    """List cases, the least working time left first; several conditions all have to hold."""
    from ioc.wiring import connect
    from stream.core.moment import moment_of
    from stream.first_rules import first_rules
    from stream.kpi.terms import AUTHORITIES, CHANNELS
    from stream.store.reading import snapshot
    from stream.story.listed import list_document
    from stream.story.listing import FLAGS, Listed, Wanted, read_list
    from stream.story.plain_listing import PlainListed, read_plain_list

    at = moment_of(as_of or datetime.now(UTC))
    wanted = Wanted(
        flags=frozenset(flag for flag in FLAGS if flags[flag]),
        finding=finding,
        units=_units(unit, at),
        field=field,
        channel=None if channel is None else CHANNELS[channel],
        level=None if level is None else AUTHORITIES[level],
        received_from=received_from,
        received_to=received_to,
    )
    listed: Listed | PlainListed
    with connect(settings) as connection, snapshot(connection):
        if kind == "application":
            listed = read_list(connection, wanted, at, known_at, first_rules(), limit=limit, after=after)
        else:
            plain = _plain(kind, wanted)
            listed = read_plain_list(connection, plain, at, known_at, first_rules(), limit=limit, after=after)
    if shape == "json":
        click.echo(_json(list_document(listed, at, known_at, limit=limit)))
    else:
        from ioc.case_table import list_table

        _print(list_table(listed, limit))


def _plain(kind: str, wanted: "Wanted") -> "WantedPlain":
    """The same of a kind that is no application. Raises `click.UsageError` for what only applications have."""
    from stream.story.listing import Wanted
    from stream.story.plain_listing import WantedPlain

    if wanted != Wanted(flags=wanted.flags, units=wanted.units):
        raise click.UsageError(f"of {kind}s only --open, --overdue, --due-soon and --unit can be asked")
    if len(wanted.flags - {"open"}) > 1:
        raise click.UsageError(f"of {kind}s one condition can be asked at a time")
    flag = next(iter(wanted.flags - {"open"}), "open")
    return WantedPlain(_PLAIN[kind], flag, wanted.units)


def _units(code: str | None, at: "Moment") -> tuple[int, ...] | None:
    """The units that the code means on the local day of the moment; None: all there are."""
    from stream.core.moment import date_of, day_of
    from stream.kpi.period import period_of_days
    from stream.report.scope import scope_of

    day = date_of(day_of(at))
    return scope_of(code, period_of_days(day, day)).units


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _print(table: object) -> None:
    import sys

    from rich.console import Console

    Console(soft_wrap=False, width=None if sys.stdout.isatty() else 200).print(table)
