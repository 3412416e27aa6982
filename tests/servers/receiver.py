"""A province's receiver as a process of its own over TLS; and one that fails as often as a test wants it to.

With faults it is the same application behind a gate: it answers 500 before it looks, takes the package and drops the
connection, or hangs for longer than any sender waits. The faults are drawn from a seed, request by request.
"""

import asyncio
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import create_default_context
from threading import Thread
from typing import Any, Final

import httpx
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ioc.receiving.keeping import open_archive
from ioc.receiving.keys import TrustedFiles
from ioc.receiving.serving import Served, application
from stream.snapshot.seal.keys import SigningKey
from tests.building.seals import KEY
from tests.servers.mail import certified
from tests.servers.processes import free_port, running

TOKEN: Final = "tỉnh-Sơn-La-7".encode().hex()
NAME: Final = "Trung tâm điều hành thông minh tỉnh Sơn La"


@dataclass
class Province:
    """A receiver that runs: where it is reached, what it needs to be trusted, and where it keeps what it took."""

    folder: Path
    port: int
    authority: Path
    receipt_key: SigningKey
    faults: Mapping[str, float] = field(default_factory=dict)
    trusted: SigningKey = KEY

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/v1/snapshots"

    @property
    def settings(self) -> dict[str, Any]:
        """Of the channel that leads to it."""
        return {
            "url": self.url, "authority": str(self.authority), "token_file": str(self.folder / "token"),
            "receipt_key": str(self.folder / "receipt.pub.pem"), "timeout_seconds": 1,
        }  # fmt: skip

    def client(self, token: str = TOKEN) -> httpx.Client:
        trust = create_default_context(cafile=self.authority)
        return httpx.Client(verify=trust, trust_env=False, headers={"Authorization": f"Bearer {token}"})

    def post(self, package: bytes, key: str, **headers: str) -> httpx.Response:
        """Post a package as the channel does."""
        told = {"Idempotency-Key": key, "Content-Type": "application/zip", **headers}
        with self.client() as client:
            return client.post(self.url, content=package, headers=told)

    def get(self, path: str = "") -> httpx.Response:
        with self.client() as client:
            return client.get(f"{self.url}{path}")

    def receipts(self, kind: str) -> dict[str, bytes]:
        """What lies in its archive of a kind: the receipt by period and version."""
        found = self.archive.glob(f"*/{kind}/*/v*/receipt.json")
        return {f"{each.parts[-3]}/{each.parts[-2][1:]}": each.read_bytes() for each in found}

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @contextmanager
    def started(self) -> Iterator["Province"]:
        """While the block runs."""
        with self.process():
            yield self

    @contextmanager
    def process(self) -> Iterator[subprocess.Popen[bytes]]:
        """Its process, while the block runs."""
        command = [sys.executable, "-m", "ioc", "receive", *self._options()]
        if self.faults:
            served = [str(self.folder), str(self.port), json.dumps(dict(self.faults))]
            command = [sys.executable, "-m", "tests.servers.receiver", *served]
        with running(command, self._ready, self.folder / "log") as found:
            yield found

    def _options(self) -> list[str]:
        files = {
            "--folder": "archive", "--keys": "sealer.pem", "--tls-cert": "certificate.pem", "--tls-key": "key.pem",
            "--token-file": "token", "--receipt-key": "receipt.pem",
        }  # fmt: skip
        told = [part for option, file in files.items() for part in (option, str(self.folder / file))]
        return ["--port", str(self.port), "--name", NAME, "--home", str(self.folder / "home"), *told]

    def _ready(self) -> bool:
        try:
            with self.client() as client:
                return client.get(self.url.replace("/v1/snapshots", "/health")).status_code == 200
        except httpx.HTTPError:
            return False


def a_province(folder: Path, faults: Mapping[str, float] | None = None) -> Province:
    """A receiver with all its files, not started yet. `faults`: how often it does what (0 to 1)."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, _ = certified(folder)
    receipt_key = SigningKey.generate()
    (folder / "sealer.pem").write_text(KEY.public.pem)
    (folder / "token").write_text(f"{TOKEN}\n")
    (folder / "receipt.pem").write_text(receipt_key.pem)
    (folder / "receipt.pub.pem").write_text(receipt_key.public.pem)
    return Province(folder, free_port(), certificate, receipt_key, faults or {})


class Gate:
    """Before the application: fails, drops or hangs, as the seed has it."""

    def __init__(self, app: ASGIApp, faults: Mapping[str, float]) -> None:
        self._app = app
        self._faults = faults
        self._chance = random.Random(faults.get("seed", 7))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        drawn = self._chance.random() if scope["type"] == "http" and scope["method"] == "POST" else 1.0
        for fault in ("fail", "drop", "hang"):
            if drawn < self._faults.get(fault, 0):
                await getattr(self, fault)(scope, receive, send)
                return
            drawn -= self._faults.get(fault, 0)
        await self._app(scope, receive, send)

    async def fail(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 500."""
        del scope, receive
        await send({"type": "http.response.start", "status": 500, "headers": []})
        await send({"type": "http.response.body", "body": b"gate"})

    async def drop(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take it, and leave without the answer."""

        async def nowhere(message: Message) -> None:
            del message

        await self._app(scope, receive, nowhere)
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"100")]})

    async def hang(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take it, and answer when nobody waits any more."""
        await asyncio.sleep(1.5)
        await self._app(scope, receive, send)


@dataclass
class Answering:
    """A server that answers as `answer` says: status, headers and body for what was posted; and what was."""

    port: int = 0
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[bytes], tuple[int, dict[str, str], bytes]] = lambda _: (200, {}, b"")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1/snapshots"


@contextmanager
def answering() -> Iterator[Answering]:
    """On this machine and without TLS, while the block runs."""
    told = Answering()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.posts.append((dict(self.headers), body))
            status, headers, answer = told.answer(body)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(answer)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *said: object) -> None:
            del said

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def main(folder: Path, port: int, faults: Mapping[str, float]) -> None:
    """The receiver behind the gate."""
    served = Served(
        "127.0.0.1", port, folder / "archive", (folder / "sealer.pem",), NAME, tokens=folder / "token",
        receipt_key=folder / "receipt.pem",
    )  # fmt: skip
    with open_archive(served.folder) as archive:
        app = Gate(application(served, archive, TrustedFiles(served.keys)), faults)
        uvicorn.run(
            app, port=port, log_level="error", ssl_certfile=folder / "certificate.pem", ssl_keyfile=folder / "key.pem"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
