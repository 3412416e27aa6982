"""One unit (một đơn vị), for its leaders: its figures, where it lies, what it was merged from, what just happened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from dash import html
from dash.development.base_component import Component
from psycopg import Connection

from dashboard.wall.area import Area
from dashboard.wall.map import Sheet, map_facts, map_panel
from dashboard.wall.parts.ticker import cards
from dashboard.wall.parts.tile import tile
from dashboard.wall.scene import Place, Scene, When
from stream.kpi.catalogue import Catalogue, load_catalogue
from stream.live import read_unit_trends
from stream.live.board import Happened
from stream.live.signs import read_latest

FIGURES: Final = (
    "overdue_now", "due_soon", "being_handled", "on_time_rate", "received_today", "received_month", "early_rate",
    "online_rate",
)  # fmt: skip
EVENTS: Final = 6
_MOST: Final = 240
"""Cases that are looked through for the latest of each unit: a quiet unit may have none among them."""
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_SHEET: Final = Sheet(560, 500, name=22.0, figure=0.0, room=0.0)


def _layout(place: Place) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.H2("", id=place.id("title"), className="unit-title"),
                    html.P("", id=place.id("made"), className="unit-made"),
                ],
                className="unit-head",
            ),
            html.Section([tile(place, kpi, size="hero") for kpi in FIGURES], className="unit-tiles"),
            html.Div(
                [
                    map_panel(place, place.words["unit.where"], legend=False),
                    html.Section(
                        [
                            html.H2(place.words["unit.neighbours"], className="panel-title"),
                            html.Ul(
                                [_neighbour(place, number) for number in range(len(place.area.units) - 1)],
                                className="neighbours",
                            ),
                        ],
                        className="panel unit-around",
                    ),
                ],
                className="unit-side",
            ),
            html.Section(
                [
                    html.H2(place.words["unit.latest"], className="panel-title"),
                    html.P("", id=place.id("ticker-note"), className="ticker-note"),
                    cards(place, EVENTS),
                ],
                className="panel unit-latest",
            ),
        ],
        className="unit-scene",
    )


def _neighbour(place: Place, number: int) -> Component:
    name: dict[str, Any] = {"id": place.id("neighbour-name", number), "className": "neighbour-name"}
    return html.Li(
        [
            html.Span("", **name) if place.is_display else html.A("", **name),
            html.Span("", id=place.id("neighbour-value", number), className="neighbour-value running"),
        ],
        id=place.id("neighbour", number),
        className="neighbour",
    )


def _facts(place: Place) -> Mapping[str, Any]:
    return {
        "code": place.unit,
        "events": EVENTS,
        "around": len(place.area.units) - 1,
        "map": map_facts(place, place.words["unit.where"], FIGURES[:1], _SHEET, legend=False),
    }


def _more(connection: Connection[Any], when: When, area: Area) -> Mapping[str, Any]:
    """Trends of all units, and the latest cases of each: one frame is for the walls of all of them."""
    trends = read_unit_trends(connection, _catalogue(), when.at, area.codes, known_at=when.known_at)
    return {
        "before_day": trends.before_day,
        "trends": {
            unit: {kpi: {"before": each.before, "trend": each.trend} for kpi, each in of_unit.items()}
            for unit, of_unit in trends.by_unit.items()
        },
        "latest": _latest(connection, when, area.codes),
    }


def _latest(connection: Connection[Any], when: When, codes: Sequence[str]) -> Mapping[str, Sequence[Happened]] | None:
    """The latest cases of each unit; None of a moment that is over: which were the latest then is not kept."""
    if when.known_at is not None:
        return None
    latest = read_latest(connection, most=_MOST, look_back=_MOST)
    is_over = any(each.known_at > when.at + _CLOCKS_DIFFER for each in latest)
    return None if is_over else _by_unit(latest, codes)


def _by_unit(latest: Iterable[Happened], codes: Sequence[str]) -> Mapping[str, Sequence[Happened]]:
    found: dict[str, list[Happened]] = defaultdict(list)
    for each in latest:
        if len(found[each.unit]) < EVENTS:
            found[each.unit].append(each)
    return {code: found[code] for code in codes}


@cache
def _catalogue() -> Catalogue:
    return load_catalogue().only(FIGURES)


UNIT: Final = Scene("unit", FIGURES, FIGURES, _layout, _facts, _more)
