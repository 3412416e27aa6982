"""From a late record to the sealed next version: found by comparing, made by a scheduler, computed again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from ioc.services.postgres import EmbeddedPostgres
from stream.snapshot.content.again import recomputed
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.document import Snapshot
from stream.snapshot.restate.comparing import Compared, Comparing
from tests.building.applying import opener
from tests.building.scheduling import Scheduler, a_database, a_scheduler, daily, publish_key, tell_lives, tell_one_more
from tests.servers.processes import wait_until

WITHIN = "[schedule.daily.restate]\nwithin_days = 3000\nno_sooner_hours = 0\n"


@pytest.fixture
def district(postgres: EmbeddedPostgres, migrated: str) -> Iterator[str]:
    with a_database(postgres, migrated) as name:
        tell_lives(postgres.url(name))
        publish_key(postgres.url(name))
        yield postgres.url(name)


@pytest.fixture
def scheduler(district: str) -> Iterator[Scheduler]:
    """One that sealed the second of February."""
    with a_scheduler(district, daily(more=WITHIN)) as made:
        made.at("2026-02-02 08:00").looks().at("2026-02-02 16:30:01").looks().works()
        yield made


def said(scheduler: Scheduler) -> list[Snapshot]:
    """Every sealed object, in the order of versions."""
    rows = scheduler.reader.execute(
        "select body from snapshot.file where name = 'snapshot.json' order by version"
    ).fetchall()
    return [read(bytes(body)) for (body,) in rows]


def compared(url: str, scheduler: Scheduler) -> Compared | None:
    restating = {each.id: each.restate for each in scheduler.schedules if each.restate is not None}
    comparing = Comparing(opener(url), lambda: restating, pause=timedelta(0))
    return comparing.once(scheduler.book, scheduler.now)


def test_a_late_record_becomes_a_sealed_version_that_names_its_case(district: str, scheduler: Scheduler) -> None:
    tell_one_more(district)
    scheduler.now = datetime.now(UTC)
    found = compared(district, scheduler)
    assert found is not None
    assert found.is_restated
    scheduler.now += timedelta(seconds=3)
    wait_until(lambda: any(each.outcome == "sealed" for each in scheduler.works()), what="the second version")
    first, second = said(scheduler)
    restates = second.restates
    assert restates is not None
    assert (first.version, second.version, restates.version, restates.cause) == (1, 2, 1, "late_events")
    assert datetime.fromisoformat(second.known_at) == found.known_at
    assert second.as_of == first.as_of
    paths = {each.path for each in restates.differences}
    assert paths >= {"kpi/overdue_now/area", "form/area/total/subtotal/13"}
    assert {case.case for each in restates.differences for case in each.cases} == {"H52-LATE"}
    [(digest,)] = scheduler.book.execute("select digest from snapshot.sealed where version = 1").fetchall()
    assert restates.digest == digest
    tell_one_more(district, "H52-LATER")
    assert canonical(recomputed(scheduler.reader, second)) == canonical(second)


def test_when_nothing_more_comes_nothing_more_is_asked_for(district: str, scheduler: Scheduler) -> None:
    tell_one_more(district)
    scheduler.now = datetime.now(UTC)
    compared(district, scheduler)
    scheduler.now += timedelta(days=2)
    wait_until(lambda: any(each.outcome == "sealed" for each in scheduler.works()), what="the second version")
    assert compared(district, scheduler) is None
    assert scheduler.works() == []
    assert len(said(scheduler)) == 2
