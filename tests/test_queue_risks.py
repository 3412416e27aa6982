"""Chances to be late in the queue: shown, sorted by, listed from a bound on, and taken over when reckoned anew."""

from datetime import datetime
from typing import Any

import msgspec
import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from stream.first_rules import first_rules
from stream.queue.page import page_of
from stream.queue.reading import Follower, load, look, take, with_risks
from stream.queue.wanted import Asked, Order, Wanted
from tests.building.applying import apply_all
from tests.building.events import an_application
from tests.building.moments import local

NOON, LATER = local("2026-01-07 12:00"), local("2026-01-09 08:00")
CODES = ("A", "B", "C", "D")


@pytest.fixture
def cases(log: PostgresLog, database: str) -> None:
    log.append(
        [an_application(code).received("2026-01-05 09:00", due="2026-01-08 17:00").sync() for code in CODES[:3]]
        + [an_application("D").received("2026-01-05 09:00", due="2026-01-06 17:00").sync()]
    )
    apply_all(log, database)


def reckon(stream: psycopg.Connection, at: datetime, **chances: float) -> None:
    """What the service of the warnings writes each hour, all at once."""
    with stream.transaction():
        stream.execute("delete from warning")
        for code, chance in chances.items():
            facts = {"level": "procedure", "like": 100, "longer": round(100 * chance), "waited": 50_000,
                "remaining": 20_000, "day": 28_800, "load": None, "usual": None, "chance": chance}  # fmt: skip
            stream.execute(
                "insert into warning select id, %s, %s, %s, %s from cases where code = %s",
                [chance, msgspec.json.encode(facts).decode(), at, at, code],
            )


def shown(follower: Follower, wanted: Wanted = Wanted()) -> list[tuple[str, Any]]:  # noqa: B008 - frozen
    """Cases by their chance, the likeliest first."""
    page = page_of(follower.queue, Asked(wanted=wanted, order=Order(by="risk", descending=True)))
    return [
        (row["case"], row["risk"] and (round(row["risk"]["chance"], 2), row["risk"]["warned"])) for row in page.rows
    ]


@pytest.mark.usefixtures("cases")
def test_the_likeliest_come_first_and_what_is_late_already_has_no_chance(stream: psycopg.Connection) -> None:
    reckon(stream, NOON, A=0.02, B=0.9, D=1.0)
    follower = load(stream, first_rules(), NOON)
    assert shown(follower) == [("B", (0.9, True)), ("A", (0.02, False)), ("C", None), ("D", None)]
    assert shown(follower, Wanted(state="warned")) == [("B", (0.9, True))]
    assert page_of(follower.queue, Asked()).counts["warned"] == 1
    [row] = page_of(follower.queue, Asked(wanted=Wanted(state="warned"))).rows
    assert "100 hồ sơ" in row["risk"]["why"]["vi"]
    assert "100 applications" in row["risk"]["why"]["en"]


@pytest.mark.usefixtures("cases")
def test_where_no_chance_is_known_nobody_says_that_none_will_be_late(stream: psycopg.Connection) -> None:
    follower = load(stream, first_rules(), NOON)
    assert page_of(follower.queue, Asked()).counts["warned"] is None
    reckon(stream, NOON, A=0.02)
    assert page_of(load(stream, first_rules(), NOON).queue, Asked()).counts["warned"] == 0


@pytest.mark.usefixtures("cases")
def test_chances_that_are_reckoned_anew_are_taken_over_and_told(stream: psycopg.Connection) -> None:
    reckon(stream, NOON, A=0.02, B=0.9)
    follower = load(stream, first_rules(), NOON)
    news = look(stream, follower, NOON)
    assert news is not None
    assert with_risks(stream, follower, news) == news, "nothing is read again as long as nothing is reckoned"
    reckon(stream, LATER, A=0.8, B=0.9, C=0.1)
    follower, before = take(follower, with_risks(stream, follower, news))
    assert before is not None
    assert before == {"A": 3980, "C": 3980}, "what stays as it is, is told to nobody"
    assert shown(follower) == [("B", (0.9, True)), ("A", (0.8, True)), ("C", (0.1, False)), ("D", None)]
    assert shown(follower) == shown(load(stream, first_rules(), NOON))


@pytest.mark.usefixtures("cases")
def test_a_case_that_changes_keeps_its_chance(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    reckon(stream, NOON, A=0.7)
    follower = load(stream, first_rules(), NOON)
    log.append([an_application("A").received("2026-01-05 09:00", due="2026-01-08 17:00")
                .in_progress("2026-01-06 09:00").sync()])  # fmt: skip
    apply_all(log, database)
    news = look(stream, follower, NOON)
    assert news is not None
    follower, _ = take(follower, news)
    assert shown(follower)[0] == ("A", (0.7, True))
