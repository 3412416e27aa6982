"""What a shop tells by progress records (`CapNhatTienDoHoSoMC`): changes for which a sync record bears no moment."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from ingest.contracts.onestop import ApplicationProgressed, Status
from ingest.simulator.chance import Ask, chance
from ingest.simulator.life import Filing, Move, Step, shop_of
from ingest.simulator.notice import Notice


def progress(filing: Filing, steps: Sequence[Step], moves: Sequence[Move]) -> tuple[Notice, ...]:
    """Transfers to another unit, and settled applications that are taken up again.

    A merger is told by nobody: the next sync record simply names the heir.
    """
    taken_up = [
        later for step, later in pairwise(steps) if step.status is Status.SETTLED and later.status is Status.IN_PROGRESS
    ]
    transferred = [
        Step(move.at, Status.IN_PROGRESS, next(step.due_at for step in reversed(steps) if step.at < move.at))
        for move in moves
        if not move.inherited
    ]
    wait = timedelta(seconds=2 + int(chance(filing.salt, Ask.ON_THE_WAY) * 40))
    return tuple(
        Notice(
            at=step.at + wait,
            happened=step.at,
            number=number,
            told=ApplicationProgressed(
                application=filing.code,
                unit=shop_of(filing, moves, step.at).unit,
                status=step.status,
                at=step.at,
                due_at=step.due_at,
            ),
        )
        for number, step in enumerate(transferred + taken_up)
    )
