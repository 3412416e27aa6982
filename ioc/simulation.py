"""A run of the simulator in a home: which sources it is, what each sends, and when it is silent."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ioc.errors import IocError
from ioc.services.simulated import CALLBACK, DOCUMENTS, ENDPOINTS, MEETINGS, SOURCE, hook_secret, token_file
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.simulator.errand import Traffic
    from ingest.simulator.pace import Watch
    from ingest.simulator.parcel import Way
    from ingest.simulator.postbox import Route
    from ingest.simulator.silence import Silence

STREAMS: Final = ("onestop", "documents", "conference")


@dataclass(frozen=True)
class Wanted:
    """What the user asked for."""

    stream: str
    source_id: str | None
    profile: str
    seed: int
    speed: float
    rate: float | None
    backfill_days: int
    until_caught_up: bool
    door: str | None
    token_file: Path | None
    state: Path | None
    silent_from: datetime | None = None
    silent_for: int | None = None

    def state_file(self, settings: Settings, source: str) -> Path:
        """Where a source remembers how far it has sent."""
        name = f"{self.profile}-{self.seed}.json"
        name = name if self.stream == "onestop" else f"{source.partition('.')[0]}-{name}"
        if self.state is None:
            return settings.home / "simulator" / name
        return self.state if self.stream != "conference" else self.state.with_name(f"{self.state.name}.{name}")


async def run(settings: Settings, asked: Wanted, watch: "Watch") -> None:
    """Send a stream until stopped. Raises `IocError` where a token is missing, and what a run of the simulator does."""
    match asked.stream:
        case "onestop":
            await _onestop(settings, asked, watch)
        case "documents":
            await _errand(settings, asked, asked.source_id or DOCUMENTS, watch)
        case _:
            await _conference(settings, asked, watch)


async def _conference(settings: Settings, asked: Wanted, watch: "Watch") -> None:
    """The two sources of it side by side; what ends one of them for good ends both."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_errand(settings, asked, ENDPOINTS, watch))
            tasks.create_task(_errand(settings, asked, MEETINGS, lambda *_: None))
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None


async def _onestop(settings: Settings, asked: Wanted, watch: "Watch") -> None:
    from ingest.simulator.assignment import Assignment
    from ingest.simulator.door import Door
    from ingest.simulator.run import simulate
    from ingest.simulator.state import StateFile
    from ioc.simulated_district import district

    source = asked.source_id or SOURCE
    token = _token(asked.token_file or token_file(settings))
    work = Assignment(
        district=district(asked.profile, asked.seed),
        source=source,
        sender=_sender(token),
        backfill_days=asked.backfill_days,
        speed=asked.speed,
        rate=asked.rate,
        until_caught_up=asked.until_caught_up,
    )
    async with Door(_address(settings, asked), token, silence=_silence(asked, source)) as door:
        await simulate(work, door, StateFile(asked.state_file(settings, source)), _now, watch)


async def _errand(settings: Settings, asked: Wanted, source: str, watch: "Watch") -> None:
    from ingest.simulator.door import Door
    from ingest.simulator.errand import Errand
    from ingest.simulator.errand import run as send
    from ingest.simulator.state import StateFile

    token = _token(asked.token_file or token_file(settings, source))
    traffic, routes = _traffic(settings, asked, source)
    work: Errand = Errand(
        source=source,
        seed=asked.seed,
        traffic=traffic,
        sender=_sender(token),
        backfill_days=asked.backfill_days,
        until_caught_up=asked.until_caught_up,
        routes=routes,
    )
    async with Door(_address(settings, asked), token, silence=_silence(asked, source)) as door:
        await send(work, door, StateFile(asked.state_file(settings, source)), _now, watch)


def _traffic(settings: Settings, asked: Wanted, source: str) -> "tuple[Traffic, dict[Way, Route]]":
    from functools import partial

    from ioc.simulated_district import bureau, network

    if asked.stream == "documents":
        from ingest.simulator.documents import traffic as documents
        from ingest.simulator.documents.signing import ChainSigner
        from ioc.services.seals import keep_chain

        signer = ChainSigner.of(keep_chain(settings))
        return partial(documents.traffic, bureau(asked.seed), signer, source), dict(documents.route())
    if source == MEETINGS:
        from ingest.simulator.conference import webhooks

        routes = webhooks.route(source, CALLBACK, hook_secret(settings))
        return partial(webhooks.traffic, network(asked.seed)), dict(routes)
    from ingest.simulator.conference import telling

    return partial(telling.traffic, network(asked.seed), source), {}


def _silence(asked: Wanted, source: str) -> "Silence | None":
    """The silence that was asked for; else the endpoints have theirs each week, as long as they are to be watched."""
    from ingest.simulator.silence import Silence, once, weekly

    if asked.silent_from is not None:
        return Silence(once(asked.silent_from, timedelta(minutes=asked.silent_for or 0)), _now)
    if source == ENDPOINTS and not asked.until_caught_up:
        return Silence(weekly(asked.seed, source), _now)
    return None


def _address(settings: Settings, asked: Wanted) -> str:
    return asked.door or f"http://127.0.0.1:{settings.door_port}"


def _sender(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:16]


def _token(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError as error:
        raise IocError(
            f"no token in {file} ({error.strerror}): run `ioc source add`, or name it: --token-file"
        ) from error


def _now() -> datetime:
    return datetime.now(UTC)
