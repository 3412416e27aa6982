"""The receiver as a process: its archive, its keys, its port, its certificate."""

import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
import uvicorn
from fastapi import FastAPI

from ioc.receiving.keeping import Archive, open_archive
from ioc.receiving.keys import TrustedFiles
from ioc.receiving.patience import Impatient
from ioc.receiving.server import Server
from ioc.receiving.taking import Receiving, Taking
from stream.snapshot.seal.keys import SigningKey

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Served:
    """How a receiver is served. Without `certificate` it speaks http, without `tokens` it lets anybody in."""

    host: str
    port: int
    folder: Path
    keys: tuple[Path, ...]
    name: str
    certificate: Path | None = None
    certificate_key: Path | None = None
    tokens: Path | None = None
    receipt_key: Path | None = None
    areas: tuple[str, ...] = ()


def serve(served: Served) -> None:
    """Serve until stopped. Raises `KeyFileError`, `ArchiveError`, `OSError`."""
    keys = TrustedFiles(served.keys)
    with open_archive(served.folder) as archive:
        app = application(served, archive, keys)
        # uvicorn finishes what it is doing and then raises the signal again: that is a clean end.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        family = socket.AF_INET6 if ":" in served.host else socket.AF_INET
        with (
            socket.create_server((served.host, served.port), family=family) as listener,
            suppress(KeyboardInterrupt),
        ):
            _log.info(
                "receive.serving", host=served.host, port=listener.getsockname()[1], snapshots=len(archive),
                tls=served.certificate is not None, keys=len(keys.ring().trusted),
            )  # fmt: skip
            uvicorn.Server(_config(served, app)).run(sockets=[listener])


def application(served: Served, archive: Archive, keys: TrustedFiles) -> FastAPI:
    """The application of a receiver over its archive."""
    signing = None if served.receipt_key is None else SigningKey.from_pem(served.receipt_key.read_bytes())
    receiving = Receiving(served.name, lambda: datetime.now(UTC), keys.ring, signing, frozenset(served.areas))
    return Server(archive, Taking(archive, receiving), served.tokens).app()


def _config(served: Served, app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app, loop="uvloop", http=Impatient, ws="none", access_log=False, log_config=None, server_header=False,
        timeout_graceful_shutdown=10, limit_concurrency=64,
        ssl_certfile=served.certificate, ssl_keyfile=served.certificate_key,
    )  # fmt: skip
