"""What people do on the pages, told to the event log: the dashboard knows of no log."""

from threading import Lock
from typing import TYPE_CHECKING

from ioc.settings import Settings

if TYPE_CHECKING:
    from dashboard.ops.log import Tell
    from ingest.log.protocol import EventLog


def tell_of(settings: Settings) -> "Tell":
    """Appends to the log of the settings, which is opened with the first act and then kept."""
    opening = Lock()
    kept: list[EventLog] = []

    def log() -> "EventLog":
        from ioc.wiring import open_log

        with opening:
            if not kept:
                kept.append(open_log(settings))
            return kept[0]

    def tell(key: str, body: bytes) -> None:
        from dashboard.data.operators import UnavailableError
        from ingest.errors import IngestError, PartialAppendError
        from ingest.log.protocol import Entry

        entries = [Entry(key, body)]
        try:
            try:
                log().append(entries)
            except PartialAppendError:  # it may be there: told twice, it is counted once
                log().append(entries)
        except IngestError as error:
            raise UnavailableError(type(error).__name__) from error

    return tell
