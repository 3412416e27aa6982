"""The embedded PostgreSQL: it survives being killed, and a cluster half made is made again."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from ioc.services.plain_user import NOBODY, SELF
from ioc.services.postgres import EmbeddedPostgres
from tests.servers.processes import free_port, running, wait_until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedPostgres:
    """A cluster of which an earlier attempt was killed half-way."""
    made = EmbeddedPostgres(tmp_path_factory.mktemp("own") / "postgres", free_port())
    (made.folder / "data.new").mkdir(parents=True)
    (made.folder / "data.new" / "PG_VERSION").write_text("18\n")
    made.prepare()
    return made


def test_what_was_committed_is_there_after_kill_9(server: EmbeddedPostgres, tmp_path: Path) -> None:
    with running(server.command(), server.ready, tmp_path / "log") as process:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("create table kept as select 1 as a")
        process.kill()
        process.wait()
    wait_until(lambda: not server.ready(), seconds=10, what="the end of its children")
    with running(server.command(), server.ready, tmp_path / "log"), psycopg.connect(server.url()) as connection:
        assert connection.execute("select a from kept").fetchall() == [(1,)]


def test_a_start_waits_for_the_end_of_a_former_server(server: EmbeddedPostgres, tmp_path: Path) -> None:
    with running(server.command(), server.ready, tmp_path / "log") as former:
        former.send_signal(signal.SIGINT)
        server.prepare()
        assert not (server.data / "postmaster.pid").exists()
        former.wait(timeout=10)


def test_root_without_namespaces_runs_it_as_nobody(server: EmbeddedPostgres, tmp_path: Path) -> None:
    """And takes up the same data again the other way. Everyone but root stays who they are."""
    made = EmbeddedPostgres(tmp_path / "postgres", server.port, user=NOBODY if os.geteuid() == 0 else SELF)
    for one in (made, replace(made, user=server.user), made):
        one.prepare()
        with running(one.command(), one.ready, tmp_path / "log"), psycopg.connect(one.url()) as connection:
            assert connection.execute("select 1").fetchone() == (1,)


def test_it_listens_on_loopback_and_wants_its_password(server: EmbeddedPostgres, tmp_path: Path) -> None:
    with running(server.command(), server.ready, tmp_path / "log"):
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
            assert connection.execute("show unix_socket_directories").fetchone() == ("",)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url().replace(server.password, "guessed"))
    assert (server.folder / "password").stat().st_mode & 0o777 == 0o600
