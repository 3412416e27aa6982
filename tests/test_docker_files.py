"""The small programs beside the production files, run for real; and what the built package takes along."""

import stat
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
HOUSES = ["ioc", "ingest", "stream", "dashboard", "geo"]


def make_secrets(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(ROOT / "docker" / "make-secrets.sh"), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def alive(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "docker" / "alive.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_the_secrets_agree_with_each_other_and_nobody_else_gets_at_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert make_secrets(folder).returncode == 0
    database = urlsplit((folder / "database_url").read_text())
    redis = urlsplit((folder / "redis_url").read_text())
    assert database.password == (folder / "postgres_password").read_text()
    assert f"requirepass {redis.password}" in (folder / "redis_conf").read_text().splitlines()
    assert database.password != redis.password
    assert len(database.password or "") == len(redis.password or "") == 64
    assert (database.hostname, redis.hostname) == ("timescaledb", "redis")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_secrets_are_made_once_and_never_overwritten(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    before = (tmp_path / "postgres_password").read_text()
    again = make_secrets(tmp_path)
    assert again.returncode == 1
    assert "nothing was changed" in again.stderr
    assert (tmp_path / "postgres_password").read_text() == before


@pytest.mark.parametrize(("status", "exit_status"), [(200, 0), (503, 1)])
def test_a_server_is_alive_when_it_answers_200(status: int, exit_status: int) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
            del format, args

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            assert alive(f"http://127.0.0.1:{server.server_port}/v1/health").returncode == exit_status
        finally:
            server.shutdown()
            thread.join()


def test_nobody_there_is_not_alive() -> None:
    assert alive("http://127.0.0.1:9/").returncode == 1
    assert "only its own container" in alive("http://example.org/").stderr


def test_a_worker_is_alive_when_its_database_answers(empty_database: str, tmp_path: Path) -> None:
    secret = tmp_path / "database_url"
    secret.write_text(empty_database + "\n")
    assert alive(IOC_DATABASE_URL_FILE=str(secret)).returncode == 0
    secret.write_text("postgresql://ioc:wrong@127.0.0.1:9/ioc")
    assert alive(IOC_DATABASE_URL_FILE=str(secret)).returncode == 1


def test_every_file_but_notes_is_in_the_built_package() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    patterns = ["*.py", *setup["package-data"]["*"]]
    tracked = subprocess.run(["git", "ls-files", *HOUSES], cwd=ROOT, capture_output=True, text=True, check=True)
    for path in tracked.stdout.splitlines():
        name = Path(path).name
        assert name.endswith(".md") or any(fnmatch(name, each) for each in patterns), f"{path} would be left out"
