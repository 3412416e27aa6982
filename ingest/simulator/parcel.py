"""What a source of documents or of conferences sends: bodies, each at its moment, in one order for ever."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from ingest.contracts.conference import QualitySampled
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import CLASSES, OfCase, case_of, dataschema
from ingest.simulator.calendar import LOCAL

_TYPES = {cls: event_type for (event_type, _), cls in CLASSES.items()}


class Way(Enum):
    """How a body reaches the door."""

    EVENT = "event"  # a CloudEvent; several travel in a batch
    EDXML = "edxml"
    WEBHOOK = "webhook"


class Parcel(NamedTuple):
    """A body that leaves the source at `at`.

    `name` puts parcels of one moment in order and is the same for the same parcel. `write` makes the body: it is
    called only for what is sent, since a signature costs more than everything else.
    """

    at: datetime
    name: str
    way: Way
    write: Callable[[], bytes]


def event(source: str, happened: datetime, data: OfCase | QualitySampled, mark: str = "") -> bytes:
    """A CloudEvent as `source` sends it; `mark` tells it from other events about the same case at the same moment."""
    kind = _TYPES[type(data)]
    case = case_of(data)
    return encode_envelope(
        Envelope(
            id=f"{kind.rsplit('.', 1)[-1]}-{case}-{happened:%Y%m%dT%H%M%S}{mark}"[-255:],
            source=source,
            type=kind,
            subject=case,
            time=happened,
            dataschema=dataschema(kind),
            data=wrap(data),
        )
    )


def told(source: str, at: datetime, data: OfCase | QualitySampled, mark: str = "", happened: datetime | None = None
         ) -> Parcel:  # fmt: skip
    """A CloudEvent that leaves at `at`; it happened then where nothing else is said."""
    moment = happened or at
    name = f"{case_of(data)}/{moment:%Y%m%dT%H%M%S}{mark}"
    return Parcel(at, name, Way.EVENT, lambda: event(source, moment, data, mark))


def in_order(of_day: Callable[[date], Iterable[Parcel]], first: date, after: datetime) -> Iterator[Parcel]:
    """Everything sent after `after` that local days from `first` on give rise to, in order, for ever.

    What a day gives rise to is never sent before that day.
    """
    after = after.astimezone(LOCAL)
    waiting: defaultdict[date, list[Parcel]] = defaultdict(list)
    day = first
    while True:
        for parcel in of_day(day):
            if parcel.at > after:
                waiting[parcel.at.date()].append(parcel)
        yield from sorted(waiting.pop(day, ()), key=_order)
        day += timedelta(days=1)


def _order(parcel: Parcel) -> tuple[datetime, str]:
    return parcel.at, parcel.name
