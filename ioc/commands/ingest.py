"""`ioc ingest`: serve the door, or take in files of what it takes."""

import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

from ioc.errors import IocError
from ioc.home import home_option
from ioc.listening import check_open
from ioc.settings import Settings

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from ingest.files import FileTaker, Taken
    from ingest.registration import Source

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def ingest() -> None:
    """Serve the door, or take in files."""


@ingest.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port (default: IOC_DOOR_PORT, else 8070).")
@click.option("--open-to-network", is_flag=True, help="Allow a --host that others can reach.")
@home_option
def serve(settings: Settings, host: str, port: int | None, *, open_to_network: bool) -> None:
    """Serve the door: sources push their events here, each with its own token."""
    port = port or settings.door_port
    check_open(
        host,
        f"ioc: the door is open to the network on {host}:{port}: everyone there can reach /v1/events,"
        " /v1/onestop/sync and /v1/health, without encryption: put a TLS proxy before it",
        open_to_network=open_to_network,
    )
    _serve(settings, host, port)


@ingest.command("file")
@click.argument("kind", type=click.Choice(["onestop-sync"]))
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@click.option("--source", "source_id", required=True, help="The source that the files are from (`ioc source list`).")
@click.option("--refusals", type=_FOLDER, help="Where FILE.refused.jsonl goes (default: beside the file).")
@click.option("--from-start", is_flag=True, help="Send again what was taken before; it counts once.")
@home_option
def file_command(
    settings: Settings, kind: str, paths: Sequence[Path], source_id: str, refusals: Path | None, *, from_start: bool
) -> None:
    """Take in files: each one JSON body, or one body a line.

    An interrupted run goes on where it was; a finished file is not taken twice. Exit status 1 when a record was
    refused: FILE.refused.jsonl says which and why.
    """
    del kind
    from ingest.files import FileTaker
    from ingest.store.taken_files import PostgresTakenFiles
    from ioc.wiring import open_log

    source = _source(settings, source_id)
    log, memory = open_log(settings), PostgresTakenFiles(settings.database_url)
    try:
        taken = _take_all(FileTaker(log, memory, source, refusals, from_start), paths)
    finally:
        log.close()
        memory.close()
    for one in taken:
        click.echo(_told(one), err=True)
    if any(one.refused for one in taken):
        raise click.exceptions.Exit(1)


def _take_all(taker: "FileTaker", paths: Sequence[Path]) -> list["Taken"]:
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
    refused = f", {taken.refused} refused: see {taken.refusals}" if taken.refused else ""
    return f"{taken.path}: {taken.accepted} records accepted{before}{refused}"


def _source(settings: Settings, source_id: str) -> "Source":
    from ingest.registration import Source
    from ioc.wiring import open_source_book

    book = open_source_book(settings)
    try:
        known = {source.id: source for source in book.list()}
    finally:
        book.close()
    found = known.get(source_id)
    if found is None or not found.active:
        state = "is revoked" if found else "is not registered"
        raise IocError(f"source {source_id} {state}: `ioc source add {source_id} --kind onestop-sync --agency ...`")
    return Source(found.id, found.kind, found.agencies, found.unit_change)


def _serve(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from ingest.door import create_door
    from ioc.wiring import open_log, open_source_book

    log, book = open_log(settings), open_source_book(settings)
    config = uvicorn.Config(
        create_door(log, book),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,  # the door writes its own lines, which never carry what was sent
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    # uvicorn finishes what it is doing and then raises the signal again: that is a clean end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family, backlog=1024) as listener, suppress(KeyboardInterrupt):
            structlog.get_logger("ioc.door").info("door.serving", host=host, port=port)
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        log.close()
        book.close()
