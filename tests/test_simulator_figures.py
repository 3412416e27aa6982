"""What the simulator did is what the centre shows: through a real door, a real log and a real worker."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain as chained
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from ingest.contracts.documents import DocumentStatus
from ingest.contracts.rules import Level
from ingest.door import create_door
from ingest.log.postgres import PostgresLog
from ingest.registration import Source
from ingest.simulator.conference import telling, webhooks
from ingest.simulator.conference.meeting import Meeting
from ingest.simulator.conference.quality import samples
from ingest.simulator.conference.schedule import meetings
from ingest.simulator.documents import traffic as documents
from ingest.simulator.documents.paper import Paper, Receipt
from ingest.simulator.documents.writing import papers
from ingest.simulator.door import Door
from ingest.simulator.errand import Errand, run
from ingest.simulator.state import StateFile
from ingest.sources.edxml import Trust
from ingest.store.sources import PostgresSourceBook
from ioc.commands.kpi import kpi
from tests.building.applying import apply_all
from tests.servers.door import serving
from tests.simulated import A_WEDNESDAY, bureau, chain, conferences, documents_source, signer

_NOW = A_WEDNESDAY.replace(hour=12) + timedelta(days=3)
"""A Saturday: everything of the week before it has been sent."""
_DAYS = 10
_FIRST = _NOW.date() - timedelta(days=_DAYS)
_CALLBACK, _SECRET = "https://ioc.test/hook?source=hook.test", "between-us"
_SITES = Source("endpoints.test", "events", conferences().registered, streams=("conference",))
_HOOK = Source(
    "hook.test", "bigbluebutton", conferences().registered, streams=("conference",), callback=_CALLBACK, secret=_SECRET
)
_DONE = DocumentStatus.DONE
_CLOSED = {DocumentStatus.REFUSED, DocumentStatus.TAKEN_BACK}


class Centre:
    """A door on a log, with a worker when it is asked for."""

    def __init__(self, database: str, log: PostgresLog, address: str, book: PostgresSourceBook) -> None:
        self._database, self._log, self._address, self._book = database, log, address, book

    def send(self, source: Source, errand: Errand, now: datetime = _NOW) -> None:
        """Register a source and catch up with the present."""
        token = self._book.add_source(source)

        async def catch_up() -> None:
            async with Door(self._address, token) as door:
                await run(errand, door, StateFile(None), lambda: now, lambda *_: None)
                assert door.refused == 0

        asyncio.run(catch_up())

    def apply(self) -> None:
        apply_all(self._log, self._database)


@pytest.fixture
def centre(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    with ExitStack() as stack:
        book = PostgresSourceBook(database)
        stack.callback(book.close)
        trust = Trust.from_pem(chain().authority.encode())
        yield Centre(database, log, stack.enter_context(serving(create_door(log, book, trust=trust))), book)


def _shown(name: str, *arguments: str) -> dict[str, Any]:
    options = arguments or ("--from", f"{_FIRST}", "--to", f"{_NOW.date()}")
    result = CliRunner().invoke(kpi, ["show", name, *options, "--as-of", _NOW.isoformat(), "--format", "json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def _value(name: str) -> Any:
    return _shown(name)["value"]


def _parts(name: str) -> tuple[int, int]:
    found = _shown(name)
    return found["numerator"], found["denominator"]


def _documents() -> Errand:
    traffic = partial(documents.traffic, bureau(), signer(), documents_source().id)
    return Errand(
        source=documents_source().id, seed=7, traffic=traffic, backfill_days=_DAYS, detailed_days=1,
        until_caught_up=True, routes=documents.route(),
    )  # fmt: skip


def _all_papers() -> list[Paper]:
    days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
    return [paper for day in days for paper in papers(bureau(), day)]


def _reached(receipt: Receipt, *statuses: DocumentStatus) -> list[datetime]:
    """When a receipt came to one of these statuses, by now."""
    return [step.at for step in receipt.steps if step.status in statuses and step.at <= _NOW]


def _is_recalled(paper: Paper, receipt: Receipt) -> bool:
    return any(
        mark.status is DocumentStatus.AGREED
        for each in paper.later
        if each.act == "recall"
        for organ, mark in each.answers
        if organ == receipt.organ
    )


def test_figures_of_documents_are_what_the_simulated_organs_did(centre: Centre) -> None:
    centre.send(documents_source(), _documents())
    centre.apply()
    made = _all_papers()
    received = [(paper, receipt) for paper in made for receipt in paper.receipts]
    out = [paper for paper in made if paper.sender.unit is not None]
    assert _value("documents_out") == len(out) > 300
    assert _value("documents_in") == len(received) > 500
    for name, level in (("district", Level.DISTRICT), ("commune", Level.COMMUNE)):
        own = [paper for paper in out if paper.sender.level is level and not paper.secret]
        assert _parts(f"signed_out_rate_{name}") == (sum(paper.signature == "valid" for paper in own), len(own))
    acknowledged = [at for _, receipt in received for at in _reached(receipt, DocumentStatus.RECEIVED)]
    assert _value("documents_acknowledged") == len(acknowledged)
    assert _value("documents_done") == sum(len(_reached(receipt, _DONE)) for _, receipt in received)
    due = [
        (paper.due_on, _reached(receipt, _DONE))
        for paper, receipt in received
        if paper.due_on is not None and paper.due_on < _NOW.date()
        if not _reached(receipt, *_CLOSED) and not _is_recalled(paper, receipt)
    ]
    in_time = sum(bool(done) and done[0].date() <= day for day, done in due)
    assert _parts("incoming_on_time_rate") == (in_time, len(due))
    assert 0 < in_time < len(due)
    assert _value("certificates_organ") == 9
    assert _value("certificates_person") in {88, 89, 90}  # a new one is there some days before the old one ends


def _all_meetings() -> list[Meeting]:
    days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
    return list(chained.from_iterable(meetings(conferences(), day) for day in days))


def _minutes(begin: datetime, end: datetime) -> int:
    return max(0, int((end - begin).total_seconds() // 60))


def test_figures_of_meetings_are_what_happened_in_the_simulated_rooms(centre: Centre) -> None:
    hook = partial(webhooks.traffic, conferences())
    schedule = partial(telling.traffic, conferences(), _SITES.id)
    routes = webhooks.route(_HOOK.id, _CALLBACK, _SECRET)
    past = Errand(
        source=_SITES.id, seed=7, traffic=schedule, backfill_days=_DAYS, detailed_days=0, until_caught_up=True
    )
    centre.send(_SITES, past)
    centre.send(_HOOK, replace(past, source=_HOOK.id, traffic=hook, routes=routes))
    centre.apply()
    planned = _all_meetings()
    held = [(each.scheduled_at, each.started_at, each.ended_at) for each in planned]
    times = [(due, begun, ended) for due, begun, ended in held if begun is not None and ended is not None]
    assert _value("meetings_planned") == len(planned)
    assert _value("meetings_held") == len(times) > 4
    on_time = sum(begun <= due + timedelta(minutes=5) for due, begun, _ in times)
    called_off = sum(each.cancelled_at is not None for each in planned)
    assert _parts("meetings_on_time_rate") == (on_time, len(planned) - called_off)
    assert _value("late_minutes") == sum(_minutes(due, begun) for due, begun, _ in times)
    assert _value("meeting_minutes") == sum(_minutes(begun, ended) for _, begun, ended in times)
    invited = [
        any(leg.site == site for leg in each.legs)
        for each in planned
        if each.started_at is not None
        for site in each.invited
        if site.unit is not None
    ]
    assert _parts("site_attendance_rate") == (sum(invited), len(invited))
    assert _value("endpoints_known") == 9
    assert _value("meetings_now") == 0


def test_every_sample_of_the_last_days_is_kept_once(centre: Centre, stream: psycopg.Connection) -> None:
    now = datetime.now(UTC).replace(microsecond=0)  # the log refuses samples of last summer
    schedule = partial(telling.traffic, conferences(), _SITES.id)
    errand = Errand(source=_SITES.id, seed=7, traffic=schedule, backfill_days=6, detailed_days=6, until_caught_up=True)
    centre.send(_SITES, errand, now)
    centre.apply()
    begin = errand.first_state(now).begin
    assert _kept(stream) == sum(len(told.samples) for at, told in _measured(begin, now))


def _measured(begin: date, now: datetime) -> Iterator[tuple[datetime, Any]]:
    """All batches that left by now."""
    for number in range(7):
        for meeting in meetings(conferences(), begin + timedelta(days=number)):
            for at, told in samples(conferences(), meeting):
                if at + timedelta(seconds=2) <= now:
                    yield at, told


def _kept(stream: psycopg.Connection) -> int:
    found = stream.execute("select count(*) from quality_sample").fetchone()
    assert found is not None
    number: int = found[0]
    return number
