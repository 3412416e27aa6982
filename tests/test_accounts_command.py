"""`ioc account`: the first administrator, roles and scopes, and what ends a session from the command line."""

import json
from collections.abc import Callable
from typing import NamedTuple

import psycopg
import pytest

from ioc.__main__ import main


class Said(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `ioc account` on a database of its own, in this process."""
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    # Logs of this process would go where this test's output goes, for as long as it lives.
    monkeypatch.setattr("ioc.logs.configure_logs", lambda **_: None)

    def made(*arguments: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["account", *arguments])
        code = ended.value.code
        return Said(code if isinstance(code, int) else 1, *capsys.readouterr())

    return made


def listed(run: Run) -> dict[str, dict[str, object]]:
    return {each["login"]: each for each in json.loads(run("list", "--format", "json").stdout)}


def test_the_first_administrator_has_a_password_that_is_shown_once(run: Run, database: str) -> None:
    done = run("add", "Lan", "--role", "administrator", "--name", "Nguyễn Thị Lan")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["login"] == "lan"
    assert len(told["password"]) >= 20
    [(login, account)] = listed(run).items()
    assert (login, account["role"], account["scope"], account["must_change"]) == ("lan", "administrator", None, True)
    with psycopg.connect(database) as connection:
        kept = connection.execute("select password_hash from dashboard.account").fetchone()
        noted = connection.execute("select who, what, facts::text from dashboard.audit").fetchall()
    assert kept is not None
    assert kept[0].startswith("$argon2id$")
    assert told["password"] not in str(noted)
    [(who, what, _)] = noted
    assert (who.startswith("cli"), what) == (True, "account.added")
    assert "Lan" in run("list").stdout


def test_a_scope_is_units_and_areas_as_they_were_on_a_day(run: Run) -> None:
    done = run("add", "son", "--role", "operator", "--unit", "03979", "--unit", "03985@2025-01-31")
    assert done.returncode == 0, done.stderr
    scope = listed(run)["son"]["scope"]
    assert isinstance(scope, list)
    assert {each["code"] for each in scope} == {"03979", "03985"}
    assert "2025-01-31" in {each["on"] for each in scope}
    assert run("set", "son", "--everywhere").returncode == 0
    assert listed(run)["son"]["scope"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "lan", "--role", "leader", "--unit", "99999"), "neither a unit nor an area"),
        (("add", "lan", "--role", "leader", "--unit", "03979@yesterday"), "neither a unit nor an area"),
        (("add", "l@n", "--role", "leader"), "an account can't be like that"),
        (("add", "me", "--role", "leader"), "means something else"),
        (("set", "nobody", "--role", "leader"), "no account has the login nobody"),
        (("password", "nobody"), "no account has the login nobody"),
        (("disable", "first"), "the last administrator stays one"),
        (("set", "first", "--role", "operator"), "the last administrator stays one"),
        (("add", "first", "--role", "leader"), "belongs to another account"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    assert run("add", "first", "--role", "administrator").returncode == 0
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert listed(run)["first"]["role"] == "administrator"
    assert listed(run)["first"]["disabled_at"] is None


def test_another_administrator_may_disable_the_first(run: Run) -> None:
    for login in ("lan", "son"):
        run("add", login, "--role", "administrator")
    assert run("disable", "lan").returncode == 0
    assert run("disable", "son").returncode == 1
    assert run("set", "lan", "--enable").returncode == 0
    assert run("disable", "son").returncode == 0


def test_who_signs_in_by_a_provider_has_no_password(run: Run) -> None:
    done = run("add", "hoa", "--role", "leader", "--oidc", "hoa.tran")
    assert json.loads(done.stdout) == {"login": "hoa", "password": None}
    account = listed(run)["hoa"]
    assert (account["has_password"], account["oidc_claim"]) == (False, "hoa.tran")


def test_the_record_can_not_be_changed(run: Run, database: str) -> None:
    run("add", "lan", "--role", "administrator")
    for act in ("update dashboard.audit set who = 'x'", "delete from dashboard.audit", "truncate dashboard.audit"):
        with (
            psycopg.connect(database) as connection,
            pytest.raises(psycopg.errors.RaiseException, match="only ever added to"),
        ):
            connection.execute(act.encode())
