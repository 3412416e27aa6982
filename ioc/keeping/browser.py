"""Chromium as a display runs it: full screen, without any question to somebody who is not there."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import psutil

from ioc.keeping.pipe import BrowserGoneError, NoAnswerError, Pipe

_FLAGS: Final = (
    "--kiosk", "--start-fullscreen", "--no-first-run", "--no-default-browser-check", "--noerrdialogs",
    "--disable-session-crashed-bubble", "--hide-crash-restore-bubble", "--disable-infobars", "--disable-breakpad",
    "--disable-features=Translate,MediaRouter,InfiniteSessionRestore", "--disable-component-update",
    "--disable-background-networking", "--disable-sync", "--disable-pinch", "--overscroll-history-navigation=0",
    "--password-store=basic", "--remote-debugging-pipe",
)  # fmt: skip
_ENDING_SECONDS: Final = 8.0
_LEFT_BEHIND: Final = ("SingletonLock", "SingletonCookie", "SingletonSocket")


@dataclass(frozen=True, slots=True)
class Chromium:
    """The program, the folder of its profile (the display's key lies there), and more flags for it."""

    program: str
    profile: Path
    more: tuple[str, ...] = ()
    trusted: str | None = None

    def command(self) -> Sequence[str]:
        """The command line; `trusted` is an origin whose plain http is taken for safe."""
        trust = () if self.trusted is None else (f"--unsafely-treat-insecure-origin-as-secure={self.trusted}",)
        return [self.program, *_FLAGS, f"--user-data-dir={self.profile}", *trust, *self.more, "about:blank"]


class Tab:
    """The one page of a browser that runs. Raises `BrowserGoneError` and `NoAnswerError`."""

    def __init__(self, chromium: Chromium, patience: float) -> None:
        chromium.profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in _LEFT_BEHIND:  # after a power cut, a browser would think that another one has the profile
            (chromium.profile / name).unlink(missing_ok=True)
        self._crashed = False
        self._patience = patience
        self._pipe = Pipe(chromium.command(), self._hear)
        self._session = self._attach()

    @property
    def has_crashed(self) -> bool:
        """Whether the page's own process died."""
        return self._crashed

    def go(self, address: str) -> None:
        """Open an address in the page."""
        self._ask("Page.navigate", url=address)

    def address(self) -> str:
        """The address of the page, by the page itself: one that hangs does not answer."""
        answer = self._ask("Runtime.evaluate", expression="location.href", returnByValue=True)
        value = answer.get("result", {}).get("result", {}).get("value")
        return value if isinstance(value, str) else ""  # between two pages there is none: that is an answer too

    def end(self) -> None:
        """End the browser and everything it started."""
        process = self._pipe.process
        family = _family(process.pid)
        with suppress(NoAnswerError, BrowserGoneError):
            self._pipe.ask("Browser.close", 1)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        _, alive = psutil.wait_procs(family, timeout=_ENDING_SECONDS)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for each in alive:
            with suppress(psutil.Error):
                each.kill()
        process.wait()
        self._pipe.close()

    def _attach(self) -> str:
        try:
            targets = self._pipe.ask("Target.getTargets", self._patience)["result"]["targetInfos"]
            page = next(each["targetId"] for each in targets if each["type"] == "page")
            attached = self._pipe.ask("Target.attachToTarget", self._patience, targetId=page, flatten=True)
            self._session = str(attached["result"]["sessionId"])
            self._ask("Inspector.enable")
        except (BrowserGoneError, NoAnswerError, KeyError, StopIteration) as error:
            self.end()
            raise BrowserGoneError("the browser did not open a page") from error
        return self._session

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        return self._pipe.ask(method, self._patience, self._session, **parameters)

    def _hear(self, event: str, _: dict[str, Any]) -> None:
        if event in {"Inspector.targetCrashed", "Target.targetCrashed"}:
            self._crashed = True


def origin_of(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
