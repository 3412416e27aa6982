"""What a source says of an application, by hand, with dates as people write them."""

from tests.reference.history import Law, Said, Wait
from tests.reference.life import Life
from tests.reference.minutes import minute
from tests.reference.working_time import WorkingTime

A, B = 3980, 4033
RECEIVED, DUE = "2026-01-05 09:00", "2026-01-12 16:00"
DAY = 8 * 60
"""Minutes of a working day."""


def whole(status: int, at: str, *waits: Wait, unit: int = A, due: str | None = DUE, **dates: str) -> Said:
    """A whole state, by default of an online application received on Monday morning and due a week later."""
    told = {name: minute(text) for name, text in {"received": RECEIVED, **dates}.items()}
    return Said(
        hash((status, at, unit, waits)), minute(at), status, unit, channel=2, received=told["received"],
        due=None if due is None else minute(due), ended=told.get("ended"), returned=told.get("returned"), waits=waits,
    )  # fmt: skip


def step(status: int, at: str, unit: int = A, due: str | None = None) -> Said:
    """A transition."""
    number = hash((status, at, unit, due))
    return Said(number, minute(at), status, unit, whole=False, due=None if due is None else minute(due))


def wait(asked: str, answered: str | None = None, new_due: str | None = None, *, payment: bool = False) -> Wait:
    """A request for papers, or for a payment."""
    told = None if answered is None else minute(answered)
    return Wait(minute(asked), told, None if new_due is None else minute(new_due), payment=payment)


def life(*said: Said, law: Law | None = None) -> Life:
    """What the reference makes of it, in ordinary office hours if nothing else is said."""
    return Life(said, law or Law(WorkingTime()))


def received(at: str = RECEIVED, due: str | None = DUE) -> Said:
    """The state at receipt."""
    return whole(2, at, received=at, due=due)


def settled(at: str) -> Said:
    """The state at the end of processing."""
    return whole(9, at, ended=at)
