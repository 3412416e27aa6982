"""What the log does not tell of the moment when a snapshot was taken: how late it was, and how the sources stood."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.core.moment import date_of, day_of, moment_of
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import asks_of
from stream.snapshot.content.document import FigureFacts, LateReason, SourceFacts, Witness
from stream.snapshot.content.facts import chosen
from stream.snapshot.content.figures import told
from stream.snapshot.content.moments import millisecond, second
from stream.snapshot.content.reading import units_of
from stream.snapshot.content.wanted import Wanted, windows_of
from stream.snapshot.store.queries import query
from stream.sources.incident import Incident
from stream.sources.past import Promised, as_of, read_promised
from stream.sources.reading import read_incidents
from stream.sources.standing import SourceStanding, read_standings
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot

AT_ONCE: Final = timedelta(minutes=5)
"""Taken within this time after the moment of knowledge, a snapshot says how the sources stand; later, how they stood
as far as that was kept."""


def read_witness(
    connection: Connection[Any], wanted: Wanted, now: datetime, late: Sequence[LateReason] = ()
) -> Witness:
    """What can be told at `now` beside what is known. Nothing of it can be read again later.

    Where there is a reason for being late, it says by how much. The connection is in no transaction.
    """
    with snapshot(connection):
        if now - wanted.known_at <= AT_ONCE:
            sources, missing = _standing(read_standings(connection, now))
        else:
            sources, missing = _read_past(connection, wanted.known_at)
        figures = _read_samples(connection, wanted)
    return Witness(
        taken_at=second(now),
        late_seconds=max(0, int((now - wanted.due_at).total_seconds())) if late else 0,
        late=tuple(late),
        sources=sources,
        missing=missing,
        figures=figures,
    )


_Sources = tuple[tuple[SourceFacts, ...], tuple[str, ...]]


def _standing(standings: Iterable[SourceStanding]) -> _Sources:
    """The sources that promised something and were not revoked, and which of them figures wait for."""
    known = [each for each in standings if each.active and each.kind]
    return (
        tuple(_facts(each, each.state, each.last_known_at) for each in known),
        tuple(each.source for each in known if each.fails),
    )


def _read_past(connection: Connection[Any], known_at: datetime) -> _Sources:
    """What they had promised by a moment that is over, and for which of them it was an incident then."""
    promised = read_promised(connection, known_at)
    day = date_of(day_of(moment_of(known_at)))
    heard = {source for (source,) in connection.execute(query("content_heard_sources"), {"day": day}).fetchall()}
    ill = _ill(as_of(read_incidents(connection, known_at), known_at), promised)
    states = {
        each.source: ill.get(each.source, "live" if each.source in heard else "never") for each in promised
    }  # fmt: skip
    return (
        tuple(_facts(each, states[each.source], None) for each in promised),
        tuple(each.source for each in promised if each.cadence is not None and states[each.source] != "live"),
    )


def _ill(incidents: Iterable[Incident], promised: Iterable[Promised]) -> Mapping[str, str]:
    """The sources that were silent or late; where nothing came in at all, every one that promised a cadence."""
    found: dict[str, str] = {}
    for each in incidents:
        if each.recovered_at is not None or each.closed_at is not None:
            continue
        if each.source is not None:
            found[each.source] = each.cause
        elif each.cause == "intake":
            found |= {one.source: "silent" for one in promised if one.cadence is not None}
    return found


def _facts(of: SourceStanding | Promised, state: str, last_known_at: datetime | None) -> SourceFacts:
    return SourceFacts(
        source=of.source,
        kind=of.kind,
        units=of.units,
        state=state,
        last_known_at=None if last_known_at is None else millisecond(last_known_at),
    )


def _read_samples(connection: Connection[Any], wanted: Wanted) -> tuple[FigureFacts, ...]:
    """The figures that are made of samples of lines: by all samples that there are now."""
    kpis = [kpi for kpi in chosen(wanted) if not kpi.is_as_known]
    if not kpis:
        return ()
    [readings] = read_sums(connection, [Question(windows_of(wanted), asks_of(kpis))])
    codes = [unit.code for unit in units_of(wanted)]
    return tuple(told(evaluate(kpis, readings, [None, *codes], state=None)))
