"""Sealed snapshots in a database that are to be sent: days of a kind, one after another in its chain."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from ioc.delivering.channel import Parcel
from stream.kpi.definition import Bilingual
from stream.snapshot.content.document import Covered, Snapshot
from stream.snapshot.seal.keybook import add_key
from stream.snapshot.seal.making import FIRST, Place, Sealed
from stream.snapshot.seal.manifest import digest_of, read_manifest
from stream.snapshot.seal.package import unpack
from stream.snapshot.seal.sealing import seal
from stream.snapshot.sending.outbox import Delivery
from stream.snapshot.sending.rows import Parcelled, write_deliveries
from tests.building.seals import KEY, files_of, packed
from tests.building.seals import sealed as sealed_alone
from tests.building.snapshots import a_snapshot

FIRST_DAY: Final = date(2026, 3, 2)
NOW: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""After the moments of the snapshots."""
TITLE: Final = Bilingual("Bên nhận", "Receiver")


def a_day(number: int, kind: str = "daily", **changes: object) -> Snapshot:
    """The snapshot of the n-th day, from 1 on."""
    day = FIRST_DAY + timedelta(days=number - 1)
    period = Covered(name=f"{day}", calendar=None, first=f"{day.replace(day=1)}", last=f"{day}")
    return a_snapshot(kind=kind, period=period, **changes)


def days_sealed(
    connection: Connection[Any], count: int, receivers: Sequence[str], kind: str = "daily", now: datetime = NOW
) -> list[Sealed]:
    """So many days, sealed and to be sent to each of the receivers."""
    with connection.transaction():
        add_key(connection, KEY.public, now) if _is_new(connection) else None
    return [one_sealed(connection, a_day(number, kind), receivers, now) for number in range(1, count + 1)]


def one_sealed(
    connection: Connection[Any], snapshot: Snapshot, receivers: Sequence[str], now: datetime = NOW
) -> Sealed:
    """The snapshot, sealed and to be sent to each of the receivers, as a scheduler does it."""
    place = [snapshot.kind, snapshot.period.name, snapshot.version]
    with connection.transaction():
        connection.execute(
            "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, state, next_at)"
            " values (%s, %s, %s, %s, %s, 'schedule', 'sealed', %s)",
            [*place, now, now, now],
        )
        made = seal(connection, snapshot, files_of(snapshot), KEY, now)
        parcelled = Parcelled(snapshot.kind, snapshot.period.name, snapshot.version, made.digest)
        write_deliveries(connection, receivers, parcelled, now)
    return made


def chain_of(count: int, kind: str) -> list[bytes]:
    """The packages of so many days, each following the one before, without a database."""
    found, place = [], FIRST
    for number in range(1, count + 1):
        made, package = sealed_alone(a_day(number, kind), place=place, sealed_at=NOW)
        found.append(packed(package))
        place = Place(number + 1, made.digest)
    return found


def a_parcel(package: bytes, receiver: str = "tinh") -> Parcel:
    """The package on its way."""
    body = unpack(package).manifest
    of = read_manifest(body)
    return Parcel.of(Delivery(receiver, of.kind, of.period, of.version, digest_of(body), of.number, 1, NOW), package)


def states(connection: Connection[Any]) -> list[tuple[str, str, str, int]]:
    """Every delivery: receiver, kind, state and attempts, in the order of the chains."""
    return connection.execute(
        "select receiver, kind, state, attempts from snapshot.delivery join snapshot.sealed"
        " using (kind, period, version) order by receiver, kind, number"
    ).fetchall()  # fmt: skip


def _is_new(connection: Connection[Any]) -> bool:
    return connection.execute("select from snapshot.key").fetchone() is None
