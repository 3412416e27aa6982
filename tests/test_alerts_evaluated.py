"""Alerts on a real ledger: one for each cause, in working time, never for a figure whose source is silent."""

from datetime import datetime, timedelta
from itertools import count

import msgspec
import psycopg
import pytest

from ingest.contracts.acts import CaseDismissed
from ingest.contracts.onestop import Status
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from stream.alerts.rules import shipped_rules
from stream.alerts.silences import Wanted, end_silence, read_silences, write_silence
from stream.first_rules import first_rules
from stream.handling.acting import event_of
from stream.kpi.catalogue import load_catalogue
from stream.live import read_board
from stream.queue.page import page_of
from stream.queue.reading import load
from stream.queue.wanted import Asked
from stream.rebuild import rebuild, replace
from tests.building.acts import an_act
from tests.building.alerts import Service, alerts, happened, live, only
from tests.building.applying import apply_all, opener
from tests.building.events import an_application, progress
from tests.building.moments import local
from tests.case_lives import a_register, asked, recorded

UNIT, OTHER = "03980", "03979"
_numbers = count(1)


@pytest.fixture
def applied(log: PostgresLog, database: str, stream: psycopg.Connection) -> "Applied":
    return Applied(log, database, stream)


class Applied:
    """A centre that has applied what it was told."""

    def __init__(self, log: PostgresLog, url: str, connection: psycopg.Connection) -> None:
        self.log, self.url, self.connection = log, url, connection

    def told(self, *entries: Entry) -> "Applied":
        self.log.append(list(entries))
        apply_all(self.log, self.url)
        live(self.connection)
        return self


def due(when: str, unit: str = UNIT, code: str | None = None) -> Entry:
    """An application in progress that is due then."""
    made = an_application(code or f"H52-{next(_numbers)}").at_unit(unit).received("2026-03-02 08:00", due=when)
    return made.sync()


def test_cases_of_a_unit_overdue_for_long_are_one_alert_that_counts_them(applied: Applied) -> None:
    """Due on Tuesday; overdue from Wednesday on; two working days later it is Thursday evening."""
    applied.told(due("2026-03-10 17:00"), due("2026-03-10 09:00"), due("2026-03-10 17:00", OTHER))
    service = Service(applied.connection, only("overdue_long"))
    assert service.at(local("2026-03-12 17:29")) == []
    first = service.at(local("2026-03-12 17:31"))
    assert sorted(happened(first)) == [("overdue_long", OTHER, "opened"), ("overdue_long", UNIT, "opened")]
    unit = next(each for each in alerts(applied.connection) if each["subject"] == UNIT)
    assert (unit["number"], unit["cases"], unit["level"]) == (2, ["H52-2", "H52-1"], "alarm")


def test_more_cases_are_no_second_alert_and_the_last_one_settled_ends_it(applied: Applied) -> None:
    code = "H52-many"
    applied.told(due("2026-03-10 17:00", code=code))
    service = Service(applied.connection, only("overdue_long"))
    service.at(local("2026-03-13 09:00"))
    applied.told(due("2026-03-10 10:00", code="H52-more"))
    assert service.at(local("2026-03-13 09:01")) == []
    assert [each["number"] for each in alerts(applied.connection)] == [2]
    late = an_application(code).received("2026-03-02 08:00", due="2026-03-10 17:00").settled("2026-03-13 09:02").sync()
    more = an_application("H52-more").received("2026-03-02 08:00", due="2026-03-10 10:00").settled("2026-03-13 09:02")
    applied.told(late, more.sync())
    assert service.at(local("2026-03-13 09:03")) == []
    assert happened(service.at(local("2026-03-13 09:08"))) == [("overdue_long", UNIT, "closed")]


