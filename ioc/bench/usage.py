"""How much processor time and memory the processes of a measurement use."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Reading:
    """Processor seconds used so far, by name of a process (with its children), at a moment.

    `machine` is what all processes of the machine used, ours or not: where it comes near all cores, the figures
    are those of a machine that had too much to do.
    """

    at: float
    busy: Mapping[str, float]
    machine: float

    def percent_since(self, before: "Reading") -> dict[str, float]:
        """Per cent of one core that each used on average since then, and the whole machine."""
        passed = self.at - before.at
        used = {name: busy - before.busy[name] for name, busy in self.busy.items()}
        used["whole_machine"] = self.machine - before.machine
        return {name: round(100 * seconds / passed, 1) for name, seconds in used.items()}


def read_usage(processes: Mapping[str, psutil.Process]) -> Reading:
    """The processor time of these processes and of all that they started, also of those that ended."""
    now = psutil.cpu_times()
    machine = sum(now) - now.idle - now.iowait - now.guest - now.guest_nice  # a guest's time is in user's too
    return Reading(time.monotonic(), {name: _busy(process) for name, process in processes.items()}, machine)


def resident_kb(process: psutil.Process) -> int:
    """The memory of a process, in kB of 1000 bytes."""
    return int(process.memory_info().rss) // 1000


def _busy(process: psutil.Process) -> float:
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:  # its time is in its parent's children's
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total
