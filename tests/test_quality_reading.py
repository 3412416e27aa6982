"""A day of lines, one line, and how all stand now, as they were measured."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from ingest.contracts.conference import Sample
from ingest.log.postgres import PostgresLog
from stream.first_rules import first_rules
from stream.quality.latest import read_latest
from stream.quality.read import BAD, GOOD, NONE, WARN, read_day, read_line
from tests.building.applying import apply_all
from tests.building.conference import endpoint, samples, schedule, step

NOW = datetime.now(UTC).replace(microsecond=0)
YESTERDAY = (NOW.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) - timedelta(days=1)).date()
MIDNIGHT = datetime(YESTERDAY.year, YESTERDAY.month, YESTERDAY.day, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def sample(minute: float, loss: float | None, rtt: float | None = 20.0, jitter: float | None = None) -> Sample:
    return Sample(at=MIDNIGHT + timedelta(minutes=minute), loss=loss, rtt=rtt, jitter=jitter)


@pytest.fixture
def measured(log: PostgresLog, database: str, stream: psycopg.Connection) -> psycopg.Connection:
    """Two lines on one day, and a third on the day before."""
    log.append([
        samples("a", "line-a", [sample(0, 0), sample(0.5, 4), sample(600, 0), sample(1439.9, 1.5)], unit="04033"),
        samples("b", "line-b", [sample(600, 0, jitter=31), sample(601, None)]),
        samples("c", "line-c", [sample(-1, 0), sample(1440, 0)]),
    ])  # fmt: skip
    apply_all(log, database)
    return stream


def test_a_day_has_every_minute_of_every_endpoint_measured(measured: psycopg.Connection) -> None:
    day = read_day(measured, YESTERDAY)
    assert [(each.code, each.unit) for each in day.endpoints] == [("line-b", "03980"), ("line-a", "04033")]
    b, a = day.level
    assert (a[0], a[600], a[1439], b[600], b[601]) == (BAD, GOOD, WARN, WARN, GOOD)
    assert int((day.level != NONE).sum()) == 5


def test_a_minute_has_the_mean_of_what_was_estimated(measured: psycopg.Connection) -> None:
    b, a = read_day(measured, YESTERDAY).mos
    found = measured.execute(
        "select loss, mos from quality_sample where loss in (0, 400) and jitter is null"
    ).fetchall()
    of_samples: dict[int, int] = dict(found)
    assert a[0] == (of_samples[0] + of_samples[400]) // 2
    assert a[600] == of_samples[0] == 438  # 20 ms there and back and a buffer of 40: 50 ms
    assert b[601] == NONE  # no loss was measured


def test_some_endpoints_can_be_asked_for(measured: psycopg.Connection) -> None:
    day = read_day(measured, YESTERDAY, ["line-a", "nobody"])
    assert [each.code for each in day.endpoints] == ["line-a"]
    assert day.mos.shape == (1, 1440)


def test_one_line_tells_all_that_was_measured(measured: psycopg.Connection) -> None:
    line = read_line(measured, YESTERDAY, "line-a")
    assert (line.samples[0], line.loss[0], line.loss_most[0], line.rtt_most[0]) == (2, 200, 400, 200)
    assert line.jitter_most[0] == NONE
    assert line.mos_least[0] < line.mos[0]
    assert int(line.samples[line.samples != NONE].sum()) == 4
    assert (read_line(measured, YESTERDAY, "nobody").samples == NONE).all()


def test_a_day_without_samples_is_empty(measured: psycopg.Connection) -> None:
    day = read_day(measured, YESTERDAY - timedelta(days=30))
    assert (day.endpoints, day.mos.shape) == ((), (0, 1440))


def test_endpoints_stand_as_they_were_last_told(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    def ago(minutes: float) -> datetime:
        return NOW - timedelta(minutes=minutes)

    def text(minutes: float) -> str:
        return ago(minutes).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).replace(tzinfo=None).isoformat(" ")

    def now(loss: float, minutes: float = 0.5) -> Sample:
        return Sample(at=ago(minutes), loss=loss, rtt=20)

    log.append([
        schedule(text(60), ("line-a", "03980"), ("line-b", "04033"), said_at=text(600)),
        step("started", text(58)),
        step("joined", text(57), ("line-a", "03980"), "1"),
        step("joined", text(56), ("line-b", "04033"), "2"),
        step("left", text(3), ("line-b", "04033"), "2"),
        endpoint("line-a", "up", text(90)),
        endpoint("line-b", "up", text(80), unit="04033"),
        endpoint("line-b", "down", text(3), unit="04033"),
        samples("a", "line-a", [now(4)]),
        samples("b", "line-b", [now(0, minutes=6)], unit="04033"),
        samples("c", "line-c", [now(1.5)]),
    ])  # fmt: skip
    apply_all(log, database)
    a, c, b = read_latest(stream, NOW, first_rules())
    assert (a.code, a.unit, a.state, a.since, a.meeting, a.level) == (
        "line-a", "03980", "up", ago(90), "giao-ban@2026-01-05", "bad",
    )  # fmt: skip
    assert (a.away_since, a.is_alarm) == (None, False)
    assert (b.code, b.unit, b.state, b.since, b.away_since) == ("line-b", "04033", "down", ago(3), ago(3))
    assert b.is_alarm
    assert b.last is not None
    assert (b.last.at, b.last.mos, b.level) == (ago(6), 438, None)  # too long ago to say how the line is now
    assert (c.code, c.state, c.meeting, c.level) == ("line-c", "unknown", None, "warn")
    # Nobody told the end: a day later it is on no more, as the level of meetings has it.
    assert {each.meeting for each in read_latest(stream, NOW + timedelta(hours=24), first_rules())} == {None}


def test_a_sample_of_a_clock_that_is_ahead_does_not_say_how_a_line_is_now(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    told = {hours: Sample(at=NOW + timedelta(hours=hours), loss=loss, rtt=20) for hours, loss in ((20, 4), (-1, 0))}
    log.append([samples("ahead", "line-a", [told[20]]), samples("an hour ago", "line-a", [told[-1]])])
    apply_all(log, database)
    [line] = read_latest(stream, NOW, first_rules())
    assert line.last is not None
    assert (line.last.at, line.last.loss, line.level) == (told[-1].at, 0, None)
