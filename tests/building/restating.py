"""A centre whose log can be told more, read as it was known at any moment, and whose snapshots stand in the book."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import psycopg

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from stream.kpi.definition import Bilingual
from stream.kpi.period import Period, parse_period
from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.cut import settled_until
from stream.snapshot.content.document import Difference, Restates, Snapshot, Witness
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Grain, Wanted
from stream.snapshot.restate.reading import read_restates
from stream.store.reading import snapshot
from tests.building.applying import a_worker, applied, opener
from tests.building.moments import local
from tests.servers.processes import wait_until

JANUARY: Final = parse_period("2026-01", "index")
KIND: Final = "index-month"
NOBODY: Final = Witness(
    taken_at="2026-02-01T08:00:00+07:00", late_seconds=0, late=(), sources=(), missing=(), figures=()
)


@contextmanager
def a_centre(log: PostgresLog, url: str, *kpis: str) -> Iterator["Centre"]:
    """A centre with its worker, while the block runs; with `kpis` its snapshots have only these, of the area alone."""
    with a_worker(log, url):
        yield Centre(log, url, kpis)


class Centre:
    """The month of January 2026, told by `hear` and read by `read`."""

    def __init__(self, log: PostgresLog, url: str, kpis: Sequence[str] = ()) -> None:
        self.url = url
        self.kpis = kpis
        self._log = log

    def hear(self, *entries: Entry) -> datetime:
        """Send, and wait until it is applied; the moment up to which everything is known."""
        self._log.append(list(entries))
        wait_until(lambda: applied(self._log, self.url), what="all of the log being applied")
        return self.settled()

    def settled(self) -> datetime:
        """The moment up to which everything is known, in thousandths of a second as the log has them."""
        with self.connect() as connection:
            until = settled_until(connection)
        assert until is not None
        return until.replace(microsecond=until.microsecond // 1000 * 1000)

    def read(self, known_at: datetime, version: int = 1, wanted: Wanted | None = None) -> Snapshot:
        """The snapshot of January as known then."""
        asked = a_wanted(known_at, version) if wanted is None else wanted
        if self.kpis:
            asked = replace(asked, kpis=self.kpis, by_unit=False)
        with self.connect() as connection:
            return read_snapshot(connection, asked, NOBODY)

    def restates(self, before: Snapshot, after: Snapshot) -> Restates:
        """What the later one changes in the earlier."""
        with self.connect() as connection, snapshot(connection):
            return read_restates(connection, before, after, digest_of(before), "late_events")

    def seal(self, said: Snapshot, due_at: datetime | None = None) -> None:
        """Put it into the book as sealed, with a manifest of which nothing is told here."""
        due = datetime.fromisoformat(said.due_at) if due_at is None else due_at
        key = {"kind": said.kind, "period": said.period.name, "version": said.version}
        moments = {"due_at": due, "as_of": said.as_of, "known_at": said.known_at, "digest": digest_of(said)}
        with self.connect() as connection, connection.transaction():
            connection.execute(_SLOT, key | moments)
            connection.execute(_SEALED, key | moments)
            connection.execute(_FILE, key | moments | {"body": canonical(said)})

    def connect(self) -> psycopg.Connection:
        """A connection like the product's own."""
        return opener(self.url)()


def a_wanted(known_at: datetime, version: int = 1, period: Period = JANUARY, grain: Grain = "month") -> Wanted:
    """January as of its last second; due on the first of February."""
    return Wanted(
        kind=KIND,
        title=Bilingual("Báo cáo tháng", "Monthly report"),
        period=period,
        grain=grain,
        version=version,
        due_at=local("2026-02-01 08:00"),
        as_of=local(f"{period.last} 23:59:59"),
        known_at=known_at,
    )


def digest_of(said: Snapshot) -> str:
    """What stands for the digest of its manifest."""
    return sha256(f"{said.kind} {said.period.name} {said.version}".encode()).hexdigest()


def by_path(differences: Iterable[Difference]) -> dict[str, Difference]:
    """Differences by what they are called."""
    return {each.path: each for each in differences}


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


_SLOT: Final = """
insert into snapshot.slot (kind, period, version, due_at, made_at, origin, state, next_at, known_at)
values (%(kind)s, %(period)s, %(version)s, %(due_at)s, %(due_at)s, 'schedule', 'sealed', %(due_at)s, %(known_at)s)
on conflict (kind, period, version) do update set state = 'sealed'
"""
_SEALED: Final = """
insert into snapshot.sealed (kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at,
    sealed_at, is_partial, late, manifest, signature)
select %(kind)s, %(period)s, %(version)s, count(*) + 1, %(digest)s, case when count(*) > 0 then 'before' end, 'key',
    %(due_at)s, %(as_of)s, %(known_at)s, %(due_at)s, false, '{}', '', ''
from snapshot.sealed
where kind = %(kind)s
"""
_FILE: Final = """
insert into snapshot.file (kind, period, version, name, digest, body)
values (%(kind)s, %(period)s, %(version)s, 'snapshot.json', %(digest)s, %(body)s)
"""
