"""`kill -9` at random moments, twenty times: every accepted event is counted exactly once, and can be proved."""

from collections.abc import Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from threading import Event, Thread

import psycopg
import pytest

from ingest.contracts.envelope import decode_envelope
from ingest.log.protocol import Entry
from ioc.bench.events import AGENCIES, SOURCE, history
from ioc.services.state import read_state
from tests.chaos.centre import all_applied, connect, done, kill, rebuilt
from tests.chaos.sender import Sender
from tests.servers.home import Home
from tests.servers.processes import wait_until

EVENTS = 50_000
KILLS = 20

pytestmark = pytest.mark.timeout(900)


class Watch:
    """Asks, for as long as it is open, whether received = applied + duplicates + quarantined, by counting the rows."""

    _ACCOUNTED = (
        "select (select coalesce(sum(next_pos - first_pos), 0) from part_offset),"
        " (select coalesce(sum(applied + duplicates + quarantined), 0) from part_offset),"
        " (select coalesce(sum(applied), 0) from part_offset) - (select count(*) from event),"
        " (select coalesce(sum(quarantined), 0) from part_offset) - (select count(*) from quarantine)"
    )

    def __init__(self, home: Home) -> None:
        self._home = home
        self._stop = Event()
        self._thread = Thread(target=self._ask)
        self.answers = 0
        self.wrong: list[object] = []

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._stop.wait(0.2):
            try:
                with connect(self._home) as connection:
                    row = connection.execute(self._ACCOUNTED).fetchone()
            except psycopg.OperationalError:
                continue  # it has just been killed
            assert row is not None
            self.answers += 1
            if row[0] != row[1] or row[2] or row[3]:
                self.wrong.append(row)


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("options", "victims"),
    [
        pytest.param([], ("worker-1", "door", "postgres", "worker-2"), id="postgres"),
        pytest.param(["--kafka"], ("worker-1", "door", "kafka", "worker-2"), id="kafka", marks=pytest.mark.kafka),
    ],
)
def test_every_accepted_event_counts_exactly_once(tmp_path: Path, options: list[str], victims: tuple[str, ...]) -> None:
    entries = history(EVENTS)
    envelopes = [decode_envelope(entry.body) for entry in entries]
    distinct = {envelope.id for envelope in envelopes}
    cases = {envelope.subject for envelope in envelopes}
    received = {envelope.subject for envelope in envelopes if not envelope.id.endswith("/1")}  # more than filed
    home = Home(tmp_path, ("--no-simulator", "--workers", "2", *options))
    home.start()
    try:
        with Watch(home) as watch:
            sender = a_sender(home, entries)
            try:
                hurt(home, sender, victims)
                wait_until(lambda: sender.done, seconds=300, what="the last event being accepted")
            finally:
                sender.stop()
            assert sender.accepted == EVENTS
            wait_until(lambda: all_applied(home), seconds=300, what="everything being applied")
        with connect(home) as connection:
            tally = one(connection, "select sum(applied), sum(quarantined) from part_offset")
            counted = one(connection, "select count(*), count(received_at) from cases")
            figure = one(connection, "select sum(n), 0 from rollup_unit_month where measure = 1")
            adopted = one(connection, "select count(*), count(distinct part) from part_rule")
            promises = one(connection, "select count(*), count(distinct source) from source_promise")
            heard = one(connection, "select sum(applied), sum(quarantined) from source_day")
        assert adopted == (8, 8), "the shipped calendar, once in each partition"
        assert promises == (1, 1), "the source was declared once"
        assert tally == heard == (len(distinct) + 8 + 1, 0)
        assert counted == (len(cases), len(received))
        assert figure == (len(received), 0)
        equal = rebuilt(home)
        assert equal == dict.fromkeys(equal, True)
        assert watch.wrong == []
        assert watch.answers > 20
    finally:
        status = home.end()
    assert status == 0


def a_sender(home: Home, entries: Sequence[Entry]) -> Sender:
    """A registered source that sends all of it, as fast as the door answers."""
    agencies = [word for agency, unit in AGENCIES.items() for word in ("--agency", f"{agency}={unit}")]
    token = done(home, "source", "add", SOURCE, "--kind", "events", *agencies).strip()
    sender = Sender(f"http://127.0.0.1:{read_state(home.folder).door_port}", token, entries)
    sender.start()
    return sender


def hurt(home: Home, sender: Sender, victims: Sequence[str]) -> None:
    """Kill one after another, each at a random moment of the sending."""
    random = Random(766)
    for number, victim in enumerate(islice(cycle(victims), KILLS)):
        moment = EVENTS * (number + random.random()) / (KILLS + 1)
        wait_until(partial(_sent, sender, moment), seconds=300, what=f"{moment:.0f} events being accepted")
        wait_until(partial(kill, home, victim), seconds=120, what=f"{victim} being there to be killed")


def _sent(sender: Sender, events: float) -> bool:
    return sender.done or sender.accepted >= events


def one(connection: psycopg.Connection, statement: str) -> tuple[int, int]:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row