def test_overdue_for_no_time_at_all_is_what_the_figure_counts(applied: Applied) -> None:
    days = ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12")
    applied.told(*(due(f"{day} 17:00", unit) for day in days for unit in (UNIT, OTHER, UNIT)))
    now = local("2026-03-12 09:00")
    service = Service(applied.connection, only("overdue_long", own="[overdue_long]\nlonger_than = '0m'\n"))
    service.at(now)
    board = read_board(applied.connection, load_catalogue().only(["overdue_now"]), now, [UNIT, OTHER])
    found = {each["subject"]: each["number"] for each in alerts(applied.connection)}
    assert found == {unit: board.by_unit[unit]["overdue_now"].value for unit in (UNIT, OTHER)} == {UNIT: 6, OTHER: 3}


def test_a_figure_beyond_its_limit_opens_after_its_working_time(applied: Applied) -> None:
    applied.told(*(due("2026-03-10 17:00") for _ in range(6)))
    service = Service(applied.connection, only("overdue_many"))
    night = local("2026-03-11 00:00")  # overdue by the date; nobody works
    for hour in range(7):
        assert service.at(night + timedelta(hours=hour)) == []
    assert service.at(local("2026-03-11 07:31")) == []
    assert service.at(local("2026-03-11 07:45")) == []
    assert service.at(local("2026-03-11 07:59")) == []
    assert happened(service.at(local("2026-03-11 08:01"))) == [("overdue_many", UNIT, "opened")]
    [alert] = alerts(applied.connection)
    assert (alert["value"], alert["facts"]["limit"], alert["worked"]) == (6, 5, 1800 + 60)


def test_a_figure_between_its_limits_neither_opens_nor_closes(applied: Applied) -> None:
    codes = [f"H52-between-{number}" for number in range(6)]
    applied.told(*(due("2026-03-10 17:00", code=code) for code in codes))
    service = Service(applied.connection, only("overdue_many", own="[overdue_many]\nfor = '0m'\nclear_for = '0m'\n"))
    assert len(service.at(local("2026-03-11 09:00"))) == 1
    for number, minute in ((0, 1), (1, 2), (2, 3)):
        settled = an_application(codes[number]).received("2026-03-02 08:00", due="2026-03-10 17:00")
        applied.told(settled.settled(f"2026-03-11 09:{minute:02}").sync())
        closed = service.at(local(f"2026-03-11 09:{minute:02}") + timedelta(seconds=30))
        assert [kind for _, _, kind in happened(closed)] == (["closed"] if number == 2 else [])  # five, four, three


def test_a_silent_source_is_one_alert_and_its_figures_none(applied: Applied) -> None:
    """Ten figures of a unit are late, and cases grow old meanwhile; one alert says why."""
    applied.told(*(due("2026-03-10 17:00") for _ in range(9)))
    promised(applied.connection, local("2026-03-10 16:00"))
    silent(applied.connection, local("2026-03-11 07:40"))
    service = Service(applied.connection, shipped_rules())
    became = [*service.at(local("2026-03-11 09:00")), *service.at(local("2026-03-13 16:00"))]
    assert happened(became) == [("source_silent", "source:mot-cua", "opened")]


def test_an_open_alert_says_that_its_figure_stands_still(applied: Applied) -> None:
    applied.told(*(due("2026-03-10 17:00") for _ in range(9)))
    promised(applied.connection, local("2026-03-11 08:59"))
    service = Service(applied.connection, only("overdue_many", own="[overdue_many]\nfor = '0m'\n"))
    assert len(service.at(local("2026-03-11 09:00"))) == 1
    assert service.at(local("2026-03-11 10:00")) == []
    [alert] = alerts(applied.connection)
    assert (alert["phase"], alert["held"], alert["value"]) == ("open", "late", 9)


def test_a_frozen_log_is_told_once_and_not_beside_the_halted_partition_that_froze_it(applied: Applied) -> None:
    applied.told(due("2026-03-10 17:00"))
    applied.connection.execute("update part_offset set reached_at = now() - interval '61 seconds'")
    service = Service(applied.connection, only("source_silent"))
    assert happened(service.at(local("2026-03-11 09:00"))) == [("source_silent", "cause:frozen", "opened")]
    applied.connection.execute("update part_offset set halted = 'poison' where part = 0")
    assert service.at(local("2026-03-11 09:01")) == []
    assert happened(service.at(local("2026-03-11 09:12"))) == [("source_silent", "cause:frozen", "closed")]


