"""A child process: in a group of its own, bound to the supervisor's life, its output read line by line."""

import asyncio
import ctypes
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)  # loaded before any fork: the new child only calls into it
_LINE_LIMIT = 1_000_000


class Child:
    """A started program. Start it from the main thread: the kernel ties it to the thread that forked it."""

    def __init__(self, process: asyncio.subprocess.Process, reading: "asyncio.Task[None]") -> None:
        self._process = process
        self._reading = reading

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_line: Callable[[bytes], None],
        orphan_signal: signal.Signals,
    ) -> "Child":
        """Start `command`; `on_line` gets each line of its stdout and stderr.

        When this process dies, be it by `kill -9`, the kernel sends the child `orphan_signal`.
        """
        parent = os.getpid()

        def die_with_parent() -> None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(orphan_signal))
            if os.getppid() != parent:  # it died between the fork and the line above
                os.kill(os.getpid(), signal.SIGKILL)

        # A pipe of our own: asyncio's would make the end of the process wait for all who inherited it.
        read_end, write_end = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=dict(environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=write_end,
                stderr=write_end,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        except BaseException:
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        return cls(process, asyncio.create_task(_read(read_end, on_line)))

    @property
    def pid(self) -> int:
        """Its process id, and the id of its group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number when one ended it."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait for its end; what it left running in its group is killed then."""
        code = await self._process.wait()
        self.signal_group(signal.SIGKILL)
        await asyncio.wait({self._reading}, timeout=2)  # a grandchild that left the group may hold the pipe open
        self._reading.cancel()
        return code

    async def stop(self, stop_signal: signal.Signals, grace: float) -> None:
        """Ask it to end; kill its whole group when it hasn't after `grace` seconds."""
        with suppress(ProcessLookupError):
            self._process.send_signal(stop_signal)
        try:
            await asyncio.wait_for(asyncio.shield(self._process.wait()), grace)
        except TimeoutError:
            self.signal_group(signal.SIGKILL)
        await self.wait()

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to it and to its own children."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)


async def _read(pipe: int, on_line: Callable[[bytes], None]) -> None:
    stream = asyncio.StreamReader(limit=_LINE_LIMIT)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(pipe, "rb", buffering=0)
    )
    try:
        while line := await _line(stream):
            on_line(line)
    finally:
        transport.close()


async def _line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readline()
    except ValueError:  # it was longer than the limit, and dropped
        return b"(a line of more than a megabyte)\n"
