"""A bridge's statistics over real HTTP, which answers as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.processes import free_port


@dataclass
class Colibri:
    """What the bridge answers, and who asked: the `Authorization` of each request."""

    port: int
    body: bytes = b"{}"
    status: int = 200
    drips: threading.Event | None = None
    trickles: bytes = b""
    asked: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """Of the bridge, without the path of its statistics."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def colibri(port: int | None = None) -> Iterator[Colibri]:
    """The bridge while the block runs."""
    told = Colibri(port or free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.headers.get("authorization"))
            told.paths.append(self.path)
            if told.trickles:  # a byte now and then, each before anybody's patience with silence ends
                with suppress(ConnectionError):
                    for sign in told.trickles:
                        self.wfile.write(bytes([sign]))
                        told.stopped.wait(0.05)
                return
            self.send_response(told.status)
            self.send_header("content-length", str(len(told.body)))
            self.end_headers()
            if told.drips is not None:  # an answer that has begun and does not end
                told.drips.wait(30)
            with suppress(ConnectionError):  # who asked has gone
                self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", told.port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        if told.drips is not None:
            told.drips.set()
        told.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
