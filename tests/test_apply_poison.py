"""What can't be applied goes to quarantine, named and masked, and never stops the good records beside it."""

from threading import Event

import psycopg
import pytest
from structlog.testing import capture_logs

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from stream.quarantine import NotInQuarantineError, Quarantine
from tests.building.applying import a_worker, applied, apply_all
from tests.building.events import AnApplication, an_application
from tests.servers.processes import wait_until

CODE = "H52.17.18-260105-0001"


def received(code: str = CODE) -> AnApplication:
    return an_application(code).received("2026-01-05 09:00", due="2026-01-12 17:00")


def broken(old: bytes, new: bytes) -> Entry:
    entry = received().sync()
    assert old in entry.body
    return entry._replace(body=entry.body.replace(old, new))


@pytest.mark.parametrize(
    ("poison", "place", "reason"),
    [
        (Entry(CODE, b"{"), None, "truncated"),
        (Entry(CODE, b"\xff\xfe\x00"), None, "JSON"),
        (Entry(CODE, b"[]"), None, "Expected `object`"),
        (broken(b'"status":2', b'"status":11'), "data.status", "Invalid enum value 11"),
        (broken(b'"unit":"03980"', b'"unit":"3980"'), "data.unit", "length >= 5"),
        (broken(b"application.recorded:1", b"application.recorded:9"), "type", "no such event"),
        (broken(b'"subject":"H52', b'"subject":"X52'), "subject", "not the case"),
        (broken(b'received_at":"2026', b'received_at":"0026'), "data.received_at", "not between 1990 and 2200"),
    ],
)
def test_poison_is_put_aside_with_its_reason_and_place(
    log: PostgresLog, database: str, stream: psycopg.Connection, poison: Entry, place: str | None, reason: str
) -> None:
    log.append([poison, received("A-2").sync()])
    apply_all(log, database)
    assert stream.execute("select sum(applied), sum(quarantined) from part_offset").fetchone() == (1, 1)
    (listed,) = Quarantine(stream).list()
    assert listed.place == place
    assert reason in listed.reason


def test_personal_data_in_poison_is_masked(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    body = b'{"data": {"ChuHoSo": "Lo Van Pao", "SoDienThoai": "0912345678"}, "x": 1}'
    log.append([Entry(CODE, body), Entry(CODE, body[:-9])])
    with capture_logs() as lines:
        apply_all(log, database)
    for listed in Quarantine(stream).list():
        shown = Quarantine(stream).show(listed.part, listed.pos)
        assert b"Pao" not in shown.body
        assert b"0912345678" not in shown.body
    assert stream.execute("select count(*) from quarantine").fetchone() == (2,)
    assert "Pao" not in str(lines)


def test_a_replayed_record_goes_the_way_of_every_event(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([broken(b'"status":2', b'"status":11')])
    apply_all(log, database)
    (listed,) = Quarantine(stream).list()
    Quarantine(stream).replay(log, listed.part, listed.pos, corrected=received().sync().body)
    apply_all(log, database)
    assert stream.execute("select sum(next_pos), sum(applied), sum(quarantined) from part_offset").fetchone() == (
        2,
        1,
        1,
    )
    assert Quarantine(stream).list()[0].replayed_as is not None


def test_what_is_not_in_quarantine_is_said_so(stream: psycopg.Connection) -> None:
    with pytest.raises(NotInQuarantineError, match="position 5 of partition 1"):
        Quarantine(stream).show(1, 5)
    with pytest.raises(NotInQuarantineError, match="partition 1 is not halted"):
        Quarantine(stream).accept(1, 100)


def test_ten_in_a_row_halt_the_partition_until_an_operator_accepts_it(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([Entry(CODE, b"{")] * 12 + [received().sync()])
    part = log.append([Entry(CODE, b"{")])[0].partition
    seen = Event()

    def halted() -> bool:
        found = stream.execute("select next_pos, halted from part_offset where part = %s", [part]).fetchone()
        return found == (10, "10 records in a row could not be applied")

    with a_worker(log, database):
        wait_until(halted, what="the partition being halted")
        assert not applied(log, database)
        Quarantine(stream).accept(part, log.end_positions()[part])
        wait_until(lambda: applied(log, database), what="the rest being applied")
        seen.set()
    assert seen.is_set()
    tally = "select applied, quarantined from part_offset where part = %s"
    assert stream.execute(tally, [part]).fetchone() == (1, 13)


def test_a_case_without_end_is_bounded(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    day = [f"2026-01-05 {minute // 60 + 8:02}:{minute % 60:02}" for minute in range(530)]
    log.append([received().in_progress(when).sync() for when in day])
    part = log.append([received().in_progress("2026-01-05 18:00").sync()])[0].partition
    apply_all(log, database)
    tally = "select applied, quarantined, halted from part_offset where part = %s"
    assert stream.execute(tally, [part]).fetchone() == (500, 31, None), "one case's fault stops nobody else"
    assert "500 records already" in Quarantine(stream).list()[0].reason


def test_a_character_that_the_database_has_not_is_put_aside(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([broken(b'"status":2', b'"status":"\\u0000"'), broken(b"G09-01", b"G09\\u0000"), received("A-2").sync()])
    apply_all(log, database)
    assert stream.execute("select sum(applied), sum(quarantined) from part_offset").fetchone() == (1, 2)
