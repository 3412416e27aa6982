"""`ioc ingest check`: for vendors; says what would be understood, without a database and without a home."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ioc.kind_asked import KindType, giving, mapping_asked, mapping_option

if TYPE_CHECKING:
    from ingest.files import Given, MappingFile
    from ingest.sources.kinds import Kind

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("kind", type=KindType())
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@mapping_option
@click.option(
    "--agency",
    "agencies",
    multiple=True,
    metavar="CODE=UNIT[:LEVEL]",
    help="An agency, site or endpoint that the source will be registered for; LEVEL is province, district or commune."
    " Repeat it. Without any, every code counts as registered.",
)
@click.option("--source", "source_id", help="The id that the source will be registered with.")
@click.option("--rows", type=click.IntRange(0), default=1000, show_default=True, help="How many records to show.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def check(  # noqa: PLR0913 - one argument an option
    kind: "Kind", paths: Sequence[Path], mapping: str | None, agencies: Sequence[str], *,
    source_id: str | None, rows: int, shape: str,
) -> None:  # fmt: skip
    """Say record by record what would be understood of files: type, case and moments, or what is refused and why.

    Exit status 0 when everything would be taken, 1 when something would be refused, 2 for a wrong call.
    """
    from ioc.files_shown import show

    show(kind, paths, _giving(kind, mapping_asked(kind, mapping), agencies, source_id), rows, shape)


def _giving(
    kind: "Kind", mapping: "MappingFile | None", agencies: Sequence[str], source_id: str | None
) -> "Callable[[Path], Given]":
    from dataclasses import replace

    from ingest.files.anyone import anyone

    units, levels = _agencies(agencies)

    def given(path: Path) -> "Given":
        source = anyone(kind.name, path)
        if units:
            source = replace(source, agencies=units, levels=levels)
        if source_id is not None:
            source = replace(source, id=source_id)
        return giving(source, mapping)(path)

    return given


def _agencies(given: Sequence[str]) -> tuple[dict[str, str], dict[str, int]]:
    units: dict[str, str] = {}
    levels: dict[str, int] = {}
    for each in given:
        code, _, place = each.rpartition("=")
        unit, _, level = place.partition(":")
        if not code or len(unit) != 5 or not (unit.isascii() and unit.isdigit()) or level not in _LEVELS:
            raise click.BadParameter(f"{each!r} is not CODE=UNIT, as in H52.17.18=03980", param_hint="--agency")
        if code in units:
            raise click.BadParameter(f"{code} is given twice", param_hint="--agency")
        units[code] = unit
        if level:
            levels[code] = _LEVELS[level]
    return units, levels


_LEVELS = {"": 3, "province": 1, "district": 2, "commune": 3, "1": 1, "2": 2, "3": 3}
