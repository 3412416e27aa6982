"""The door as a process of its own that trusts a chain of certificates, and all it says."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from ingest.store.sources import PostgresSourceBook
from tests.building.edxml import DOCUMENTS
from tests.building.signing import a_chain
from tests.servers.processes import free_port, running


@dataclass(frozen=True)
class DoorProcess:
    """A running `ioc ingest serve`, a client that may use it, and where its output is."""

    client: httpx.Client
    pid: int
    said: Path

    def post(self, body: bytes, media_type: str = "application/xml") -> httpx.Response:
        """Post as the source `documents`."""
        return self.client.post("/v1/documents/edxml", content=body, headers={"content-type": media_type})

    @property
    def most_memory(self) -> int:
        """The most bytes that were resident at any moment."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


@pytest.fixture
def door_process(database: str, tmp_path: Path) -> Iterator[DoorProcess]:
    """A door that sources of documents may use, with debug logs on."""
    port = free_port()
    chain = tmp_path / "chain.pem"
    chain.write_bytes(a_chain().root.pem + a_chain().authority.pem)
    with closing(PostgresSourceBook(database)) as book:
        token = book.add_source(DOCUMENTS)
    said = tmp_path / "said"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    settings = {
        "IOC_DATABASE_URL": database,
        "IOC_DOOR_PORT": str(port),
        "IOC_HOME": str(tmp_path),
        "IOC_DEBUG": "1",
        "IOC_CERTIFICATE_CHAIN": str(chain),
    }
    serve = ["env", "-i", *(f"{name}={value}" for name, value in {**kept, **settings}.items()), sys.executable]
    with (
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"authorization": f"Bearer {token}"}, timeout=60
        ) as client,
        running([*serve, "-m", "ioc", "ingest", "serve"], lambda: _healthy(client), said) as process,
    ):
        yield DoorProcess(client, process.pid, said)


def _healthy(client: httpx.Client) -> bool:
    try:
        return client.get("/v1/health").status_code == 200
    except httpx.TransportError:
        return False
