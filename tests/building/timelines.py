"""Timelines of the core: by hand for examples, at random for properties."""

from hypothesis import strategies as st

from stream.core.timeline import LETTER, Pause, Record
from tests.building.moments import moment

FIRST = moment("2026-01-05 08:00")
HOUR = 3600

moments = st.integers(0, 40 * 24).map(lambda hours: FIRST + hours * HOUR)
maybe = st.none() | moments
pauses = st.builds(Pause, requested=moments, received=maybe, due_before=maybe, due_after=maybe, payment=st.booleans())
units = st.sampled_from([3980, 4033, 3985])
statuses = st.integers(LETTER, 10)

records = st.builds(
    Record,
    eid=st.integers(-(2**63), 2**63 - 1),
    at=moments,
    status=statuses,
    unit=units,
    field=st.integers(1, 3),
    channel=st.integers(1, 3),
    whole=st.booleans(),
    received=maybe,
    due=maybe,
    ended=maybe,
    returned=maybe,
    refused=maybe,
    pauses=st.lists(pauses, max_size=2).map(tuple),
    procedure=st.integers(0, 2),
    told=st.integers(0, 511),
)
timelines = st.lists(records, min_size=1, max_size=6, unique_by=lambda record: record.eid)


def whole(status: int, at: str, received: str | None = None, **dates: str) -> Record:
    """A whole-state record of the first unit; dates as people write them."""
    told = {name: moment(text) for name, text in dates.items()}
    return Record(
        eid=hash((status, at, received, *told.items())), at=moment(at), status=status, unit=3980, field=1, channel=1,
        whole=True, received=moment(received) if received else None, due=told.get("due"), ended=told.get("ended"),
        returned=told.get("returned"), refused=told.get("refused"),
    )  # fmt: skip


def step(status: int, at: str, unit: int = 3980) -> Record:
    """A transition."""
    return Record(hash((status, at)), moment(at), status, unit, 0, 0, whole=False)
