"""A snapshot says what every other reader of the same moment says: `ioc kpi`, form II.06a, the index."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import psycopg
import pytest

from geo.units import units_on
from ingest.log.postgres import PostgresLog
from ingest.rules.adoption import entries_for
from ioc.services.postgres import EmbeddedPostgres
from stream.index.official import OfficialScore, take_official
from stream.index.read import read_index
from stream.kpi.catalogue import UnknownKpiError, load_catalogue
from stream.kpi.evaluate import evaluate, figure_of
from stream.kpi.period import Period, parse_period
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.report.asked import Asked
from stream.report.reading import read_report
from stream.report.scope import scope_of
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.document import FormFacts, Snapshot
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted, asked_of, stretch_of, wanted_of, windows_of
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from tests.building.applying import apply_all, opener
from tests.building.documents import a_certificate
from tests.building.events import an_application
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.building.snapshots_wanted import WITNESS, a_day, a_month, a_quarter, now_of
from tests.test_snapshot_again import a_register

UNITS = tuple(unit.code for unit in units_on(date(2026, 1, 31)))
KINDS = (a_day, a_month, a_quarter)


@pytest.fixture(scope="module")
def made(postgres: EmbeddedPostgres, migrated: str) -> Iterator[tuple[str, datetime]]:
    """A database that no test here changes, and a moment after which more became known."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as server:
        server.execute(f"create database snapshot_content template {migrated}".encode())
        url = postgres.url("snapshot_content")
        yield url, some_history(url)
        server.execute("drop database snapshot_content with (force)")


def some_history(url: str) -> datetime:
    lives = some_lives(80)
    log = PostgresLog(url, partitions=4)
    log.append([*entries_for(a_register("1", 5), log.partitions, local("2026-01-05 08:00")), *lives[::2]])
    apply_all(log, url)
    with opener(url)() as connection:
        at = now_of(connection)
    log.append([*lives[1::2], an_application("Z-1").at_unit("04000").received("2026-01-12 09:00").sync()])
    apply_all(log, url)
    log.close()
    return at


@pytest.fixture
def known_at(made: tuple[str, datetime]) -> datetime:
    """The moment."""
    return made[1]


@pytest.fixture
def known(made: tuple[str, datetime]) -> Iterator[psycopg.Connection]:
    """A connection to that database."""
    with opener(made[0])() as connection:
        yield connection


