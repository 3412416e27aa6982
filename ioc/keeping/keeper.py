"""Watches over the browser of a display: one that crashed, hung or lost its page is begun anew, and counted."""

import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import structlog

from ioc.keeping.browser import Chromium, Tab
from ioc.keeping.pipe import BrowserGoneError, NoAnswerError

_LONGEST_PAUSE: Final = 60.0
_STEADY_SECONDS: Final = 600.0
"""A browser that ran for so long is taken for well: the next one is begun without a pause."""

_WAITING: Final = "data:text/html;charset=utf-8," + quote(
    "<meta charset=utf-8><title>IOC</title><body style='margin:0;height:100vh;display:grid;place-content:center;"
    "background:#0c141e;color:#f0f5fa;font:500 3vw sans-serif;text-align:center;cursor:none'>"
    "<div lang=vi>Đang chờ máy chủ trả lời…</div>"
    "<div lang=en style='font-size:2vw;color:#a9b9ca;margin-top:1vw'>Waiting for the server…</div>"
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds: how often the page is asked, how long it may take to answer, the first pause before a new browser."""

    every: float = 5.0
    patience: float = 20.0
    pause: float = 1.0


class Keeper:
    """Keeps `address` on the screen until it is told to stop."""

    def __init__(self, address: str, chromium: Chromium, pace: Pace | None = None) -> None:
        self._address = address
        self._chromium = chromium
        self._pace = pace or Pace()
        self._stopped = threading.Event()
        self.restarts = 0

    def stop(self) -> None:
        """End the browser and return from `run` soon; may be called from a signal handler."""
        self._stopped.set()

    def run(self) -> None:
        """Begin browsers, one after the other, until `stop`."""
        pause = self._pace.pause
        while not self._stopped.is_set():
            began = time.monotonic()
            why = self._one_browser()
            if self._stopped.is_set():
                return
            self.restarts += 1
            if time.monotonic() - began > _STEADY_SECONDS:
                pause = self._pace.pause
            log.warning("display_browser_lost", why=why, restarts=self.restarts, again_in_seconds=pause)
            self._stopped.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _one_browser(self) -> str:
        """Run a browser until it is no good any more; answers why."""
        try:
            tab = Tab(self._chromium, self._pace.patience)
        except BrowserGoneError:
            return "did not start"
        log.info("display_browser_begun", restarts=self.restarts)
        try:
            self._open(tab)
            while not self._stopped.wait(self._pace.every):
                if tab.has_crashed:
                    return "crashed"
                if tab.address().startswith("chrome-error:"):
                    self._open(tab)
        except NoAnswerError:
            return "crashed" if tab.has_crashed else "hung"
        except BrowserGoneError:
            return "ended"
        finally:
            tab.end()
        return "stopped"

    def _open(self, tab: Tab) -> None:
        """Open the address once the server answers: the browser's own error page would tell nobody anything."""
        if not self._answers():
            log.info("display_server_away", address=self._address)
            tab.go(_WAITING)
            while not self._answers():
                if self._stopped.wait(self._pace.every):
                    return
                tab.address()
        tab.go(_with_restarts(self._address, self.restarts))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self._address, timeout=5) as answer:  # noqa: S310 - checked to be http(s)
                return int(answer.status) == 200
        except (OSError, urllib.error.URLError, ValueError):
            return False


def _with_restarts(address: str, restarts: int) -> str:
    """The page learns how often the browser was begun anew, and reports it."""
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode({"restarts": restarts})]))
    return urlunsplit(parts._replace(query=query))
