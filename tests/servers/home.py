"""A home with `ioc up` running in it, as a user would start it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.servers.processes import free_port, wait_until


def ioc(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end, with no settings of the machine's own."""
    command = [sys.executable, "-m", "ioc", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=_clean() | environment, timeout=120)


@dataclass
class Home:
    """A folder, and the `ioc up` that runs in it."""

    folder: Path
    options: tuple[str, ...] = ("--no-simulator",)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until the wall is live."""
        said = self.folder / "said"
        with said.open("wb") as out, (self.folder / "errors").open("ab") as errors:
            command = [sys.executable, "-m", "ioc", "up", "--home", str(self.folder), "--port", str(self.port)]
            process = subprocess.Popen([*command, *self.options], stdout=out, stderr=errors, env=_clean())
        self.process = process
        wait_until(lambda: bool(said.read_text()) or process.poll() is not None, seconds=120, what="a live wall")
        if process.poll() is not None:
            raise RuntimeError(f"ioc up ended: {(self.folder / 'errors').read_text()[-3000:]}")

    @property
    def said(self) -> str:
        """What the last start printed on stdout."""
        return (self.folder / "said").read_text()

    @property
    def children(self) -> list[psutil.Process]:
        """Everything that it runs."""
        return psutil.Process(self._process.pid).children(recursive=True)

    def ioc(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command in this home."""
        return ioc(*arguments, "--home", str(self.folder))

    def ports(self) -> dict[str, int]:
        """The ports of its services by name."""
        stored: dict[str, dict[str, int]] = json.loads((self.folder / "services.json").read_text())
        return stored["ports"]

    def end(self, with_signal: signal.Signals = signal.SIGINT) -> int:
        """Send the signal and answer the exit status."""
        self._process.send_signal(with_signal)
        return self._process.wait(timeout=60)

    @property
    def _process(self) -> subprocess.Popen[bytes]:
        assert self.process is not None
        return self.process


@pytest.fixture(scope="module")
def running_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One home for the tests of a module, without the simulator."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.start()
    yield home
    if home.process is not None and home.process.poll() is None:
        home.end()


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