def test_waiting_for_long_counts_from_the_request(applied: Applied) -> None:
    code = "H52-paused"
    filed = an_application(code).received("2026-02-02 08:00", due="2026-03-02 17:00")
    applied.told(filed.sync(), progress(code, Status.SUPPLEMENT_AWAITED, "2026-02-09 08:00"))
    service = Service(applied.connection, only("paused_long", own="[paused_long]\nlonger_than = '2d'\n"))
    assert service.at(local("2026-02-11 07:59")) == []
    assert happened(service.at(local("2026-02-11 08:01"))) == [("paused_long", UNIT, "opened")]
    applied.told(progress(code, Status.IN_PROGRESS, "2026-02-11 09:00"))
    service.at(local("2026-02-11 09:01"))
    assert happened(service.at(local("2026-02-11 09:07"))) == [("paused_long", UNIT, "closed")]


def test_a_letter_is_owed_until_it_is_sent(applied: Applied) -> None:
    code = "H52-letter"
    late = an_application(code).received("2026-03-02 08:00", due="2026-03-10 17:00").settled("2026-03-11 10:00")
    in_time = an_application("H52-in-time").received("2026-03-02 08:00", due="2026-03-10 09:00")
    applied.told(late.sync(), in_time.settled("2026-03-10 16:00").sync())
    service = Service(applied.connection, only("letter_owed"))
    assert service.at(local("2026-03-11 17:29")) == []
    [opened] = service.at(local("2026-03-11 17:31"))
    assert opened.standing.alert.cases == (code,)
    assert board_of(applied, local("2026-03-11 17:31")) == 1


def test_a_due_date_that_is_moved_on_later_takes_no_debt_away(applied: Applied) -> None:
    """Overdue from Wednesday on and given until the 27th on Thursday: it owes a letter, open or settled in time."""
    filed = [an_application(code).received("2026-03-02 08:00", due="2026-03-10 17:00") for code in ("M-1", "M-2")]
    moved = [
        each.received("2026-03-02 08:00", due="2026-03-27 17:00").in_progress("2026-03-12 09:00") for each in filed
    ]
    applied.told(*(each.sync() for each in (*filed, *moved)), moved[1].settled("2026-03-13 09:00").sync())
    now = local("2026-03-16 09:00")
    [opened] = Service(applied.connection, only("letter_owed")).at(now)
    assert opened.standing.alert.cases == ("M-1", "M-2")
    assert board_of(applied, now) == 2


def test_a_term_that_is_adopted_anew_takes_back_what_it_owed(applied: Applied) -> None:
    service = Service(applied.connection, only("letter_owed"))
    applied.told(*a_register("1", 5), an_application("T-1").received("2026-03-02 08:00").sync())
    assert happened(service.at(local("2026-03-11 09:00"))) == [("letter_owed", UNIT, "opened")]
    applied.told(*a_register("2", 9))
    assert board_of(applied, local("2026-03-11 09:01")) == 0
    service.at(local("2026-03-11 09:01"))
    assert happened(service.at(local("2026-03-11 09:07"))) == [("letter_owed", UNIT, "closed")]
    assert service.at(local("2026-03-16 09:00")) == []  # owed since Saturday, and not for a working day yet


