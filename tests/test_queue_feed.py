"""The queue's stream: each page is told at once what changed of what its person may see, and of nothing else."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import date
from typing import Any, Final

import msgspec
import psycopg
import pytest

from dashboard.access.people import Person, Scope
from dashboard.feed.mailbox import MailboxClosed
from dashboard.ops.feed import MANY, Stream
from dashboard.ops.live import LiveQueue, NotLoadedError, Pace
from dashboard.ops.mailbox import OpsMailbox
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from tests.building.acts import an_act
from tests.building.applying import a_worker, applied, apply_all, opener
from tests.building.events import AnApplication, an_application
from tests.building.moments import local
from tests.case_lives import a_register
from tests.servers.processes import wait_until

NOON = local("2026-01-07 10:00")
BEAT: Final = 0.3
LAN = Person(1, "lan", "Lan", "operator")
OF_ONE_UNIT = Person(2, "hoa", "Hoa", "operator", Scope((("03980", date(2025, 7, 1)),)))
Told = tuple[str, dict[str, Any]]


def a_case(code: str, unit: str = "03980") -> AnApplication:
    return an_application(code).at_unit(unit).received("2026-01-05 09:00", due="2026-01-08 17:00")


class Scene:
    """A live queue over a real log; what is appended is applied, and looked at when it says so."""

    def __init__(self, log: PostgresLog, database: str) -> None:
        self.now = NOON
        self.live = LiveQueue(opener(database), lambda: self.now, pace=Pace(least=0.01, most=60))
        self._log = log
        self._database = database

    async def append(self, *events: Entry) -> None:
        self._log.append(events)
        await asyncio.to_thread(wait_until, self._is_applied, seconds=60, what="the events being applied")
        self.live.stir()

    def _is_applied(self) -> bool:
        return applied(self._log, self._database)

    def told(self, person: Person) -> AsyncIterator[bytes]:
        return Stream(self.live, person, lambda: self.now).events(BEAT)


async def next_of(stream: AsyncIterator[bytes], event: str | None = None) -> Told:
    """The next event, or the next one of that name."""
    async with asyncio.timeout(20):
        while True:
            lines = (await anext(stream)).decode().splitlines()
            name = next(line for line in lines if line.startswith("event: ")).removeprefix("event: ")
            data = next(line for line in lines if line.startswith("data: ")).removeprefix("data: ")
            if event in {None, name}:
                return name, msgspec.json.decode(data)


@pytest.fixture
def play(log: PostgresLog, database: str) -> Callable[[Callable[[Scene], Coroutine[Any, Any, None]]], None]:
    """Plays a scene while the queue is followed."""

    def played(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
        async def both() -> None:
            made = Scene(log, database)
            made.live.follow()
            running = asyncio.create_task(made.live.run())
            try:
                await scene(made)
            finally:
                running.cancel()
                made.live.close()

        with a_worker(log, database):
            asyncio.run(both())

    return played


def test_what_comes_changes_and_leaves_is_told_within_the_scope(play: Any) -> None:
    async def scene(made: Scene) -> None:
        all_units, one_unit = made.told(LAN), made.told(OF_ONE_UNIT)
        name, hello = await next_of(all_units)
        assert (name, hello["state"]) == ("hello", "live")
        assert hello["build"]
        await next_of(one_unit)

        await made.append(a_case("A").sync(), a_case("B", "04033").sync())
        _, told = await next_of(all_units, "changed")
        assert {row["case"] for row in told["rows"]} == {"A", "B"}
        assert told["edition"] != hello["edition"]
        _, told = await next_of(one_unit, "changed")
        assert ([row["case"] for row in told["rows"]], told["gone"]) == (["A"], [])

        await made.append(an_act("assign", "A", "lan", to="minh", at=NOON))
        _, told = await next_of(one_unit, "changed")
        assert told["rows"][0]["handling"]["holder"] == "minh"

        await made.append(a_case("A").at_unit("03997").in_progress("2026-01-06 09:00").sync())
        _, told = await next_of(one_unit, "changed")
        assert (told["rows"], told["gone"]) == ([], ["A"])
        _, told = await next_of(all_units, "changed")
        assert [(row["unit"], row["handling"]["holder"]) for row in told["rows"]] == [("03997", "minh")], "both at once"

        await made.append(a_case("B", "04033").settled("2026-01-06 09:00").sync())
        _, told = await next_of(all_units, "changed")
        assert (told["rows"], told["gone"]) == ([], ["B"])
        name, beat = await next_of(one_unit)
        assert name == "beat", "a page is not told of other units"
        assert beat["edition"] == told["edition"]
        assert beat["age"] < 60

    play(scene)


def test_the_clock_alone_changes_rows(play: Any) -> None:
    async def scene(made: Scene) -> None:
        await made.append(a_case("A").sync())
        stream = made.told(LAN)
        await next_of(stream)
        made.now = local("2026-01-09 00:00")
        made.live.stir()
        _, told = await next_of(stream, "changed")
        assert [(row["case"], row["overdue"], row["letter"]) for row in told["rows"]] == [("A", True, "owed")]

    play(scene)


def test_many_changes_are_told_as_many(play: Any) -> None:
    async def scene(made: Scene) -> None:
        stream = made.told(LAN)
        await next_of(stream)
        await made.append(*(a_case(f"A-{number}").sync() for number in range(MANY + 1)))
        assert (await next_of(stream, "changed"))[1]["many"] is True
        await made.append(*a_register("1", 5))
        assert (await next_of(stream, "changed"))[1]["many"] is True, "other rules, other rows"

    play(scene)


def test_a_stream_ends_when_the_server_does(play: Any) -> None:
    async def scene(made: Scene) -> None:
        stream = made.told(LAN)
        await next_of(stream)
        made.live.end_streams()
        with pytest.raises(StopAsyncIteration):
            await next_of(stream)
        late = made.told(LAN)
        await next_of(late, "hello")
        with pytest.raises(StopAsyncIteration):
            await next_of(late)

    play(scene)


def test_a_slow_page_is_told_once_of_all_that_changed_meanwhile() -> None:
    async def scene() -> None:
        mailbox = OpsMailbox()
        mailbox.put({"A": None, "B": 3980})
        mailbox.put({"A": 3980, "C": 4033})
        assert await mailbox.take(seconds=1) == {"A": None, "B": 3980, "C": 4033}, "each as it was when last told"
        assert await mailbox.take(seconds=0.01) == {}
        mailbox.put({"A": 1})
        mailbox.put(None)
        assert await mailbox.take(seconds=1) is None
        mailbox.close()
        with pytest.raises(MailboxClosed):
            await mailbox.take(seconds=1)

    asyncio.run(scene())


def test_what_can_not_be_taken_is_met_by_loading_again(
    log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever that may be: it must not end the following, after which pages would grow old for ever."""

    def fails(*_: object) -> None:
        raise IndexError("taken by half")

    live = LiveQueue(opener(database), lambda: NOON)
    log.append([a_case("A-1").sync()])
    apply_all(log, database)
    assert live.follow() is None
    with monkeypatch.context() as patch:
        patch.setattr("dashboard.ops.live.take", fails)
        assert live.follow() == {}
        with pytest.raises(NotLoadedError):
            live.sign()
    assert live.follow() is None
    assert [row["case"] for row in live.rows(["A-1"])] == ["A-1"]
    live.close()


def test_a_rebuild_is_met_by_loading_again(log: PostgresLog, database: str) -> None:
    log.append([a_case("A").sync()])
    apply_all(log, database)
    live = LiveQueue(opener(database), lambda: NOON)
    assert live.follow() is None
    assert live.follow() == {}
    with psycopg.connect(database, autocommit=True) as connection:  # as `stream.rebuild.replace` puts it in place
        connection.execute("alter table stream.part_offset rename to before")
        connection.execute("create table stream.part_offset (like stream.before including all)")
        connection.execute("insert into stream.part_offset select * from stream.before")
    assert live.follow() is None
    assert live.follow() == {}
    live.close()
