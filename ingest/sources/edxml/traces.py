"""`TraceHeaderList`: which organ had the message when; the only clock that a message has."""

from datetime import datetime
from typing import Final, NamedTuple

from ingest.sources.edxml.moments import moment
from ingest.sources.edxml.tree import Element, children, one, value

PLACE: Final = "TraceHeaderList"


class Trace(NamedTuple):
    """A stop on the way; `organ` is None where the trace names none."""

    organ: str | None
    at: datetime


def read_traces(header: Element) -> tuple[Trace, ...]:
    """All stops with a moment, in the order of the message. Raises `RefusedError` for one that can't be read."""
    listed = one(header, PLACE, "traceheaderlist")
    found = []
    for number, element in enumerate(children(listed, "traceheader")) if listed is not None else ():
        place = f"{PLACE}.TraceHeader[{number}]"
        written = value(element, f"{place}.Timestamp", "timestamp")
        if written is not None:
            found.append(Trace(value(element, f"{place}.OrganId", "organid"), moment(written, f"{place}.Timestamp")))
    return tuple(found)


def sent_at(traces: tuple[Trace, ...], sender: str) -> datetime | None:
    """When it left its sender: the sender's first stop, else the first stop at all; None without one."""
    return min((trace.at for trace in traces if trace.organ == sender), default=None) or min(
        (trace.at for trace in traces), default=None
    )


def arrived_at(traces: tuple[Trace, ...], receiver: str) -> datetime | None:
    """When it reached a receiver: its own first stop, else the last stop before it; None without one."""
    return min((trace.at for trace in traces if trace.organ == receiver), default=None) or max(
        (trace.at for trace in traces), default=None
    )
