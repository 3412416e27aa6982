"""What `ioc up` runs: which services, in which order, on which ports."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ioc.errors import ServiceError
from ioc.services.applying import Claims
from ioc.services.declared import declare_sources
from ioc.services.first_rules import adopt_shipped
from ioc.services.kafka import KafkaBroker
from ioc.services.meaning import renew_ledger
from ioc.services.ports import Ports
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.probes import answers
from ioc.services.seals import authority_file, keep_chain
from ioc.services.service import Part, Service, Step
from ioc.services.simulated import register_simulator
from ioc.services.state import State, read_state
from ioc.services.valkey import EmbeddedValkey
from ioc.settings import Settings

_PORTS = {"postgres": 8432, "valkey": 8379, "kafka": 8092, "kafka_controller": 8093}


@dataclass(frozen=True)
class Wanted:
    """What the user asked for."""

    kafka: bool = False
    simulator: bool = True
    speed: float = 1.0
    workers: int = 1
    profile: str = "today"


@dataclass(frozen=True)
class Plan:
    """The parts in the order of their needs, the settings that reach them, and the state to leave in the home."""

    parts: Sequence[Part]
    settings: Settings
    state: State


def make_plan(settings: Settings, wanted: Wanted, free: Ports, on_live: Callable[[str], None]) -> Plan:
    """Plan a run. Services that the settings name elsewhere are not started. Raises `ServiceError` for a taken port.

    `on_live` is called once, with the wall's address, when everything it needs is ready.
    """
    if not free.take(settings.port):
        raise ServiceError(f"port {settings.port} is taken: choose another one with --port")
    ports = _choose_ports(settings, free)
    local = _Local(settings, ports, wanted)
    reached = local.reached()
    parts = [*local.parts(), *_own_parts(reached, wanted, local.parts())]
    parts.append(Step("live", lambda: on_live(f"http://127.0.0.1:{reached.port}/wall/"), _wall_needs(parts)))
    parts.append(_warner(reached))
    if wanted.simulator:
        log_needs = tuple(part.name for part in parts if part.name in {"migrate", "kafka"})
        parts.append(Step("source", lambda: register_simulator(reached, wanted.profile), log_needs))
        parts += _simulators(reached, wanted)
    parts.append(Step("declared", lambda: declare_sources(reached), _registered(parts)))
    state = State(
        database_url=reached.database_url,
        redis_url=reached.redis_url,
        kafka=reached.kafka,
        port=reached.port,
        door_port=reached.door_port,
        ports=ports,
    )
    return Plan(parts, reached, state)


def ioc_command(settings: Settings, *arguments: str) -> Callable[[], Sequence[str]]:
    """The command line of one of our own programs in this home."""
    return lambda: [sys.executable, "-m", "ioc", "--home", str(settings.home), *arguments]


def _choose_ports(settings: Settings, free: Ports) -> dict[str, int]:
    """The ports of the last run where they are free, else the next free ones."""
    before = read_state(settings.home).ports
    door = settings.door_port if settings.door_port != Settings.door_port else before.get("door", settings.door_port)
    wanted = {"door": door} | {name: before.get(name, port) for name, port in _PORTS.items()}
    return {name: free.take_from(port) for name, port in wanted.items()}


@dataclass(frozen=True)
class _Local:
    """The servers that are ours to run, because the settings name no others."""

    settings: Settings
    ports: dict[str, int]
    wanted: Wanted

    @property
    def postgres(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.settings.home / "postgres", self.ports["postgres"])

    @property
    def valkey(self) -> EmbeddedValkey:
        return EmbeddedValkey(self.settings.home / "valkey", self.ports["valkey"])

    @property
    def kafka(self) -> KafkaBroker:
        return KafkaBroker(self.settings.home / "kafka", self.ports["kafka"], self.ports["kafka_controller"])

    def reached(self) -> Settings:
        """The settings with the addresses of everything."""
        kafka = f"127.0.0.1:{self.ports['kafka']}" if self.wanted.kafka else None
        return replace(
            self.settings,
            database=self.settings.database or self.postgres.url(),
            redis=self.settings.redis or self.valkey.url,
            kafka=self.settings.kafka or kafka,
            door_port=self.ports["door"],
        )

    def parts(self) -> list[Service]:
        return list(self._services())

    def _services(self) -> Iterator[Service]:
        if self.settings.database is None:
            server = self.postgres
            yield Service(
                "postgres", server.command, server.ready, f"127.0.0.1:{server.port}", prepare=server.prepare,
                stop_signal=signal.SIGINT, orphan_signal=signal.SIGINT, grace=30,
            )  # fmt: skip
        if self.settings.redis is None:
            valkey = self.valkey
            yield Service(
                "valkey", valkey.command, valkey.ready, f"127.0.0.1:{valkey.port}", prepare=valkey.prepare
            )  # fmt: skip
        if self.settings.kafka is None and self.wanted.kafka:
            broker = self.kafka
            yield Service(
                "kafka", broker.command, broker.ready, f"127.0.0.1:{broker.port}", prepare=broker.prepare, grace=30
            )  # fmt: skip


def _own_parts(settings: Settings, wanted: Wanted, servers: Sequence[Service]) -> Iterator[Part]:
    from ioc.wiring import migrate_all

    reach = {"IOC_PORT": str(settings.port), "IOC_DOOR_PORT": str(settings.door_port)}
    seals = wanted.simulator and wanted.profile == "today" and settings.certificate_chain is None
    trust = {"IOC_CERTIFICATE_CHAIN": str(authority_file(settings))} if seals else {}
    names = [server.name for server in servers]
    needs = ("migrate", *(name for name in names if name != "postgres"))
    yield Step("migrate", lambda: _discard(migrate_all(settings)), tuple({"postgres"} & set(names)))
    log_needs = ("migrate", *(name for name in names if name == "kafka"))
    rebuild = ioc_command(settings, "stream", "rebuild", "--replace")
    yield Step("meaning", lambda: renew_ledger(settings, rebuild), log_needs)
    yield Step("rules", lambda: adopt_shipped(settings, register=wanted.simulator), log_needs)
    if seals:
        yield Step("seals", lambda: _discard(keep_chain(settings)))
    yield Service(
        "door", ioc_command(settings, "ingest", "serve"), lambda: answers(settings.door_port, "/v1/health"),
        f"http://127.0.0.1:{settings.door_port}", (*needs, "seals") if seals else needs, environment=reach | trust,
    )  # fmt: skip
    for number in range(1, wanted.workers + 1):
        name = "worker" if wanted.workers == 1 else f"worker-{number}"
        claims = Claims(settings)
        yield Service(
            name, ioc_command(settings, "stream", "work"), claims.risen, "", (*needs, "meaning"), claims.remember,
            reach, grace=30,
        )  # fmt: skip
    yield Service(
        "dashboard", ioc_command(settings, "dashboard", "serve"), lambda: answers(settings.port, "/health"),
        f"http://127.0.0.1:{settings.port}/wall/", needs, environment=reach,
    )  # fmt: skip
    yield Service(
        "alerts", ioc_command(settings, "alert", "work"), lambda: True, "", (*needs, "meaning"), environment=reach
    )
    yield Service(
        "snapshots", ioc_command(settings, "snapshot", "work"), lambda: True, "", (*needs, "meaning"),
        environment=reach, grace=30,
    )  # fmt: skip


def _simulators(settings: Settings, wanted: Wanted) -> Iterator[Service]:
    """One program a stream. They start when the rules are in the log and the wall is live, and are of lower priority.

    Half a year of history must not hold up the wall, and the rules it goes by come before it. The district of the past
    had its one-stop shops only.
    """
    options = ("--profile", wanted.profile)
    yield _nice("simulator", ioc_command(settings, "simulate", *options, "--speed", str(wanted.speed)), 10)
    if wanted.profile == "today":
        for stream in ("documents", "conference"):
            yield _nice(f"simulator-{stream}", ioc_command(settings, "simulate", "--stream", stream, *options), 12)


def _warner(settings: Settings) -> Service:
    """Early warning learns when the wall is live, in one thread and of lower priority: nothing waits for a chance."""
    command = ioc_command(settings, "warning", "work")
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return Service(
        "warning", lambda: ["nice", "-n", "10", *command()], lambda: True, "", ("meaning", "live"), environment=one
    )


def _nice(name: str, command: Callable[[], Sequence[str]], by: int) -> Service:
    return Service(
        name, lambda: ["nice", "-n", str(by), *command()], lambda: True, "", ("source", "rules", "door", "live")
    )


def _registered(parts: Sequence[Part]) -> tuple[str, ...]:
    """What comes before the sources are declared: all of them are registered, and there is a log to tell."""
    return tuple(part.name for part in parts if part.name in {"migrate", "kafka", "source"})


def _wall_needs(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(part.name for part in parts if part.name.startswith(("worker", "dashboard")))


def _discard(_: object) -> None:
    """A step has no result."""
