"""Lives of applications for the tests of reports: what is posted of them, and where handbook 3.5 puts each by itself.

Both are written down here on their own, from the handbook: nothing of the product's fold, entries or columns is used.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st
from psycopg import Connection

from stream.core.ledger import Measure
from stream.core.moment import Moment, datetime_of, day_of, start_of
from tests.ledgers import FIELDS, Posted, fill

ENDINGS = {
    8: [Measure.SETTLED_EARLY],
    9: [Measure.SETTLED_ON_DATE, Measure.SETTLED_UNDATED, Measure.CLOSED_UNSETTLED],
    10: [Measure.SETTLED_LATE],
}


class Life(NamedTuple):
    """`stays` are (since, unit), the first since receipt; `pause` is a time in which the clock stood."""

    stays: tuple[tuple[Moment, int], ...]
    ended: Moment | None
    ending: Measure
    due: Moment | None
    pause: tuple[Moment, Moment] | None
    field: int
    channel: int
    level: int

    @property
    def received(self) -> Moment:
        return self.stays[0][0]

    def overdue(self) -> list[tuple[Moment, Moment | None]]:
        """The times in which it is open, past the day of its due date, and not paused."""
        if self.due is None:
            return []
        late = max(self.received, start_of(day_of(self.due) + 1))
        times = [(late, self.ended)]
        if self.pause is not None:
            times = [(late, _earlier(self.ended, self.pause[0])), (max(late, self.pause[1]), self.ended)]
        return [(start, end) for start, end in times if end is None or start < end]


Version = tuple[Moment, Life | None]
"""What became known of a case at a moment: its life, or None where it was taken for no application after all."""


class Story(NamedTuple):
    """What became known of one case, in order."""

    code: str
    versions: tuple[Version, ...]

    def known(self, at: Moment | None) -> Life | None:
        told = [life for known, life in self.versions if at is None or known <= at]
        return told[-1] if told else None


def _earlier(one: Moment | None, other: Moment) -> Moment:
    return other if one is None else min(one, other)


def posted(life: Life) -> Iterator[Posted]:
    """What the ledger holds of it; `known` is left open."""
    same = {"field": life.field, "channel": life.channel, "level": life.level}
    yield Posted(Measure.RECEIVED, life.stays[0][1], life.received, **same)
    borders = [*(since for since, _ in life.stays), life.ended]
    for (since, unit), until in zip(life.stays, borders[1:], strict=True):
        for rise, fall, times in (
            (Measure.OPEN_IN, Measure.OPEN_OUT, [(life.received, life.ended)]),
            (Measure.OVERDUE_IN, Measure.OVERDUE_OUT, life.overdue()),
        ):
            for start, end in times:
                began = max(start, since)
                over = end if until is None else until if end is None else min(end, until)
                if over is None or began < over:
                    yield Posted(rise, unit, began, **same)
                    if over is not None:
                        yield Posted(fall, unit, over, **same)
    for (_, left), (moved, joined) in pairwise(life.stays):
        yield Posted(Measure.MOVED_OUT, left, moved, **same)
        yield Posted(Measure.MOVED_IN, joined, moved, **same)
    if life.ended is not None:
        yield Posted(life.ending, life.stays[-1][1], life.ended, **same)


def cells(life: Life | None, units: frozenset[int] | None, start: Moment, until: Moment) -> tuple[int, ...]:
    """The two columns in which a case stands, by the handbook: where it came from, and what became of it."""
    if life is None or life.received >= until or (life.ended is not None and life.ended < start):
        return ()
    ended = life.ended is not None and life.ended < until
    has = life.stays[-1][1] if ended else [unit for since, unit in life.stays if since < until][-1]
    if units is not None and has not in units:
        return ()
    received_here = life.received >= start and (units is None or life.stays[0][1] in units)
    came = (4 if life.channel == 2 else 5) if received_here else 6
    if ended:
        return came, next(column for column, endings in ENDINGS.items() if life.ending in endings)
    late = any(begun < until and (over is None or until <= over) for begun, over in life.overdue())
    return came, 13 if late else 12


def lives(moments: Sequence[Moment], units: Sequence[int]) -> st.SearchStrategy[Life]:
    """Lives whose moments are all among these, so that they meet the borders of periods."""

    @st.composite
    def life(draw: st.DrawFn) -> Life:
        at = sorted(draw(st.lists(st.sampled_from(moments), min_size=2, max_size=5, unique=True)))
        ended = draw(st.booleans())
        since = at[:-1] if ended else at
        homes = [draw(st.sampled_from(units))]
        for _ in since[1:]:
            homes.append(draw(st.sampled_from([unit for unit in units if unit != homes[-1]])))
        over = at[-1] if ended else None
        if ended and draw(st.integers(0, 9)) == 0:  # settled in the second of its receipt
            since, homes, over = since[:1], homes[:1], since[0]
        pause = draw(st.none() | st.lists(st.sampled_from(moments), min_size=2, max_size=2, unique=True).map(sorted))
        return Life(
            stays=tuple(zip(since, homes, strict=True)),
            ended=over,
            ending=draw(st.sampled_from([measure for group in ENDINGS.values() for measure in group])),
            due=draw(st.none() | st.sampled_from(moments)),
            pause=None if pause is None else (pause[0], pause[1]),
            field=draw(st.integers(0, len(FIELDS) - 1)),
            channel=draw(st.integers(1, 3)),
            level=draw(st.integers(0, 3)),
        )

    return life()


def stories(moments: Sequence[Moment], units: Sequence[int]) -> st.SearchStrategy[list[Story]]:
    """Up to thirty cases, some of them told anew later on, with all that was said before taken back."""
    told_of = st.integers(0, 7).flatmap(lambda n: lives(moments, units) if n else st.none())
    version = st.tuples(st.sampled_from(moments), told_of)
    in_order = st.lists(version, min_size=1, max_size=3, unique_by=lambda each: each[0]).map(
        lambda versions: tuple(sorted(versions, key=lambda each: each[0]))
    )
    told = st.lists(in_order, min_size=5, max_size=30)
    return told.map(lambda cases: [Story(f"H52-{number:03}", versions) for number, versions in enumerate(cases)])


def tell(connection: Connection[Any], told: Sequence[Story]) -> None:
    """Make the store hold these cases, each version as the difference from the one before."""
    rows: list[Posted] = []
    for case, story in enumerate(told):
        before: Counter[Posted] = Counter()
        for known, life in story.versions:
            now = Counter(() if life is None else posted(life))
            for sign, gone in ((1, now - before), (-1, before - now)):
                rows += [row._replace(known=known, n=sign * n, case=case) for row, n in gone.items()]
            before = now
    fill(connection, rows)
    connection.execute("delete from cases")
    newest = [story.known(None) for story in told]
    connection.execute(
        "insert into cases (id, code, unit, field, channel, status, received_at, ended_at, is_open, last_at, timeline)"
        " select number - 1, code, 3980, 1, 1, 4, received, ended, received is not null and ended is null, now(), ''"
        " from unnest(%s::text[], %s::timestamptz[], %s::timestamptz[]) with ordinality as told"
        " (code, received, ended, number)",
        [
            [story.code for story in told],
            [None if life is None else datetime_of(life.received) for life in newest],
            [None if life is None or life.ended is None else datetime_of(life.ended) for life in newest],
        ],
    )
