"""Looking whether what was sent still holds: what late records changed beyond a threshold becomes a new version."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import structlog
from psycopg import Connection

from stream.kpi.catalogue import load_catalogue
from stream.report.units import read_units
from stream.snapshot.content.canonical import read
from stream.snapshot.content.cut import settled_until
from stream.snapshot.content.document import Snapshot
from stream.snapshot.content.moments import cut_to_millisecond
from stream.snapshot.content.reading import read_parts
from stream.snapshot.content.wanted import Wanted, wanted_of
from stream.snapshot.restate.book import (
    Period,
    Sent,
    Span,
    read_said,
    take,
    was_heard,
    write_compared,
    write_slot,
)
from stream.snapshot.restate.differences import differences
from stream.snapshot.restate.reading import read_restates
from stream.snapshot.restate.threshold import Restating, beyond
from stream.store.reading import snapshot

PAUSE: Final = timedelta(minutes=15)
"""A version is not looked at more often."""
_SECOND: Final = timedelta(seconds=1)
_BEFORE: Final = timedelta(milliseconds=1)
"""What has the very moment until which all is applied may still come."""

_log = structlog.get_logger(__name__)


class Compared(NamedTuple):
    """A version that was compared with what was known at a moment: how many of its figures differ.

    `is_restated` where the next version was asked for.
    """

    kind: str
    period: str
    version: int
    known_at: datetime
    differing: int
    is_restated: bool


class Comparing:
    """Compares the newest version of each period with what has come to be known since.

    Any number of schedulers may do so: a row is looked at by one of them, and the next version is asked for once.
    `connect` opens connections that read the stream; `rules` tells what is restated, by kind; a schedule without rules
    is never restated.
    """

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        rules: Callable[[], Mapping[str, Restating]],
        pause: timedelta = PAUSE,
    ) -> None:
        self._connect = connect
        self._rules = rules
        self._pause = pause
        self._tried: dict[Period, datetime] = {}

    def once(self, connection: Connection[Any], now: datetime) -> Compared | None:
        """Look through all versions that are due for a look, up to the first of which something came late.

        That one is compared; None where there is none, and nothing to do before more is known. The connection is one of
        the stream's and in no transaction. What fails is raised, and tried again after the pause, behind the others.
        """
        settled, rules = settled_until(connection), self._rules()
        if settled is None or not rules:
            return None
        until = cut_to_millisecond(min(settled, now)) - _BEFORE
        spans = {
            kind: Span(now - timedelta(days=rule.within_days), until - timedelta(hours=rule.no_sooner_hours))
            for kind, rule in rules.items()
        }
        units = list(read_units(connection))
        self._tried = {period: at for period, at in self._tried.items() if at > until - self._pause}
        while True:
            with connection.transaction():
                sent = take(connection, spans, until - self._pause, self._tried)
                if sent is None:
                    return None
                if was_heard(connection, (sent.looked, until), sent.as_of + _SECOND, units):
                    return self._compare(connection, sent, rules[sent.kind], until, now)
                write_compared(connection, sent, until)

    def _compare(
        self, connection: Connection[Any], sent: Sent, rule: Restating, until: datetime, now: datetime
    ) -> Compared:
        period = Period(sent.kind, sent.period)
        self._tried[period] = until
        differing, is_beyond = self._differing(connection, sent, rule, until)
        is_restated = is_beyond and write_slot(connection, sent, until, now)
        write_compared(connection, sent, until)
        del self._tried[period]
        if is_restated:
            _log.info(
                "snapshot.restated", kind=sent.kind, period=sent.period, version=sent.version + 1, figures=differing
            )
        return Compared(sent.kind, sent.period, sent.version, until, differing, is_restated)

    def _differing(self, connection: Connection[Any], sent: Sent, rule: Restating, until: datetime) -> tuple[int, bool]:
        """How many figures differ, and whether cases changed one by so much that it has to be said.

        What differs without any case behind it does not count: a newer register of procedures, or another program,
        makes no version of its own.
        """
        body = read_said(connection, Period(sent.kind, sent.period), sent.version)
        if body is None:
            return 0, False
        before = read(body)
        with self._connect() as reading, snapshot(reading):
            after = read_parts(reading, _wanted_now(before, until), before.witness)
            found = differences(before, after)
            if not beyond(found, rule.threshold, after.kpis):
                return len(found), False
            told = read_restates(reading, before, after, sent.digest, "late_events").differences
        return len(found), beyond([each for each in told if each.cases], rule.threshold, after.kpis)


def _wanted_now(before: Snapshot, until: datetime) -> Wanted:
    """The same, as known then; without the KPIs that nobody defines any more."""
    wanted, defined = wanted_of(before), load_catalogue().kpis
    return replace(
        wanted,
        version=before.version + 1,
        known_at=until,
        kpis=[kpi for kpi in wanted.kpis or () if kpi in defined],
    )
