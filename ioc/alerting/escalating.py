"""Automatic escalation: what nobody answered within its working time goes to the next rank of the line, as an act."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

import structlog
from psycopg import Connection

from ingest.errors import IngestError
from ingest.log.protocol import Entry, EventLog
from stream.alerts.line import Line
from stream.alerts.queries import query
from stream.core.moment import moment_of
from stream.handling.acting import Wanted, act_of, event_of
from stream.handling.errors import ActError
from stream.handling.reading import read_subject
from stream.handling.times import Times
from stream.sources.calendar import read_calendar

BY: Final = "ioc"
"""The login of the centre itself."""

_log = structlog.get_logger(__name__)


class Escalating:
    """Looks for escalations whose time is over. `open_log` answers the event log, which is opened when it is needed."""

    def __init__(self, open_log: Callable[[], EventLog]) -> None:
        self._open_log = open_log
        self._log: EventLog | None = None
        self._done: set[str] = set()

    def once(self, connection: Connection[Any], line: Line, now: datetime) -> int:
        """Escalate what nobody answered, each once; answers how many the log took.

        What the last rank has stays there: the alert `unanswered` says so. The event's number says case, rank and
        version, so that two services, or one that is started again, make one event of it.
        """
        rows = connection.execute(query("unanswered"), {"now": now}).fetchall()
        found = [each for _, code, _ in rows if (each := self._numbered(connection, code, line, now)) is not None]
        if not rows:
            self._done.clear()
        if not found or not self._appended([entry for _, entry in found]):
            return 0
        self._done.update(number for number, _ in found)
        _log.info("alerts.escalated", cases=len(found))
        return len(found)

    def close(self) -> None:
        """Close the log."""
        if self._log is not None:
            self._log.close()
            self._log = None

    def _appended(self, entries: Sequence[Entry]) -> bool:
        """Whether the log took them. Where it does not answer, alerts go on, and the next look tries again."""
        try:
            if self._log is None:
                self._log = self._open_log()
            self._log.append(entries)
        except IngestError as error:
            _log.warning("alerts.not_escalated", cases=len(entries), reason=str(error))
            return False
        return True

    def _numbered(self, connection: Connection[Any], code: str, line: Line, now: datetime) -> tuple[str, Entry] | None:
        subject = read_subject(connection, code)
        if subject is None or subject.handling.respond_by is None or subject.handling.respond_by >= moment_of(now):
            return None
        handling = subject.handling
        number = f"unanswered/{code}/{handling.rank}/{handling.version}"
        told = line.rank(handling.rank)
        who = f"cấp {handling.rank}" if told is None else told.name.vi
        wanted = Wanted(act="escalate", case=code, seen=handling.version, note=f"{who} chưa trả lời trong thời hạn.")
        try:
            act = act_of(wanted, subject, BY, now, Times(read_calendar(connection), line))
        except ActError:  # the last rank has it, or the case has ended
            return None
        return None if number in self._done else (number, Entry(*event_of(act, now, number)))
