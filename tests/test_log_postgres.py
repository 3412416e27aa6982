"""What only the embedded log does: locks of a session, tables of its own, nothing lost when its server is killed."""

import signal
from pathlib import Path

import psycopg
import pytest

from ingest.errors import LogLayoutError, LogUnavailableError
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.services.postgres import EmbeddedPostgres
from stream.store.migrate import migrate, migrations_of
from tests.log_member import Member
from tests.servers.logs import PARTITIONS, LogPlace
from tests.servers.processes import free_port, running, wait_until

ALL = set(range(PARTITIONS))


@pytest.fixture
def embedded(database: str) -> LogPlace:
    return LogPlace("postgres", database, "")


def poll_until_assigned(member: Member) -> None:
    def turn() -> bool:
        member.poll()
        return member.assigned == ALL

    wait_until(turn, seconds=30, what="having all partitions")


def test_a_reader_whose_session_is_ended_loses_all_and_joins_again(embedded: LogPlace) -> None:
    with embedded.opened:
        log = embedded.open()
        member = Member(embedded)
        poll_until_assigned(member)
        with psycopg.connect(embedded.address, autocommit=True) as other:
            other.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2")
        with pytest.raises(LogUnavailableError):
            member.poll(wait=10)
        assert member.told == [("assigned", tuple(sorted(ALL))), ("revoked", tuple(sorted(ALL)))]
        log.append([Entry("k", b"after")])
        poll_until_assigned(member)
        assert member.bodies == [b"after"]


def test_a_log_outlives_its_sessions(embedded: LogPlace) -> None:
    with embedded.opened:
        log = embedded.open()
        log.append([Entry("k", b"before")])
        with psycopg.connect(embedded.address, autocommit=True) as other:
            other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        log.append([Entry("k", b"after")])
        assert sum(log.end_positions().values()) == 2


def test_a_log_without_tables_says_what_to_do(empty_database: str) -> None:
    log = PostgresLog(empty_database)
    with pytest.raises(LogLayoutError, match="run the migrations"):
        log.end_positions()
    log.close()


def test_two_logs_in_two_schemas_are_two_logs(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        migrate(connection, "rehearsal", migrations_of("ingest.store"))
    one, other = PostgresLog(database), PostgresLog(database, schema="rehearsal")
    one.append([Entry("k", b"")])
    assert sum(other.end_positions().values()) == 0
    one.close()
    other.close()


def test_a_poll_of_large_entries_is_cut_to_what_memory_takes(embedded: LogPlace) -> None:
    with embedded.opened:
        log = embedded.open()
        for _ in range(10):
            log.append([Entry("k", bytes(8 << 20))])
        reader = log.join("figures", lambda parts: dict.fromkeys(parts, 0), lambda _: None)
        embedded.opened.callback(reader.close)
        sizes = [len(reader.poll(1000, 5)), len(reader.poll(1000, 5))]
        assert sizes == [8, 2]


def test_nothing_is_lost_and_everything_goes_on_when_the_server_is_killed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path, free_port())
    server.prepare()
    place = LogPlace("postgres", server.url(), "")
    before = [f"before {number}".encode() for number in range(500)]
    with place.opened, running(server.command(), server.ready, tmp_path / "log", signal.SIGKILL):
        with psycopg.connect(server.url(), autocommit=True) as connection:
            migrate(connection, "ingest", migrations_of("ingest.store"))
        log, member = place.open(), Member(place)
        log.append([Entry(f"k{number}", body) for number, body in enumerate(before)])
        kept = place.opened.pop_all()
    with kept, running(server.command(), server.ready, tmp_path / "log", signal.SIGINT):

        def appended() -> bool:
            try:
                return bool(log.append([Entry("k", b"after")]))
            except LogUnavailableError:
                return False

        def read() -> bool:
            try:
                member.poll()
            except LogUnavailableError:
                return False
            return len(member.bodies) >= 501

        wait_until(appended, what="appending again")
        wait_until(read, what="reading everything")
        assert sorted(member.bodies) == sorted([*before, b"after"])
