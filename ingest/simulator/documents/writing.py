"""The documents that are sent on one day: the same for ever, whoever asks and whenever."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Final, NamedTuple

from ingest.contracts.documents import Signature
from ingest.simulator.calendar import DAY, OfficeCalendar, calendar_of
from ingest.simulator.dice import Wheel, dice
from ingest.simulator.documents.bureau import Bureau
from ingest.simulator.documents.handling import handle
from ingest.simulator.documents.later import kept, later
from ingest.simulator.documents.organs import OUTSIDE, Organ
from ingest.simulator.documents.paper import Paper

_MOST_A_DAY: Final = 60  # of one sender: what its numbers leave room for


class _Kind(NamedTuple):
    name: str
    mark: str
    weight: float


_KINDS: Final = (
    _Kind("Công văn", "", 46),
    _Kind("Báo cáo", "BC", 18),
    _Kind("Quyết định", "QĐ", 11),
    _Kind("Kế hoạch", "KH", 8),
    _Kind("Thông báo", "TB", 8),
    _Kind("Tờ trình", "TTr", 5),
    _Kind("Giấy mời", "GM", 4),
)
_KIND: Final = Wheel.of([kind.weight for kind in _KINDS])
_OUTSIDE: Final = Wheel.of([organ.weight for organ in OUTSIDE])


def papers(bureau: Bureau, day: date) -> Iterator[Paper]:
    """All that is sent on a local day, from the district and to it. Nothing is on a day without office."""
    calendar = calendar_of(day.year)
    if not calendar.is_working(day):
        return
    rng = dice(bureau.seed, "documents", day)
    numbers = {organ.code: count(day.timetuple().tm_yday * _MOST_A_DAY) for organ in (*bureau.organs, *OUTSIDE)}
    for sender in _senders(bureau, rng):
        yield _paper(bureau, sender, next(numbers[sender.code]), calendar, (day, rng))


def _senders(bureau: Bureau, rng: Random) -> Iterator[Organ]:
    shares = bureau.shares
    wheel = Wheel.of([organ.weight for organ in bureau.communes])
    yield from [bureau.district] * _number(shares.outgoing_district, rng)
    for _ in range(_number(shares.outgoing_communes, rng)):
        yield bureau.communes[wheel.draw(rng)]
    for _ in range(_number(shares.from_outside, rng)):
        yield OUTSIDE[_OUTSIDE.draw(rng)]


def _number(expected: float, rng: Random) -> int:
    return max(0, min(_MOST_A_DAY, round(rng.gauss(expected, expected**0.5))))


def _paper(bureau: Bureau, sender: Organ, number: int, calendar: OfficeCalendar, drawn: tuple[date, Random]) -> Paper:
    day, rng = drawn
    shares = bureau.shares
    kind = _KINDS[_KIND.draw(rng)]
    sent_at = calendar.moment(day, int(DAY * (0.03 + 0.95 * rng.random())))
    ours, outside = _receivers(bureau, sender, rng)
    due_on = _due_on(calendar, sent_at, rng) if ours and rng.random() < shares.due else None
    electronic = rng.random() >= (shares.paper_district if sender == bureau.district else shares.paper_communes)
    handled = tuple(handle(shares, organ, sent_at, due_on, calendar, rng) for organ in ours)
    afterwards = later(shares, handled, sent_at, calendar, rng) if electronic else ()
    return Paper(
        sender=sender,
        number=number,
        notation=f"{kind.mark}-{sender.mark}" if kind.mark else f"{sender.mark}-VP",
        kind=kind.name,
        promulgated_on=day,
        sent_at=sent_at,
        receipts=kept(handled, afterwards),
        outside=outside,
        due_on=due_on,
        priority=2 if rng.random() < 0.03 else int(rng.random() < 0.12),
        secret=rng.random() < shares.secret,
        electronic=electronic,
        signature=_signature(bureau, sender, rng) if electronic else "none",
        attachments=int(rng.random() ** 2 * 4),
        salt=rng.getrandbits(48),
        later=afterwards,
    )


def _receivers(bureau: Bureau, sender: Organ, rng: Random) -> tuple[Sequence[Organ], tuple[Organ, ...]]:
    """Who gets it: organs of ours, and outer ones."""
    if sender.unit is None:
        return _some_of_ours(bureau, rng), ()
    outer = (OUTSIDE[_OUTSIDE.draw(rng)],)
    if sender == bureau.district:
        return (_some_communes(bureau, rng), ()) if rng.random() < 0.35 else ((), outer)
    return ((bureau.district,), ()) if rng.random() < 0.4 else ((), outer)


def _some_of_ours(bureau: Bureau, rng: Random) -> Sequence[Organ]:
    if rng.random() < 0.55:
        return (bureau.district,)
    return _some_communes(bureau, rng)


def _some_communes(bureau: Bureau, rng: Random) -> Sequence[Organ]:
    aim = rng.random()
    if aim < 0.12:
        return bureau.communes
    return rng.sample(list(bureau.communes), 1 + int(aim * 2.2))


def _due_on(calendar: OfficeCalendar, sent_at: datetime, rng: Random) -> date:
    return calendar.close_after(sent_at + timedelta(hours=1), 2 + int(rng.random() ** 1.5 * 14)).date()


def _signature(bureau: Bureau, sender: Organ, rng: Random) -> Signature:
    shares = bureau.shares
    aim = rng.random()
    unsigned = shares.unsigned_district if sender == bureau.district else shares.unsigned_communes
    if aim < unsigned:
        return "none"
    return "invalid" if aim < unsigned + shares.broken else "valid"