def told(connection: psycopg.Connection, wanted: Wanted) -> Snapshot:
    return read_snapshot(connection, wanted, WITNESS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_what_a_reader_of_that_figure_alone_is_told(
    known: psycopg.Connection, known_at: datetime, kind: Any
) -> None:
    wanted = kind(known_at)
    windows = Windows.at(wanted.as_of) if wanted.is_day else wanted.period.windows(wanted.as_of)
    found = told(known, wanted)
    alone = []
    with snapshot(known):
        for facts in found.kpis:
            kpi = load_catalogue()[facts.id]
            if kpi.is_as_known:
                [readings] = read_sums(known, [Question(windows, asks_of([kpi]))], known_at)
                alone += evaluate([kpi], readings, [None, *UNITS])
    of_snapshot = [(each.kpi, each.unit, each.value, each.numerator, each.denominator) for each in found.figures]
    assert of_snapshot == [(each.kpi, each.unit, each.value, each.numerator, each.denominator) for each in alone]
    assert len({value for _, _, value, _, _ in of_snapshot}) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_is_the_report_of_its_place(known: psycopg.Connection, known_at: datetime, kind: Any) -> None:
    wanted = kind(known_at)
    found = told(known, wanted)
    assert [form.unit for form in found.forms] == [None, *UNITS]
    assert {form.heard for form in found.forms} > {None}
    assert any(form.rows for form in found.forms[1:])
    for form in found.forms:
        assert_form(known, form, Asked.of(wanted.period, scope_of(form.unit, wanted.period), wanted.as_of, known_at))


def assert_form(known: psycopg.Connection, form: FormFacts, asked: Asked) -> None:
    with snapshot(known):
        report = read_report(known, asked)
    lines = [(line.field.code, line.field.title, tuple(line.cells.values())) for line in report.form.lines]
    assert [(row.field, row.field_name, row.cells) for row in form.rows] == lines
    assert [row.cells for row in form.levels] == [tuple(each.values()) for each in report.form.levels.values()]
    assert form.total == tuple(report.form.total.values())
    assert (form.settled_undated, form.unknown_level) == (report.form.settled_undated, report.form.unknown_level)
    assert form.title == asked.scope.title
    assert form.heard == (None if report.heard is None else f"{report.heard}")


@pytest.mark.parametrize("kind", KINDS)
def test_the_index_is_what_the_index_is_read_to_be(known: psycopg.Connection, known_at: datetime, kind: Any) -> None:
    wanted = kind(known_at)
    with snapshot(known):
        index = read_index(known, wanted.period.windows(wanted.as_of), UNITS, known_at)
    found = told(known, wanted).index
    assert [each.unit for each in found] == [None, *UNITS]
    for facts, score in zip(found, [index.area, *index.units], strict=True):
        points = {each.item: each.points for each in facts.scores}
        assert points.pop("total") == score.total
        for group in score.groups:
            assert points.pop(group.group.id) == group.points
            for each in group.components:
                assert points.pop(each.component.id) == each.points
        assert points == {}
        assert facts.band == (None if score.band is None else score.band.title)
    assert found[0].scores[0].points is not None


def test_official_scores_of_the_same_days_stand_beside_as_they_were_known(
    stream: psycopg.Connection,
) -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 31)

    def take(place: str, item: str, points: float, day: int) -> datetime:
        score = OfficialScore(place, first, last, item, points, "dichvucong.gov.vn", date(2026, 2, day))
        take_official(stream, sha256(f"{place}{day}".encode()).digest(), f"{day}.csv", [score])
        return now_of(stream)

    take("03980", "progress", 17.5, 5)
    at = take("moc-chau", "total", 81, 5)
    take("moc-chau", "total", 90, 6)
    found = told(stream, a_month(at))
    beside = {
        (index.unit, score.item): (score.official.points, score.official.published_on)
        for index in found.index
        for score in index.scores
        if score.official is not None
    }
    assert beside == {(None, "total"): (81, "2026-02-05"), ("03980", "progress"): (17.5, "2026-02-05")}
    assert all(score.official is None for index in told(stream, a_quarter(at)).index for score in index.scores)


def test_series_are_the_figures_of_each_day_or_month(known: psycopg.Connection, known_at: datetime) -> None:
    for wanted, days, grain in (
        (a_day(known_at), [f"2026-01-{day:02}" for day in range(1, 29)], "day"),
        (a_month(known_at), [f"2026-01-{day:02}" for day in range(1, 32)], "day"),
        (a_quarter(known_at), ["2025-12-15", "2026-01-15", "2026-02-15"], "month"),
    ):
        found = {each.kpi: each for each in told(known, wanted).series}
        assert {each.grain for each in found.values()} == {grain}
        assert {each.days for each in found.values()} == {tuple(days)}
        assert "being_handled" in found
        kpi = load_catalogue()["received_month"]
        ends = [*(date.fromisoformat(day) - timedelta(days=1) for day in days[1:]), wanted.period.last]
        windows = [
            Windows.over(date.fromisoformat(day), end, wanted.as_of) for day, end in zip(days, ends, strict=True)
        ]
        with snapshot(known):
            answers = read_sums(known, [Question(each, asks_of([kpi])) for each in windows], known_at)
        values = tuple(figure_of(kpi, each, None).value for each in answers)
        assert found[kpi.id].values == values
        [total] = [each.value for each in told(known, wanted).figures if (each.kpi, each.unit) == (kpi.id, None)]
        assert sum(value or 0 for value in values) == total


