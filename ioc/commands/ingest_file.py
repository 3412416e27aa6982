"""`ioc ingest file`: take in files, or show what would be understood of them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ioc.home import home_option
from ioc.kind_asked import KindType, giving, mapping_asked, mapping_option, registered
from ioc.settings import Settings
from ioc.trusting import open_trust

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from ingest.files import FileTaker, Given, Taken
    from ingest.sources.kinds import Kind

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("file")
@click.argument("kind", type=KindType())
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@click.option("--source", "source_id", required=True, help="The source that the files are from (`ioc source list`).")
@mapping_option
@click.option("--dry-run", is_flag=True, help="Show the first records as they would be understood; change nothing.")
@click.option("--rows", type=click.IntRange(0), default=20, show_default=True, help="How many, of a dry run.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Of a dry run.")
@click.option("--refusals", type=_FOLDER, help="Where the lists of refusals go (default: beside the file).")
@click.option("--from-start", is_flag=True, help="Send again what was taken before; it counts once.")
@home_option
def file(  # noqa: PLR0913 - one argument an option
    settings: Settings, /, *, kind: "Kind", paths: Sequence[Path], source_id: str, mapping: str | None, rows: int,
    shape: str, refusals: Path | None, dry_run: bool, from_start: bool,
) -> None:  # fmt: skip
    """Take in files.

    An interrupted run goes on where it was; a finished file is not taken twice. Exit status 1 when a record was
    refused: FILE.refused.jsonl says which and why, of a spreadsheet also FILE.errors.xlsx or .csv, to send back.
    """
    asked = mapping_asked(kind, mapping)
    given = giving(registered(settings, source_id, kind.name), asked, open_trust(settings))
    if dry_run:
        from ioc.files_shown import show

        show(kind, paths, given, rows, shape)
        return
    taken = _take(settings, kind, given, paths, refusals, from_start)
    for one in taken:
        click.echo(_told(one), err=True)
    if any(one.refused for one in taken):
        raise click.exceptions.Exit(1)


def _take(
    settings: Settings, kind: "Kind", given: "Callable[[Path], Given]", paths: Sequence[Path],
    refusals: Path | None, from_start: bool,  # noqa: FBT001 - handed on by name
) -> "list[Taken]":  # fmt: skip
    from ingest.files import FileTaker
    from ingest.store.taken_files import PostgresTakenFiles
    from ioc.wiring import open_log

    log, memory = open_log(settings), PostgresTakenFiles(settings.database_url)
    try:
        taker = FileTaker(
            log, memory, kind.portions, given, refusals_folder=refusals, from_start=from_start, is_table=kind.is_table
        )
        return _take_all(taker, paths)
    finally:
        log.close()
        memory.close()


def _take_all(taker: "FileTaker", paths: Sequence[Path]) -> "list[Taken]":
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    taken = []
    with Progress(*columns, console=Console(stderr=True)) as bars:
        for path in paths:
            bar = bars.add_task(path.name, total=path.stat().st_size)
            taken.append(taker.take(path, partial(_move, bars, bar)))
    return taken


def _move(bars: "Progress", bar: "TaskID", done: int) -> None:
    bars.update(bar, completed=done)


def _told(taken: "Taken") -> str:
    before = ", taken before" if taken.was_finished else ""
    refused = f", {taken.refused} refused: see {taken.sheet or taken.refusals}" if taken.refused else ""
    return f"{taken.path}: {taken.accepted} records accepted{before}{refused}"
