"""What a running `ioc up` leaves in its home, so that every other command finds its services there."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ioc.errors import IocError

_FILE = "services.json"
_LOCK = "supervisor.lock"


@dataclass(frozen=True, slots=True)
class ServiceState:
    """One service as its supervisor last saw it; `since` is when it became ready (ISO 8601, UTC)."""

    address: str
    pid: int | None = None
    ready: bool = False
    since: str | None = None
    restarts: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Addresses of the services in use, and which of them `ioc up` runs itself.

    The addresses hold passwords: the file is readable by its owner only.
    """

    database_url: str | None = None
    redis_url: str | None = None
    kafka: str | None = None
    port: int | None = None
    door_port: int | None = None
    ports: Mapping[str, int] = field(default_factory=dict)
    services: Mapping[str, ServiceState] = field(default_factory=dict)


def read_state(home: Path) -> State:
    """What was written last, also by a supervisor that runs no more; an empty state where there is nothing."""
    try:
        stored = json.loads((home / _FILE).read_text())
        services = {name: ServiceState(**service) for name, service in stored.pop("services", {}).items()}
        return State(**stored, services=services)
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return State()


def write_state(home: Path, state: State) -> None:
    """Replace the file as a whole: a reader sees the old one or the new one."""
    draft = home / f".{_FILE}.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(state), indent=1))
    draft.replace(home / _FILE)


def is_supervised(home: Path) -> bool:
    """Whether an `ioc up` runs in this home; the lock of a killed one is gone with it."""
    try:
        with (home / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def supervising(home: Path) -> Iterator[None]:
    """Hold the home for one supervisor; raises `IocError` where another one has it."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / _LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IocError(f"`ioc up` runs in {home} already: stop it first, or choose another --home") from None
        yield
