"""The queue counts as the figures do, and one that is followed is the one that is loaded: real log, real worker."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from typing import Any

import psycopg
import pytest

from ingest.contracts.documents import DocumentStatus
from ingest.contracts.onestop import Status
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from stream.first_rules import first_rules
from stream.kpi.readings import Ask
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.queue.page import Page, page_of
from stream.queue.reading import Follower, load, look, take
from stream.queue.wanted import Asked, Wanted
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from tests.building.acts import an_act
from tests.building.applying import a_worker, applied, apply_all
from tests.building.documents import incoming
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.case_lives import a_calendar, a_register, asked, letter, recorded
from tests.servers.processes import wait_until

UNITS = (3980, 4033, 3985, 3997)
MOMENTS = ("2026-01-12 09:00", "2026-01-23 10:00", "2026-01-27 16:00", "2026-01-28 00:00", "2026-06-01 08:00")
LEVELS = {"all": "open", "overdue": "overdue", "due_soon": "due_soon", "paused": "paused"}


def figure(stream: psycopg.Connection, level: str, at: datetime, unit: int | None) -> int:
    ask = Ask(Term(level), None)
    with snapshot(stream):
        [answer] = read_sums(stream, [Question(Windows.at(at), [ask])], None)
    return int(answer.sum_of(ask, unit) or 0)


def everything(follower: Follower) -> Page:
    return page_of(follower.queue, Asked())


def documents() -> list[Entry]:
    """Done, refused, open and late, open without a date, and one whose date was moved."""
    due = "2026-01-16 17:00"
    told = [
        incoming("1/UBND").sent("2026-01-05 09:00", due).told(DocumentStatus.DONE, "2026-01-12 10:00"),
        incoming("2/UBND").sent("2026-01-05 09:00", due).told(DocumentStatus.RECEIVED, "2026-01-06 10:00"),
        incoming("3/UBND", unit="04033").sent("2026-01-05 09:00"),
        incoming("4/UBND").sent("2026-01-05 09:00", due).told(DocumentStatus.REFUSED, "2026-01-19 10:00"),
        incoming("5/UBND").sent("2026-01-05 09:00", due).sent("2026-01-15 09:00", "2026-01-28 17:00", act="update"),
    ]
    return [event for each in told for event in each.events]


def more_lives() -> list[Entry]:
    """What `some_lives` lacks: supplements, letters, a case that begins anew, moments that are still to come."""
    at, due = "2026-01-07 09:00", "2026-01-14 17:00"
    said = {"received_at": at, "due_at": due}
    return [
        recorded("W-1", Status.SUPPLEMENT_AWAITED, at, "03980", **said, supplements=asked("2026-01-08 10:00")),
        recorded("W-2", Status.IN_PROGRESS, at, "03980", **said,
                 supplements=asked("2026-01-08 10:00", "2026-01-20 09:00", "2026-01-26 17:00")),
        recorded("L-1", Status.IN_PROGRESS, at, "03985", **said),
        letter("L-1", "2026-01-21 09:00", "03985", "7", "2026-01-30 17:00"),
        recorded("B-1", Status.SETTLED, "2026-01-09 09:00", "03980", **said, ended_at="2026-01-09 09:00"),
        recorded("B-1", Status.IN_PROGRESS, "2026-01-22 09:00", "03980", **said),
        recorded("F-1", Status.SETTLED, "2026-02-09 09:00", "03980", **said, ended_at="2026-02-09 09:00"),
        recorded("F-3", Status.SETTLED, "2026-02-09 09:00", "03985", received_at=at, ended_at="2026-02-09 09:00"),
        recorded("F-2", Status.RECEIVED, "2026-03-02 09:00", "03980", received_at="2026-03-02 09:00"),
        recorded("U-1", Status.RECEIVED, at, "03980", received_at=at),
    ]  # fmt: skip


def acts() -> list[Entry]:
    return [
        an_act("assign", "W-1", "lan", to="minh"),
        an_act("acknowledge", "H52-00000", "lan", at=local("2026-01-12 08:00")),
        an_act("escalate", "L-1", "lan", note="quá lâu"),
        an_act("comment", "L-1", "minh", note="đã hỏi"),
        an_act("dismiss", "H52-00004", "minh", note="nhầm"),
        an_act("assign", "B-1", "lan", to="lan"),
        an_act("assign", "nowhere", "lan", to="lan"),
    ]


def some_events(lives: int) -> list[Entry]:
    """Everything that a queue has to tell apart, in no order."""
    events = [*some_lives(lives), *documents(), *more_lives(), *acts()]
    Random(3).shuffle(events)
    return events


@pytest.fixture
def told(log: PostgresLog, database: str) -> None:
    log.append(some_events(120))
    log.append(a_register("1", 5))  # gives what is open a due date; what ended, be it tomorrow, stays without
    apply_all(log, database)


@pytest.mark.usefixtures("told")
def test_there_are_as_many_rows_as_the_figures_of_the_same_moment_say(stream: psycopg.Connection) -> None:
    found = set()
    for at in map(local, MOMENTS):
        queue = load(stream, first_rules(), at).queue
        for unit in (None, *UNITS):
            units = None if unit is None else frozenset({unit})
            page = page_of(queue, Asked(wanted=Wanted(kind=1, units=units), count=0))
            for state, level in LEVELS.items():
                assert page.counts[state] == figure(stream, level, at, unit), (at, unit, state)
                found.add(page.counts[state])
            papers = page_of(queue, Asked(wanted=Wanted(kind=4, units=units))).counts
            assert papers["all"] == figure(stream, "documents_open", at, unit)
            assert papers["overdue"] == figure(stream, "documents_overdue", at, unit)
            assert papers["all"] == sum(int(str(papers[each])) for each in ("overdue", "due_soon", "paused", "running"))
    assert len(found) > 15


@pytest.mark.usefixtures("told")
def test_a_row_says_since_when_the_clock_stands_and_for_what(stream: psycopg.Connection) -> None:
    rows = {row["case"]: row for row in everything(load(stream, first_rules(), local("2026-01-23 10:00"))).rows}
    assert rows["W-1"]["paused"] == {"since": "2026-01-08T10:00:00+07:00", "reason": "supplement"}
    assert rows["W-2"]["paused"] is None, "the papers came"
    assert (rows["W-2"]["due_at"], rows["W-1"]["due_at"]) == ("2026-01-26T17:00:00+07:00", "2026-01-14T17:00:00+07:00")
    waits = [row["paused"] for row in rows.values() if row["status"] == 6]
    assert waits
    assert {wait["reason"] for wait in waits} == {"payment"}
    assert rows["L-1"]["letter"] == "sent"
    assert (rows["F-1"]["status"], "F-2" in rows) == (2, False), "what is still to come is not yet"


@pytest.mark.usefixtures("told")
def test_a_queue_that_the_clock_takes_along_is_the_one_that_is_loaded_then(stream: psycopg.Connection) -> None:
    follower = load(stream, first_rules(), local("2026-01-08 07:00"))
    changed = 0
    for at in map(local, MOMENTS):
        news = look(stream, follower, at)
        assert news is not None
        assert not news.courses
        follower, before = take(follower, news)
        assert before is not None
        changed += len(before)
        assert everything(follower) == everything(load(stream, first_rules(), at))
    assert changed > 100


@pytest.mark.parametrize("seed", range(2))
def test_whatever_comes_in_whatever_order_a_followed_queue_is_the_loaded_one(
    log: PostgresLog, database: str, stream: psycopg.Connection, seed: int
) -> None:
    """Events come in pieces, rules change between them, and the clock goes on."""
    random = Random(seed)
    events = some_events(40)
    random.shuffle(events)
    adoptions: Sequence[Sequence[Entry]] = [
        a_register("1", 5), a_calendar("2", odd=[date(2026, 1, 13), date(2026, 1, 26)]), a_register("2", 9),
    ]  # fmt: skip
    pieces: list[Sequence[Entry]] = [*adoptions]
    while events:
        size = random.choice((1, 5, 20, 40))
        pieces.append(events[:size])
        del events[:size]
    random.shuffle(pieces)
    moments = sorted(local("2026-01-06 08:00").timestamp() + random.randrange(30 * 86_400) for _ in pieces)
    follower = load(stream, first_rules(), local("2026-01-06 07:00"))
    loaded = kept = 0
    with a_worker(log, database):
        for number, piece in enumerate(pieces):
            log.append(piece)
            wait_until(lambda: applied(log, database), seconds=30, what="a piece being applied")
            at = datetime.fromtimestamp(moments[number], tz=local("2026-01-06 07:00").tzinfo)
            news = look(stream, follower, at)
            if news is None:
                follower, loaded = load(stream, first_rules(), at), loaded + 1
                continue
            shown = {row["case"]: row for row in everything(follower).rows}
            follower, before = take(follower, news)
            fresh = load(stream, first_rules(), at)
            assert everything(follower) == everything(fresh), number
            differs = differing(shown, {row["case"]: row for row in everything(follower).rows})
            assert before is not None
            assert differs <= before.keys(), "what is otherwise is told to be"
            kept += len(differs)
    assert 1 <= loaded <= len(adoptions) + 1
    assert kept > 30


def test_a_case_that_begins_anew_just_as_its_end_comes_is_handled_as_before(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    """A clock that is ahead told its end before it came, and nobody looked between that and what came after."""
    said = {"received_at": "2026-01-07 09:00", "due_at": "2026-02-20 17:00"}
    end, anew = "2026-02-09 09:00", "2026-02-10 09:00"
    log.append([recorded("F-9", Status.SETTLED, end, "03980", **said, ended_at=end)])
    log.append([an_act("assign", "F-9", "lan", to="minh")])
    apply_all(log, database)
    follower = load(stream, first_rules(), local("2026-01-28 09:00"))
    log.append([recorded("F-9", Status.IN_PROGRESS, anew, "03980", **said)])
    apply_all(log, database)
    later = local("2026-02-10 10:00")
    news = look(stream, follower, later)
    assert news is not None
    follower, _ = take(follower, news)
    assert everything(follower) == everything(load(stream, first_rules(), later))
    assert [row["handling"]["holder"] for row in everything(follower).rows] == ["minh"]


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The cases whose rows are otherwise, but for the working time that is left."""

    def still(rows: dict[str, Any], case: str) -> object:
        return None if case not in rows else {**rows[case], "remaining": None}

    return {case for case in before.keys() | after.keys() if still(before, case) != still(after, case)}
