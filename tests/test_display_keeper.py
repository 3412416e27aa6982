"""`ioc display keep`: a real Chromium whose page hangs, and one whose page is killed, are begun anew and counted."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest

from ioc.tools import CHROMIUM
from tests.servers.home import ioc
from tests.servers.processes import free_port, wait_until

PAGE = b"""<!DOCTYPE html><title>wall</title><script>
const restarts = new URLSearchParams(location.search).get("restarts");
fetch("/alive?restarts=" + restarts).then(() => { if (restarts === "0") for (;;); });
</script>"""


class House:
    """A server with one page, which hangs at first; it hears how often the browser was begun anew."""

    def __init__(self, port: int) -> None:
        self.heard: list[int] = []
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                if asked.path == "/alive":
                    house.heard.append(int(parse_qs(asked.query)["restarts"][0]))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(PAGE if asked.path == "/display/" else b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)

    @contextmanager
    def open(self) -> Iterator[None]:
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM.path is None, reason=CHROMIUM.advice)
def test_a_browser_that_hangs_or_dies_is_begun_anew_and_ends_with_its_keeper(tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "ioc", "display", "keep", f"http://127.0.0.1:{port}/display/", "--profile",
             str(tmp_path / "profile"), "--patience", "3", "--", "--headless=new", "--no-sandbox", "--disable-gpu"],
            stderr=log,
        )  # fmt: skip

    def said(event: str) -> bool:
        return event in (tmp_path / "keeper.log").read_text()

    try:
        wait_until(lambda: said("display_server_away"), what="the keeper waiting for the server")
        with _opened(port) as house:
            wait_until(lambda: 0 in house.heard, what="the page being opened once the server is there")
            wait_until(lambda: 1 in house.heard, what="the browser being begun anew after its page hung")
            assert said('"why": "hung"')
            renderers = [each for each in psutil.Process(keeper.pid).children(recursive=True) if is_page(each)]
            for each in renderers:
                each.kill()
            wait_until(lambda: 2 in house.heard, what="the browser being begun anew after its page was killed")
            assert said('"why": "crashed"')
            family = psutil.Process(keeper.pid).children(recursive=True)
            keeper.send_signal(signal.SIGTERM)
            assert keeper.wait(timeout=20) == 0
            wait_until(lambda: not any(each.is_running() for each in family), seconds=5, what="the browser's end")
    finally:
        keeper.kill()
        keeper.wait()


@contextmanager
def _opened(port: int) -> Iterator[House]:
    house = House(port)
    with house.open():
        yield house


def is_page(process: psutil.Process) -> bool:
    return any(argument.startswith("--type=renderer") for argument in process.cmdline())


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://192.0.2.1/display/", "is not encrypted"),
        ("ftp://x/", "no address of a page"),
        ("nonsense", "no address"),
    ],
)
def test_an_address_that_can_be_no_display_is_refused(address: str, sentence: str) -> None:
    said = ioc("display", "keep", address, "--browser", "/bin/false")
    assert said.returncode == 1
    assert sentence in said.stderr
