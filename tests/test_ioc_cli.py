"""The command line's manners: exit status, sentences, `--home` everywhere, a fast start."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import psycopg

from ioc.__main__ import cli
from ioc.errors import ServiceError
from ioc.sentence import sentence


def ioc(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    command = [sys.executable, "-m", "ioc", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | environment, timeout=60)


def leaves(command: click.Command, path: str = "ioc") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from leaves(child, f"{path} {name}")
    else:
        yield path, command


def test_a_failure_is_one_sentence_and_status_1(tmp_path: Path) -> None:
    done = ioc("database", "migrate", "--home", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"ioc: nothing runs in {tmp_path}: start `ioc up` or set IOC_DATABASE_URL\n"


def test_a_wrong_call_is_status_2() -> None:
    done = ioc("database", "migrate", "--no-such-option")
    assert done.returncode == 2
    assert "No such option" in done.stderr


def test_an_unknown_command_is_status_2() -> None:
    assert ioc("no-such-command").returncode == 2


def test_help_is_status_0_and_names_every_command() -> None:
    done = ioc("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("doctor", "ingest", "kpi", "stream", "up"))


def test_the_home_before_and_after_the_subcommand_mean_the_same_and_the_later_rules(tmp_path: Path) -> None:
    before = ioc("--home", str(tmp_path / "a"), "database", "migrate")
    both = ioc("--home", str(tmp_path / "b"), "database", "migrate", "--home", str(tmp_path / "a"))
    assert before.stderr == both.stderr
    assert f"nothing runs in {tmp_path / 'a'}" in before.stderr


def test_a_traceback_comes_only_when_it_is_asked_for(tmp_path: Path) -> None:
    arguments = ("database", "migrate", "--home", str(tmp_path))
    assert "Traceback" in ioc("--debug", *arguments).stderr
    assert "Traceback" in ioc(*arguments, IOC_DEBUG="1").stderr
    assert "Traceback" not in ioc(*arguments, IOC_DEBUG="0").stderr


def test_a_database_that_does_not_answer_is_a_sentence_without_its_password(tmp_path: Path) -> None:
    done = ioc("database", "migrate", "--home", str(tmp_path), IOC_DATABASE_URL="postgresql://me:hidden@127.0.0.1:9/x")
    assert done.returncode == 1
    assert done.stderr.startswith("ioc: the database can't be used just now: ")
    assert "hidden" not in done.stderr


def test_migrate_runs_once(empty_database: str) -> None:
    first, second = (ioc("database", "migrate", IOC_DATABASE_URL=empty_database) for _ in range(2))
    assert "stream/0001_apply.sql" in first.stdout
    assert second.stdout == '{"migrated": []}\n'


def test_the_help_of_all_loads_no_command() -> None:
    """A fast start, counted in modules: a stopwatch would fail on a busy machine."""
    code = "import sys; from ioc.__main__ import _run; _run(['--help']); print(len(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stderr) < 250


def test_every_command_takes_a_home() -> None:
    without = [
        path
        for path, command in leaves(cli)
        if "--home" not in [name for option in command.params for name in option.opts]
    ]
    assert without == []


def test_a_password_in_an_address_never_reaches_the_screen() -> None:
    said = sentence(psycopg.OperationalError("could not reach postgresql://ioc:s3cret@127.0.0.1:8432/ioc"))
    assert said == "the database can't be used just now: could not reach postgresql://ioc:***@127.0.0.1:8432/ioc"
    assert "s3cret" not in sentence(ServiceError("redis://:s3cret@127.0.0.1:8379/0 is gone"))


def test_an_error_of_no_known_kind_calls_itself_a_bug() -> None:
    assert sentence(KeyError("x")).startswith("this is a bug: KeyError")
