"""Speaking the Chrome DevTools Protocol with a browser over two pipes: no port that others could reach."""

import fcntl
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

_LEAST_FD: Final = 10  # above 3 and 4, where the browser reads and writes
_EXEC: Final = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execvp(sys.argv[3], sys.argv[3:])"
)


class BrowserGoneError(Exception):
    """The browser is no more: its pipe was closed."""

    retriable = True


class NoAnswerError(Exception):
    """The browser, or the page in it, did not answer in time."""

    retriable = True


class Pipe:
    """A browser that was started with `--remote-debugging-pipe`, and questions to it."""

    def __init__(self, command: Sequence[str], on_event: Callable[[str, dict[str, Any]], None]) -> None:
        theirs_in, self._out = _pair()
        self._in, theirs_out = _pair()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _EXEC, str(theirs_in), str(theirs_out), *command],
            pass_fds=(theirs_in, theirs_out), start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        self._on_event = on_event
        self._number = 0
        self._answers: dict[int, queue.SimpleQueue[dict[str, Any] | None]] = {}
        self._turn = threading.Lock()
        self._is_gone = False
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def is_gone(self) -> bool:
        """Whether nothing will be answered any more."""
        return self._is_gone

    def ask(self, method: str, seconds: float, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """What the browser answers: `{"result": …}` or `{"error": …}`.

        Raises `NoAnswerError` after `seconds`, and `BrowserGoneError`.
        """
        answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        with self._turn:
            if self._is_gone:
                raise BrowserGoneError
            self._number += 1
            number = self._number
            self._answers[number] = answers
        told: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        self._write({**told, "sessionId": session} if session else told)
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise NoAnswerError(method) from None
        finally:
            self._answers.pop(number, None)
        if answer is None:
            raise BrowserGoneError
        return answer

    def close(self) -> None:
        """Let go of the pipes of a browser that has ended."""
        self._listener.join(timeout=5)
        os.close(self._out)
        os.close(self._in)

    def _write(self, message: dict[str, Any]) -> None:
        try:
            left = memoryview(json.dumps(message).encode() + b"\0")
            while left:
                left = left[os.write(self._out, left) :]
        except OSError as error:
            raise BrowserGoneError from error

    def _listen(self) -> None:
        kept = b""
        while chunk := _read(self._in):
            *messages, kept = (kept + chunk).split(b"\0")
            for message in messages:
                self._take(json.loads(message))
        with self._turn:
            self._is_gone = True
            for waiting in list(self._answers.values()):
                waiting.put(None)

    def _take(self, message: dict[str, Any]) -> None:
        if "id" not in message:
            self._on_event(message["method"], message.get("params", {}))
        elif (waiting := self._answers.get(message["id"])) is not None:
            waiting.put(message)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""


def _pair() -> tuple[int, int]:
    """Both ends of a pipe, with numbers that do not collide with the browser's."""
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _LEAST_FD) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]
