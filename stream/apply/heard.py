"""Writing what came of each source and what each promises, in the transaction of the plan."""

from datetime import UTC, datetime
from typing import Final

from psycopg import Cursor

from ingest.contracts.acts import ACTS_SOURCE
from ingest.contracts.declared import SOURCES_SOURCE
from ingest.contracts.rules import RULES_SOURCE
from stream.apply.plan import Plan
from stream.core.moment import date_of
from stream.store.queries import query

NO_SOURCES: Final = frozenset({"", ACTS_SOURCE, RULES_SOURCE, SOURCES_SOURCE})
"""What counts like a source and is none: records that could not be read at all, and the centre itself."""


def write_declared(cursor: Cursor, plan: Plan) -> None:
    """The promises of the plan, each by its place in the log."""
    for part, pos, known_ms, data in plan.declared:
        cursor.execute(
            query("write_source_promise"),
            {
                "part": part,
                "pos": pos,
                "known_at": _from_milliseconds(known_ms),
                "source": data.source,
                "kind": data.kind,
                "streams": list(data.streams),
                "units": list(data.units),
                "cadence": data.cadence,
                "active": data.active,
            },
        )


def write_heard(cursor: Cursor, plan: Plan) -> None:
    """The tallies of each source by local day, and when it was last heard of.

    Call it where nothing corrects the plan any more, and one transaction at a time: the rows are shared.
    """
    newest: dict[str, int] = {}
    for (named, day), heard in sorted(plan.heard.items()):
        source = named.replace("\0", "\ufffd")
        newest[source] = max(newest.get(source, 0), heard.known_ms)
        cursor.execute(
            query("write_source_day"),
            {
                "source": source,
                "day": date_of(day),
                "applied": heard.applied,
                "duplicates": heard.duplicates,
                "quarantined": heard.quarantined,
                "lateness": heard.lateness,
            },
        )
    for source in newest.keys() - NO_SOURCES:
        cursor.execute(query("write_source_heard"), {"source": source, "heard_at": _from_milliseconds(newest[source])})


def _from_milliseconds(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
