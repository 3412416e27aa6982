"""`ioc ingest check`: for vendors; says what would be understood, without a database and without a home."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from ioc.home import home_option
from ioc.kind_asked import KindType, giving, mapping_asked, mapping_option
from ioc.settings import Settings
from ioc.trusting import open_trust

if TYPE_CHECKING:
    from ingest.files import Given, MappingFile
    from ingest.sources.kinds import Kind

_Agencies: TypeAlias = tuple[Mapping[str, str], Mapping[str, int]]
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("kind", type=KindType())
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@mapping_option
@click.option(
    "--agency",
    "communes",
    multiple=True,
    metavar="CODE=UNIT",
    help="A code that the source will be registered for and the unit it is, as for `ioc source add`. Repeat it."
    " Without any, every code counts as registered, for the unit 00000.",
)
@click.option("--district-agency", "districts", multiple=True, metavar="CODE=UNIT", help="The same, of district level.")
@click.option("--province-agency", "provinces", multiple=True, metavar="CODE=UNIT", help="The same, of province level.")
@click.option("--source", "source_id", help="The id that the source will be registered with.")
@click.option("--rows", type=click.IntRange(0), default=1000, show_default=True, help="How many records to show.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@home_option
def check(  # noqa: PLR0913 - one argument an option
    settings: Settings, kind: "Kind", paths: Sequence[Path], mapping: str | None, *,
    communes: Sequence[str], districts: Sequence[str], provinces: Sequence[str],
    source_id: str | None, rows: int, shape: str,
) -> None:  # fmt: skip
    """Say record by record what would be understood of files: type, case and moments, or what is refused and why.

    No service is asked and nothing is written.

    Exit status 0 when everything would be taken, 1 when something would be refused, 2 for a wrong call.
    """
    from ioc.files_shown import show

    agencies = _agencies({3: communes, 2: districts, 1: provinces})
    show(kind, paths, _giving(settings, kind, mapping_asked(kind, mapping), agencies, source_id), rows, shape)


def _giving(
    settings: Settings, kind: "Kind", mapping: "MappingFile | None", agencies: _Agencies, source_id: str | None
) -> "Callable[[Path], Given]":
    from dataclasses import replace

    from ingest.files.anyone import anyone

    (units, levels), trust = agencies, open_trust(settings)

    def given(path: Path) -> "Given":
        source = anyone(kind.name, path)
        if units:
            source = replace(source, agencies=units, levels=levels)
        if source_id is not None:
            source = replace(source, id=source_id)
        return giving(source, mapping, trust)(path)

    return given


def _agencies(given: Mapping[int, Sequence[str]]) -> _Agencies:
    """The units and levels of codes, given by level."""
    units: dict[str, str] = {}
    levels: dict[str, int] = {}
    for level, pairs in given.items():
        for pair in pairs:
            code, _, unit = pair.rpartition("=")
            if not code or len(unit) != 5 or not (unit.isascii() and unit.isdigit()):
                raise click.BadParameter(f"{pair!r} is not CODE=UNIT, as in H52.17.18=03980", param_hint="--agency")
            if code in units:
                raise click.BadParameter(f"{code} is given twice", param_hint="--agency")
            units[code], levels[code] = unit, level
    return units, levels
