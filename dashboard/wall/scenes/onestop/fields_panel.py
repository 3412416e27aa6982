"""The fields as rows: name, what came as a bar, what is open, overdue, and the rate on time."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place
from dashboard.wall.scenes.onestop.fields import ROWS

COLUMNS: Final = ("received", "open", "overdue", "rate")


def fields_panel(place: Place) -> Component:
    """As many empty rows as fit; the page's script fills them."""
    heads = [html.Span(place.words[f"onestop.field_{column}"], className=f"field-{column}") for column in COLUMNS]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(place.words["onestop.fields"], className="panel-title"),
                    html.Span("", id=place.id("standing", "fields"), className="standing"),
                    *heads,
                ],
                className="field-head",
            ),
            html.P("", id=place.id("fields-note"), className="fields-note"),
            html.Ol([_row(place, number) for number in range(ROWS)], className="field-rows"),
        ],
        id=place.id("fields"),
        className="panel onestop-fields",
    )


def _row(place: Place, number: int) -> Component:
    return html.Li(
        [
            html.Span("", id=place.id("field-name", number), className="field-name"),
            html.Span(html.Span(id=place.id("field-bar", number), className="field-fill"), className="field-bar"),
            *[
                html.Span("", id=place.id(f"field-{column}", number), className=f"field-{column} running")
                for column in COLUMNS
            ],
        ],
        id=place.id("field", number),
        className="field-row",
    )
