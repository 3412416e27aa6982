"""What the services print: each line with its service's name on stderr, and kept in the home's `logs` folder."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import TextIO

_COLOURS = ("36", "33", "32", "35", "34", "96", "93", "92", "95", "94")
_LARGEST = 20_000_000  # bytes; then the file becomes `<name>.log.1`, and what that held is gone


class ServiceLog:
    """One service's lines: to its file, to `screen`, and the last few remembered for an error message.

    On a terminal our own services' JSON is shown as words; the file keeps it as it came.
    """

    def __init__(self, name: str, file: Path, prefix: str, screen: TextIO) -> None:
        self.name = name
        self.last: list[str] = []
        self._file = file
        self._prefix = prefix
        self._screen = screen
        self._out = file.open("ab")

    def line(self, raw: bytes) -> None:
        """Take one line."""
        self._out.write(raw.rstrip(b"\r\n") + b"\n")
        self._out.flush()
        if self._out.tell() > _LARGEST:
            self._turn_over()
        text = raw.decode(errors="replace").rstrip()
        self.last = [*self.last[-4:], text]
        shown = readable(text) if self._screen.isatty() else text
        self._screen.write(f"{self._prefix}{shown}\n")
        self._screen.flush()

    def close(self) -> None:
        """Close the file."""
        self._out.close()

    def _turn_over(self) -> None:
        self._out.close()
        self._file.replace(self._file.with_name(f"{self._file.name}.1"))
        self._out = self._file.open("ab")


def readable(line: str) -> str:
    """A JSON log line as `event key=value …`, with its level where that is not `info`; any other line as it is."""
    try:
        event = json.loads(line) if line.startswith("{") else None
    except ValueError:
        return line
    if not isinstance(event, dict) or "event" not in event:
        return line
    event.pop("timestamp", None)
    level = event.pop("level", "info")
    words = [] if level == "info" else [str(level).upper()]
    return " ".join([*words, str(event.pop("event")), *(f"{key}={value}" for key, value in event.items())])


@contextmanager
def open_logs(folder: Path, names: Sequence[str], screen: TextIO | None = None) -> Iterator[dict[str, ServiceLog]]:
    """A log for each service, the prefixes as wide as the longest name; coloured on a terminal without NO_COLOR."""
    out = screen or sys.stderr
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    width = max((len(name) for name in names), default=0)
    coloured = out.isatty() and not os.environ.get("NO_COLOR")
    logs = {}
    for name, colour in zip(names, cycle(_COLOURS), strict=False):
        prefix = f"{name:<{width}} | "
        logs[name] = ServiceLog(
            name, folder / f"{name}.log", f"\x1b[{colour}m{prefix}\x1b[0m" if coloured else prefix, out
        )
    try:
        yield logs
    finally:
        for opened in logs.values():
            opened.close()
