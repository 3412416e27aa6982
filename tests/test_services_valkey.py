"""The embedded Valkey: ours alone, and nothing on disk."""

from pathlib import Path

import pytest
import redis

from ioc.services.valkey import EmbeddedValkey
from tests.servers.processes import free_port, running


@pytest.fixture
def valkey(tmp_path: Path) -> EmbeddedValkey:
    server = EmbeddedValkey(tmp_path / "valkey", free_port())
    server.prepare()
    return server


def test_it_answers_with_its_password_only(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    with running(valkey.command(), valkey.ready, tmp_path / "log"):
        with redis.Redis.from_url(valkey.url) as client:
            client.set("a", "1")
            assert client.get("a") == b"1"
        with (
            redis.Redis(port=valkey.port) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()
    assert not valkey.ready()
    assert sorted(file.name for file in valkey.folder.iterdir()) == ["password", "valkey.conf"]


def test_its_password_stands_in_no_argument_and_in_no_open_file(valkey: EmbeddedValkey) -> None:
    password = (valkey.folder / "password").read_text()
    assert not any(password in word for word in valkey.command())
    assert [file.stat().st_mode & 0o777 for file in valkey.folder.iterdir()] == [0o600, 0o600]


def test_the_password_stays_the_same_from_start_to_start(valkey: EmbeddedValkey) -> None:
    before = valkey.url
    valkey.prepare()
    assert valkey.url == before
