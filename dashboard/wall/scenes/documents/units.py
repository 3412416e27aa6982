"""Incoming documents that are not done, by unit, the most overdue first: a bar of two parts, and both figures."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place

ROWS: Final = 8


def units_panel(place: Place) -> Component:
    """As many empty rows as there are units, at most; the page's script fills them."""
    words = place.words
    heads = [html.Span(words[f"documents.unit_{name}"], className="docs-head") for name in ("overdue", "open")]
    rows = min(ROWS, len(place.area.units))
    return html.Section(
        [
            html.Div(
                [
                    html.H2(words["documents.units"], className="panel-title"),
                    *heads,
                    html.Span("", id=place.id("standing", "units"), className="standing"),
                ],
                className="docs-heads",
            ),
            html.Ol([_row(place, number) for number in range(rows)], className="docs-rows"),
            html.P("", id=place.id("units-note"), className="docs-note"),
        ],
        id=place.id("units"),
        className="panel documents-units",
    )


def _row(place: Place, number: int) -> Component:
    return html.Li(
        [
            html.Span(
                [
                    html.Span("", id=place.id("unit-name", number)),
                    html.Span("", id=place.id("unit-standing", number), className="standing"),
                ],
                className="docs-name",
            ),
            html.Span(
                [html.Span(id=place.id(f"unit-bar-{part}", number), className=f"docs-{part}") for part in _PARTS],
                className="docs-bar",
            ),
            html.Span("", id=place.id("unit-overdue", number), className="docs-value running"),
            html.Span("", id=place.id("unit-open", number), className="docs-value docs-all running"),
        ],
        id=place.id("unit", number),
        className="docs-row",
    )


_PARTS: Final = ("late", "rest")
