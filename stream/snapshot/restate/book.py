"""What the book of snapshots is asked about versions that may have to be restated. Each function is one statement."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.ledger import Measure
from stream.snapshot.store.queries import query


class Sent(NamedTuple):
    """The newest version of a period; `looked` is up to when it is known whether anything came since."""

    kind: str
    period: str
    version: int
    digest: str
    as_of: datetime
    looked: datetime


class Span(NamedTuple):
    """Of a kind: since when its first slots are looked at, and the newest knowledge of a version that is."""

    since: datetime
    newest: datetime


class Period(NamedTuple):
    """A period of a schedule, whatever the version."""

    kind: str
    name: str


def take(
    connection: Connection[Any], spans: Mapping[str, Span], before: datetime, tried: Collection[Period]
) -> Sent | None:
    """The version to look at next, its row locked until the end of the transaction; None where there is none.

    Of each kind those within its span that were not looked at since `before`, without those that were tried in vain.
    """
    given = {
        "kinds": list(spans),
        "since": [each.since for each in spans.values()],
        "newest": [each.newest for each in spans.values()],
        "before": before,
        "tried_kinds": [each.kind for each in tried],
        "tried_periods": [each.name for each in tried],
    }
    row = connection.execute(query("restate_take"), given).fetchone()
    return None if row is None else Sent(*row)


def was_heard(
    connection: Connection[Any], known: tuple[datetime, datetime], until: datetime, units: Collection[int]
) -> bool:
    """Whether anything became known in between that happened before `until`; `units` are all that were heard of."""
    given = {
        "known_from": known[0],
        "known_to": known[1],
        "until": until,
        "measures": [int(measure) for measure in Measure],
        "units": list(units),
    }
    [(heard,)] = connection.execute(query("restate_heard"), given).fetchall()
    return bool(heard)


def read_said(connection: Connection[Any], period: Period, version: int) -> bytes | None:
    """The JSON of a version; None where it was never sealed."""
    given = {"kind": period.kind, "period": period.name, "version": version}
    row = connection.execute(query("restate_said"), given).fetchone()
    return None if row is None else bytes(row[0])


def write_compared(connection: Connection[Any], sent: Sent, until: datetime) -> None:
    """It was compared with what was known then."""
    given = {"kind": sent.kind, "period": sent.period, "version": sent.version, "until": until}
    connection.execute(query("restate_compared"), given)


def write_slot(connection: Connection[Any], sent: Sent, known_at: datetime, now: datetime) -> bool:
    """Ask for the next version, as known then; whether nobody had asked for it."""
    given = {"kind": sent.kind, "period": sent.period, "version": sent.version + 1, "known_at": known_at, "now": now}
    return connection.execute(query("restate_slot"), given).fetchone() is not None
