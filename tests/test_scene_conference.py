"""The conferences of a day as the wall shows them: meetings, sites and lines, as of any moment, as known at any."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import psycopg
import pytest

from dashboard.wall.area import area_on
from dashboard.wall.scene import When
from dashboard.wall.scenes.conference import CONFERENCE
from ingest.contracts.conference import Sample
from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from stream.first_rules import first_rules
from stream.kpi.catalogue import load_catalogue
from stream.live import read_board
from stream.meetings import MeetingOfDay, SiteNow, read_lines, read_meetings, read_next, read_sites
from stream.store.reading import snapshot
from tests.building.applying import apply_all, opener
from tests.building.conference import endpoint, samples, schedule, step
from tests.building.moments import LOCAL, local

A, B, GUEST = ("line-a", "03980"), ("line-b", "04033"), ("line-x", None)
RULES = first_rules()
DAY = datetime.now(LOCAL).date() - timedelta(days=1)  # samples of long ago are not taken
TODAY, TOMORROW, SOON = (f"{DAY + timedelta(days=days):%Y-%m-%d}" for days in range(3))
LATER = f"toa-dam@{SOON}"
AREA = area_on(DAY)


@pytest.fixture(scope="module")
def morning(postgres: EmbeddedPostgres, migrated: str) -> Iterator[psycopg.Connection]:
    """Ten minutes late; line-b comes ten minutes after that, leaves for a while, and its endpoint is down meanwhile."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database scene_conference template {migrated}".encode())
    url = postgres.url("scene_conference")
    log = PostgresLog(url, partitions=4)
    log.append([
        schedule(f"{TODAY} 09:00", A, B, GUEST),
        schedule(f"{SOON} 08:00", A, meeting=LATER),
        endpoint("line-a", "up", f"{TODAY} 08:00"),
        endpoint("line-b", "up", f"{TODAY} 08:10", unit="04033"),
        step("started", f"{TODAY} 09:10"),
        step("joined", f"{TODAY} 09:10", A, "1"),
        step("joined", f"{TODAY} 09:20", B, "2"),
        step("joined", f"{TODAY} 09:20", GUEST, "3"),
        step("left", f"{TODAY} 09:30", B, "2"),
        endpoint("line-b", "down", f"{TODAY} 09:30", unit="04033"),
        step("joined", f"{TODAY} 09:37", B, "4"),
        endpoint("line-b", "up", f"{TODAY} 09:37", unit="04033"),
        step("ended", f"{TODAY} 10:10"),
        samples("a", "line-a", [sample("09:15", 0), sample("09:40", 5)]),
        samples("b", "line-b", [sample("09:40", 1.5)], unit="04033"),
    ])  # fmt: skip
    apply_all(log, url)
    log.close()
    with opener(url)() as connection:
        yield connection


def sample(clock: str, loss: float) -> Sample:
    return Sample(at=local(f"{TODAY} {clock}"), loss=loss, rtt=20.0, jitter=5.0)


def meeting(connection: psycopg.Connection, at: str, known_at: datetime | None = None) -> MeetingOfDay:
    [found] = read_meetings(connection, local(f"{TODAY} {at}"), RULES, known_at=known_at)
    return found


def sites(connection: psycopg.Connection, clock: str, known_at: datetime | None = None) -> dict[str, SiteNow]:
    at = local(f"{TODAY} {clock}")
    meetings = read_meetings(connection, at, RULES, known_at=known_at)
    return {each.code: each for each in read_sites(connection, at, RULES, meetings, known_at=known_at)}


@pytest.mark.parametrize(
    ("at", "stage", "late"),
    [
        ("08:59", "planned", 0), ("09:05", "planned", 0), ("09:06", "due", 6), ("09:10", "on", 10), ("10:09", "on", 10),
        ("10:10", "held", 10),
    ],
)  # fmt: skip
def test_a_meeting_is_told_as_it_stood_at_each_moment_of_its_day(
    morning: psycopg.Connection, at: str, stage: str, late: int
) -> None:
    found = meeting(morning, at)
    assert (found.stage, found.late, found.is_late) == (stage, late, late > 5)
    assert (found.name, found.unit, found.invited) == ("giao-ban@2026-01-05", "03980", 2)
    assert found.scheduled == local(f"{TODAY} 09:00")


def test_who_is_there_and_who_took_part_is_told_as_of_the_moment(morning: psycopg.Connection) -> None:
    assert [each.site for each in meeting(morning, "09:15").present] == ["line-a"]
    assert meeting(morning, "09:15").attended == 1
    at_half = meeting(morning, "09:35")
    assert [tuple(each) for each in at_half.present] == [("line-a", "03980"), ("line-x", None)]
    assert [tuple(each) for each in at_half.away] == [("line-b", "04033", local(f"{TODAY} 09:30"), True)]
    assert at_half.attended == 2
    assert meeting(morning, "09:31").away[0].is_alarm is False
    over = meeting(morning, "10:30")
    assert (over.present, over.away, over.attended, over.ended) == ((), (), 2, local(f"{TODAY} 10:10"))


