"""`ioc bench snapshot`: the thirty units that it pretends, and the history that it tells."""

from datetime import UTC, datetime, timedelta

import psycopg

from geo.generations import generation_on
from ingest.log.postgres import PostgresLog
from ioc.bench.snapshot_history import UNITS, applications, month_ago, thirty_units
from stream.report.scope import scope_of
from stream.snapshot.content.again import recomputed
from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.reading import read_snapshot
from tests.building.applying import apply_all
from tests.building.snapshots_wanted import WITNESS, a_day

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_there_are_thirty_units_while_it_measures_and_eight_afterwards() -> None:
    with thirty_units(NOW) as units:
        assert len(units) == len(set(units)) == len(generation_on(NOW.date()).units) == UNITS
        assert scope_of(units[-1], a_day(NOW).period).title == "Xã Bản 22"
    assert len(generation_on(NOW.date()).units) == 8


def test_a_snapshot_of_thirty_units_is_made_again_a_month_later(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    with thirty_units(NOW) as units:
        log.append(list(applications(200, NOW - timedelta(days=31), units)))
        last = month_ago(stream)
        apply_all(log, database)
        wanted = a_day(last, as_of=NOW - timedelta(days=31))
        sealed = read_snapshot(stream, wanted, WITNESS)
        log.append(list(applications(200, NOW - timedelta(days=31), units, 200)))
        apply_all(log, database)
        assert canonical(recomputed(stream, sealed)) == canonical(sealed)
    assert len({each.unit for each in sealed.figures if each.value}) == UNITS + 1
    assert datetime.now(UTC) - last > timedelta(days=30)
