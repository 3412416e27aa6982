"""Events of today to measure with: applications that are filed, received and settled while we watch."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from ingest.contracts.envelope import Envelope, wrap
from ingest.contracts.onestop import RECORDED, ApplicationRecorded, Channel, Status
from ingest.contracts.registry import dataschema
from ioc.bench.events import AGENCIES, SOURCE

_STEPS = (Status.NEW, Status.RECEIVED, Status.IN_PROGRESS, Status.SETTLED)
_AT_ONCE = 100
"""Applications that are under way together: the records of one lie so many events apart."""


def filings(events: int, now: datetime, first: int = 0) -> list[Envelope]:
    """So many events, each new and with an id of its own; everything in them happened within the day before `now`.

    The applications are numbered from `first` on, a hundred for each four hundred events.
    """
    return list(islice(_endless(now, first), events))


def _endless(now: datetime, first: int) -> Iterator[Envelope]:
    while True:
        for status in _STEPS:
            for number in range(first, first + _AT_ONCE):
                yield _record(number, status, now)
        first += _AT_ONCE


def _record(number: int, status: Status, now: datetime) -> Envelope:
    agency, unit = list(AGENCIES.items())[number % len(AGENCIES)]
    code = f"{agency}-{now:%y%m%d}-L{number:07}"
    hours = dict(zip(_STEPS, (4, 3, 2, 1), strict=True))  # ago
    at = now - timedelta(hours=hours[status], seconds=number % 3_600)
    received = None if status is Status.NEW else now - timedelta(hours=3, seconds=number % 3_600)
    field = number % 24
    state = ApplicationRecorded(
        application=code,
        procedure=f"1.{field:06}",
        procedure_name="Cấp bản sao trích lục hộ tịch",
        field=f"G09-LV{field:02}",
        field_name="Hộ tịch",
        agency=agency,
        unit=unit,
        status=status,
        channel=Channel.DIRECT if number % 7 == 0 else Channel.ONLINE,
        submitted_at=now - timedelta(hours=4, seconds=number % 3_600),
        received_at=received,
        due_at=None if received is None else received + timedelta(days=1 + number % 20),
        ended_at=at if status is Status.SETTLED else None,
    )
    return Envelope(
        id=f"{code}/{status}",
        source=SOURCE,
        type=RECORDED,
        subject=code,
        time=at,
        dataschema=dataschema(RECORDED),
        data=wrap(state),
    )
