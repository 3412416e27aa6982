"""Events to measure with: the lives of applications, with late records and duplicates; seeded."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.onestop import RECORDED, ApplicationRecorded, Channel, Papers, Status
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry

_LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_UNITS: Final = ("03979", "03980", "03982", "03985", "03997", "04000", "04033", "04045")
AGENCIES: Final = {f"H52.17.{number:02}": unit for number, unit in enumerate(_UNITS, start=1)}
"""The agency codes of the source and their units, as it has to be registered."""
_DUPLICATES: Final = 0.02
_LATE: Final = 0.03
_RECORDS_A_LIFE: Final = 5
SOURCE: Final = "onestop.bench"


def history(events: int, chapter: int = 0) -> list[Entry]:
    """Exactly so many events of half a year, in the order of arrival: 2 % come twice, 3 % come days late.

    Another chapter holds other applications.
    """
    random = Random(chapter)  # noqa: S311 - a seeded history, no secret
    timed: list[tuple[datetime, Entry]] = []
    for number in range(events // _RECORDS_A_LIFE + 1):
        for at, entry in _life(chapter * 10_000_000 + number, random):
            arrives = at + timedelta(days=random.randrange(1, 5)) if random.random() < _LATE else at
            timed.append((arrives, entry))
            if random.random() < _DUPLICATES:
                timed.append((arrives + timedelta(minutes=random.randrange(60)), entry))
    timed.sort(key=lambda each: (each[0], each[1].key))
    return [entry for _, entry in timed][:events]


def _life(number: int, random: Random) -> Iterator[tuple[datetime, Entry]]:
    """Filed, received, in progress, settled, returned."""
    filed = datetime(2026, 1, 5, 8, tzinfo=_LOCAL) + timedelta(seconds=random.randrange(180 * 86_400))
    received = filed + timedelta(minutes=random.randrange(5, 300))
    due = received + timedelta(days=random.randrange(2, 20))
    ended = received + (due - received) * random.uniform(0.1, 1.02)
    returned = ended + timedelta(hours=2)
    field = number % 24
    agency, unit = random.choice(list(AGENCIES.items()))
    code = f"{agency}-{filed:%y%m%d}-{number:07}"
    channel = Channel.ONLINE if random.random() < 0.85 else Channel.DIRECT
    told = ((Status.NEW, filed), (Status.RECEIVED, received), (Status.IN_PROGRESS, received),
            (Status.SETTLED, ended), (Status.RETURNED, returned))  # fmt: skip
    for status, at in told:
        state = ApplicationRecorded(
            application=code,
            procedure=f"1.{field:06}",
            procedure_name="Cấp bản sao trích lục hộ tịch",
            field=f"G09-LV{field:02}",
            field_name="Hộ tịch",
            agency=agency,
            unit=unit,
            status=status,
            channel=channel,
            submitted_at=filed,
            received_at=None if status is Status.NEW else received,
            due_at=None if status is Status.NEW else due,
            ended_at=ended if status >= Status.SETTLED else None,
            returned_at=returned if status is Status.RETURNED else None,
            fee=15_000,
            digitised=True,
            papers=Papers(submitted=3, digitised=2),
        )
        yield at, _entry(f"{code}/{status}", code, at, state)


def _entry(name: str, code: str, at: datetime, state: ApplicationRecorded) -> Entry:
    envelope = Envelope(
        id=name, source=SOURCE, type=RECORDED, subject=code, time=at, dataschema=dataschema(RECORDED), data=wrap(state)
    )
    return Entry(code, encode_envelope(envelope))
