"""A real Valkey for the whole test run."""

from collections.abc import Iterator

import pytest

from ioc.services.valkey import EmbeddedValkey
from tests.servers.processes import free_port, running


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """One Valkey server; tests share it, so each takes channels or keys of its own or reads only what it sends."""
    folder = tmp_path_factory.mktemp("valkey")
    server = EmbeddedValkey(folder, free_port())
    server.prepare()
    with running(server.command(), server.ready, folder / "log"):
        yield server