def test_a_unit_that_was_not_heard_of_has_no_data_and_no_zero(known: psycopg.Connection, known_at: datetime) -> None:
    """The unit 04000 is heard of after the moment; 03982 never is."""
    figures = {(each.kpi, each.unit): each.value for each in told(known, a_month(known_at)).figures}
    now = {(each.kpi, each.unit): each.value for each in told(known, a_month(now_of(known))).figures}
    for name in ("received_month", "being_handled", "settled_late", "index_total"):
        assert figures[name, "04000"] is None
        assert figures[name, "03982"] is now[name, "03982"] is None
    assert figures["settled_late", "03980"] is not None
    assert (now["received_month", "04000"], now["settled_late", "04000"]) == (1, 0)


def test_a_certificate_of_a_unit_tells_nothing_of_its_applications(database: str) -> None:
    log = PostgresLog(database, partitions=4)
    log.append(
        [a_certificate(unit="03980"), an_application("H52-1").at_unit("04000").received("2026-01-12 09:00").sync()]
    )
    apply_all(log, database)
    log.close()
    with opener(database)() as connection:
        heard = {form.unit: form.heard for form in told(connection, a_month(now_of(connection))).forms}
    assert (heard[None], heard["04000"], heard["03980"]) == ("2026-01-12", "2026-01-12", None)


def test_every_kpi_of_the_catalogue_stands_in_one_section(known: psycopg.Connection, known_at: datetime) -> None:
    found = told(known, a_day(known_at))
    assert {kpi.id for kpi in found.kpis} == {kpi.id for kpi in load_catalogue()}
    assert [name for section in found.sections for name in section.kpis] == [kpi.id for kpi in found.kpis]
    ids = [section.id for section in found.sections]
    assert ids == ["onestop", "quality", "documents", "conference", "lines", "index", "data"]
    [lines] = [section.kpis for section in found.sections if section.id == "lines"]
    assert {each.kpi for each in found.figures} == {kpi.id for kpi in found.kpis} - set(lines)


def test_over_a_period_nothing_is_called_of_the_day_or_of_the_month(
    known: psycopg.Connection, known_at: datetime
) -> None:
    kpis = {kpi.id: kpi for kpi in told(known, a_quarter(known_at)).kpis}
    assert "received_today" not in kpis
    assert kpis["received_month"].title.vi == "Hồ sơ tiếp nhận trong kỳ"
    called = [words for kpi in kpis.values() for each in (kpi.title, kpi.short) for words in (each.vi, each.en)]
    assert not [each for each in called if re.search("trong tháng|tháng này|hôm nay|this month|today", each)]
    assert kpis["received_month"].short.vi == "Tiếp nhận trong kỳ"
    windows = {name: kpis[name].window for name in ("received_month", "being_handled", "index_total")}
    assert windows == {"received_month": "period", "being_handled": "moment", "index_total": "period"}
    of_day = {kpi.id: kpi for kpi in told(known, a_day(known_at)).kpis}
    assert of_day["received_month"].title.vi == "Hồ sơ tiếp nhận trong tháng"
    assert of_day["received_month"].digest == kpis["received_month"].digest


def test_only_what_is_wanted_is_told(known: psycopg.Connection, known_at: datetime) -> None:
    found = told(known, a_month(known_at, kpis=("documents_in", "received_month", "line_mos"), by_unit=False))
    assert [kpi.id for kpi in found.kpis] == ["received_month", "documents_in", "line_mos"]
    assert [(each.kpi, each.unit) for each in found.figures] == [("received_month", None), ("documents_in", None)]
    assert (found.units, [form.unit for form in found.forms], [each.unit for each in found.index]) == (
        (), [None], [None],
    )  # fmt: skip
    with pytest.raises(UnknownKpiError, match="nobody_s"):
        told(known, a_month(known_at, kpis=("nobody_s",)))


def test_what_was_wanted_can_be_told_from_what_it_says(known: psycopg.Connection, known_at: datetime) -> None:
    for kind in KINDS:
        wanted = kind(known_at)
        again = wanted_of(told(known, wanted))
        assert (again.period, again.grain, again.known_at) == (wanted.period, wanted.grain, wanted.known_at)
        assert (windows_of(again), stretch_of(again)) == (windows_of(wanted), stretch_of(wanted))
        assert asked_of(again, "03980") == asked_of(wanted, "03980")
        assert told(known, again) == told(known, wanted)


