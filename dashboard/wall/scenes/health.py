"""Where the figures come from (nguồn dữ liệu): every source, what goes wrong, and whether all that came was counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from dash import html
from dash.development.base_component import Component
from psycopg import Connection

from dashboard.wall.area import Area
from dashboard.wall.parts.tile import tile
from dashboard.wall.scene import Place, Scene, When
from stream.live.partitions import Partition, read_partitions
from stream.live.signs import read_cut
from stream.quarantine import Quarantine
from stream.sources import SourceHealth, read_incidents, read_source_health
from stream.sources.inheriting import FROZEN_AFTER
from stream.sources.past import as_of, read_promised
from stream.store.reading import snapshot

TILES: Final = (
    "impossible_dates", "undated_rate", "unregistered_rate", "settlements_taken_back", "unusual_moves",
    "unit_out_of_force",
)  # fmt: skip
INCIDENTS_OF: Final = timedelta(days=7)
OVER_AFTER: Final = timedelta(minutes=1)
"""A moment is over where sources gave signs this much later: by less the clocks of machines may differ."""
_SUMS: Final = ("received", "applied", "duplicates", "quarantined")


def _layout(place: Place) -> Component:
    words = place.words
    return html.Div(
        [
            html.Section(id=place.id("verdict"), className="panel verdict"),
            html.Section(
                [
                    html.H2(words["health.log"], className="panel-title"),
                    html.Div(id=place.id("log"), className="log"),
                ],
                className="panel panel-log",
            ),
            html.Section(
                [
                    html.H2(words["health.sources"], className="panel-title"),
                    html.Div(id=place.id("sources"), className="fitted sources"),
                ],
                className="panel panel-sources",
            ),
            html.Section(
                [
                    html.H2(words["health.incidents"], className="panel-title"),
                    html.Div(id=place.id("incidents"), className="fitted incidents"),
                ],
                className="panel panel-incidents",
            ),
            html.Section([tile(place, kpi, size="plain") for kpi in TILES], className="health-tiles"),
        ],
        className="health",
    )


def _more(connection: Connection[Any], when: When, _: Area) -> Mapping[str, Any]:
    """Of a moment that is over `log` is null, and `sources` say what they had promised, with the state null."""
    with snapshot(connection):
        cut = read_cut(connection)  # first: `stream.rebuild.replace` locks its table before all else
        partitions = read_partitions(connection)
        known_at = min(when.at, when.known_at or when.at)
        incidents = read_incidents(connection, known_at - INCIDENTS_OF)
        sources = read_source_health(connection, when.at)
        if when.known_at is not None or _is_over(sources, when.at):
            return {
                "at": when.at,
                "sources": read_promised(connection, known_at),
                "incidents": as_of(incidents, known_at),
                "log": None,
                "breach": False,
            }
        waiting = Quarantine(connection).waiting()
    log = _log(partitions, sources, waiting, cut.behind)
    return {
        "at": when.at,
        "sources": [_told(each) for each in sources if each.kind],
        "incidents": incidents,
        "log": log,
        "breach": log["frozen"] or log["off"] != 0 or any(_fails(each) for each in sources),
    }


def _is_over(sources: Sequence[SourceHealth], at: datetime) -> bool:
    return any(each.heard_at is not None and each.heard_at - at > OVER_AFTER for each in sources)


def _told(source: SourceHealth) -> Mapping[str, Any]:
    """What a wall shows of a source."""
    return {
        "source": source.source,
        "kind": source.kind,
        "streams": source.streams,
        "units": source.units,
        "cadence": source.cadence,
        "state": source.state if source.active else "revoked",
        "fails": _fails(source),
        "heard_at": source.heard_at,
        "complete_until": source.complete_until,
        "quarantined": source.today.quarantined,
    }


def _fails(source: SourceHealth) -> bool:
    """Whether figures wait for it, as `stream.sources.standing` says it."""
    return source.active and source.cadence is not None and source.state in {"late", "silent", "never"}


def _log(
    partitions: Sequence[Partition], sources: Sequence[SourceHealth], waiting: int, behind: float | None
) -> dict[str, Any]:
    """What became of all records. `off` is how many are not accounted for, `rest` how many are no source's.

    `behind` is for how many seconds what came into the log may have waited, null where no worker ever told; `frozen`
    whether figures stand still, as `stream.sources.inheriting` says it.
    """
    halted = [{"part": each.part, "reason": each.halted} for each in partitions if each.halted is not None]
    sums = {name: sum(getattr(each, name) for each in partitions) for name in _SUMS}
    return {
        **sums,
        "off": sums["received"] - sum(sums[name] for name in _SUMS[1:]),
        "rest": sums["received"] - sum(each.total.received for each in sources),
        "partitions": len(partitions),
        "halted": halted,
        "waiting": waiting,
        "behind": behind,
        "frozen": bool(halted) or (behind is not None and behind > FROZEN_AFTER),
    }


HEALTH: Final = Scene("health", TILES, TILES, _layout, more=_more)
