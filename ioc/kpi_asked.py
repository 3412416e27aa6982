"""What the options of `ioc kpi show`, `series` and `changes` ask for: a narrowed KPI, a window, units, two times."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import click

from ioc.when import DAY, MOMENT
from stream.kpi.terms import AUTHORITIES, CHANNELS

if TYPE_CHECKING:
    from geo.generations import Generation
    from stream.kpi.definition import Kpi
    from stream.kpi.period import CalendarName, Period
    from stream.kpi.window import Windows

Command = TypeVar("Command", bound=Callable[..., Any])
UnitsOf: TypeAlias = Literal["then", "today"]

_WHAT = (
    click.argument("name", metavar="ID"),
    click.option("--unit", metavar="CODE", help="One unit, by its five digits (default: the area)."),
    click.option("--field", metavar="CODE", help="Of one field (lĩnh vực) only, by its code."),
    click.option("--channel", type=click.Choice(list(CHANNELS)), help="Of one channel (KenhThucHien) only."),
    click.option("--level", type=click.Choice(list(AUTHORITIES)), help="Of one level of authority (cấp) only."),
    click.option("--from", "first", type=DAY, help="First local day of the period (default: the KPI's own window)."),
    click.option("--to", "last", type=DAY, help="Last local day of the period."),
    click.option("--as-of", "as_of", type=MOMENT, help="What had happened by this moment (default: now)."),
)
_PERIOD = (
    click.option("--period", help="In place of --from and --to: 2026, 2026-H1, 2026-9M, 2026-Q2 or 2026-06."),
    click.option(
        "--calendar",
        type=click.Choice(["index", "statutory"]),
        default="index",
        show_default=True,
        help="Of --period: calendar months, or from the 15th to the 14th (Decree 09/2019/NĐ-CP).",
    ),
)
_KNOWN_AT = (click.option("--known-at", "known_at", type=MOMENT, help="What was known then (default: all that is)."),)
_UNITS = (
    click.option(
        "--units",
        "units_of",
        type=click.Choice(["then", "today"]),
        default="then",
        show_default=True,
        help="Units of their time, or earlier figures carried into the units of today.",
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `units_of` is a generation where figures are to be carried into its units."""

    kpi: "Kpi"
    narrowed: "Kpi"
    filters: dict[str, str]
    unit: str | None
    first: date | None
    last: date | None
    period: "Period | None"
    windows: "Windows"
    as_of: datetime | None
    known_at: datetime | None
    units_of: "Generation | None"
    now: datetime


def asking(command: Command) -> Command:
    """The options of a figure."""
    return _with(command, (*_WHAT, *_PERIOD, *_KNOWN_AT, *_UNITS))


def asking_series(command: Command) -> Command:
    """The options of a series, which has a window for each of its points."""
    return _with(command, (*_WHAT, *_KNOWN_AT, *_UNITS))


def asking_changes(command: Command) -> Command:
    """The options of a comparison, which has two moments of knowledge and the units of their time."""
    return _with(command, (*_WHAT, *_PERIOD))


def _with(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def asked(  # noqa: PLR0913 - one argument for each option of the contract
    *, name: str, unit: str | None, field: str | None, channel: str | None, level: str | None, first: date | None,
    last: date | None, as_of: datetime | None, period: str | None = None, calendar: "CalendarName" = "index",
    known_at: datetime | None = None, units_of: UnitsOf = "then",
) -> Asked:  # fmt: skip
    """What the options mean together. Raises `click.BadParameter`, and as the catalogue does for an unknown KPI."""
    from stream.kpi.catalogue import load_catalogue
    from stream.kpi.narrowing import Filters, NarrowingError, narrowed_kpi
    from stream.kpi.window import Windows

    if unit is not None and not (len(unit) == 5 and unit.isascii() and unit.isdigit()):
        raise click.BadParameter(f"{unit!r} is not the five-digit code of a unit", param_hint="--unit")
    if first is not None and last is not None and last < first:
        raise click.BadParameter("the period ends before it begins", param_hint="--to")
    of_period = _period(period, calendar, first, last)
    kpi, now = load_catalogue()[name], datetime.now(UTC)
    filters = Filters(
        None if channel is None else CHANNELS[channel], field, None if level is None else AUTHORITIES[level]
    )
    try:
        narrowed = narrowed_kpi(kpi, filters)
    except NarrowingError as error:
        raise click.BadParameter(str(error)) from None
    given = {"channel": channel, "field": field, "level": level}
    since, until = (first, last) if of_period is None else (of_period.first, of_period.last)
    return Asked(
        kpi=kpi,
        narrowed=narrowed,
        filters={key: value for key, value in given.items() if value is not None},
        unit=unit,
        first=first,
        last=last,
        period=of_period,
        windows=Windows.over(since, until, as_of or now),
        as_of=as_of,
        known_at=known_at,
        units_of=_generation(now) if units_of == "today" else None,
        now=now,
    )


def _period(text: str | None, calendar: "CalendarName", first: date | None, last: date | None) -> "Period | None":
    from stream.kpi.period import PeriodError, parse_period

    if text is None:
        return None
    if first is not None or last is not None:
        raise click.BadParameter("a period has its own days: give it, or --from and --to", param_hint="--period")
    try:
        return parse_period(text, calendar)
    except PeriodError as error:
        raise click.BadParameter(str(error), param_hint="--period") from None


def _generation(now: datetime) -> "Generation":
    from geo.generations import generation_on
    from stream.core.moment import date_of, day_of, moment_of

    return generation_on(date_of(day_of(moment_of(now))))