@pytest.mark.parametrize(
    ("name", "grain"),
    [("2025", "year"), ("2025-H2", "half_year"), ("2025-9M", "nine_months"), ("2025-Q3", "quarter"),
     ("2025-07", "month")],
)  # fmt: skip
def test_the_grain_of_a_period_is_told_by_its_name(
    known: psycopg.Connection, known_at: datetime, name: str, grain: str
) -> None:
    period = parse_period(name, "statutory")
    assert wanted_of(told(known, a_month(known_at, period=period, kpis=("received_month",)))).grain == grain


def test_of_the_town_s_time_only_the_area_is_told(known: psycopg.Connection, known_at: datetime) -> None:
    """Its units are not recorded, and those of before or after would be others."""
    march = Period("index", date(2025, 3, 1), date(2025, 3, 31), "2025-03")
    found = told(known, a_month(known_at, period=march, as_of=local("2025-03-31 23:59")))
    assert (found.units, found.generation.first, found.generation.last) == ((), "2025-02-01", "2025-06-30")
    assert {each.unit for each in found.figures} == {None}
    assert wanted_of(found).by_unit is False


def test_before_anything_was_known_it_says_so(known: psycopg.Connection, known_at: datetime) -> None:
    found = told(known, a_month(known_at - timedelta(days=400)))
    assert {each.value for each in found.figures if not each.kpi.startswith("index_")} == {None}
    assert {(form.heard, form.rows, form.total) for form in found.forms} == {(None, (), (0,) * 11)}
    assert {each.next for each in found.cut} == {0}
    assert (found.rules.registers, found.quarantine) == ((), ())


class Counting(psycopg.Cursor[Any]):
    """Counts the statements of all its connections."""

    statements = 0

    def execute(self, *given: Any, **more: Any) -> Any:
        Counting.statements += 1
        return super().execute(*given, **more)


@pytest.fixture
def counting(made: tuple[str, datetime]) -> Iterator[psycopg.Connection]:
    with opener(made[0])() as connection:
        connection.cursor_factory = Counting
        yield connection


def test_the_statements_do_not_grow_with_the_kpis(counting: psycopg.Connection, known_at: datetime) -> None:
    def statements(**changes: Any) -> int:
        told(counting, a_quarter(known_at, **changes))  # what is read once is read
        before = Counting.statements
        told(counting, a_quarter(known_at, **changes))
        return Counting.statements - before

    some = ("received_month", "online_rate", "online_services_used_rate")
    assert statements() == statements(kpis=some)
    assert statements(kpis=some) - statements(kpis=some, by_unit=False) == 4 * len(UNITS)
    assert statements(by_unit=False) <= 30


def test_in_another_day_s_light_a_day_has_its_own_windows(known: psycopg.Connection, known_at: datetime) -> None:
    figures = {each.kpi: each.value for each in told(known, a_day(known_at)).figures if each.unit is None}
    month = {each.kpi: each.value for each in told(known, a_month(known_at)).figures if each.unit is None}
    assert figures["received_today"] == 0
    assert 0 < (figures["settled_month"] or 0) < (month["settled_month"] or 0)  # those of the last days are missing
    assert datetime(2026, 1, 28, 9, 30, tzinfo=UTC) == a_day(known_at).as_of


def test_it_is_as_its_bytes_say_it(known: psycopg.Connection, known_at: datetime) -> None:
    """A rate of all is 1 and no 1.0, so that what is drawn of it is what is drawn of the file."""
    found = told(known, a_month(known_at))
    assert {type(each.value) for each in found.figures if each.value == 1} == {int}
    assert repr(read(canonical(found))) == repr(found)


def test_of_a_period_that_is_not_over_no_day_is_told_that_is_to_come(
    known: psycopg.Connection, known_at: datetime
) -> None:
    """As a dry run tells it."""
    found = told(known, a_month(known_at, as_of=local("2026-01-20 10:00"), draft=True))
    assert {each.days[-1] for each in found.series} == {"2026-01-20"}
    assert {len(each.values) for each in found.series} == {20}
    assert {form.until for form in found.forms} == {"2026-01-20"}
    assert found.draft
