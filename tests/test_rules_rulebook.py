"""What was adopted is read from the database as the worker met it in the log: a real log, a real worker."""

from datetime import UTC, datetime

import psycopg
import pytest

from ingest.contracts.registry import Adopted
from ingest.contracts.rules import CalendarAdopted, Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.rules.adoption import entries_for
from ingest.rules.calendar_file import shipped_calendar
from stream.adopted import calendar_of
from stream.core.moment import moment_of
from stream.core.public_holidays import office_calendar
from stream.rulebook import Adoption, adopted, newest, program_calendar
from tests.building.applying import apply_all

HOURS = ((27_000, 41_400), (48_600, 63_000))


def a_calendar(version: str) -> CalendarAdopted:
    return CalendarAdopted(version=version, week=(HOURS,) * 5 + ((),) * 2)


def a_register(*codes: str) -> RegisterAdopted:
    procedures = tuple(Procedure(code=code, name="A", field="HT", level=Level.COMMUNE) for code in codes)
    return RegisterAdopted(version="r1", procedures=procedures)


class Centre:
    """A log, a worker when asked, and what is in force then."""

    def __init__(self, log: PostgresLog, url: str, connection: psycopg.Connection) -> None:
        self._log, self._url, self._connection = log, url, connection

    def adopts(self, data: Adopted) -> list[Adoption]:
        self._log.append(entries_for(data, self._log.partitions, datetime.now(UTC)))
        apply_all(self._log, self._url)
        return list(adopted(self._connection))


@pytest.fixture
def centre(log: PostgresLog, database: str, stream: psycopg.Connection) -> Centre:
    return Centre(log, database, stream)


def test_before_any_adoption_the_calendar_of_the_program_is_in_force(stream: psycopg.Connection) -> None:
    assert newest(adopted(stream), "calendar") is None
    mine, own = calendar_of(program_calendar()), office_calendar()
    assert (mine.version, mine.days_off, mine.days_on) == (own.version, own.days_off, own.days_on)
    start, end = (moment_of(datetime(year, 3, 2, 3, 4, 5, tzinfo=UTC)) for year in (2016, 2049))
    assert mine.measure(start, end) == own.measure(start, end)


def test_an_adopted_calendar_is_in_force_in_every_partition_with_its_whole_content(centre: Centre) -> None:
    (found,) = centre.adopts(shipped_calendar())
    assert (found.kind, found.version) == ("calendar", shipped_calendar().version)
    assert found.calendar() == shipped_calendar()
    assert sorted(found.since) == [0, 1, 2, 3]
    assert found.known_at == min(since.known_at for since in found.since.values())
    assert {since.position for since in found.since.values()} == {0}


def test_calendars_and_registers_do_not_replace_each_other(centre: Centre) -> None:
    centre.adopts(a_calendar("v1"))
    found = centre.adopts(a_register("1.1", "1.2"))
    calendar, register = newest(found, "calendar"), newest(found, "procedures")
    assert calendar is not None
    assert register is not None
    assert calendar.version == "v1"
    assert [each.code for each in register.register().procedures] == ["1.1", "1.2"]


def test_what_was_in_force_is_known_for_every_moment_also_where_one_went_back(centre: Centre) -> None:
    centre.adopts(a_calendar("v1"))
    centre.adopts(a_calendar("v2"))
    found = centre.adopts(a_calendar("v1"))
    assert [each.version for each in found] == ["v1", "v2", "v1"]
    for each in found:
        assert newest(found, "calendar", each.known_at) is each
    assert newest(found, "calendar", datetime(2000, 1, 1, tzinfo=UTC)) is None
    assert newest(found, "calendar") is found[-1]


def test_the_same_rules_again_come_into_force_once(centre: Centre) -> None:
    centre.adopts(a_calendar("v1"))
    assert len(centre.adopts(a_calendar("v1"))) == 1
