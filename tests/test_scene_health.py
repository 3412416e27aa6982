"""The sources as the wall shows them: now with all that they sent; of a moment that is over only what was kept."""

from datetime import UTC, datetime, timedelta

import msgspec
import psycopg
import pytest

from dashboard.wall.area import area_on
from dashboard.wall.scene import When
from dashboard.wall.scenes.health import HEALTH
from stream.sources import Incident
from stream.sources.past import as_of, read_promised
from tests.browser.sources import LONG, MORNING, settle_sources

AREA = area_on(MORNING.date())


def told(connection: psycopg.Connection, at: datetime = MORNING, known_at: datetime | None = None) -> dict[str, object]:
    """What the page gets beside the figures."""
    found: dict[str, object] = msgspec.json.decode(
        msgspec.json.encode(HEALTH.more(connection, When(at, known_at), AREA))
    )
    return found


@pytest.fixture
def morning(stream: psycopg.Connection) -> psycopg.Connection:
    """Sources in every state, a partition that was stopped."""
    settle_sources(stream)
    return stream


def test_every_source_is_told_with_its_state_and_whether_figures_wait_for_it(morning: psycopg.Connection) -> None:
    sources = told(morning)["sources"]
    assert isinstance(sources, list)
    assert {each["source"]: (each["state"], each["fails"]) for each in sources} == {
        "onestop.moc-chau": ("live", False), "documents.moc-chau": ("late", True),
        "endpoints.moc-chau": ("silent", True), LONG: ("never", True),
    }  # fmt: skip


def test_the_log_balances_and_says_what_stands_and_waits(morning: psycopg.Connection) -> None:
    log = told(morning)["log"]
    assert isinstance(log, dict)
    assert log["received"] == log["applied"] + log["duplicates"] + log["quarantined"]
    assert (log["off"], log["rest"], log["waiting"], log["frozen"]) == (0, 0, 2, True)
    assert [each["part"] for each in log["halted"]] == [5]
    morning.execute("update source_day set applied = applied - 4 where source = 'onestop.moc-chau'")
    later = told(morning)["log"]
    assert isinstance(later, dict)
    assert (later["off"], later["rest"]) == (0, 4)


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        ("", True),
        ("update part_offset set halted = null", True),
        ("update part_offset set halted = null; update source_promise set cadence = null", False),
        ("update part_offset set halted = null; update source_promise set active = false", False),
        ("update source_promise set cadence = null", True),
        ("update source_promise set cadence = null; update part_offset set halted = null, reached_at = 'epoch'", True),
    ],
)
def test_a_promise_that_is_not_kept_or_a_log_that_stands_is_a_breach(
    morning: psycopg.Connection, change: str, breach: object
) -> None:
    if change:
        morning.execute(change.encode())
    assert told(morning)["breach"] is breach


def test_of_a_moment_that_is_over_states_are_null_and_promises_are_those_of_then(morning: psycopg.Connection) -> None:
    morning.execute(
        "insert into source_promise"
        " values (1, 99, %s, 'onestop.moc-chau', 'onestop-sync', '{onestop}', '{03980}', 60, true)",
        [MORNING - timedelta(hours=1)],
    )
    then = MORNING - timedelta(hours=2)
    for past in (told(morning, then), told(morning, MORNING, then)):
        assert past["log"] is None
        assert past["breach"] is False
        sources = past["sources"]
        assert isinstance(sources, list)
        assert {each["source"]: each["cadence"] for each in sources}["onestop.moc-chau"] == 600
        assert all("state" not in each and "heard_at" not in each for each in sources)
    assert {each.source: each.cadence for each in read_promised(morning, MORNING)}["onestop.moc-chau"] == 60
    assert read_promised(morning, MORNING - timedelta(days=60)) == ()


def test_an_incident_is_told_as_it_stood(morning: psycopg.Connection) -> None:
    then = MORNING - timedelta(minutes=30)
    incidents = told(morning, then)["incidents"]
    assert isinstance(incidents, list)
    assert [(each["cause"], each["recovered_at"] is None) for each in incidents] == [("late", True), ("intake", False)]


def test_what_came_after_the_moment_is_taken_off_an_incident() -> None:
    began = datetime(2026, 3, 3, 1, tzinfo=UTC)
    hours = [began + timedelta(hours=number) for number in range(5)]
    incident = Incident("silent", "a", began, hours[1], hours[2], hours[3], 4)
    assert as_of([incident], hours[0]) == ()
    stages = [as_of([incident], at)[0] for at in hours[1:4]]
    assert [(each.recovered_at, each.closed_at, each.flaps) for each in stages] == [
        (None, None, 0), (hours[2], None, 0), (hours[2], hours[3], 0),
    ]  # fmt: skip
