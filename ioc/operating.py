"""What operators can do from the dashboard, wired to the event log; their key lies in the home."""

from contextlib import closing
from typing import TYPE_CHECKING

import structlog

from ioc.services.secret import secret_in
from ioc.settings import Settings

if TYPE_CHECKING:
    from dashboard.access import Access, Entry
    from dashboard.data.operators import Operators

_log = structlog.get_logger()


def operators_of(settings: Settings) -> "Operators | None":
    """Operators with the key `<home>/secrets/operator.key`, which is made at first asking.

    None where the home can't keep one: nothing can be changed from the pages then.
    """
    from dashboard.data.operators import Operators

    try:
        key = secret_in(settings.home / "secrets" / "operator.key")
    except OSError as error:
        _log.warning("operator_key_missing", reason=error.strerror)
        return None
    if not key:  # an empty file would let everybody in
        _log.warning("operator_key_missing", reason="the file is empty")
        return None
    return Operators(key, lambda part, pos, corrected: _replay(settings, part, pos, corrected))


def entry_of(settings: Settings, access: "Access") -> "Entry":
    """Who may look, with what signs their sessions: `<home>/secrets/session.key`, made at first asking.

    Where the home can't keep it, sessions end with the process: displays prove themselves again, operators sign in.
    """
    from dashboard.access import Entry

    try:
        secret = secret_in(settings.home / "secrets" / "session.key")
    except OSError as error:
        _log.warning("session_key_missing", reason=error.strerror)
        return Entry(access)
    return Entry(access, secret.encode()) if secret else Entry(access)


def _replay(settings: Settings, part: int, pos: int, corrected: bytes | None) -> tuple[int, int]:
    import psycopg

    from dashboard.data.operators import UnavailableError
    from ingest.errors import IngestError
    from ioc.wiring import connect, open_log
    from stream.quarantine import Quarantine

    try:
        with closing(open_log(settings)) as log, connect(settings) as connection:
            position = Quarantine(connection).replay(log, part, pos, corrected)
            return position.partition, position.position
    except (IngestError, psycopg.OperationalError) as error:
        raise UnavailableError(type(error).__name__) from error
