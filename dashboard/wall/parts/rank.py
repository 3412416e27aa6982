"""Units by one KPI, the worst first: a name, a bar, a figure."""

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place


def rank(place: Place, rows: int) -> Component:
    """As many empty rows; the page's script fills them in order (assets/wall/rank.js)."""
    return html.Div(
        [
            html.Ol([_row(place, number) for number in range(rows)], className="rank-rows"),
            html.P("", id=place.id("rank-note"), className="rank-note"),
        ],
        className="rank",
    )


def _row(place: Place, number: int) -> Component:
    return html.Li(
        [
            html.Span("", id=place.id("rank-name", number), className="rank-name"),
            html.Span(html.Span(id=place.id("rank-bar", number), className="rank-fill"), className="rank-bar"),
            html.Span("", id=place.id("rank-value", number), className="rank-value running"),
        ],
        id=place.id("rank", number),
        className="rank-row",
    )
