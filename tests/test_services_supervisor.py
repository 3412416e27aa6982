"""The supervisor starts in the order of needs, brings back what crashed, and leaves nothing behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path

import psutil
import pytest

from ioc.errors import ServiceError
from ioc.services.output import open_logs
from ioc.services.service import Part, Service, Step
from ioc.services.state import ServiceState
from ioc.services.supervisor import Supervisor
from tests.servers.processes import wait_until
from tests.toys import journal, toy

States = Mapping[str, ServiceState]


class Run:
    """A supervisor under test, and what it told."""

    def __init__(self, folder: Path, parts: Sequence[Part]) -> None:
        self.screen = StringIO()
        self.states: list[States] = []
        self.supervisor: Supervisor
        self._folder = folder / "logs"
        self._parts = parts

    def to_its_end(self) -> None:
        """Run until it ends by itself."""
        asyncio.run(self._run(_nothing))

    def until(self, done: Callable[[States], bool]) -> None:
        """Run until the services' states are as asked for, then stop."""
        asyncio.run(self._run(lambda: self._stop_when(done)))

    async def _run(self, beside: Callable[[], Awaitable[None]]) -> None:
        services = [part.name for part in self._parts if isinstance(part, Service)]
        with open_logs(self._folder, services, self.screen) as logs:
            self.supervisor = Supervisor(self._parts, logs, self.states.append)
            await asyncio.gather(self.supervisor.run(), beside())

    async def _stop_when(self, done: Callable[[States], bool]) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not (self.states and done(self.states[-1])):
            await asyncio.sleep(0.01)
        self.supervisor.stop()
        assert self.states
        assert any(done(state) for state in self.states), f"never came to it: {self.states[-1]}"


async def _nothing() -> None:
    """Nobody asks for the end."""


def all_ready(states: States) -> bool:
    return all(state.ready for state in states.values())


def test_services_start_in_the_order_of_their_needs_and_stop_in_reverse(tmp_path: Path) -> None:
    parts = [toy(tmp_path, "base"), toy(tmp_path, "middle", needs=("base",)), toy(tmp_path, "top", needs=("middle",))]
    Run(tmp_path, parts).until(all_ready)
    assert journal(tmp_path) == ["+ base", "+ middle", "+ top", "- top", "- middle", "- base"]


def test_a_service_that_is_needed_through_a_step_stops_last_too(tmp_path: Path) -> None:
    def migrate() -> None:
        with (tmp_path / "journal").open("a") as out:
            out.write("migrated\n")

    parts: list[Part] = [
        toy(tmp_path, "base"),
        Step("migrate", migrate, ("base",)),
        toy(tmp_path, "top", needs=("migrate",)),
    ]
    Run(tmp_path, parts).until(all_ready)
    assert journal(tmp_path) == ["+ base", "migrated", "+ top", "- top", "- base"]


def test_a_crashed_service_is_started_again(tmp_path: Path) -> None:
    run = Run(tmp_path, [toy(tmp_path, "base")])
    killed: list[int] = []

    def came_back(states: States) -> bool:
        base = states["base"]
        if base.ready and base.pid and not killed:
            os.kill(base.pid, signal.SIGKILL)
            killed.append(base.pid)
        return base.ready and base.restarts == 1 and base.pid != killed[0]

    run.until(came_back)
    assert journal(tmp_path) == ["+ base", "+ base", "- base"]


def test_a_service_that_never_becomes_ready_ends_the_run_with_its_last_words(tmp_path: Path) -> None:
    broken = toy(tmp_path, "broken", needs=("base",), script="echo 'no such folder'; exit 3")
    run = Run(tmp_path, [toy(tmp_path, "base"), broken])
    with pytest.raises(ServiceError, match="broken could not be started; its last words: no such folder"):
        run.to_its_end()
    assert journal(tmp_path) == ["+ base", "- base"]


def test_a_failing_step_ends_the_run(tmp_path: Path) -> None:
    def migrate() -> None:
        raise ServiceError("the migration was changed")

    run = Run(tmp_path, [toy(tmp_path, "base"), Step("migrate", migrate, ("base",))])
    with pytest.raises(ServiceError, match="the migration was changed"):
        run.to_its_end()
    assert journal(tmp_path)[-1] == "- base"


def test_a_service_that_does_not_end_when_asked_is_killed(tmp_path: Path) -> None:
    deaf = toy(tmp_path, "deaf", script="trap '' TERM; echo $$ > {pid}; while :; do sleep 0.02; done", grace=0.1)
    Run(tmp_path, [deaf]).until(all_ready)
    assert not psutil.pid_exists(int((tmp_path / "deaf.pid").read_text()))


def test_a_second_signal_does_not_wait(tmp_path: Path) -> None:
    deaf = toy(tmp_path, "deaf", script="trap '' TERM; echo $$ > {pid}; while :; do sleep 0.02; done", grace=60)
    run = Run(tmp_path, [deaf])

    def ready_and_asked_once(states: States) -> bool:
        if all_ready(states):
            run.supervisor.stop()
        return all_ready(states)

    began = time.monotonic()
    run.until(ready_and_asked_once)
    assert time.monotonic() - began < 30


def test_what_a_service_started_itself_ends_with_it(tmp_path: Path) -> None:
    script = "sleep 1000 & echo $! > {pid}; trap 'exit 0' TERM; while :; do sleep 0.02; done"
    Run(tmp_path, [toy(tmp_path, "parent", script=script)]).until(all_ready)
    grandchild = int((tmp_path / "parent.pid").read_text())
    wait_until(lambda: not _lives(grandchild), seconds=5, what="the grandchild's end")


def test_lines_go_to_the_screen_with_a_prefix_and_to_a_file(tmp_path: Path) -> None:
    run = Run(tmp_path, [toy(tmp_path, "a"), toy(tmp_path, "longer", needs=("a",))])
    run.until(all_ready)
    assert "a      | hello from a\n" in run.screen.getvalue()
    assert (tmp_path / "logs" / "longer.log").read_text() == "hello from longer\n"


def test_a_part_can_not_need_what_comes_after_it(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="top needs base, which must come before it"):
        Run(tmp_path, [toy(tmp_path, "top", needs=("base",)), toy(tmp_path, "base")]).to_its_end()


def test_kill_9_of_the_supervisor_leaves_no_child(tmp_path: Path) -> None:
    pids = [tmp_path / f"{name}.pid" for name in ("first", "second", "third", "fourth")]
    with subprocess.Popen([sys.executable, "-m", "tests.toys", str(tmp_path)], stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: all(pid.exists() and pid.read_text() for pid in pids), seconds=20, what="all toys")
            children = [int(pid.read_text()) for pid in pids]
            assert all(_lives(child) for child in children)
        finally:
            process.kill()
    wait_until(lambda: not any(_lives(child) for child in children), seconds=5, what="the children's end")


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
