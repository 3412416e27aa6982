"""Numbers: a series a unit and year, given once, kept where the letter is void, replaced by the registry's."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import psycopg
import pytest

from dashboard.access.people import Scope
from dashboard.letters.desk import prepare, set_number, void
from dashboard.letters.errors import LetterError
from dashboard.letters.store import read_letters
from dashboard.letters.typed import number_typed
from ioc.services.postgres import EmbeddedPostgres
from tests.building.events import an_application
from tests.building.letters import CODE, NOW, UNIT, WISH, a_late_one, an_asker, connecting, of_unit
from tests.building.moments import local
from tests.servers.letters import copied, filled

OTHERS = [f"H52.17.18-260202-{number:04}" for number in range(2, 10)]
ELSEWHERE, EARLY = "H52.17.18-260202-0100", "H52.17.18-260202-0200"
Connect = Callable[[], psycopg.Connection]


@pytest.fixture(scope="module")
def applied(postgres: EmbeddedPostgres, migrated: str) -> str:
    early = an_application(EARLY).at_unit(UNIT).received("2026-02-02 09:00", due="2026-03-06 17:00").sync()
    return filled(postgres, migrated, [*map(a_late_one, (CODE, *OTHERS)), a_late_one(ELSEWHERE, "03985"), early])


@pytest.fixture
def connect(postgres: EmbeddedPostgres, applied: str) -> Iterator[Connect]:
    with copied(postgres, applied) as database:
        yield connecting(database)


def test_of_many_who_prepare_at_once_each_gets_another_number_and_none_is_left_out(connect: Connect) -> None:
    def one(code: str) -> str:
        with connect() as connection:
            return prepare(connection, code, WISH, an_asker()).shown

    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(one, [CODE, *OTHERS]))
    assert sorted(shown) == [f"{number:02}/PXL" for number in range(1, 10)]


def test_of_two_who_prepare_the_same_letter_at_once_one_is_refused_and_no_number_is_lost(connect: Connect) -> None:
    def one(login: str) -> str:
        with connect() as connection:
            try:
                return prepare(connection, CODE, WISH, an_asker(login)).shown
            except LetterError as error:
                return error.reason

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(one, ["lan", "minh", "hoa", "tuan", "nga", "bich"]))
    assert answers == ["01/PXL", *["already_prepared"] * 5]
    with connect() as connection:
        assert prepare(connection, OTHERS[0], WISH, an_asker()).shown == "02/PXL"


def test_each_unit_and_each_year_counts_from_one(connect: Connect) -> None:
    next_year = local("2027-01-04 09:00")
    with connect() as connection:
        assert prepare(connection, CODE, WISH, an_asker()).shown == "01/PXL"
        assert prepare(connection, ELSEWHERE, WISH, an_asker()).shown == "01/PXL"
        later = replace(WISH, new_date=date(2027, 1, 8))
        assert prepare(connection, OTHERS[0], later, an_asker(now=next_year)).shown == "01/PXL"
        assert prepare(connection, OTHERS[1], WISH, an_asker()).shown == "02/PXL"


def test_the_year_is_the_local_one(connect: Connect) -> None:
    first_morning = local("2027-01-01 06:00")  # still the old year in UTC
    with connect() as connection:
        letter = prepare(connection, CODE, replace(WISH, new_date=date(2027, 1, 8)), an_asker(now=first_morning))
    assert letter.year == 2027
    assert "ngày 01 tháng 01 năm 2027" in letter.letter.place


def test_a_void_letter_keeps_its_number_with_the_reason(connect: Connect) -> None:
    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        void(connection, CODE, "in hỏng", an_asker("minh"))
        second = prepare(connection, CODE, WISH, an_asker())
        letters = read_letters(connection, CODE)
    assert second.shown == "02/PXL"
    kept = [(each.shown, each.standing, each.void_by, each.void_reason) for each in letters]
    assert kept == [("02/PXL", "prepared", None, None), ("01/PXL", "void", "minh", "in hỏng")]


def test_the_registry_may_number_it_from_the_start_or_later(connect: Connect) -> None:
    with connect() as connection:
        first = prepare(connection, CODE, replace(WISH, number=" 145/PXL-UBND "), an_asker())
        assert (first.number, first.shown, first.letter.number) == (None, "145/PXL-UBND", "Số: 145/PXL-UBND")
        second = prepare(connection, OTHERS[0], WISH, an_asker())
        assert second.shown == "01/PXL"
        changed = set_number(connection, OTHERS[0], "146/PXL-UBND", an_asker())
        assert (changed.number, changed.shown, changed.letter.number) == (1, "146/PXL-UBND", "Số: 146/PXL-UBND")
        assert prepare(connection, OTHERS[1], WISH, an_asker()).shown == "02/PXL"


def test_who_wrote_another_number_on_a_letter_is_on_record(connect: Connect) -> None:
    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        set_number(connection, CODE, "146/PXL", an_asker("minh"))
        with pytest.raises(LetterError, match="number_malformed"):
            set_number(connection, CODE, "PXL", an_asker("hoa"))
        told = connection.execute("select who, what, facts from dashboard.audit").fetchall()
    assert told == [("minh", "letter.numbered", {"case": CODE, "was": "01/PXL", "number": "146/PXL"})]


def test_no_number_stands_on_two_letters_of_a_year(connect: Connect) -> None:
    with connect() as connection:
        prepare(connection, CODE, replace(WISH, number="01/PXL"), an_asker())
        assert prepare(connection, OTHERS[0], WISH, an_asker()).shown == "02/PXL"
        for same in ("01/PXL", "1/PXL", "001/PXL"):
            with pytest.raises(LetterError, match="number_taken"):
                set_number(connection, OTHERS[0], same, an_asker())
        with pytest.raises(LetterError, match="number_taken"):
            prepare(connection, OTHERS[1], replace(WISH, number="02/PXL"), an_asker())


@pytest.mark.parametrize("number", ["", "PXL", "0912345678/PXL", "12/PXL; drop", "1" * 50, "12/" + "P" * 60])
def test_what_no_registry_gives_is_refused(number: str) -> None:
    with pytest.raises(LetterError, match="number_malformed"):
        number_typed(number)


def test_only_an_application_that_owes_one_within_the_scope_gets_one(connect: Connect) -> None:
    with connect() as connection:
        for code, scope, reason in (
            (EARLY, Scope(), "not_owed"),
            ("H52.17.18-260202-9999", Scope(), "no_such_case"),
            (CODE, of_unit("03985"), "no_such_case"),
        ):
            with pytest.raises(LetterError, match=reason):
                prepare(connection, code, WISH, an_asker(scope=scope))
        assert prepare(connection, CODE, WISH, an_asker(scope=of_unit(UNIT))).shown == "01/PXL"
        with pytest.raises(LetterError, match="no_letter"):
            void(connection, OTHERS[0], "in hỏng", an_asker())


def test_what_a_letter_may_not_say_is_refused_and_costs_no_number(connect: Connect) -> None:
    with connect() as connection:
        for wish, reason in (
            (replace(WISH, reason="because"), "unknown_reason"),
            (replace(WISH, reason=None, text=" . "), "no_reason"),
            (replace(WISH, reason=None, text="gọi bà Lan 0912345678"), "personal_phone"),
            (replace(WISH, reason=None, text="a" * 501), "too_long"),
            (replace(WISH, number="12 PXL; drop"), "number_malformed"),
            (replace(WISH, new_date=NOW.date()), "not_after_today"),
            (replace(WISH, new_date=date(2026, 2, 14)), "not_a_working_day"),
        ):
            with pytest.raises(LetterError, match=reason):
                prepare(connection, CODE, wish, an_asker())
        assert prepare(connection, CODE, replace(WISH, new_date=None), an_asker()).new_date == date(2026, 2, 24)
        assert prepare(connection, OTHERS[0], WISH, an_asker()).shown == "02/PXL"
