"""What a snapshot witnesses: how late it was taken and why, how the sources stood, and the figures of samples."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from stream.kpi.definition import Bilingual
from stream.kpi.period import Period
from stream.snapshot.content.document import LateReason, SourceFacts, Witness
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted
from stream.snapshot.content.witness import AT_ONCE, read_witness
from tests.building.applying import apply_all
from tests.building.lines import NOON, some_samples
from tests.building.moments import LOCAL
from tests.building.snapshots_wanted import a_day

NOW = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 local
HOUR = timedelta(hours=1)
BUSY = LateReason(id="log_behind", text=Bilingual("Chờ nhật ký", "The log was behind"))


def a_day_of(at: datetime) -> Wanted:
    day = at.astimezone(LOCAL).date()
    return a_day(at, period=Period(None, day.replace(day=1), day, f"{day}"), as_of=at, due_at=at)


def promised(connection: psycopg.Connection, *names: str, at: datetime = NOW - 24 * HOUR, active: bool = True) -> None:
    for name in names:
        connection.execute(
            "insert into source_promise (part, pos, known_at, source, kind, streams, units, cadence, active)"
            " select 0, count(*), %s, %s, 'events', '{onestop}', '{03980}', 600, %s from source_promise",
            [at, name, active],
        )


def heard(connection: psycopg.Connection, name: str, at: datetime) -> None:
    connection.execute("insert into source_state (source, heard_at, last_known_at) values (%s, %s, %s)", [name, at, at])
    connection.execute(
        "insert into source_day values (%s, %s, 1, 0, 0, array_fill(0::bigint, array[8]))",
        [name, at.astimezone(LOCAL).date()],
    )


def incident(
    connection: psycopg.Connection, cause: str, source: str | None, seen: datetime, well: datetime | None = None
) -> None:
    connection.execute(
        "insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at)"
        " values (%s, %s, %s, %s, %s, %s)",
        [cause, source, seen, seen, well, well],
    )


def witness(connection: psycopg.Connection, wanted: Wanted, now: datetime, *late: LateReason) -> Witness:
    return read_witness(connection, wanted, now, late)


def states(found: Witness) -> dict[str, str]:
    return {each.source: each.state for each in found.sources}


def test_on_time_it_says_how_the_sources_stand(stream: psycopg.Connection) -> None:
    promised(stream, "live", "never", "silent", "revoked")
    promised(stream, "revoked", at=NOW - HOUR, active=False)
    heard(stream, "live", NOW - timedelta(seconds=61))
    heard(stream, "silent", NOW - 20 * HOUR)
    heard(stream, "ioc.rules", NOW)  # the centre itself promised nothing
    found = witness(stream, a_day_of(NOW), NOW + timedelta(seconds=2))
    assert states(found) == {"live": "live", "never": "never", "silent": "silent"}
    assert found.missing == ("never", "silent")
    assert found.is_partial
    [live] = [each for each in found.sources if each.source == "live"]
    assert live == SourceFacts(
        source="live", kind="events", units=("03980",), state="live", last_known_at="2026-03-17T09:58:59.000+07:00"
    )


def test_taken_later_it_says_how_they_stood_and_not_how_they_stand(stream: psycopg.Connection) -> None:
    promised(stream, "well", "ill", "over", "later")
    promised(stream, "young", at=NOW + HOUR)
    promised(stream, "revoked")
    promised(stream, "revoked", at=NOW + HOUR, active=False)
    for name in ("well", "ill", "over", "revoked"):
        heard(stream, name, NOW - HOUR)
    heard(stream, "later", NOW + 24 * HOUR)
    incident(stream, "silent", "ill", NOW - HOUR, NOW + HOUR)
    incident(stream, "late", "over", NOW - 3 * HOUR, NOW - 2 * HOUR)
    incident(stream, "silent", "well", NOW + HOUR)
    found = witness(stream, a_day_of(NOW), NOW + 48 * HOUR, BUSY)
    assert states(found) == {"ill": "silent", "later": "never", "over": "live", "revoked": "live", "well": "live"}
    assert found.missing == ("ill", "later")
    assert {each.last_known_at for each in found.sources} == {None}  # that was not kept


def test_where_nothing_came_in_no_source_spoke(stream: psycopg.Connection) -> None:
    promised(stream, "a", "b")
    for name in ("a", "b"):
        heard(stream, name, NOW - HOUR)
    incident(stream, "intake", None, NOW - HOUR)
    incident(stream, "halted", None, NOW - HOUR)
    found = witness(stream, a_day_of(NOW), NOW + 48 * HOUR, BUSY)
    assert (states(found), found.missing) == ({"a": "silent", "b": "silent"}, ("a", "b"))


@pytest.mark.parametrize(
    ("after", "late", "seconds"),
    [(timedelta(seconds=8), [], 0), (AT_ONCE + timedelta(seconds=1), [BUSY], 301), (-HOUR, [BUSY], 0)],
)
def test_it_is_late_where_there_is_a_reason(
    stream: psycopg.Connection, after: timedelta, late: Sequence[LateReason], seconds: int
) -> None:
    found = witness(stream, a_day_of(NOW), NOW + after, *late)
    assert (found.late_seconds, found.late) == (seconds, tuple(late))
    assert datetime.fromisoformat(found.taken_at) == NOW + after
    assert found.taken_at.endswith("+07:00")


def test_the_figures_of_samples_are_witnessed_and_no_others(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_samples(40))
    apply_all(log, database)
    at = NOON + 3 * HOUR
    wanted = a_day_of(at)
    found = read_snapshot(stream, wanted, witness(stream, wanted, at))
    [lines] = [section.kpis for section in found.sections if section.id == "lines"]
    assert {each.kpi for each in found.witness.figures} == set(lines)
    assert not {each.kpi for each in found.figures} & set(lines)
    values = {(each.kpi, each.unit): each.value for each in found.witness.figures}
    assert (values["line_minutes_measured", None] or 0) > 0
    assert values["line_minutes_measured", "03982"] is None
    [total] = [each.value for each in found.witness.figures if (each.kpi, each.unit) == ("line_mos", "03980")]
    assert 1 < (total or 0) < 4.5
    few = a_day(at, kpis=("received_month",))
    assert witness(stream, few, at).figures == ()
    assert date.fromisoformat(wanted.period.name) == wanted.period.last
