"""Moves that the handbook calls not usual: real records have some, and the data page has to show them."""

from dataclasses import replace
from random import Random

from ingest.contracts.onestop import Status
from ingest.simulator.calendar import DAY, OfficeCalendar
from ingest.simulator.life import Step


def bend(steps: tuple[Step, ...], calendar: OfficeCalendar, rng: Random) -> tuple[Step, ...]:
    """The same course with a step left out, or with a settled application taken up again.

    A course that does not end with a result stays as it is.
    """
    if steps[-1].status is not Status.RETURNED:
        return steps
    aim = rng.random()
    if aim < 0.5:  # 2 → 9: nobody noted that the work began
        return tuple(step for step in steps if step.status is not Status.IN_PROGRESS)
    if aim < 0.8:  # 4 → 10: the settlement was never sent, nobody knows its moment
        return tuple(step for step in steps if step.status is not Status.SETTLED)
    return _taken_up_again(steps, calendar)


def _taken_up_again(steps: tuple[Step, ...], calendar: OfficeCalendar) -> tuple[Step, ...]:
    """9 → 4 → 9: a mistake in the result, put right within the day, with a new due date."""
    *before, settled, returned = steps
    promised = settled.due_at or settled.at
    due_at = calendar.close_after(max(promised, settled.at), 1)
    reopened = Step(calendar.add(settled.at, 1800), Status.IN_PROGRESS, due_at)
    again = Step(calendar.add(reopened.at, DAY // 4), Status.SETTLED, due_at)
    handed_out = replace(returned, at=max(returned.at, calendar.add(again.at, 600)), due_at=due_at)
    return (*before, settled, reopened, again, handed_out)
