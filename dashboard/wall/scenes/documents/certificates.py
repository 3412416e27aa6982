"""Certificates in force and those that expire soon, of organs and of persons."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place

WHOSE: Final = ("organ", "person")
CERTIFICATES: Final = (
    "certificates",
    "certificates_organ",
    "certificates_person",
    "certificates_expiring",
    "certificates_expiring_organ",
    "certificates_expiring_person",
)


def certificates_panel(place: Place) -> Component:
    """How many there are beside how many expire soon, each in all and by whose they are."""
    words = place.words
    return html.Section(
        [
            _sum(place, "certificates", words["documents.certificates"]),
            _sum(place, "certificates_expiring", words["documents.expiring"]),
        ],
        className="panel documents-certificates",
    )


def _sum(place: Place, kpi: str, title: str) -> Component:
    return html.Div(
        [
            html.H2(title, className="certificates-title"),
            html.P("", id=place.id("value", kpi), className="certificates-all running"),
            html.Ul(
                [
                    html.Li(
                        [
                            html.Span(place.words[f"documents.{whose}"], className="certificates-name"),
                            html.Span(
                                "", id=place.id("value", f"{kpi}_{whose}"), className="certificates-value running"
                            ),
                        ]
                    )
                    for whose in WHOSE
                ],
                className="certificates-whose",
            ),
            html.P("", id=place.id("note", kpi), className="certificates-note"),
            html.Span("", id=place.id("standing", kpi), className="standing"),
        ],
        id=place.id("sum", kpi),
        className="certificates-sum",
    )