def test_the_clock_stands_for_alerts_when_it_stands_for_the_figures(applied: Applied) -> None:
    """A list of supplements says it as well as a status, and that the papers came, whatever the status says still."""
    at, asked_at, came = "2026-01-07 09:00", "2026-01-08 10:00", ("2026-01-09 10:00", "2026-01-16 17:00")
    said = {"received_at": at, "due_at": "2026-01-14 17:00"}
    applied.told(
        recorded("S-1", Status.IN_PROGRESS, at, UNIT, **said, supplements=asked(asked_at)),
        recorded("S-2", Status.SUPPLEMENT_AWAITED, at, UNIT, **said, supplements=asked(asked_at, *came)),
        recorded("S-3", Status.SUPPLEMENT_AWAITED, at, UNIT, **said),
        recorded("S-4", Status.IN_PROGRESS, at, UNIT, **said),
    )
    now = local("2026-01-30 08:00")
    rules = only("overdue_long", "paused_long", own="[paused_long]\nlonger_than = '2d'\n")
    late, paused = sorted(Service(applied.connection, rules).at(now), key=lambda each: each.standing.cause.rule)
    assert late.standing.alert.cases == ("S-4", "S-2")
    assert paused.standing.alert.cases == ("S-3", "S-1")  # who waits longest first
    queue = load(applied.connection, first_rules(), now).queue
    for cases, state in ((late, "overdue"), (paused, "paused")):
        assert page_of(queue, Asked()).counts[state] == cases.standing.alert.number


def test_an_escalation_without_an_answer_is_one_alert_until_it_is_answered(applied: Applied) -> None:
    code = "H52-escalated"
    applied.told(due("2026-03-20 17:00", code=code))
    applied.told(an_act("escalate", code, "lan", at=local("2026-03-10 08:00"), note="quá tải"))
    service = Service(applied.connection, only("unanswered"))
    for clock in ("09:59", "10:01", "10:05"):
        assert service.at(local(f"2026-03-10 {clock}")) == []
    assert happened(service.at(local("2026-03-10 10:07"))) == [("unanswered", UNIT, "opened")]
    applied.told(an_act("acknowledge", code, "minh", seen=1, at=local("2026-03-10 10:32")))
    service.at(local("2026-03-10 10:33"))
    assert happened(service.at(local("2026-03-10 10:35"))) == [("unanswered", UNIT, "closed")]


def test_a_case_whose_alarm_was_called_false_does_not_count_as_long_as_it_is_due_then(applied: Applied) -> None:
    code = "H52-false"
    applied.told(due("2026-03-10 17:00", code=code))
    about = {"case": code, "unit": UNIT, "by": "lan", "seen": 0, "note": "nhập sai"}
    false = msgspec.convert({**about, "due_at": local("2026-03-10 17:00")}, CaseDismissed)
    applied.told(Entry(*event_of(false, local("2026-03-11 08:00"), "false-1")))
    service = Service(applied.connection, only("overdue_long"))
    assert service.at(local("2026-03-13 09:00")) == []
    later = an_application(code).received("2026-03-02 08:00", due="2026-03-11 17:00").in_progress("2026-03-13 09:00")
    applied.told(later.sync())
    assert happened(service.at(local("2026-03-16 09:00"))) == [("overdue_long", UNIT, "opened")]


def test_a_silence_hides_no_alert_and_when_it_ends_the_alert_is_told(applied: Applied) -> None:
    applied.told(due("2026-03-10 17:00"))
    connection = applied.connection
    asked = Wanted("overdue_long", None, "đang xử lý tập trung", "lan", local("2026-03-13 10:00"))
    write_silence(connection, asked, local("2026-03-12 09:00"))
    service = Service(connection, only("overdue_long"))
    [opened] = service.at(local("2026-03-13 09:00"))
    assert (opened.happening.kind, opened.happening.is_told) == ("opened", False)
    assert deliveries(connection) == 0
    assert alerts(connection)[0]["silenced"]
    [told] = service.at(local("2026-03-13 10:00"))
    assert (told.happening.kind, told.happening.is_told) == ("goes_on", True)
    assert deliveries(connection) == 2