def test_other_days_have_other_meetings_and_the_next_one_is_known(morning: psycopg.Connection) -> None:
    tomorrow = local(f"{TOMORROW} 09:00")
    assert read_meetings(morning, tomorrow, RULES) == ()
    following = read_next(morning, tomorrow, RULES)
    assert following is not None
    assert (following.name, following.scheduled) == (LATER, local(f"{SOON} 08:00"))
    assert read_next(morning, local(f"{SOON} 07:00"), RULES) is None
    assert read_next(morning, local("2026-01-03 09:00"), RULES) is None, "nobody had told of it then"


def test_a_site_is_up_down_in_a_meeting_or_away_from_it_as_of_the_moment(morning: psycopg.Connection) -> None:
    before = sites(morning, "08:05")
    assert set(before) == {"line-a"}, "of the other nothing was known yet"
    gone = sites(morning, "09:35")["line-b"]
    assert (gone.state, gone.since) == ("down", local(f"{TODAY} 09:30"))
    assert (gone.meeting, gone.away_since, gone.is_alarm) == ("giao-ban@2026-01-05", local(f"{TODAY} 09:30"), True)
    back = sites(morning, "09:41")
    assert (back["line-b"].state, back["line-b"].away_since, back["line-b"].level) == ("up", None, "warn")
    assert (back["line-a"].level, back["line-x"].unit, back["line-x"].state) == ("bad", None, "up")
    assert sites(morning, "09:50")["line-a"].level is None, "what was measured long ago says nothing of now"
    assert sites(morning, "11:00")["line-a"].meeting is None


def test_an_hour_of_a_line_ends_at_the_moment(morning: psycopg.Connection) -> None:
    a, b = read_lines(morning, local(f"{TODAY} 09:41"))
    assert [(each.hour, each.minutes, each.bad) for each in a.hours] == [(9, 2, 1)]
    assert (a.loss, a.bad, b.warn, b.unit) == (500, 1, 1, "04033")
    [early] = read_lines(morning, local(f"{TODAY} 09:20"))
    assert (early.code, early.mos, early.bad) == ("line-a", 438, 0)
    assert read_lines(morning, local(f"{TODAY} 10:00")) == (a, b), "an hour that is over is read as it is kept"
    assert read_lines(morning, local(f"{TOMORROW} 10:00")) == ()


def test_before_anything_was_known_nothing_is_told(morning: psycopg.Connection) -> None:
    [(first,)] = morning.execute("select min(appended_at) from event").fetchall()
    known_at = first - timedelta(seconds=1)
    assert read_meetings(morning, local(f"{TODAY} 09:35"), RULES, known_at=known_at) == ()
    assert sites(morning, "09:35", known_at) == {}
    assert sites(morning, "09:35", datetime.now(UTC))["line-b"].last is None, "when samples became known is not kept"


@pytest.mark.parametrize("clock", ["08:30", "09:08", "09:35", "10:20"])
def test_what_the_scene_counts_is_what_the_figures_say(morning: psycopg.Connection, clock: str) -> None:
    at = local(f"{TODAY} {clock}")
    board = read_board(morning, load_catalogue().only(CONFERENCE.kpis), at, AREA.codes)
    more = msgspec.json.decode(msgspec.json.encode(CONFERENCE.more(morning, When(at), AREA)))
    values = {tile.figure.kpi: tile.figure.value or 0 for tile in board.tiles}
    [told] = more["meetings"]
    assert values["meetings_now"] == (told["stage"] == "on")
    assert values["sites_away_now"] == sum(each["is_alarm"] and each["unit"] is not None for each in more["sites"])
    assert values["endpoints_away_now"] == sum(each["state"] == "down" for each in more["sites"])
    assert more["breach"] is (clock == "09:35")
    if clock == "10:20":
        assert values["site_attendance_rate"] == told["attended"] / told["invited"]
        assert values["late_minutes"] == told["late"]


def test_as_known_at_a_moment_lines_are_null(morning: psycopg.Connection) -> None:
    at = local(f"{TODAY} 09:35")
    more = CONFERENCE.more(morning, When(at, datetime.now(UTC)), AREA)
    assert more["lines"] is None
    assert len(more["meetings"]) == 1


def test_the_time_line_goes_from_the_first_to_the_last_that_happens(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    assert CONFERENCE.more(stream, When(local(f"{TODAY} 09:00")), AREA)["hours"] == (7, 18)
    log.append([schedule(f"{TODAY} 19:30", A), schedule(f"{TODAY} 05:45", A, meeting="som")])
    apply_all(log, database)
    with snapshot(stream):
        assert len(read_meetings(stream, local(f"{TODAY} 09:00"), RULES)) == 2
    assert CONFERENCE.more(stream, When(local(f"{TODAY} 09:00")), AREA)["hours"] == (5, 20)
