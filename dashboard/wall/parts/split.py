"""A total broken down into its parts: one stacked bar, and each part with its figure below."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place


def split(place: Place, kpis: Sequence[str], title: str) -> Component:
    """The parts in the order of the bar; the page's script fills in widths and figures (assets/wall/split.js)."""
    return html.Section(
        [
            html.H3(title, className="split-title"),
            html.Div(
                [html.Span(id=place.id("part", kpi), className="split-part") for kpi in kpis], className="split-bar"
            ),
            html.Ul([_legend(place, kpi) for kpi in kpis], className="split-legend"),
        ],
        className="split",
    )


def _legend(place: Place, kpi: str) -> Component:
    return html.Li(
        [
            html.Span(className="split-key"),
            html.Span(place.short(kpi), className="split-name"),
            html.Span("", id=place.id("value", kpi), className="split-value running"),
        ]
    )
