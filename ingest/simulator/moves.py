"""Applications that change hands: to another unit's shop, or to its heir when units merge."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from ingest.contracts.onestop import Status
from ingest.simulator.calendar import OfficeCalendar
from ingest.simulator.chance import Ask, chance
from ingest.simulator.district import District, Merger
from ingest.simulator.life import Filing, Move, Step
from ingest.simulator.shops import Shop

_WORTH_MOVING = 1800  # seconds of office time that its handling still takes
_SAY_THE_OLD_NAME = 0.2  # of the shops' records after a merger, for some days


def draw_moves(district: District, filing: Filing, steps: Sequence[Step], calendar: OfficeCalendar) -> tuple[Move, ...]:
    """Which other shops handle it, and from when on."""
    merger = district.merger
    moves = []
    if len(district.shops) > 1 and chance(filing.salt, Ask.TRANSFERRED) < district.profile.transferred:
        moved = _transfer(district, filing, steps, calendar)
        if moved is not None and (merger is None or moved.at < merger.at):
            moves.append(moved)
    if merger is not None and steps[0].at < merger.at <= steps[-1].at:
        shop = moves[-1].shop if moves else filing.shop
        inherited = _inherited(merger, filing.salt, shop)
        if inherited.shop.agency != shop.agency:
            moves.append(inherited)
    return tuple(moves)


def heir_of(merger: Merger, shop: Shop, salt: int) -> Shop:
    """Who goes on with an application of a shop; the shop itself where its unit goes on."""
    heirs = merger.heirs.get(shop.unit, (shop,))
    return heirs[int(chance(salt, Ask.HEIR) * len(heirs))]


def _transfer(district: District, filing: Filing, steps: Sequence[Step], calendar: OfficeCalendar) -> Move | None:
    """A move while it is being handled; none where that is over too soon."""
    for step, later in pairwise(steps):
        rest = calendar.between(step.at, later.at)
        if step.status is Status.IN_PROGRESS and rest >= _WORTH_MOVING:
            share = 0.1 + 0.8 * chance(filing.salt, Ask.TRANSFERRED_WHEN)
            others = [shop for shop in district.shops if shop != filing.shop]
            shop = others[int(chance(filing.salt, Ask.TRANSFERRED_TO) * len(others))]
            return Move(calendar.add(step.at, int(rest * share)), shop)
    return None


def _inherited(merger: Merger, salt: int, shop: Shop) -> Move:
    """The move to the heir: at the merger, or some days later where the software still says the old name."""
    late = chance(salt, Ask.HEIR_WHEN)
    delay = timedelta(days=1 + int(late * 30)) if late < _SAY_THE_OLD_NAME else timedelta()
    return Move(merger.at + delay, heir_of(merger, shop, salt), inherited=True)
