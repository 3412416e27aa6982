"""Units by one KPI, the worst first: a name, a bar, a figure."""

from dash import html
from dash.development.base_component import Component


def rank(rows: int) -> Component:
    """As many empty rows; the page's script fills them in order (assets/wall/rank.js)."""
    return html.Div(
        [
            html.Ol([_row(place) for place in range(rows)], className="rank-rows"),
            html.P("", id="rank-note", className="rank-note"),
        ],
        className="rank",
    )


def _row(place: int) -> Component:
    return html.Li(
        [
            html.Span("", id=f"rank-name-{place}", className="rank-name"),
            html.Span(html.Span(id=f"rank-bar-{place}", className="rank-fill"), className="rank-bar"),
            html.Span("", id=f"rank-value-{place}", className="rank-value running"),
        ],
        id=f"rank-{place}",
        className="rank-row",
    )
