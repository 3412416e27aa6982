"""`ioc up`: from an empty folder to a live wall, found by every other command; killed and started again."""

import http.client
import json
import signal
import stat

import psutil
import pytest

from ioc.services.state import is_supervised
from ioc.settings import Settings
from ioc.wiring import connect
from tests.servers.home import Home, ioc
from tests.servers.processes import free_port, wait_until


def test_it_prints_the_address_of_a_wall_that_answers(running_home: Home) -> None:
    assert running_home.said == f"The wall is live: http://127.0.0.1:{running_home.port}/wall/\n"
    connection = http.client.HTTPConnection("127.0.0.1", running_home.port, timeout=10)
    connection.request("GET", "/wall/")
    assert connection.getresponse().status == 200
    connection.close()


def test_whoever_starts_a_centre_without_people_is_told_how_the_first_one_is_made(running_home: Home) -> None:
    line = "Nobody can sign in yet: ioc account add LOGIN --role administrator"
    wait_until(lambda: line in (running_home.folder / "errors").read_text(), seconds=20, what="the first step told")


def test_all_that_listens_listens_on_loopback(running_home: Home) -> None:
    listening = [
        connection.laddr.ip
        for child in running_home.children
        for connection in child.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 4
    assert set(listening) == {"127.0.0.1"}


def test_no_password_stands_among_the_arguments_of_a_process(running_home: Home) -> None:
    passwords = [file.read_text() for file in running_home.folder.glob("*/password")]
    words = [word for child in running_home.children for word in child.cmdline()]
    assert len(passwords) == 2
    assert not [word for word in words if any(password in word for password in passwords)]


def test_nobody_else_may_look_into_the_home(running_home: Home) -> None:
    for name in ("postgres", "valkey", "logs", "services.json"):
        mode = (running_home.folder / name).stat().st_mode
        assert not mode & (stat.S_IRWXG | stat.S_IRWXO), name


def test_the_doctor_finds_everything_well(running_home: Home) -> None:
    done = running_home.ioc("doctor", "--format", "json")
    report = json.loads(done.stdout)
    found = {each["topic"]: each for each in report["findings"]}
    assert done.returncode == 0, done.stdout
    assert report["healthy"]
    assert all(found[name]["facts"]["ready"] for name in ("postgres", "valkey", "door", "worker", "dashboard"))
    assert found["migrations"]["what"] == "up to date"
    assert found["event log"]["facts"]["kind"] == "postgres"
    assert found["figures"]["facts"]["quarantined"] == 0


def test_the_shipped_calendar_comes_into_force_once_and_no_invented_register(running_home: Home) -> None:
    wait_until(lambda: _rules(running_home) == _RULES, what="the shipped calendar in every partition")
    running_home.end(signal.SIGINT)
    running_home.start()
    assert _rules(running_home) == _RULES


def test_a_second_one_in_the_same_home_is_refused(running_home: Home) -> None:
    done = running_home.ioc("up", "--port", str(free_port()))
    assert done.returncode == 1
    assert done.stderr == (
        f"ioc: `ioc up` runs in {running_home.folder} already: stop it first, or choose another --home\n"
    )


def test_a_port_that_is_taken_is_refused(running_home: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = ioc("up", "--home", str(tmp_path_factory.mktemp("other")), "--port", str(running_home.port))
    assert done.returncode == 1
    assert done.stderr == f"ioc: port {running_home.port} is taken: choose another one with --port\n"


def test_kill_9_leaves_no_process_and_the_next_start_has_the_same_data_on_the_same_ports(running_home: Home) -> None:
    added = running_home.ioc("source", "add", "kept", "--kind", "onestop-sync", "--agency", "H52.17.18=03980")
    assert added.returncode == 0, added.stderr
    ports, children = running_home.ports(), running_home.children
    running_home.end(signal.SIGKILL)
    wait_until(lambda: not any(_lives(child) for child in children), seconds=20, what="the end of all children")
    assert running_home.ioc("source", "list").returncode == 1

    running_home.start()
    listed = json.loads(running_home.ioc("source", "list", "--format", "json").stdout)
    assert [source["id"] for source in listed] == ["kept"]
    assert running_home.ports() == ports
    assert _rules(running_home) == _RULES

    children = running_home.children
    assert running_home.end(signal.SIGINT) == 0
    assert not any(_lives(child) for child in children)
    assert not is_supervised(running_home.folder)


def test_a_home_keeps_to_the_event_log_that_it_was_begun_with(running_home: Home) -> None:
    done = running_home.ioc("up", "--kafka", "--port", str(free_port()))
    assert done.returncode == 1
    assert "was begun with the event log in postgres and can't go on with kafka" in done.stderr


_RULES = [("calendar", "vn-2026-1", 8)]
"""Kind, version, and how many times it was met: once in each partition."""


def _rules(home: Home) -> list[tuple[str, str, int]]:
    settings = Settings.load(home.folder, {})
    with connect(settings) as connection:
        return connection.execute(
            "select kind, version, count(*) from rule join part_rule on rule.id = rule_id group by kind, version"
        ).fetchall()


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
