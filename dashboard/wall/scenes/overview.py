"""The overview (tổng quan): what matters most on top, where it happens below, what just happened at the foot."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.feed.boards import Pace
from dashboard.wall.map import Sheet, map_facts, map_panel
from dashboard.wall.parts.rank import rank
from dashboard.wall.parts.split import split
from dashboard.wall.parts.ticker import ticker
from dashboard.wall.parts.tile import tile
from dashboard.wall.scene import Place, Scene
from stream.live import BOARD_KPIS

HEROES: Final = ("overdue_now", "on_time_rate", "being_handled", "received_today")
OTHERS: Final = ("due_soon", "received_month", "early_rate", "online_rate")
PARTS: Final = ("settled_early", "settled_on_date", "settled_late")
RANKED: Final = "overdue_now"
ROWS: Final = 8
EVENTS: Final = 4
_SHEET: Final = Sheet(620, 540)


def _layout(place: Place) -> Component:
    breakdown = split(place, PARTS, place.words["wall.settled"])
    heroes = [tile(place, kpi, size="hero", split=breakdown if kpi == "on_time_rate" else None) for kpi in HEROES]
    return html.Div(
        [
            html.Section(heroes, className="heroes"),
            html.Section([tile(place, kpi, size="plain") for kpi in OTHERS], className="others"),
            map_panel(place, place.words["wall.map"]),
            html.Section(
                [
                    html.H2(place.words["wall.rank"], className="panel-title"),
                    rank(place, min(ROWS, len(place.area.units))),
                ],
                className="panel ranking",
            ),
            ticker(place, place.words["wall.ticker"], EVENTS),
        ],
        className="overview",
    )


def _facts(place: Place) -> Mapping[str, Any]:
    return {
        "split": PARTS,
        "ranked": RANKED,
        "rows": min(ROWS, len(place.area.units)),
        "events": EVENTS,
        "map": map_facts(place, place.words["wall.map"], [RANKED], _SHEET),
    }


OVERVIEW: Final = Scene(
    "overview", BOARD_KPIS, HEROES + OTHERS, _layout, _facts, pace=Pace(least=0.1, most=5.0, unseen=5.0)
)
