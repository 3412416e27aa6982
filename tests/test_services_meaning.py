"""A ledger that an older program posted is made anew from the log before a worker goes on with it."""

import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from ioc.errors import ServiceError
from ioc.services.meaning import renew_ledger
from ioc.settings import Settings
from stream.first_rules import MEANING
from tests.building.applying import apply_all
from tests.building.lives import some_lives


@pytest.fixture
def settings(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    monkeypatch.setenv("IOC_PARTITIONS", "4")
    return replace(Settings(home=tmp_path), database=database, partitions=4)


def rebuild(settings: Settings) -> list[str]:
    return [sys.executable, "-m", "ioc", "--home", str(settings.home), "stream", "rebuild", "--replace"]


def received(stream: psycopg.Connection) -> object:
    return stream.execute("select sum(n) from stream.rollup_unit_day where measure = 1").fetchone()


def posted_by_an_older_program(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append(some_lives(30))
    apply_all(log, database)
    stream.execute("update meaning set version = '1'")
    stream.execute("update rollup_unit_day set n = n + 1 where measure = 1")


def test_it_is_made_anew(log: PostgresLog, database: str, stream: psycopg.Connection, settings: Settings) -> None:
    posted_by_an_older_program(log, database, stream)
    renew_ledger(settings, lambda: rebuild(settings))
    assert received(stream) == (30,)
    assert stream.execute("select version from stream.meaning").fetchone() == (MEANING,)


def test_one_of_our_own_is_left_alone(
    log: PostgresLog, database: str, stream: psycopg.Connection, settings: Settings
) -> None:
    renew_ledger(settings, lambda: pytest.fail("nothing is posted yet"))
    log.append(some_lives(3))
    apply_all(log, database)
    renew_ledger(settings, lambda: pytest.fail("it has our meaning"))
    assert received(stream) == (3,)


def test_where_it_fails_the_old_one_stays(
    log: PostgresLog, database: str, stream: psycopg.Connection, settings: Settings
) -> None:
    posted_by_an_older_program(log, database, stream)
    with pytest.raises(ServiceError, match="has meaning 1 and could not be made anew"):
        renew_ledger(settings, lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    assert stream.execute("select version from meaning").fetchone() == ("1",)
