"""The scene of the one-stop shops: the form, the fields and the index as the report has them, nothing as nought."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dashboard.wall.area import area_on
from dashboard.wall.scene import When
from dashboard.wall.scenes.onestop.fields import FieldRow, most_active
from dashboard.wall.scenes.onestop.form import month_of
from dashboard.wall.scenes.onestop.kept import FRESH, USABLE, Kept
from dashboard.wall.scenes.onestop.reading import read_more
from geo.areas import CENTRE
from ioc.services.postgres import EmbeddedPostgres
from stream.core.ledger import Measure
from stream.index.official import OfficialScore, take_official
from stream.kpi.period import parse_period
from stream.report.ii06a import Field, Kind, Line
from tests.index_ledgers import application, at
from tests.ledgers import FIELDS, Posted, fill

NOON = datetime(2026, 6, 20, 5, tzinfo=UTC)
LEDGER = [
    *application("05-20"),  # carried over, and open
    *application("05-28", ended="06-02", end=Measure.SETTLED_LATE),
    *application("06-01", channel=2, ended="06-03"),
    *application("06-02", channel=2, ended="06-03", end=Measure.SETTLED_ON_DATE),
    *application("06-10", overdue="06-15"),
    *application("06-16", unit=4033, channel=3),
]


@pytest.fixture(scope="module")
def one_database(postgres: EmbeddedPostgres, migrated: str) -> str:
    """One for all tests here: each fills its own ledger."""
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    return postgres.url(name)


@pytest.fixture
def connection(one_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(one_database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection
        connection.execute("truncate ingest.official_score, ingest.official_file")


def more(connection: psycopg.Connection, when: datetime = NOON, known_at: datetime | None = None) -> Any:
    return read_more(connection, When(when, known_at), area_on(date(2026, 6, 20)))


def line(number: int, received: int, open_now: int, overdue: int, level: int = 3) -> Line:
    cells = dict.fromkeys(range(3, 14), 0) | {4: received, 11: open_now, 13: overdue}
    return Line(Kind(level, number), Field(f"F{number}", f"Lĩnh vực {number}"), cells)


def names(rows: Sequence[FieldRow]) -> list[str | None]:
    return [row.field.code for row in rows]


def test_the_form_is_the_one_of_the_calendar_month_and_its_identities_hold(connection: psycopg.Connection) -> None:
    fill(connection, LEDGER)
    form = more(connection)["form"]
    cells = {int(column): n for column, n in form["cells"].items()}
    assert (form["state"], form["name"], form["first"]) == ("read", "2026-06", "2026-06-01")
    assert cells == {3: 6, 4: 2, 5: 2, 6: 2, 7: 3, 8: 1, 9: 1, 10: 1, 11: 3, 12: 2, 13: 1}
    assert cells[3] == cells[7] + cells[11]


def test_the_statutory_month_stands_beside_it_with_its_own_days(connection: psycopg.Connection) -> None:
    fill(connection, LEDGER)
    statutory = more(connection)["statutory"]
    assert (statutory["name"], statutory["first"], statutory["last"]) == ("2026-07", "2026-06-15", "2026-07-14")
    assert [statutory["cells"][column] for column in ("3", "7", "11")] == [3, 0, 3]


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-06-14", "2026-06"), ("2026-06-15", "2026-07"), ("2026-12-15", "2027-01"), ("2027-01-01", "2027-01")],
)
def test_a_statutory_month_begins_on_the_fifteenth(day: str, name: str) -> None:
    period = month_of(date.fromisoformat(day), "statutory")
    assert period.name == name
    assert period.first <= date.fromisoformat(day) <= period.last


def test_where_nothing_is_known_nothing_is_nought(connection: psycopg.Connection) -> None:
    fill(connection, [])
    found = more(connection)
    assert found["form"] == {"state": "nothing"}
    assert found["statutory"] == {"state": "nothing"}
    assert found["fields"] == []
    assert found["index"]["total"] is None
    assert {group["points"] for group in found["index"]["groups"]} == {None}


def test_what_is_known_of_documents_alone_makes_no_form_of_noughts(connection: psycopg.Connection) -> None:
    fill(connection, [Posted(Measure.DOCUMENT_IN, 3980, at("06-01"))])
    assert more(connection)["form"] == {"state": "nothing"}


def test_as_known_before_anything_was_known_there_is_no_form_of_noughts(connection: psycopg.Connection) -> None:
    late = at("06-20")
    fill(connection, [row._replace(known=late) for row in LEDGER])
    assert more(connection, known_at=datetime(2026, 6, 18, tzinfo=UTC))["form"] == {"state": "nothing"}


def test_a_month_in_which_nothing_came_yet_has_noughts(connection: psycopg.Connection) -> None:
    fill(connection, application("05-04", ended="05-05"))
    form = more(connection)["form"]
    assert (form["state"], set(form["cells"].values())) == ("read", {0})


def test_a_ledger_that_does_not_add_up_shows_no_figures(connection: psycopg.Connection) -> None:
    fill(connection, [*LEDGER, Posted(Measure.SETTLED_EARLY, 3980, at("06-05"))])
    found = more(connection)
    assert found["form"] == {"state": "broken"}
    assert found["fields"] == []


def test_what_became_known_later_does_not_count_as_known_then(connection: psycopg.Connection) -> None:
    late = (
        Posted(Measure.RECEIVED, 3980, at("06-03"), at("06-19")),
        Posted(Measure.OPEN_IN, 3980, at("06-03"), at("06-19")),
    )
    fill(connection, [*LEDGER, *late])
    then = more(connection, known_at=datetime(2026, 6, 18, tzinfo=UTC))
    assert (then["form"]["cells"]["3"], more(connection)["form"]["cells"]["3"]) == (6, 7)


def test_as_of_an_earlier_moment_the_scene_is_of_that_month(connection: psycopg.Connection) -> None:
    fill(connection, LEDGER)
    more(connection)
    earlier = more(connection, datetime(2026, 5, 29, tzinfo=UTC))
    assert (earlier["form"]["name"], earlier["index"]["name"]) == ("2026-05", "2026-05")
    assert earlier["form"]["cells"]["3"] == 2


def test_a_field_has_the_rate_of_the_kpi_and_none_where_nothing_was_settled(connection: psycopg.Connection) -> None:
    fill(
        connection,
        [
            *LEDGER,
            Posted(Measure.RECEIVED, 3980, at("06-04"), field=1),
            Posted(Measure.OPEN_IN, 3980, at("06-04"), field=1),
        ],
    )
    first, second = more(connection)["fields"]
    assert (first["name"], first["received"], first["open"], first["overdue"]) == (FIELDS[0], 4, 3, 1)
    assert first["rate"] == pytest.approx(2 / 3)
    assert (first["standing"], first["worst"]) == ("bad", True)
    assert (second["name"], second["rate"], second["standing"], second["worst"]) == (FIELDS[1], None, "none", False)


def test_the_busiest_fields_come_first_each_over_all_levels() -> None:
    rows = most_active([line(1, 5, 1, 0), line(2, 4, 2, 0), line(2, 3, 2, 0, level=2)], 2)
    assert [(row.field.code, row.received, row.open) for row in rows] == [("F2", 7, 4), ("F1", 5, 1)]


def test_the_field_with_the_most_overdue_is_shown_however_quiet() -> None:
    rows = most_active([line(1, 9, 0, 0), line(2, 8, 5, 2), line(3, 0, 4, 3)], 2)
    assert names(rows) == ["F1", "F3"]


def test_the_index_names_its_groups_and_which_points_could_be_judged(connection: psycopg.Connection) -> None:
    fill(connection, LEDGER)
    index = more(connection)["index"]
    groups = {group["id"]: group for group in index["groups"]}
    assert sum(group["most"] for group in groups.values()) == 100
    assert groups["progress"]["known"] == 20
    assert groups["openness"]["points"] is None or groups["openness"]["known"] < 18
    assert index["known"] == sum(group["known"] for group in groups.values()) < 100
    assert index["official"] is None


def test_the_official_score_of_an_earlier_month_stands_in_and_says_so(connection: psycopg.Connection) -> None:
    fill(connection, LEDGER)
    april = parse_period("2026-04", "index")
    scores = [
        OfficialScore(CENTRE, april.first, april.last, item, points, "dichvucong.gov.vn", date(2026, 5, 9))
        for item, points in (("total", 81.5), ("progress", 17.25))
    ]
    take_official(connection, sha256(b"a").digest(), "a.csv", scores)
    index = more(connection)["index"]
    assert index["official"] == {
        "name": "2026-04", "points": 81.5, "source": "dichvucong.gov.vn", "published_on": "2026-05-09",
    }  # fmt: skip
    assert [group["official"] for group in index["groups"] if group["id"] == "progress"] == [17.25]


class Reading:
    """A part that counts how often it was read."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_parts_are_kept_for_some_seconds_and_one_is_read_anew_for_each_frame() -> None:
    now = [0.0]
    kept = Kept(lambda: now[0])
    one, two = Reading(), Reading()

    def frame(seconds: float) -> tuple[int, int]:
        now[0] = seconds
        kept.begin()
        when = NOON + timedelta(seconds=seconds)
        return kept.part("one", "about", when, one), kept.part("two", "about", when, two)

    assert frame(0) == (1, 1)
    assert frame(FRESH - 1) == (1, 1)
    assert frame(FRESH + 1) == (2, 1)
    assert frame(FRESH + 3) == (2, 2)
    assert frame(FRESH + USABLE + 5) == (3, 3)


def test_a_part_is_read_anew_at_once_for_another_day_or_another_moment() -> None:
    kept, reading = Kept(lambda: 0.0), Reading()
    assert kept.part("a", "today", NOON, reading) == 1
    assert kept.part("a", "tomorrow", NOON, reading) == 2
    assert kept.part("a", "tomorrow", NOON - timedelta(seconds=1), reading) == 3
    assert kept.part("a", "tomorrow", NOON + timedelta(hours=1), reading) == 4
