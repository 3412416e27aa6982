"""The whole life of an application, put together: its course, what its records say of it, who handles it, who hears."""

from dataclasses import replace
from datetime import datetime
from random import Random

from ingest.simulator.apologies import apologies
from ingest.simulator.calendar import calendar_of
from ingest.simulator.course import course, is_undated
from ingest.simulator.district import District
from ingest.simulator.feedback import evaluations
from ingest.simulator.life import Filing, Life, Step, Wait, shop_of
from ingest.simulator.mistakes import told
from ingest.simulator.moves import draw_moves
from ingest.simulator.progress import progress
from ingest.simulator.sending import sendings
from ingest.simulator.shops import Shop


def live(district: District, filing: Filing, rng: Random) -> Life:
    """The life of an application of this district, by the random numbers that came with its filing."""
    profile, calendar = district.profile, calendar_of(filing.at.year)
    steps, waits = course(profile, filing, rng)
    if is_undated(profile, filing):
        steps, waits = _undated(steps, waits)
    steps, tellings = told(profile, filing, steps, calendar)
    moves = draw_moves(district, filing, steps, calendar)

    def shop_at(moment: datetime) -> Shop:
        return shop_of(filing, moves, moment)

    notices = (
        *progress(filing, steps, moves),
        *apologies(profile, filing, steps, shop_at, calendar),
        *evaluations(profile, filing, steps, shop_at),
    )
    return Life(filing, steps, waits, sendings(profile, steps, rng), moves, tellings, notices)


def _undated(steps: tuple[Step, ...], waits: tuple[Wait, ...]) -> tuple[tuple[Step, ...], tuple[Wait, ...]]:
    """The same without any due date."""
    return (
        tuple(replace(step, due_at=None) for step in steps),
        tuple(replace(wait, due_before=None, due_after=None) for wait in waits),
    )
