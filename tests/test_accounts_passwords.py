"""Passwords and wrong tries: what is taken, what is slow, and what cannot be got round."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import psycopg
import pytest
from argon2 import PasswordHasher

from dashboard.accounts.errors import WeakPasswordError
from dashboard.accounts.facts import NewAccount
from dashboard.accounts.passwords import check_password, hashed, is_outdated, is_password, one_time_password
from dashboard.accounts.patience import ACCOUNT, ADDRESS, Pauses, Tries
from dashboard.accounts.places_to_go import local
from dashboard.accounts.sessions import LASTS, begin_session, read_sessions
from dashboard.accounts.signing import Attempt, Later, Opened, Wrong, sign_in
from dashboard.accounts.store import add_account, set_password
from dashboard.accounts.throttle import buckets_of, take_try, was_right
from tests.servers.people import PASSWORD, account

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_a_password_is_kept_as_argon2id_and_known_however_its_letters_are_composed() -> None:
    kept = hashed("mật khẩu tiếng Việt")  # composed
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,")
    assert is_password(kept, normalize("NFD", "mật khẩu tiếng Việt"))  # ậ, ẩ, ế, ệ from their parts
    assert not is_password(kept, "mat khau tieng Viet")
    assert not is_password(kept, "")
    assert not is_password("no hash", "x")
    assert not is_outdated(kept)
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$MDAwMDAwMDA$JZ1UXKUEY0ZVGyDJlRjNs4ZvgYVtKGqe8TfaQ9gCd50")


def test_what_nobody_has_takes_as_long_to_refuse_as_a_wrong_password() -> None:
    kept = hashed(PASSWORD)
    is_password(None, "x")

    def least(against: str | None) -> float:
        took = []
        for _ in range(3):
            began = time.perf_counter()
            assert not is_password(against, "x")
            took.append(time.perf_counter() - began)
        return min(took)

    assert least(None) > least(kept) / 3


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa", "ababababababab", "lan.nguyen123", "x" * 201])
def test_a_password_that_would_be_guessed_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        check_password(password, "lan.nguyen")


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "đi chợ Mộc Châu", one_time_password()])
def test_a_long_one_needs_nothing_else(password: str) -> None:
    check_password(password, "lan.nguyen")


def test_one_time_passwords_are_never_the_same() -> None:
    assert len({one_time_password() for _ in range(100)}) == 100


def test_pauses_grow_to_their_longest() -> None:
    pauses = Pauses(2, timedelta(seconds=10))
    assert [pauses.after(tries).total_seconds() for tries in range(8)] == [0, 0, 0, 1, 2, 4, 8, 10]
    assert ACCOUNT.after(10_000) == timedelta(minutes=15)
    assert ADDRESS.after(20) == timedelta()


def test_wrong_tries_are_forgotten_after_a_day_and_not_before() -> None:
    tries = Tries(9, NOW, NOW)
    assert tries.next(ACCOUNT, NOW + timedelta(hours=23)).count == 10
    assert tries.next(ACCOUNT, NOW + timedelta(hours=25)).count == 1


def test_a_hundred_guesses_at_once_are_a_hundred_guesses(database: str) -> None:
    account(database, "lan")

    def guess(number: int) -> Opened | Wrong | Later:
        with psycopg.connect(database, autocommit=True) as connection:
            return sign_in(connection, Attempt("lan", f"guess {number}", f"10.0.0.{number}", lambda _: None), NOW)

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(guess, range(12)))
    assert sum(isinstance(each, Wrong) for each in came) == 4  # three are free, and one more before the first pause
    assert sum(isinstance(each, Later) for each in came) == 8


def waits(connection: psycopg.Connection, login: str, *, is_right: bool = False) -> bool:
    """A try from one address; whether it has to wait."""
    buckets = buckets_of(login, "10.0.0.1", None)
    wait, before = take_try(connection, buckets, NOW)
    if is_right:
        was_right(connection, buckets, before)
    return wait > timedelta()


def test_an_address_that_guesses_at_many_is_slowed_down_too(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        came = [waits(connection, f"nobody{number}") for number in range(23)]
    assert came == [False] * 21 + [True] * 2


def test_signing_in_rightly_in_between_buys_an_address_no_guesses(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        assert not any(waits(connection, f"nobody{number}") for number in range(20))
        assert not waits(connection, "lan", is_right=True)
        assert not waits(connection, "nobody")
        assert waits(connection, "nobody")


def test_whoever_tries_on_and_on_leaves_a_line_for_each_pause_and_fills_no_table(database: str) -> None:
    account(database, "lan")

    def tried(connection: psycopg.Connection, login: str, at: datetime) -> Opened | Wrong | Later:
        return sign_in(connection, Attempt(login, "x", "10.0.0.1", lambda _: None), at)

    with psycopg.connect(database, autocommit=True) as connection:
        for _ in range(9):
            tried(connection, "lan", NOW)
        for number in range(40):
            tried(connection, f"nobody{number}", NOW)
        tried(connection, "lan", NOW + timedelta(minutes=20))  # a guess again, and its pause
        tried(connection, "lan", NOW + timedelta(minutes=20))
        lines = connection.execute(
            "select who, what, count(*) from dashboard.audit where who <> 'tests' group by who, what"
        ).fetchall()
        kept = connection.execute("select count(*) from dashboard.throttle").fetchone()
    refused, locked = "sign_in.refused", "sign_in.locked"
    assert sorted(lines) == [("-", locked, 1), ("-", refused, 17), ("lan", locked, 2), ("lan", refused, 5)]
    assert kept == (19,)  # lan, the address, and the logins that were looked at


def test_another_password_from_the_command_line_lets_in_at_once(database: str) -> None:
    account(database, "lan", "administrator")
    with psycopg.connect(database, autocommit=True) as connection:

        def tried(password: str) -> Opened | Wrong | Later:
            return sign_in(connection, Attempt("lan", password, "10.0.0.9", lambda _: None), NOW)

        while not isinstance(tried("x"), Later):
            pass
        set_password(connection, "lan", "một mật khẩu mới tinh", "cli", NOW)
        assert isinstance(tried("một mật khẩu mới tinh"), Opened)


def test_an_old_hash_is_made_anew_when_its_person_signs_in(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        number = add_account(connection, NewAccount("lan", "Lan", "leader"), None, "tests", NOW)
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        connection.execute("update dashboard.account set password_hash = %s, password_at = now() where id = %s",
            [weak, number])  # fmt: skip
        assert isinstance(sign_in(connection, Attempt("lan", PASSWORD, "a", lambda _: None), NOW), Opened)
        kept = connection.execute("select password_hash from dashboard.account").fetchone()
    assert kept is not None
    assert "m=65536" in kept[0]


def test_a_scope_that_lost_its_rows_is_nothing_and_not_everything(database: str) -> None:
    account(database, "lan", scope=[("03979", NOW.date())])
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("delete from dashboard.account_scope")
        begin_session(connection, 1, "password", NOW)
        [signed] = read_sessions(connection, NOW).values()
    assert signed.person.scope.units_on(NOW.date()) == frozenset()


def test_a_session_that_has_been_over_for_a_month_is_forgotten(database: str) -> None:
    account(database, "lan")
    with psycopg.connect(database, autocommit=True) as connection:
        begin_session(connection, 1, "password", NOW)
        begin_session(connection, 1, "password", NOW + LASTS + timedelta(days=30, seconds=1))
        assert connection.execute("select count(*) from dashboard.session").fetchone() == (1,)


@pytest.mark.parametrize("to", ["/", "/data/?lang=en", "/ops/?unit=03979&sort=due", "/ops/case/H52.17.18-260105-0001"])
def test_an_address_of_ours_is_gone_on_to(to: str) -> None:
    assert local(to) == to


@pytest.mark.parametrize(
    "to",
    ["", "x", "//x.y", "/\\x.y", "\\\\x.y", "/.//x.y", "/a/..//x.y", "/..", "https://x.y/", "javascript:x", "/\tx",
     "/\n", "///x.y", "/a\\b", "http://["],
)  # fmt: skip
def test_any_other_address_is_not(to: str) -> None:
    assert local(to) == ""