def test_a_silence_of_a_unit_is_about_that_unit_and_can_be_ended(applied: Applied) -> None:
    applied.told(due("2026-03-10 17:00"), due("2026-03-10 17:00", OTHER))
    connection, now = applied.connection, local("2026-03-13 09:00")
    number = write_silence(connection, Wanted(None, UNIT, "nghỉ bão", "lan", now + timedelta(days=1)), now)
    service = Service(connection, only("overdue_long"))
    told = {each.standing.cause.subject: each.happening.is_told for each in service.at(now)}
    assert told == {UNIT: False, OTHER: True}
    end_silence(connection, number, "minh", now + timedelta(minutes=1))
    assert read_silences(connection, now + timedelta(minutes=2)) == []
    assert [each.standing.cause.subject for each in service.at(now + timedelta(minutes=2))] == [UNIT]


def test_a_service_that_is_started_again_goes_on_where_the_other_was(applied: Applied) -> None:
    applied.told(*(due("2026-03-10 17:00") for _ in range(6)))
    for minute in (0, 10, 20):
        assert Service(applied.connection, only("overdue_many")).at(local(f"2026-03-11 08:{minute:02}")) == []
    assert len(Service(applied.connection, only("overdue_many")).at(local("2026-03-11 08:30"))) == 1
    assert Service(applied.connection, only("overdue_many")).at(local("2026-03-11 08:30")) == []
    assert deliveries(applied.connection) == 2


def test_a_rule_that_is_left_out_withdraws_its_alerts(applied: Applied) -> None:
    applied.told(due("2026-03-10 17:00"))
    Service(applied.connection, only("overdue_long")).at(local("2026-03-13 09:00"))
    assert happened(Service(applied.connection, only()).at(local("2026-03-13 09:01"))) == [
        ("overdue_long", UNIT, "closed")
    ]
    [alert] = alerts(applied.connection)
    assert (alert["ended_as"], alert["facts"]["title"]["vi"]) == ("withdrawn", "Hồ sơ quá hạn kéo dài")


def test_a_rebuild_keeps_alerts_silences_and_what_is_to_be_sent(applied: Applied) -> None:
    applied.told(due("2026-03-10 17:00"))
    Service(applied.connection, only("overdue_long")).at(local("2026-03-13 09:00"))
    asked = Wanted("letter_owed", None, "x", "lan", local("2026-03-20 09:00"))
    write_silence(applied.connection, asked, local("2026-03-13 09:00"))

    def connect(schema: str = "stream") -> psycopg.Connection:
        return opener(applied.url, schema)()

    rebuild(applied.log, connect, first_rules(), lambda _: None)
    replace(connect)
    live(applied.connection)
    assert (len(alerts(applied.connection)), deliveries(applied.connection)) == (1, 2)
    assert len(read_silences(applied.connection, local("2026-03-14 09:00"))) == 1
    assert Service(applied.connection, only("overdue_long")).at(local("2026-03-13 09:01")) == []
    assert write_silence(applied.connection, asked, local("2026-03-13 09:02")) == 2


def board_of(applied: Applied, now: datetime) -> float | None:
    """How many letters are owed by the ledger."""
    board = read_board(applied.connection, load_catalogue().only(["apologies_due"]), now, [UNIT])
    return board.by_unit[UNIT]["apologies_due"].value


def deliveries(connection: psycopg.Connection) -> int:
    [(number,)] = connection.execute("select count(*) from alert_delivery").fetchall()
    return int(number)


def promised(connection: psycopg.Connection, heard: datetime) -> None:
    """The one-stop shop of the units promised a sign of life every ten minutes, and was last heard of then."""
    connection.execute(
        "insert into source_promise values"
        " (0, 99999, '2026-03-01 00:00Z', 'mot-cua', 'events', '{onestop}', '{03980,03979}', 600, true)"
    )
    connection.execute(
        "insert into source_state (source, heard_at) values ('mot-cua', %(at)s)"
        " on conflict (source) do update set heard_at = excluded.heard_at", {"at": heard},
    )  # fmt: skip


def silent(connection: psycopg.Connection, since: datetime) -> None:
    """The watcher opened an incident."""
    connection.execute(
        "insert into incident (cause, source, began_at, seen_at) values ('silent', 'mot-cua', %(at)s, %(at)s)",
        {"at": since},
    )
