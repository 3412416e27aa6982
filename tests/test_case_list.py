"""`ioc case list`: as many cases as the figures say, of any moment and any knowledge, page after page."""

import json
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from ingest.contracts.onestop import Status
from ingest.log.postgres import PostgresLog
from ioc.commands.case import case
from stream.core.moment import moment_of
from stream.first_rules import first_rules
from stream.kpi.readings import Ask
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from stream.story.errors import NoSuchCaseError
from stream.story.listing import FINDINGS, Flag, Line, Wanted, read_list
from tests.building.applying import apply_all
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.case_lives import asked, recorded

UNITS = (3980, 4033, 3985, 3997)
LEVELS: tuple[Flag, ...] = ("open", "overdue", "due_soon", "paused")
MOMENTS = ("2026-01-12 09:00", "2026-01-23 10:00", "2026-01-27 16:00", "2026-01-28 00:00", "2026-06-01 08:00")
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def known(log: PostgresLog, database: str, stream: psycopg.Connection) -> datetime:
    """Many lives, told in no order and in two parts; answers when the first part was known."""
    lives = some_lives(120)
    Random(8).shuffle(lives)
    log.append(lives[:200])
    apply_all(log, database)
    [(first,)] = stream.execute("select max(appended_at) from event").fetchall()
    log.append(lives[200:])
    apply_all(log, database)
    found: datetime = first
    return found


def figure(stream: psycopg.Connection, name: str, at: datetime, known_at: datetime | None, unit: int | None) -> int:
    ask = Ask(Term(name), None)
    [answer] = read_sums(stream, [Question(Windows.at(at), [ask])], known_at)
    return int(answer.sum_of(ask, unit) or 0)


def listed(
    stream: psycopg.Connection, wanted: Wanted, at: datetime, known_at: datetime | None = None
) -> tuple[int, list[Line]]:
    number, lines = read_list(stream, wanted, moment_of(at), known_at, first_rules(), limit=1000)
    return number, list(lines)


def test_a_list_is_as_long_as_its_figure_at_any_moment_and_knowledge(
    stream: psycopg.Connection, known: datetime
) -> None:
    lengths = set()
    with snapshot(stream):
        for at in map(local, MOMENTS):
            for known_at in (None, known):
                for level in LEVELS:
                    for unit in (None, *UNITS):
                        wanted = Wanted(frozenset([level]), units=None if unit is None else (unit,))
                        number, lines = listed(stream, wanted, at, known_at)
                        assert number == len({line.code for line in lines}) == len(lines)
                        assert number == figure(stream, level, at, known_at, unit), (at, level, unit)
                        lengths.add(number)
    assert len(lengths) > 20


def test_the_least_working_time_left_comes_first_and_pages_follow_one_another(
    stream: psycopg.Connection, known: datetime
) -> None:
    del known
    at = moment_of(local("2026-01-23 10:00"))
    with snapshot(stream):
        whole = read_list(stream, Wanted(), at, None, first_rules(), limit=1000)
        paged: list[Line] = []
        while True:
            after = paged[-1].code if paged else None
            page = read_list(stream, Wanted(), at, None, first_rules(), limit=7, after=after)
            assert page.number == whole.number
            paged += page.lines
            if len(page.lines) < 7:
                break
    assert [line.code for line in paged] == [line.code for line in whole.lines]
    left = [line.standing.remaining for line in whole.lines]
    assert left == sorted(left, key=lambda each: (each is None, each))
    assert len(left) > 14


def test_filters_keep_what_they_name(stream: psycopg.Connection, known: datetime) -> None:
    del known
    at = local("2026-01-23 10:00")
    with snapshot(stream):
        every = listed(stream, Wanted(), at)[1]
        day = local("2026-01-15 00:00").date()
        kept: list[tuple[Wanted, Callable[[Line], bool]]] = [
            (Wanted(channel=2), lambda line: line.judged.application.channel == 2),
            (Wanted(field="G09-01"), lambda line: line.field.code == "G09-01"),
            (Wanted(level=0), lambda _: True),
            (Wanted(level=3), lambda _: False),
            (
                Wanted(received_from=day),
                lambda line: (line.judged.application.received or 0) >= moment_of(local("2026-01-15 00:00")),
            ),
            (
                Wanted(received_to=day),
                lambda line: (line.judged.application.received or 0) < moment_of(local("2026-01-16 00:00")),
            ),
            (Wanted(frozenset(["due_soon", "paused"])), lambda line: {"due_soon", "paused"} <= line.standing.levels),
        ]
        for wanted, keeps in kept:
            expected = [line.code for line in every if keeps(line)]
            assert [line.code for line in listed(stream, wanted, at)[1]] == expected
    assert 0 < sum(line.judged.application.channel == 2 for line in every) < len(every)


