"""The map in full (bản đồ): one KPI for each unit, the KPI chosen at a desk, in turn on a display."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.map import Sheet, map_facts, map_panel
from dashboard.wall.parts.rank import rank
from dashboard.wall.parts.tile import slot
from dashboard.wall.scene import Place, Scene

MEASURES: Final = (
    "overdue_now", "due_soon", "on_time_rate", "being_handled", "received_today", "received_month", "early_rate",
    "online_rate",
)  # fmt: skip
"""The KPIs that can be chosen, the first one where nobody chose; each has a figure for each unit."""
_SHEET: Final = Sheet(1120, 810, name=24.0, figure=42.0, room=110.0)


def _layout(place: Place) -> Component:
    title = place.words["map.area"]
    return html.Div(
        [
            *([] if place.is_display else [_choice(place)]),
            map_panel(place, ""),
            html.Div(
                [
                    slot(place, "chosen", title, size="hero"),
                    html.Section(
                        [
                            html.H2(place.words["map.rank"], className="panel-title"),
                            rank(place, len(place.area.units)),
                        ],
                        className="panel ranking",
                    ),
                ],
                className="map-side",
            ),
        ],
        className="map-scene",
    )


def _choice(place: Place) -> Component:
    labelled: dict[str, Any] = {"aria-label": place.words["map.choose"]}
    return html.Div(
        [_button(place, kpi) for kpi in MEASURES], id=place.id("choices"), className="choices", role="group", **labelled
    )


def _button(place: Place, kpi: str) -> Component:
    data: dict[str, Any] = {"data-kpi": kpi, "aria-pressed": "false"}
    return html.Button(place.short(kpi), id=place.id("choose", kpi), className="choice", type="button", **data)


def _facts(place: Place) -> Mapping[str, Any]:
    return {
        "rows": len(place.area.units),
        "map": map_facts(place, place.words["scene.map"], MEASURES, _SHEET),
    }


MAP: Final = Scene("map", MEASURES, ("overdue_now", "on_time_rate"), _layout, _facts)
