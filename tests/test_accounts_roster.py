"""Who is signed in, as known a moment ago: no statement a request, and nobody is believed when it can't be known."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import psycopg
import pytest

from dashboard.accounts.roster import STALE, Roster
from dashboard.accounts.sessions import IDLE, LASTS, begin_session, end_session
from dashboard.data.reader import Reader
from tests.servers.people import account

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Counting(Reader):
    """Counts what is asked of the database, which `is_away` may keep from answering."""

    def __init__(self, database: str) -> None:
        super().__init__(lambda: psycopg.connect(database, autocommit=True))
        self.asked = 0
        self.is_away = False

    def read(self, reading: Callable[[psycopg.Connection[Any]], T]) -> T:
        self.asked += 1
        if self.is_away:
            raise psycopg.OperationalError("away")
        return super().read(reading)


class Desk:
    """A roster with a clock to set, and one open session."""

    def __init__(self, database: str) -> None:
        self.now = NOW
        self.database = database
        self.reader = Counting(database)
        self.roster = Roster(self.reader, lambda: self.now)
        account(database, "lan")
        with psycopg.connect(database, autocommit=True) as connection:
            self.token = begin_session(connection, 1, "password", NOW) or ""
        assert self.renew()

    def renew(self) -> bool:
        return asyncio.run(self.roster.renew())

    def known(self) -> bool:
        return asyncio.run(self.roster.known())

    def holds(self) -> bool:
        return self.roster.signed(self.token) is not None


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    made = Desk(database)
    yield made
    made.reader.close()


def test_a_thousand_requests_ask_the_database_nothing(desk: Desk) -> None:
    before = desk.reader.asked
    for number in range(1000):
        assert desk.known()
        assert desk.holds()
        assert desk.roster.signed(f"guess {number}") is None
    assert desk.reader.asked == before


def test_a_session_ends_by_the_clock_without_being_asked_for(desk: Desk) -> None:
    desk.now = NOW + IDLE
    assert not desk.holds()
    desk.now = NOW + timedelta(minutes=29)
    signed = desk.roster.signed(desk.token)
    assert signed is not None
    desk.roster.touch(signed)
    desk.now += timedelta(minutes=29)
    assert desk.holds()
    desk.now = NOW + LASTS
    desk.roster.touch(signed)
    assert not desk.holds()  # however busy its person is


def test_a_hand_is_written_down_at_the_next_reading(desk: Desk) -> None:
    signed = desk.roster.signed(desk.token)
    assert signed is not None
    desk.now = NOW + timedelta(minutes=20)
    desk.roster.touch(signed)
    assert desk.renew()
    assert desk.roster.signed(desk.token) == signed._replace(seen_at=desk.now)
    with psycopg.connect(desk.database) as connection:
        assert connection.execute("select seen_at from dashboard.session").fetchone() == (desk.now,)


def test_what_another_process_ended_is_over_at_the_next_reading(desk: Desk) -> None:
    with psycopg.connect(desk.database, autocommit=True) as connection:
        assert end_session(connection, desk.token, "sign_out", NOW)
        assert not end_session(connection, desk.token, "sign_out", NOW)
    assert desk.renew()
    assert not desk.holds()


def test_what_was_read_is_believed_for_seconds_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.reader.is_away = True
    assert not desk.renew()
    assert desk.known()  # a database that restarts signs nobody out
    later = time.monotonic() + STALE + 1
    monkeypatch.setattr("dashboard.accounts.roster.time.monotonic", lambda: later)
    assert not desk.known()
    desk.reader.is_away = False
    assert desk.known()
    assert desk.holds()
