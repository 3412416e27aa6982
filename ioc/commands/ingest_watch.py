"""`ioc ingest watch`: take in what is laid into a folder."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import click
import structlog

from ioc.home import home_option
from ioc.kind_asked import KindType, giving, mapping_asked, mapping_option, registered
from ioc.settings import Settings
from ioc.trusting import open_trust

if TYPE_CHECKING:
    from ingest.files.watch import FolderWatcher
    from ingest.log.protocol import EventLog
    from ingest.sources.kinds import Kind

_SECONDS = click.FloatRange(0, 86_400)
_PATIENCE = 600.0  # seconds that a workbook without its end is waited for

_logger = structlog.get_logger("ioc.watch")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--source", "source_id", required=True, help="The source that the files are from (`ioc source list`).")
@click.option("--kind", required=True, type=KindType(), help="What the files are; an unknown one names them all.")
@mapping_option
@click.option("--every", type=_SECONDS, default=2.0, show_default=True, help="Seconds between two looks.")
@click.option("--steady", type=_SECONDS, default=5.0, show_default=True, help="Seconds that a file has to rest.")
@click.option("--heartbeat", type=_SECONDS, default=60.0, show_default=True, help="Seconds between two heartbeats.")
@home_option
def watch(  # noqa: PLR0913 - one argument an option
    settings: Settings, folder: Path, *, source_id: str, kind: "Kind", mapping: str | None,
    every: float, steady: float, heartbeat: float,
) -> None:  # fmt: skip
    """Take in what is laid into FOLDER, until it is ended.

    What was read goes to FOLDER/taken, lists of refusals to FOLDER/errors, what can't be read to FOLDER/refused with
    the reason beside it. A file that is still being copied is waited for. While the folder can be read, the source
    beats: an empty folder is no silent source.
    """
    from ingest.files import FileTaker
    from ingest.files.ready import ReadyFiles
    from ingest.files.watch import ERRORS, FolderWatcher, sole_watcher
    from ingest.store.taken_files import PostgresTakenFiles
    from ioc.wiring import open_log

    given = giving(registered(settings, source_id, kind.name), mapping_asked(kind, mapping), open_trust(settings))
    stop = Event()
    with sole_watcher(folder):
        log, memory = open_log(settings), PostgresTakenFiles(settings.database_url)
        try:
            taker = FileTaker(log, memory, kind.portions, given, folder / ERRORS, is_table=kind.is_table)
            beat = _beating(lambda now: _beat(log, source_id, now), heartbeat)
            ready = ReadyFiles(folder, steady, _PATIENCE, monotonic)
            watcher = FolderWatcher(folder, taker, ready, stop.is_set, beat)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
            _logger.info("watch.started", source=source_id, kind=kind.name)
            _run(watcher, beat, stop, every)
        finally:
            log.close()
            memory.close()
    _logger.info("watch.ended", source=source_id)


def _run(watcher: "FolderWatcher", beat: Callable[[], None], stop: Event, every: float) -> None:
    from ingest.errors import IngestError

    while not stop.is_set():
        try:
            watcher.prepare()
            watcher.look()
            beat()
        except IngestError as error:
            if not error.retriable:
                raise
            _logger.warning("watch.waiting", reason=str(error))
            stop.wait(max(every, 5.0))
        stop.wait(every)


def _beating(send: Callable[[datetime], None], every: float) -> Callable[[], None]:
    """A function that sends a heartbeat where one is due. A fresh watcher beats at once."""
    due = monotonic()

    def beat() -> None:
        nonlocal due
        if monotonic() >= due:
            send(datetime.now(UTC))
            due = monotonic() + every

    return beat


def _beat(log: "EventLog", source: str, now: datetime) -> None:
    from ingest.files.beat import heartbeat

    log.append([heartbeat(source, now)])
