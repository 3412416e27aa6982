"""Early warning on the store: learnt each working day, reckoned each working hour, kept through a rebuild."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from functools import cache
from threading import Event, Thread

import psycopg
import pytest
from click.testing import CliRunner

from ingest.log.postgres import PostgresLog
from ioc.commands.warning import warning
from stream import rebuild as rebuilding
from stream.core.moment import DAY_SECONDS, Moment, datetime_of
from stream.first_rules import first_rules
from stream.warning import read_model, read_warnings, sentence
from stream.warning.refreshing import Warner, last_due, learn_anew, refresh
from stream.warning.store import read_listed
from tests.building.applying import apply_all, opener
from tests.building.moments import moment
from tests.building.waiting import CALENDAR, ROW, Case, days_on, row, waiting
from tests.servers.processes import wait_until

NOW = days_on(178.1)
"""Half a year later, in a working hour of a Thursday."""


@cache
def cases() -> Sequence[Case]:
    return list(waiting(2_500, 180))


def fill(connection: psycopg.Connection, found: Sequence[Case], now: Moment) -> None:
    with connection.transaction():
        connection.execute("delete from cases")
        with connection.cursor().copy(f"copy cases ({ROW}) from stdin") as copy:
            for case in found:
                if case.records[0].at <= now:
                    copy.write_row(row(case, now))


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: Moment) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return datetime_of(self.now)


@pytest.fixture
def filled(stream: psycopg.Connection) -> psycopg.Connection:
    fill(stream, cases(), NOW)
    return stream


def test_every_open_case_with_a_due_date_has_a_chance_and_a_sentence(filled: psycopg.Connection) -> None:
    taught = learn_anew(filled, datetime_of(NOW), first_rules())
    assert refresh(filled, taught, datetime_of(NOW), first_rules()) > 20
    warnings = read_warnings(filled)
    assert warnings.keys() == {case for (case,) in filled.execute("select id from cases where is_open")}
    assert {each.scored_at for each in warnings.values()} == {datetime_of(NOW)}
    for each in warnings.values():
        assert each.warned == (each.chance >= 0.25 and each.facts["level"] != "overdue")
        assert each.chance == pytest.approx(each.facts["chance"], abs=1e-6)
        assert sentence(each.facts, "vi") != sentence(each.facts, "en")
    listed = read_listed(filled, datetime_of(NOW), 5)
    assert [each.chance for _, each in listed] == sorted((each.chance for _, each in listed), reverse=True)
    assert all(each.warned for _, each in listed)
    later = read_listed(filled, datetime_of(NOW + 40 * DAY_SECONDS), 5)
    assert (len(listed) > 0, later) == (True, []), "what is overdue by the clock alone is no warning any more"
    assert any(each.chance == 1 for each in warnings.values())


def test_the_book_says_what_was_learnt_from_and_how_good_it_is(filled: psycopg.Connection) -> None:
    learn_anew(filled, datetime_of(NOW), first_rules())
    model = read_model(filled)
    assert model is not None
    assert model.enough
    assert model.calibration_error is not None
    assert model.calibration_error < 0.06
    assert 2_000 < model.cases < 2_500
    assert 100 < model.late < 500
    assert model.facts["measured"]["held_out"]["late_cases"] > 20


def test_too_little_history_takes_the_chances_away_and_says_what_is_missing(filled: psycopg.Connection) -> None:
    refresh(filled, learn_anew(filled, datetime_of(NOW), first_rules()), datetime_of(NOW), first_rules())
    fill(filled, cases()[::12], NOW)
    for now in (datetime_of(NOW + 60), datetime_of(NOW + 120)):
        taught = learn_anew(filled, now, first_rules())
        assert refresh(filled, taught, now, first_rules()) == 0
    assert read_warnings(filled) == {}
    assert filled.execute("select count(*) from warning_model where not enough").fetchone() == (1,)


def test_an_empty_store_has_no_chances(stream: psycopg.Connection) -> None:
    taught = learn_anew(stream, datetime_of(NOW), first_rules())
    assert refresh(stream, taught, datetime_of(NOW), first_rules()) == 0
    model = read_model(stream)
    assert model is not None
    assert (model.enough, model.facts["what"]) == (False, "ended")


def test_chances_are_reckoned_each_working_hour_and_learnt_each_working_day(filled: psycopg.Connection) -> None:
    clock = Clock(moment("2026-07-01 09:40"))
    warner = Warner(lambda: filled, clock, first_rules())
    done = []
    for now in (
        "2026-07-01 09:40", "2026-07-01 09:59", "2026-07-01 10:00", "2026-07-01 12:00", "2026-07-01 13:30",
        "2026-07-01 20:00", "2026-07-02 06:00", "2026-07-02 07:30",
    ):  # fmt: skip
        clock.now = moment(now)
        if warner.look(filled):
            done.append(now)
    assert done == [
        "2026-07-01 09:40", "2026-07-01 10:00", "2026-07-01 12:00", "2026-07-01 13:30", "2026-07-01 20:00",
        "2026-07-02 07:30",
    ]  # fmt: skip
    assert filled.execute("select count(*) from warning_model").fetchone() == (2,)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-07-01 07:29", None),
        ("2026-07-01 07:31", "2026-07-01 07:30"),
        ("2026-07-01 11:29", "2026-07-01 11:00"),
        ("2026-07-01 13:40", "2026-07-01 13:30"),
        ("2026-07-01 23:59", "2026-07-01 17:00"),
        ("2026-07-04 10:00", None),
    ],
)
def test_when_chances_are_due(now: str, due: str | None) -> None:
    assert last_due(CALENDAR, moment(now)) == (None if due is None else moment(due))


def test_where_there_was_too_little_it_is_tried_again_at_any_hour(stream: psycopg.Connection) -> None:
    clock = Clock(moment("2026-07-04 22:00"))  # a Saturday
    warner = Warner(lambda: stream, clock, first_rules())
    done = []
    for minutes in (0, 5, 11):
        clock.now = moment("2026-07-04 22:00") + minutes * 60
        done.append(warner.look(stream))
    assert done == [True, False, True]


def test_it_goes_on_when_the_database_was_away(filled: psycopg.Connection, database: str) -> None:
    tries: list[int] = []

    def connect() -> psycopg.Connection:
        tries.append(len(tries))
        if len(tries) == 1:
            raise psycopg.OperationalError("away")
        return opener(database)()

    stop = Event()
    warner = Warner(connect, Clock(NOW), first_rules(), look_every=0.05)
    thread = Thread(target=warner.run, args=(stop,))
    thread.start()
    try:
        wait_until(lambda: bool(read_warnings(filled)))
    finally:
        stop.set()
        thread.join(timeout=30)
    assert not thread.is_alive()


def test_a_rebuild_keeps_chances_and_the_book(log: PostgresLog, filled: psycopg.Connection, database: str) -> None:
    refresh(filled, learn_anew(filled, datetime_of(NOW), first_rules()), datetime_of(NOW), first_rules())
    before, book = read_warnings(filled), read_model(filled)
    apply_all(log, database)
    open_schema = rebuild_opener(database)
    rebuilding.rebuild(log, open_schema, first_rules(), lambda _: None)
    rebuilding.replace(open_schema)
    with closing(opener(database)()) as again:
        assert read_warnings(again) == before
        assert read_model(again) == book


def rebuild_opener(url: str) -> rebuilding.OpenSchema:
    return lambda schema: opener(url, schema)()


def run(*arguments: str) -> tuple[int, str]:
    found = CliRunner().invoke(warning, arguments)
    return found.exit_code, found.output


def test_the_commands_learn_measure_and_list(
    filled: psycopg.Connection, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    status, said = run("list")
    assert (status, "nothing was learnt yet" in said) == (1, True)
    status, said = run("measure")
    assert status == 0
    assert json.loads(said)["model"]["auc"] > 0.8
    status, said = run("learn")
    assert status == 0
    assert json.loads(said)["reckoned"] == len(read_warnings(filled))
    refresh(filled, learn_anew(filled, datetime_of(NOW), first_rules()), datetime_of(NOW), first_rules())
    status, said = run("list", "--limit", "3", "--all", "--now", datetime_of(NOW).isoformat())
    assert status == 0
    listed = json.loads(said)["warnings"]
    assert len(listed) == 3
    assert all("khả năng trễ hạn" in each["vi"] and "the chance to miss" in each["en"] for each in listed)


def test_the_commands_say_when_there_is_too_little(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    for command in ("learn", "measure", "list"):
        status, said = run(command)
        assert status == 1
        assert "not enough history: ended 0, needed 500" in said
