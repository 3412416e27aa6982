"""Writing samples of the quality of lines: each once, with their sums by minute and hour, in the plan's transaction.

Which samples are new only the database knows, however long ago the first was told. An event of which none was new is a
duplicate: the plan, which took it for new, is corrected before it is written.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Final

from psycopg import Cursor

from ingest.contracts.conference import Sample
from stream.apply.plan import LATENESS, Plan, Sampled
from stream.apply.reading import Measured, Poison
from stream.apply.rows import HEADER, TRAILER
from stream.core.moment import day_of
from stream.core.quality import Line, estimated_mos
from stream.quality.parameters import load_parameters
from stream.store.queries import query

OLDEST: Final = timedelta(days=80)
"""Raw samples are kept for 90 days: of an older one it can't be said for long whether it was told before."""
AHEAD: Final = timedelta(days=1)
"""A clock that is wrong by more than this measures nothing."""

_COPY: Final = b"copy sampled from stdin (format binary)"
_PG_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_HEAD: Final = Struct(">h ii ii ii iq")
_INT2: Final = Struct(">ih")
_INT4: Final = Struct(">ii")
_NULL: Final = b"\xff\xff\xff\xff"


def check_age(measured: Measured, known_ms: int) -> None:
    """Raises `Poison` for samples much older, or younger, than the moment at which the log took them."""
    known = datetime.fromtimestamp(known_ms / 1000, UTC)
    for index, sample in enumerate(measured.data.samples):
        if sample.at < known - OLDEST:
            raise _refused(f"came more than {OLDEST.days} days after it was measured", index)
        if sample.at > known + AHEAD:
            raise _refused("was measured more than a day after it came", index)


def _refused(reason: str, index: int) -> Poison:
    """A clock that is wrong, or a line that was away: no fault of what others tell."""
    return Poison(reason, f"data.samples[{index}].at", is_of_one=True)


def write_samples(cursor: Cursor, plan: Plan) -> None:
    """Write what is new of the plan's samples, and correct its tallies where all of an event was known.

    Call it while no other transaction writes samples, and before signs of life, tallies and what was heard of sources
    are written.
    """
    if not plan.sampled:
        return
    numbers = _numbers(cursor, plan.sampled)
    parameters = load_parameters()
    with cursor.copy(_COPY) as copy:  # event by event: a batch may hold half a million samples
        copy.write(HEADER)
        for nr, each in enumerate(plan.sampled):
            data = each.measured.data
            of = nr, numbers[data.endpoint], int(data.unit)
            copy.write(b"".join([_row(of, sample, parameters.line) for sample in data.samples]))
        copy.write(TRAILER)
    new = {nr for (nr,) in cursor.execute(query("write_samples"), parameters.levels.stored)}
    for nr, each in enumerate(plan.sampled):
        if nr in new:
            plan.sign(each.measured.source).event(each.measured.at, each.known_ms)
        else:
            _was_known(plan, each)


def _numbers(cursor: Cursor, sampled: Sequence[Sampled]) -> dict[str, int]:
    """The endpoints' numbers by code."""
    told: dict[str, tuple[datetime, int]] = {}
    for each in sampled:
        data = each.measured.data
        newest = max(sample.at for sample in data.samples), int(data.unit)
        told[data.endpoint] = max(newest, told.get(data.endpoint, newest))
    codes = sorted(told)
    given = {"codes": codes, "units": [told[code][1] for code in codes], "told": [told[code][0] for code in codes]}
    return dict(cursor.execute(query("write_quality_endpoints"), given).fetchall())


def _row(of: tuple[int, int, int], sample: Sample, line: Line) -> bytes:
    """A row of the temporary table `sampled`, in the whole numbers of the store."""
    nr, endpoint, unit = of
    return b"".join((
        _HEAD.pack(9, 4, nr, 4, endpoint, 4, unit, 8, (sample.at - _PG_EPOCH) // _MICROSECOND),
        _NULL if sample.loss is None else _INT2.pack(2, round(sample.loss * 100)),
        _NULL if sample.jitter is None else _INT4.pack(4, round(sample.jitter * 10)),
        _NULL if sample.rtt is None else _INT4.pack(4, round(sample.rtt * 10)),
        _NULL if sample.bitrate is None else _INT4.pack(4, round(sample.bitrate)),
        _NULL if (mos := estimated_mos(sample.loss, sample.rtt, sample.jitter, line)) is None else _INT2.pack(2, mos),
    ))  # fmt: skip


def _was_known(plan: Plan, sampled: Sampled) -> None:
    """Nothing of the event was new: it counts as a duplicate, of its partition and of its source."""
    tally = plan.tallies[sampled.part]
    tally.applied -= 1
    tally.duplicates += 1
    seconds = sampled.known_ms // 1000
    heard = plan.heard[sampled.measured.source, day_of(seconds)]
    heard.applied -= 1
    heard.duplicates += 1
    heard.lateness[bisect_right(LATENESS, seconds - sampled.measured.at)] -= 1
