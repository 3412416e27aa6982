"""Servers of a measurement's own, in a folder that is gone afterwards."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ioc.errors import IocError
from ioc.services.kafka import KafkaBroker
from ioc.services.ports import Ports
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from ioc.settings import Settings

_FIRST_PORT = 18_400


def wait_for(holds: Callable[[], bool], seconds: float, what: str, pause: float = 0.02) -> None:
    """Ask until it holds; raises `IocError` when it does not within so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise IocError(f"{what} took longer than {seconds:g} s")
        time.sleep(pause)


@contextmanager
def running(
    command: Sequence[str], ready: Callable[[], bool], log: Path, stop: signal.Signals = signal.SIGTERM
) -> Iterator[subprocess.Popen[bytes]]:
    """A program while the block runs."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: process.poll() is not None or ready(), 60, f"the start of {command[0]}")
        if process.poll() is not None:
            raise IocError(f"{command[0]} ended at once: {log.read_text(errors='replace')[-500:]}")
        yield process
    finally:
        process.send_signal(stop)
        process.wait()


@contextmanager
def centre(folder: Path, *, kafka: bool = False) -> Iterator[Settings]:
    """PostgreSQL with all migrations run, Valkey and, if asked, Kafka; the settings that reach them.

    All of it lies below `folder` and is gone afterwards.
    """
    from ioc.wiring import migrate_all

    with ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        home = Path(stack.enter_context(TemporaryDirectory(dir=folder)))
        ports = stack.enter_context(Ports())
        postgres = EmbeddedPostgres(home / "postgres", ports.take_from(_FIRST_PORT))
        postgres.prepare()
        stack.enter_context(running(postgres.command(), postgres.ready, home / "postgres.log", signal.SIGINT))
        valkey = EmbeddedValkey(home / "valkey", ports.take_from(_FIRST_PORT))
        valkey.prepare()
        stack.enter_context(running(valkey.command(), valkey.ready, home / "valkey.log"))
        bootstrap = None
        if kafka:
            broker = KafkaBroker(home / "kafka", ports.take_from(_FIRST_PORT), ports.take_from(_FIRST_PORT))
            broker.prepare()
            stack.enter_context(running(broker.command(), broker.ready, home / "kafka.log"))
            bootstrap = broker.bootstrap
        settings = Settings(home=home, database=postgres.url(), redis=valkey.url, kafka=bootstrap)
        migrate_all(settings)
        yield settings


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment that leads a program of ours to these servers."""
    given = {
        "IOC_HOME": str(settings.home),
        "IOC_DATABASE_URL": settings.database_url,
        "IOC_REDIS_URL": settings.redis_url,
    }
    return given | ({"IOC_KAFKA": settings.kafka} if settings.kafka else {})


def program(*arguments: str) -> list[str]:
    """The command line of one of our own programs."""
    return [sys.executable, "-m", "ioc", *arguments]
