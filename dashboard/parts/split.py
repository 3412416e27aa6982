"""A total broken down into its parts: one stacked bar, and each part with its figure below."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.text import Words
from stream.kpi.definition import Kpi


def split(kpis: Sequence[Kpi], title: str, words: Words) -> Component:
    """The parts in the order of the bar; the page's script fills in widths and figures (assets/wall/split.js)."""
    return html.Section(
        [
            html.H3(title, className="split-title"),
            html.Div([html.Span(id=f"part-{kpi.id}", className="split-part") for kpi in kpis], className="split-bar"),
            html.Ul([_legend(kpi, words) for kpi in kpis], className="split-legend"),
        ],
        className="split",
    )


def _legend(kpi: Kpi, words: Words) -> Component:
    return html.Li(
        [
            html.Span(className="split-key"),
            html.Span(getattr(kpi.definition.short, words.language), className="split-name"),
            html.Span("", id=f"value-{kpi.id}", className="split-value running"),
        ]
    )
