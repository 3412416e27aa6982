"""What a supervisor runs: services that live as long as it does, and steps that are done once."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


def _nothing() -> None:
    """No preparation."""


@dataclass(frozen=True)
class Service:
    """A program in the foreground.

    `needs` names what has to be ready before it starts; the supervisor stops it before them. `prepare` runs
    once, before the first start. `ready` is asked again and again until it holds, for `ready_within` seconds;
    `stop_signal` ends the program cleanly within `grace` seconds, and `orphan_signal` is what it gets when the
    supervisor itself was killed. `address` is shown to people and holds no password.
    """

    name: str
    command: Callable[[], Sequence[str]]
    ready: Callable[[], bool]
    address: str = ""
    needs: tuple[str, ...] = ()
    prepare: Callable[[], None] = _nothing
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    ready_within: float = 60
    grace: float = 15


@dataclass(frozen=True)
class Step:
    """Something done once, when what it needs is ready; an error in it ends the supervisor."""

    name: str
    run: Callable[[], None]
    needs: tuple[str, ...] = ()


Part = Service | Step
