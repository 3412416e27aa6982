"""Figures of lines: estimated MOS and bad minutes, by unit and in the area, over days, months and parts of them."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from ingest.contracts.conference import Sample
from ingest.log.postgres import PostgresLog
from stream.kpi.catalogue import load_catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.figure import Figure
from stream.kpi.formula import FormulaError, compile_formula
from stream.kpi.narrowing import Filters, NarrowingError, narrowed
from stream.kpi.quality import NotAsKnownError
from stream.kpi.readings import asks_of
from stream.kpi.streams import streams_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from tests.building.applying import apply_all
from tests.building.conference import endpoint, samples
from tests.building.moments import LOCAL

TODAY = datetime.now(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
KPIS = ("line_mos_today", "line_bad_rate_today", "line_mos", "line_bad_rate", "line_warn_rate", "line_minutes_measured")


def sample(minutes: float, loss: float | None, rtt: float | None = 20) -> Sample:
    return Sample(at=TODAY + timedelta(minutes=minutes), loss=loss, rtt=rtt)


@pytest.fixture
def measured(log: PostgresLog, database: str, stream: psycopg.Connection) -> psycopg.Connection:
    """Two communes: on the day, and one of them a day before."""
    log.append([
        endpoint("line-a", "up", f"{TODAY - timedelta(days=2):%Y-%m-%d %H:%M}", unit="03980"),
        endpoint("line-b", "up", f"{TODAY - timedelta(days=2):%Y-%m-%d %H:%M}", unit="04033"),
        samples("a", "line-a", [sample(0, 0), sample(0.5, 3.5), sample(61, 0), sample(62, 1.5)]),
        samples("b", "line-b", [sample(61, 0), sample(130, None)], unit="04033"),
        samples("c", "line-a", [sample(-30, 4)]),
    ])  # fmt: skip
    apply_all(log, database)
    return stream


def figures(stream: psycopg.Connection, windows: Windows, unit: str | None) -> dict[str, Figure]:
    kpis = load_catalogue().only(KPIS)
    with snapshot(stream):
        [readings] = read_sums(stream, [Question(windows, asks_of(kpis))])
    return {figure.kpi: figure for figure in evaluate(kpis, readings, [unit])}


def mos_of(stream: psycopg.Connection, where: str) -> float:
    [(mean,)] = stream.execute(f"select avg(mos) / 100 from quality_sample where {where}")
    return float(mean)


def test_a_day_is_the_mean_of_its_samples_and_the_share_of_its_bad_minutes(measured: psycopg.Connection) -> None:
    windows = Windows.at(TODAY + timedelta(hours=20))
    of_unit = figures(measured, windows, "03980")
    assert of_unit["line_mos_today"].value == pytest.approx(mos_of(measured, "endpoint = 1 and loss <> 400"))
    assert of_unit["line_bad_rate_today"].value == pytest.approx(1 / 3)
    of_area = figures(measured, windows, None)
    assert of_area["line_bad_rate_today"].value == pytest.approx(1 / 5)
    assert of_area["line_mos_today"].denominator == 5 * 100
    assert of_area["line_mos_today"].value == pytest.approx(mos_of(measured, "loss <> 400"))


def test_a_unit_without_samples_has_no_figure_and_not_a_bad_one(measured: psycopg.Connection) -> None:
    windows = Windows(int((TODAY + timedelta(hours=1)).timestamp()), None)
    found = figures(measured, windows, "04033")
    assert found["line_mos_today"].value is None
    assert found["line_bad_rate_today"].value is None
    assert found["line_minutes_measured"].value == 0


def test_a_unit_of_which_only_samples_were_told_has_figures_of_them(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([samples("a", "bridge", [sample(60, 0), sample(61, 4)], unit="04033")])
    apply_all(log, database)
    assert figures(stream, Windows.at(TODAY + timedelta(hours=20)), "04033")["line_bad_rate_today"].value == 0.5
    assert figures(stream, Windows.at(TODAY + timedelta(hours=20)), None)["line_bad_rate_today"].value == 0.5
    assert figures(stream, Windows.at(TODAY - timedelta(hours=1)), None)["line_minutes_measured"].value is None


def test_a_window_ends_at_its_minute(measured: psycopg.Connection) -> None:
    for until, minutes, bad, warn in [
        (0, 1, 1, 0), (1, 2, 2, 0), (61, 2, 2, 0), (62, 3, 2, 0), (63, 4, 2, 1), (120, 4, 2, 1), (1_440, 4, 2, 1),
    ]:  # fmt: skip
        period = Windows(int((TODAY + timedelta(minutes=until)).timestamp()), _day(TODAY) - 1)
        found = figures(measured, period, "03980")
        assert found["line_minutes_measured"].value == minutes, until
        assert found["line_bad_rate"].numerator == bad, until
        assert found["line_warn_rate"].numerator == warn, until


def test_as_known_at_is_refused_and_not_made_up(measured: psycopg.Connection) -> None:
    kpis = load_catalogue().only(KPIS)
    asked = [Question(Windows.at(TODAY), asks_of(kpis))]
    with snapshot(measured), pytest.raises(NotAsKnownError, match="when they became known"):
        read_sums(measured, asked, datetime.now(UTC))
    assert not any(kpi.is_as_known for kpi in kpis)
    assert load_catalogue()["meetings_held"].is_as_known


def test_the_quality_of_lines_comes_from_the_conference_system() -> None:
    for name in KPIS:
        assert streams_of(load_catalogue()[name]) == {"conference"}


def test_a_sum_of_samples_has_no_filters_and_nothing_to_narrow() -> None:
    with pytest.raises(FormulaError, match="no filters"):
        compile_formula("line_minutes[channel='online']")
    with pytest.raises(NarrowingError):
        narrowed(compile_formula("line_minutes"), Filters(channel=2))
    both = narrowed(compile_formula("line_minutes / received"), Filters(channel=2))
    assert both == compile_formula("line_minutes / received[channel='online']")


def _day(when: datetime) -> int:
    return (when.date() - datetime(1970, 1, 1, tzinfo=UTC).date()).days
