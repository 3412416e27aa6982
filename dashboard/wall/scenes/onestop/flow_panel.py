"""The flow of form II.06a: what came in, what became of it, what is open; 3 = 7 + 11 is seen, not only written."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place

INPUTS: Final = {4: "online", 5: "direct", 6: "carried"}
OUTCOMES: Final = {8: "early", 9: "on_date", 10: "late", 12: "in_time", 13: "overdue"}
TOTALS: Final = {7: "settled", 11: "open"}


def flow_panel(place: Place) -> Component:
    """Labels at both sides, ribbons between them; the page's script fills in figures and draws the ribbons."""
    return html.Section(
        [
            html.Header(
                [
                    html.H2("", id=place.id("flow-title"), className="panel-title"),
                    html.Span("", id=place.id("standing", "flow"), className="standing"),
                    html.P("", id=place.id("statutory"), className="flow-statutory"),
                ],
                className="flow-head",
            ),
            html.P("", id=place.id("flow-note"), className="flow-note"),
            html.Div(
                [
                    html.Ul([_label(place, *each) for each in INPUTS.items()], className="flow-inputs"),
                    _ribbons(place, "in"),
                    html.Div(_figure(place, 3, "received"), className="flow-trunk"),
                    _ribbons(place, "out"),
                    html.Ul([_label(place, *each) for each in OUTCOMES.items()], className="flow-outcomes"),
                    html.Ul(
                        [
                            html.Li(_figure(place, *each), className=f"flow-total flow-{each[1]}")
                            for each in TOTALS.items()
                        ],
                        className="flow-totals",
                    ),
                ],
                className="flow-picture",
            ),
        ],
        id=place.id("flow"),
        className="panel onestop-flow",
    )


def _label(place: Place, column: int, name: str) -> Component:
    return html.Li(_figure(place, column, name), id=place.id("flow", column), className=f"flow-label flow-{name}")


def _figure(place: Place, column: int, name: str) -> list[Component]:
    return [
        html.Span(place.words[f"onestop.{name}"], className="flow-name"),
        html.Span("", id=place.id("cell", column), className="flow-value running"),
    ]


def _ribbons(place: Place, side: str) -> Component:
    return html.Div(id=place.id("ribbons", side), className=f"flow-ribbons flow-ribbons-{side}")