def test_findings_are_listed_open_or_not(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    day = "2024-03-04 09:00"
    log.append(
        [
            recorded("A", Status.RECEIVED, day, "03979", received_at=day),
            recorded("A", Status.SETTLED, "2024-03-05 09:00", "03979", received_at=day, ended_at="2024-03-05 09:00"),
            recorded("B", Status.SETTLED, "2024-03-05 09:00", "03979", received_at=day, ended_at="2024-03-01 09:00"),
            recorded("C", Status.RECEIVED, day, "03979", received_at=day),
        ]
    )
    apply_all(log, database)
    at = local("2024-04-01 08:00")
    with snapshot(stream):
        names = {name: [line.code for line in listed(stream, Wanted(finding=name), at)[1]] for name in sorted(FINDINGS)}
        assert names == {
            "impossible_dates": ["B"],
            "settlement_taken_back": [],
            "unit_out_of_force": [],
            "unusual_move": ["A"],
        }
        still_open = Wanted(frozenset(["open"]), finding="unusual_move")
        assert listed(stream, still_open, at) == (0, [])
        assert listed(stream, Wanted(finding="unusual_move", units=(3982,)), at) == (0, [])
        assert listed(stream, Wanted(finding="unusual_move"), local("2024-03-04 12:00")) == (0, [])


def test_to_go_on_after_a_case_that_nobody_knows_is_refused(stream: psycopg.Connection, known: datetime) -> None:
    del known
    with pytest.raises(NoSuchCaseError, match="there is no case X-1"), snapshot(stream):
        read_list(stream, Wanted(), 0, None, first_rules(), limit=5, after="X-1")


@pytest.fixture
def run(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Two open applications: one waits over the New Year, the other is not due yet."""
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    received = "2024-02-05 08:30"
    log.append(
        [
            recorded("H-1", Status.SUPPLEMENT_AWAITED, "2024-02-06 10:00", "03979", received_at=received,
                     due_at="2024-02-07 17:00", supplements=asked("2024-02-06 10:00")),
            recorded("H-2", Status.RECEIVED, "2024-02-05 14:00", "03982", received_at="2024-02-05 14:00",
                     due_at="2024-02-15 09:30", channel=1),
        ]
    )  # fmt: skip
    apply_all(log, database)
    return lambda *arguments: CliRunner().invoke(case, ["list", *arguments])


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_the_document_has_every_column(run: Callable[..., Result]) -> None:
    page = document(run("--as-of", "2024-02-16T08:30", "--format", "json"))
    assert (page["number"], page["next_after"]) == (2, None)
    assert page["cases"] == [
        {
            "code": "H-2",
            "unit": {"code": "03982", "name": "Thị trấn Nông trường Mộc Châu"},
            "field": {"code": "G09-01", "name": "Hộ tịch"},
            "procedure": "1.005129",
            "level": "unknown",
            "channel": "direct",
            "status": {"code": 2, "vi": "Được tiếp nhận", "en": "Received"},
            "received": "2024-02-05T14:00:00+07:00",
            "due": "2024-02-15T09:30:00+07:00",
            "remaining_seconds": -7 * 3600,
            "paused_since": None,
            "levels": ["open", "overdue"],
        },
        page["cases"][1],
    ]
    waits = page["cases"][1]
    assert (waits["code"], waits["paused_since"]) == ("H-1", "2024-02-06T10:00:00+07:00")
    assert waits["remaining_seconds"] == 13 * 3600
    assert document(run("--limit", "1", "--format", "json"))["next_after"] in {"H-1", "H-2"}


def test_units_areas_and_the_future_can_be_asked_for(run: Callable[..., Result]) -> None:
    def codes(*arguments: str) -> list[str]:
        return [each["code"] for each in document(run(*arguments, "--format", "json"))["cases"]]

    then = ("--as-of", "2024-02-06T12:00")
    assert codes(*then, "--unit", "03982") == ["H-2"]
    assert codes(*then, "--unit", "moc-chau") == ["H-2", "H-1"] or codes(*then) == ["H-1", "H-2"]
    assert codes(*then, "--paused") == ["H-1"]
    assert codes(*then, "--overdue") == []
    assert codes("--as-of", "2199-01-04T08:00", "--overdue") == ["H-2"]
    table = run(*then).output
    assert "Thị trấn Mộc Châu (03979)" in table
    assert "2 / 2" in table
    nobody = run(*then, "--unit", "99999")
    assert "no unit bears the code 99999" in str(nobody.exception)
