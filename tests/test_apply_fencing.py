"""A worker that lost a partition can't write it any more."""

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from stream.apply.session import Session
from stream.errors import FencedError, LogGapError
from stream.first_rules import first_rules
from tests.building.applying import Silent, opener
from tests.building.events import an_application

CODE = "H52.17.18-260105-0001"


def a_session(url: str) -> Session:
    return Session(opener(url), first_rules(), Silent().announce)


def test_a_zombie_is_fenced_and_writes_nothing(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    part = log.append([an_application(CODE).received("2026-01-05 09:00").sync()])[0].partition
    records = log.read(part, 0, 10)
    zombie, heir = a_session(database), a_session(database)
    old = zombie.claim([part])
    new = heir.claim([part])
    plan = zombie.plan(records)
    zombie.submit(plan, {part: old[part].epoch})
    with pytest.raises(FencedError, match=f"partition {part} is at epoch 2, not at 1"):
        zombie.settle()
    assert stream.execute("select count(*) from event").fetchone() == (0,)
    heir.submit(heir.plan(records), {part: new[part].epoch})
    heir.settle()
    assert stream.execute("select count(*) from event").fetchone() == (1,)
    zombie.close()
    heir.close()


def test_a_batch_is_never_written_twice(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    part = log.append([an_application(CODE).received("2026-01-05 09:00").sync()])[0].partition
    records = log.read(part, 0, 10)
    session = a_session(database)
    epochs = {part: session.claim([part])[part].epoch}
    plan = session.plan(records)
    session.submit(plan, epochs)
    session.settle()
    session.submit(plan, epochs)
    with pytest.raises(FencedError, match="is at position 1, not at 0"):
        session.settle()
    assert stream.execute("select count(*) from ledger where measure = 1").fetchone() == (1,)
    session.close()


def test_a_gap_in_the_log_stops_loudly(log: PostgresLog, database: str) -> None:
    entry = an_application(CODE).received("2026-01-05 09:00").sync()
    part = log.append([entry, entry, entry])[0].partition
    records = log.read(part, 0, 10)
    session = a_session(database)
    with pytest.raises(LogGapError, match="goes from position 1 to 2"):
        session.plan([records[0], records[2]])
    session.close()
