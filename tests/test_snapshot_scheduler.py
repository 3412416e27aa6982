"""Schedulers over a real database: each slot once, as known at its moment, whatever fails, whoever else works."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest

from stream.errors import StreamError
from stream.snapshot.schedule.asking import ask_draft, ask_run
from stream.snapshot.schedule.drafting import once as make_draft
from stream.snapshot.schedule.errors import NotDueError
from stream.snapshot.schedule.heartbeat import Sign, beat, forget, last_seen
from stream.snapshot.schedule.listing import Listing, read_slots, read_waiting
from stream.snapshot.schedule.schedule import Schedules
from stream.snapshot.seal.package import unpack
from stream.snapshot.seal.reading import read_package
from tests.building.moments import local
from tests.building.scheduling import Scheduler, a_scheduler, daily, publish_key, tell_one_more
from tests.building.seals import files_of
from tests.servers.processes import wait_until

HOLDS = ('late_sources = "hold"', 'hold_for = "4h"')


@pytest.fixture
def scheduler(district: str) -> Iterator[Scheduler]:
    publish_key(district)
    with a_scheduler(district, daily()) as made:
        yield made.at("2026-02-02 08:00").looks()


def sealed(scheduler: Scheduler) -> dict[tuple[str, int], dict[str, Any]]:
    """Every sealed object by period and version."""
    rows = scheduler.reader.execute(
        "select period, version, body from snapshot.file where name = 'snapshot.json' order by period, version"
    ).fetchall()
    return {(period, version): json.loads(bytes(body)) for period, version, body in rows}


def test_a_schedule_that_is_seen_for_the_first_time_begins_now(scheduler: Scheduler) -> None:
    assert scheduler.slots() == {}
    assert list(scheduler.at("2026-02-02 16:29:59").looks().slots()) == []
    assert list(scheduler.at("2026-02-02 16:30").looks().slots()) == ["2026-02-02"]


def test_a_schedule_that_began_by_a_clock_that_was_a_year_ahead_begins_again(district: str) -> None:
    with a_scheduler(district, daily()) as scheduler:
        scheduler.at("2027-02-02 08:00").looks()
        scheduler.at("2026-02-02 08:00").looks().at("2026-02-02 16:30").looks()
        assert list(scheduler.slots()) == ["2026-02-02"]


def test_a_slot_is_made_sealed_and_put_into_the_outbox_in_one_go(scheduler: Scheduler) -> None:
    assert scheduler.at("2026-02-02 16:30:04").looks().outcomes() == [("2026-02-02", "sealed")]
    found = sealed(scheduler)["2026-02-02", 1]
    assert (found["due_at"], found["known_at"]) == ("2026-02-02T16:30:00+07:00", "2026-02-02T16:30:00.000+07:00")
    assert (found["as_of"], found["witness"]["late"]) == ("2026-02-02T16:30:00+07:00", [])
    assert found["figures"][0]["value"] == 3
    [slot] = scheduler.slots().values()
    assert (slot["state"], slot["late"], slot["attempts"], slot["error"]) == ("sealed", [], 1, None)
    [delivery] = scheduler.book.execute("select receiver, digest, state from snapshot.delivery").fetchall()
    [(digest,)] = scheduler.book.execute("select digest from snapshot.sealed").fetchall()
    assert delivery == ("folder", digest, "waiting")
    package = unpack(read_package(scheduler.book, "daily", "2026-02-02", 1))
    assert set(package.files) == {"snapshot.json", "snapshot.xlsx", "snapshot.pdf"}


def test_what_was_missed_is_caught_up_as_known_then_and_says_why_it_is_late(scheduler: Scheduler) -> None:
    scheduler.at("2026-02-05 12:00").absences.begin(local("2026-02-05 12:00"), local("2026-02-02 09:00"))
    assert scheduler.looks().outcomes() == [(f"2026-02-0{day}", "sealed") for day in (2, 3, 4)]
    for (period, _), found in sealed(scheduler).items():
        assert found["known_at"] == f"{period}T16:30:00.000+07:00"
        assert [each["id"] for each in found["witness"]["late"]] == ["scheduler_away"]
        assert found["witness"]["late_seconds"] > 300
    assert [each.late for each in read_slots(scheduler.book, Listing(only_late=True), scheduler.now)] == [
        ["scheduler_away"]
    ] * 3


def test_a_clock_that_leapt_is_the_reason_where_no_time_passed(scheduler: Scheduler) -> None:
    scheduler.absences.begin(scheduler.now, None)
    scheduler.steady += 5
    scheduler.at("2026-02-03 03:00").absences.looked(scheduler.now)
    scheduler.looks().works()
    assert scheduler.slots()["2026-02-02"]["late"] == ["clock_set"]


def test_a_clock_that_is_set_back_makes_nothing_twice_and_nothing_before_its_time(scheduler: Scheduler) -> None:
    scheduler.at("2026-02-04 17:00").looks()  # by mistake: nothing was made yet
    scheduler.at("2026-02-02 17:00").looks()
    assert scheduler.outcomes() == [("2026-02-02", "sealed")]
    assert [slot["state"] for slot in scheduler.slots().values()] == ["sealed", "waiting", "waiting"]
    assert scheduler.at("2026-02-03 16:30:01").looks().outcomes() == [("2026-02-03", "sealed")]
    scheduler.at("2026-02-02 17:00").looks()
    assert scheduler.outcomes() == []
    assert len(scheduler.slots()) == 3


def test_a_slot_that_waits_by_a_clock_that_was_wrong_is_looked_at_by_the_right_one(scheduler: Scheduler) -> None:
    scheduler.at("2026-02-02 16:30").looks()
    scheduler.book.execute("update snapshot.slot set next_at = '2026-09-01'")
    assert scheduler.outcomes() == [("2026-02-02", "sealed")]


def test_two_schedulers_make_every_slot_once(district: str, scheduler: Scheduler) -> None:
    scheduler.at("2026-02-27 17:00")
    start = Barrier(2)
    outcomes: list[tuple[str, str]] = []

    def works(own: Scheduler) -> None:
        start.wait()
        outcomes.extend(own.looks().outcomes())

    with a_scheduler(district, daily()) as other:
        other.now = scheduler.now
        threads = [Thread(target=works, args=(each,)) for each in (scheduler, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    made = [period for period, outcome in outcomes if outcome == "sealed"]
    assert len(made) == len(set(made)) == len(scheduler.slots()) == 15  # the lunar New Year takes the rest
    numbers = scheduler.book.execute("select number, previous, digest from snapshot.sealed order by number").fetchall()
    assert [number for number, _, _ in numbers] == list(range(1, 16))
    assert [previous for _, previous, _ in numbers] == [None, *(digest for _, _, digest in numbers[:-1])]


def test_whoever_dies_in_the_midst_leaves_nothing_and_another_says_the_same(
    district: str, scheduler: Scheduler
) -> None:
    with a_scheduler(district, daily()) as dying:
        dying.at("2026-02-02 16:30:01").looks()

        def dies(_: object) -> Any:
            dying.book.close()
            dying.reader.close()
            raise psycopg.OperationalError("killed")

        dying.render = dies
        with pytest.raises(psycopg.OperationalError):
            dying.works()
    [slot] = scheduler.slots().values()
    assert (slot["state"], slot["attempts"]) == ("waiting", 1)
    assert scheduler.at("2026-02-02 16:30:05").outcomes() == []  # it waits: who made it may have been killed by it
    assert scheduler.at("2026-02-02 16:30:12").outcomes() == [("2026-02-02", "sealed")]
    assert sealed(scheduler)["2026-02-02", 1]["known_at"] == "2026-02-02T16:30:00.000+07:00"


def test_a_slot_that_fails_is_told_and_tried_again_and_blocks_no_other(scheduler: Scheduler) -> None:
    def fails(found: Any) -> Any:
        if found.period.name == "2026-02-02":
            raise StreamError("no ink")
        return files_of(found)

    scheduler.render = fails
    outcomes = scheduler.at("2026-02-03 16:30:01").looks().outcomes()
    assert outcomes == [("2026-02-02", "failed"), ("2026-02-03", "sealed")]
    slot = scheduler.slots()["2026-02-02"]
    assert (slot["error"], slot["attempts"]) == ("StreamError: no ink", 1)
    assert slot["next_at"] == scheduler.now + timedelta(hours=1)  # nobody mends that by waiting a little
    scheduler.render = files_of
    assert scheduler.at("2026-02-03 17:30:02").outcomes() == [("2026-02-02", "sealed")]
    found = sealed(scheduler)["2026-02-02", 1]
    assert [each["id"] for each in found["witness"]["late"]] == ["scheduler_away", "failed"]
    assert scheduler.slots()["2026-02-02"]["error"] is None


def test_what_may_pass_is_tried_again_soon_and_what_is_on_time_after_all_is_not_late(scheduler: Scheduler) -> None:
    class PassingError(StreamError):
        retriable = True

    def fails(_: object) -> Any:
        raise PassingError("a moment")

    scheduler.render = fails
    assert scheduler.at("2026-02-02 16:30:01").looks().outcomes() == [("2026-02-02", "failed")]
    scheduler.render = files_of
    assert scheduler.at("2026-02-02 16:30:12").outcomes() == [("2026-02-02", "sealed")]
    assert scheduler.slots()["2026-02-02"]["late"] == []


def test_a_blank_snapshot_is_refused_loudly(database: str) -> None:
    publish_key(database)
    tell_one_more(database)  # known now, and not at the slot
    with a_scheduler(database, daily()) as scheduler:
        scheduler.at("2026-02-02 08:00").looks().at("2026-02-02 16:30:01").looks()
        assert scheduler.outcomes() == [("2026-02-02", "failed")]
        [waiting] = read_waiting(scheduler.book, scheduler.now)
        assert waiting.error is not None
        assert waiting.error.startswith("BlankSnapshotError: nothing is known of daily 2026-02-02 as of")
        assert sealed(scheduler) == {}


def test_what_is_counted_of_nothing_makes_no_snapshot_and_by_hand_it_says_what_is_known_now(database: str) -> None:
    """All KPIs: some are zero where nothing is known, as how many points of the index are."""
    publish_key(database)
    tell_one_more(database)
    schedule = replace(daily()["daily"], kpis=None, by_unit=True)
    schedules = Schedules({"daily": schedule}, daily().receivers)
    with a_scheduler(database, schedules) as scheduler:
        scheduler.at("2026-02-02 08:00").looks().at("2026-02-02 16:30:01").looks()
        assert scheduler.outcomes() == [("2026-02-02", "failed")]
        scheduler.now = datetime.now(UTC)
        asked = ask_run(scheduler.book, schedule, "2026-02-02", "lan", scheduler.now)
        assert (asked.version, asked.outcome) == (1, "hurried")
        scheduler.now += timedelta(seconds=3)
        wait_until(lambda: any(each.outcome == "sealed" for each in scheduler.works()), what="the version by hand")
        [found] = sealed(scheduler).values()
        assert (found["due_at"], found["witness"]["late"][0]["id"]) == ("2026-02-02T16:30:00+07:00", "failed")
        assert "by_hand" in [each["id"] for each in found["witness"]["late"]]
        assert any(each["value"] for each in found["figures"])


def test_a_slot_waits_until_what_was_known_by_then_is_applied(scheduler: Scheduler) -> None:
    scheduler.at("2026-02-02 16:30:01").looks()
    scheduler.book.execute(
        "insert into ingest.entry select part, next_pos, 'k', 'x', '2026-02-02 08:00Z' from ingest.head where part = 0;"
        " update ingest.head set next_pos = next_pos + 1 where part = 0"
    )
    assert scheduler.works(1)[0].outcome == "waits"
    assert scheduler.slots()["2026-02-02"]["late"] == []
    assert scheduler.at("2026-02-02 16:40").works(1)[0].outcome == "waits"
    assert scheduler.slots()["2026-02-02"]["late"] == ["log_behind"]
    scheduler.book.execute("update part_offset set next_pos = next_pos + 1, applied = applied + 1 where part = 0")
    assert scheduler.at("2026-02-02 16:41").outcomes() == [("2026-02-02", "sealed")]
    assert [each["id"] for each in sealed(scheduler)["2026-02-02", 1]["witness"]["late"]] == ["log_behind"]


def test_a_source_that_is_late_holds_a_slot_until_the_working_time_is_over_and_then_it_is_partial(
    district: str,
) -> None:
    publish_key(district)
    with a_scheduler(district, daily('at = "09:00"', *HOLDS)) as scheduler:
        scheduler.book.execute(
            "insert into source_promise values"
            " (0, 20000, '2026-01-30Z', 'onestop.x', 'onestop-sync', '{onestop}', '{}', 600, true)"
        )
        scheduler.at("2026-02-02 08:00").looks().at("2026-02-02 09:00:01").looks()
        assert scheduler.works(1)[0].outcome == "waits"
        assert scheduler.slots()["2026-02-02"]["state"] == "held"
        assert scheduler.at("2026-02-02 09:00:20").outcomes() == []
        assert [each.outcome for each in scheduler.at("2026-02-02 14:59:59").works()] == ["waits"]
        assert [each.outcome for each in scheduler.at("2026-02-02 15:00:30").works()] == ["waits", "sealed"]
        found = sealed(scheduler)["2026-02-02", 1]
        assert found["known_at"] == "2026-02-02T15:00:30.000+07:00"
        assert found["witness"]["missing"] == ["onestop.x"]
        assert [each["id"] for each in found["witness"]["late"]] == ["sources_late"]


def test_a_working_calendar_that_comes_late_makes_the_slot_that_it_would_have_made(scheduler: Scheduler) -> None:
    """Saturday 7 February is swapped on by a decision that is adopted on the Monday after."""
    scheduler.at("2026-02-09 08:00").looks().works()
    assert "2026-02-07" not in scheduler.slots()
    scheduler.schedules = daily('days = "every"')
    scheduler.looks().works()
    assert scheduler.slots()["2026-02-07"]["late"] == ["calendar_changed"]
    assert "2026-01-31" not in scheduler.slots()  # before it began


def test_a_schedule_that_was_switched_off_catches_up_and_blames_no_scheduler(scheduler: Scheduler) -> None:
    scheduler.schedules = daily("off = true")
    assert list(scheduler.at("2026-02-02 16:40").looks().slots()) == []
    scheduler.schedules = daily()
    scheduler.at("2026-02-02 16:50").looks()
    assert scheduler.slots()["2026-02-02"]["late"] == ["calendar_changed"]


def test_a_clock_that_was_a_year_ahead_for_a_while_hides_no_later_change(scheduler: Scheduler) -> None:
    scheduler.at("2027-02-02 08:00").looks()
    scheduler.at("2026-02-09 08:00").looks()
    assert "2026-02-07" not in scheduler.slots()
    scheduler.schedules = daily('days = "every"')
    assert "2026-02-07" in scheduler.looks().slots()


def test_by_hand_a_period_that_was_never_made_is_made_as_known_when_it_is_asked_for(scheduler: Scheduler) -> None:
    asked = ask_run(scheduler.book, scheduler.schedules["daily"], "2026-01-31", "lan", scheduler.now)
    assert (asked.version, asked.due_at, asked.outcome) == (1, local("2026-01-31 16:30"), "made")
    assert scheduler.at("2026-02-02 09:10").outcomes() == [("2026-01-31", "sealed")]
    found = sealed(scheduler)["2026-01-31", 1]
    assert (found["due_at"], found["as_of"]) == ("2026-01-31T16:30:00+07:00", "2026-01-31T16:30:00+07:00")
    assert found["known_at"] == "2026-02-02T08:00:00.000+07:00"
    assert [each["id"] for each in found["witness"]["late"]] == ["by_hand"]


def test_by_hand_a_period_that_is_sealed_gets_its_next_version(district: str, scheduler: Scheduler) -> None:
    scheduler.at("2026-02-02 16:30:01").looks().works()
    tell_one_more(district)
    scheduler.now = datetime.now(UTC)
    asked = ask_run(scheduler.book, scheduler.schedules["daily"], "2026-02-02", "lan", scheduler.now)
    assert (asked.version, asked.due_at, asked.outcome) == (2, scheduler.now, "made")
    scheduler.now += timedelta(seconds=3)
    wait_until(lambda: any(each.outcome == "sealed" for each in scheduler.works()), what="the second version")
    first, second = sealed(scheduler).values()
    assert second["restates"]["cause"] == "by_hand"
    assert second["as_of"] == first["as_of"]
    assert {each["path"] for each in second["restates"]["differences"]} >= {"kpi/overdue_now/area"}
    assert second["witness"]["late"] == []


def test_by_hand_a_slot_that_has_not_come_is_refused_and_one_that_waits_is_hurried(scheduler: Scheduler) -> None:
    schedule = scheduler.schedules["daily"]
    with pytest.raises(NotDueError, match="daily of 2026-02-02 is made on 2026-02-02 16:30: until then only a dry run"):
        ask_run(scheduler.book, schedule, "2026-02-02", "lan", scheduler.now)
    scheduler.at("2026-02-02 16:30:01").looks()
    scheduler.book.execute("update snapshot.slot set next_at = now() + interval '1 hour'")
    asked = ask_run(scheduler.book, schedule, "2026-02-02", "lan", scheduler.now)
    assert (asked.version, asked.outcome) == (1, "hurried")
    assert scheduler.outcomes() == [("2026-02-02", "sealed")]


def test_a_dry_run_says_the_same_and_seals_nothing(scheduler: Scheduler) -> None:
    ask_draft(scheduler.book, scheduler.schedules["daily"], "2026-02-02", "lan", scheduler.now)
    assert make_draft(scheduler.book, scheduler.reader, scheduler.schedules, files_of, scheduler.now)
    [(body, error)] = scheduler.book.execute("select json, error from snapshot.draft").fetchall()
    found = json.loads(bytes(body))
    assert (found["draft"], found["as_of"], error) == (True, "2026-02-02T08:00:00+07:00", None)
    assert sealed(scheduler) == {}
    later = scheduler.now + timedelta(days=1, seconds=1)
    assert not make_draft(scheduler.book, scheduler.reader, scheduler.schedules, files_of, later)
    assert scheduler.book.execute("select count(*) from snapshot.draft").fetchone() == (0,)


def test_a_dry_run_that_can_not_be_made_tells_who_asked(scheduler: Scheduler) -> None:
    scheduler.book.execute(
        "insert into snapshot.draft (kind, period, asked_by, asked_at) values ('x', 'y', 'lan', now())"
    )
    assert make_draft(scheduler.book, scheduler.reader, scheduler.schedules, files_of, scheduler.now)
    [(error,)] = scheduler.book.execute("select error from snapshot.draft").fetchall()
    assert error == "no schedule is called 'x'; there are daily"


def test_a_dry_run_that_nobody_could_make_for_a_day_is_forgotten(scheduler: Scheduler) -> None:
    ask_draft(scheduler.book, scheduler.schedules["daily"], "2026-02-02", "lan", scheduler.now)
    later = scheduler.now + timedelta(days=1, seconds=1)
    assert not make_draft(scheduler.book, scheduler.reader, scheduler.schedules, files_of, later)
    assert scheduler.book.execute("select count(*) from snapshot.draft").fetchone() == (0,)


def test_signs_of_life_are_kept_and_those_of_long_ago_forgotten(stream: psycopg.Connection) -> None:
    now = local("2026-02-02 08:00")
    assert last_seen(stream) is None
    beat(stream, Sign("one:1", now, ""), now)
    beat(stream, Sign("one:1", now, "daily 2026-02-02 v1"), now + timedelta(seconds=5))
    beat(stream, Sign("two:1", now, ""), now - timedelta(days=31))
    assert last_seen(stream) == now + timedelta(seconds=5)
    forget(stream, now)
    assert stream.execute("select name, doing from snapshot.scheduler").fetchall() == [("one:1", "daily 2026-02-02 v1")]
