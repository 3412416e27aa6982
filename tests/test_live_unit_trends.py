"""The trends of single units: worked out by hand, and together those of the area."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from stream.core.ledger import Measure
from stream.core.moment import moment_of
from stream.kpi.catalogue import load_catalogue
from stream.live import BOARD_KPIS, read_board, read_unit_trends
from tests.ledgers import Posted, fill

NOW = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 local
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WALL = load_catalogue().only(BOARD_KPIS)
SEVERAL = load_catalogue().only([*BOARD_KPIS, "received_online", "same_day_rate", "online_services_used_rate"])


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def happened(measure: Measure, when: datetime, unit: int, channel: int = 1) -> Posted:
    return Posted(measure, unit, moment_of(when), moment_of(when), channel=channel)


def a_ledger(now: datetime = NOW) -> list[Posted]:
    return [
        happened(Measure.RECEIVED, now - 40 * DAY, 3979),
        happened(Measure.OPEN_IN, now - 40 * DAY, 3979),
        happened(Measure.OPEN_OUT, now - 2 * DAY, 3979),
        happened(Measure.RECEIVED, now - 7 * DAY - HOUR, 3979, 2),
        happened(Measure.RECEIVED, now - 7 * DAY + HOUR, 3979),
        happened(Measure.RECEIVED, now - 3 * DAY, 3980),
        happened(Measure.OPEN_IN, now - 3 * DAY, 3980),
    ]


def test_each_unit_has_its_own_trend_and_its_own_value_of_a_week_ago(connection: psycopg.Connection) -> None:
    fill(connection, a_ledger())
    found = read_unit_trends(connection, WALL, NOW, ["03979", "03980", "03982"])
    assert found.before_day == date(2026, 3, 10)
    one, other, unheard = found.by_unit["03979"], found.by_unit["03980"], found.by_unit["03982"]
    assert (one["received_today"].before, one["being_handled"].before, one["online_rate"].before) == (1, 1, 1)
    assert one["received_today"].trend == (0,) * 23 + (2,) + (0,) * 6
    assert one["being_handled"].trend == (1,) * 28 + (0, 0)
    assert one["online_rate"].trend == (None,) * 23 + (0.5,) + (None,) * 6
    assert other["being_handled"].trend == (None,) * 27 + (1, 1, 1)
    assert other["being_handled"].before is None
    assert {each.trend for each in unheard.values()} == {(None,) * 30}


def test_the_units_together_are_the_area(connection: psycopg.Connection) -> None:
    fill(connection, a_ledger())
    area = {tile.figure.kpi: tile for tile in read_board(connection, WALL, NOW, ()).tiles}
    units = read_unit_trends(connection, WALL, NOW, ["03979", "03980"]).by_unit.values()
    for kpi in ("received_today", "being_handled", "overdue_now"):
        together = tuple(sum(filter(None, day)) for day in zip(*(unit[kpi].trend for unit in units), strict=True))
        assert together == area[kpi].trend
        assert sum(unit[kpi].before or 0 for unit in units) == area[kpi].before


def test_a_code_that_meant_another_unit_then_has_no_values_of_then(connection: psycopg.Connection) -> None:
    """04033 was Xã Phiêng Luông until 2025, then Phường Vân Sơn: the days before are not its own."""
    merged = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)  # 2025-07-01 local
    now = merged + 3 * DAY + 10 * HOUR
    rows = [happened(Measure.RECEIVED, merged - days * DAY, 4033) for days in (9, 5, 1)]
    fill(connection, [*rows, happened(Measure.RECEIVED, merged + DAY, 4033)])
    found = read_unit_trends(connection, WALL, now, ["04033"]).by_unit["04033"]["received_today"]
    assert found.trend == (None,) * 27 + (0, 1, 0)
    assert found.before is None
    [area] = [tile for tile in read_board(connection, WALL, now, ()).tiles if tile.figure.kpi == "received_today"]
    assert sum(filter(None, area.trend)) == 4


@pytest.mark.parametrize(("known_at", "most"), [(None, 8), (NOW, 12)])
def test_however_many_units_it_takes_few_statements(
    connection: psycopg.Connection, known_at: datetime | None, most: int
) -> None:
    fill(connection, a_ledger())
    sent: list[bytes] = []

    class Noting(psycopg.Cursor[Any]):
        def execute(self, *arguments: Any, **options: Any) -> Any:
            sent.append(arguments[0])
            return super().execute(*arguments, **options)

    connection.cursor_factory = Noting
    units = [f"{code:05d}" for code in range(3979, 4009)]
    read_unit_trends(connection, SEVERAL, NOW, units, known_at=known_at)
    assert len(sent) <= most
