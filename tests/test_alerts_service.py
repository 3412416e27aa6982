"""The service as a process: it says that it is there, tells, is killed, goes on, and survives a bad file of rules."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import psycopg
import pytest
from click.testing import CliRunner

from ioc.alerting.deciding import RulesInForce
from ioc.alerting.service import told_by
from ioc.commands.alert import alert as alert_command
from ioc.services.valkey import EmbeddedValkey
from stream.alerts.rules import shipped_rules
from stream.alerts.service import read_service
from stream.alerts.view import read_open, read_sign
from tests.building.alerts import told_of
from tests.servers.mail import Receiver, mail_server, receiver
from tests.servers.processes import running, wait_until


class Home:
    """A home with the settings of a service."""

    def __init__(self, folder: Path, database: str, redis: str) -> None:
        self.folder = folder
        self.settings = {"IOC_DATABASE_URL": database, "IOC_REDIS_URL": redis, "IOC_HOME": str(folder)}

    def sends_to(self, server: Receiver) -> "Home":
        self.settings |= {"IOC_WEBHOOK_URL": server.url, "IOC_WEBHOOK_SECRET": "s" * 32}
        return self

    @contextmanager
    def works(self, connection: psycopg.Connection, how: signal.Signals = signal.SIGTERM) -> Iterator[None]:
        """The service runs while the block does; `how` it is ended."""
        began = datetime.now(UTC)
        command = ["env", *(f"{name}={value}" for name, value in self.settings.items())]
        command += [sys.executable, "-m", "ioc", "alert", "work"]

        def ready() -> bool:
            found = read_service(connection)
            return found is not None and found.seen_at >= began

        with running(command, ready, self.folder / "alerts.log", how):
            yield

    def call(self, *arguments: str) -> tuple[int, str]:
        """`ioc alert …` in this home: exit status and what it said."""
        done = CliRunner().invoke(alert_command, [*arguments, "--home", str(self.folder)], env=self.settings)
        return done.exit_code, done.output

    def json(self, *arguments: str) -> dict[str, list[dict[str, object]]]:
        status, said = self.call(*arguments)
        assert status == 0, said
        found: dict[str, list[dict[str, object]]] = json.loads(said)
        return found


@pytest.fixture
def home(tmp_path: Path, database: str, valkey: EmbeddedValkey) -> Home:
    return Home(tmp_path, database, valkey.url)


@pytest.fixture
def posted() -> Iterator[Receiver]:
    with receiver() as server:
        yield server


def test_a_service_killed_in_the_midst_of_sending_sends_again_with_the_same_key(
    home: Home, stream: psycopg.Connection, posted: Receiver
) -> None:
    """The receiver has it, and the service dies before it hears so: at least once, and known again by its key."""
    asked, ended = Event(), Event()

    def answer(number: int) -> int:
        if number == 0:
            asked.set()
            ended.wait(20)
        return 200

    posted.answer = answer
    home.sends_to(posted)
    told_of(stream, datetime.now(UTC), channels=["webhook"])
    with home.works(stream, signal.SIGKILL):
        assert asked.wait(20)
    ended.set()
    [(state, attempts)] = stream.execute("select state, attempts from alert_delivery").fetchall()
    assert (state, attempts) == ("waiting", 1)  # what it took is accounted for
    stream.execute("update alert_delivery set next_at = now()")  # the lease is over
    with home.works(stream):
        wait_until(lambda: len(posted.posts) == 2, seconds=20, what="the second try")
        wait_until(lambda: _state(stream) == ("sent", 2), seconds=20, what="the delivery being marked")
    assert len({headers["Idempotency-Key"] for headers, _, _ in posted.posts}) == 1


def test_a_bad_file_of_rules_is_said_and_the_rules_of_before_hold(tmp_path: Path) -> None:
    file, rules = tmp_path / "alerts.toml", RulesInForce(tmp_path)
    file.write_text("[overdue_many]\nabove = 9\nclear = 8\n")
    assert (rules.renew(), rules.renew()) == (True, False)
    file.write_text("[overdue_many]\nabove = 1\nclear = 18\n")
    assert rules.renew()
    problem = told_by(rules, []).problem
    assert problem is not None
    assert problem.startswith(f"{file}: overdue_many: clear: lies beyond the limit 1")
    assert rules.rules.rules["overdue_many"].limit == 9
    file.unlink()
    assert rules.renew()
    assert (rules.problem, rules.rules) == (None, shipped_rules())


def test_the_sign_on_the_wall_says_when_nobody_looks(stream: psycopg.Connection) -> None:
    assert read_sign(stream) is None
    told_of(stream, datetime.now(UTC))
    assert read_sign(stream) is None  # a centre without alerting has no sign
    stream.execute('insert into alert_service values (true, now(), \'{"rules": [], "channels": []}\')')
    sign = read_sign(stream)
    assert sign is not None
    assert (sign["number"], sign["alarms"], sign["known"]) == (1, 1, True)
    assert sign["worst"]["title"]["vi"] == "Hồ sơ quá hạn kéo dài"
    stream.execute("update alert_service set seen_at = now() - interval '61 seconds'")
    away = read_sign(stream)
    assert away is not None
    assert away["known"] is False


def test_the_command_line_checks_lists_silences_and_tests(
    home: Home, stream: psycopg.Connection, posted: Receiver, tmp_path: Path
) -> None:
    rules = home.json("check", "--format", "json")
    assert {each["id"] for each in rules["rules"]} >= {"overdue_long", "source_silent"}
    assert [each["within"] for each in rules["line"]] == ["2h", "4h", "1d"]
    (tmp_path / "mine.toml").write_text("[overdue_long]\nabove = 1\n")
    status, said = home.call("check", str(tmp_path / "mine.toml"))
    assert status == 1
    told_of(stream, datetime.now(UTC) - timedelta(hours=1))
    [found] = home.json("list", "--format", "json")["alerts"]
    assert (found["rule"], found["subject"], found["number"]) == ("overdue_long", "03980", 2)
    silence = ["silence", "--rule", "overdue_long", "--unit", "03980", "--hours", "2"]
    assert home.call(*silence, "--reason", "gọi 0912345678")[0] == 2
    assert home.call("silence", "--rule", "nope", "--hours", "2", "--reason", "x")[0] == 2
    assert home.call("silence", "--hours", "2", "--reason", "x")[0] == 2
    assert home.call(*silence, "--reason", " ")[0] == 2
    assert home.call(*silence, "--reason", "nghỉ bão")[0] == 0
    assert home.call("speak", "1")[0] == 0
    assert home.call("speak", "1")[0] == 1
    assert home.call("test")[0] == 1  # no channel is set up
    home.sends_to(posted)
    assert home.json("test")["channels"][0]["sent"] is True
    posted.answer = lambda _: 500
    status, said = home.call("test")
    assert (status, "HTTP 500" in said) == (1, True)


def test_the_test_mail_goes_out(home: Home, tmp_path: Path) -> None:
    with mail_server(tmp_path) as server:
        home.settings |= {
            "IOC_SMTP_URL": f"smtp://ioc:mat%20khau%2F1@127.0.0.1:{server.port}",
            "IOC_ALERT_FROM": "ioc@example.vn",
            "IOC_ALERT_TO": "a@example.vn",
            "IOC_ALERT_CA": str(server.authority),
        }
        assert home.json("test")["channels"][0]["sent"] is True
        [mail] = server.mails
    assert mail["Subject"] == "Thư thử của trung tâm điều hành"


def test_an_open_alert_says_what_was_sent_of_it(stream: psycopg.Connection) -> None:
    told_of(stream, datetime.now(UTC))
    [alert] = read_open(stream)
    assert [(each["channel"], each["state"]) for each in alert["deliveries"]] == [
        ("email", "waiting"),
        ("webhook", "waiting"),
    ]


def _state(connection: psycopg.Connection) -> tuple[str, int]:
    [(state, attempts)] = connection.execute("select state, attempts from alert_delivery").fetchall()
    return state, attempts
