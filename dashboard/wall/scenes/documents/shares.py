"""Of what the shares at the top are made: what was due, on time or late; what was signed, by the organs' level."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place

DUE: Final = ("due_on_time", "due_late")
LEVELS: Final = {"district": "signed_out_rate_district", "commune": "signed_out_rate_commune"}


def due_split(place: Place) -> Component:
    """Numerator and rest of the on-time rate as one bar; the page's script fills it in."""
    words = place.words
    return html.Section(
        [
            html.H3(words["documents.due"], className="split-title"),
            html.Div(
                [html.Span(id=place.id("part", part), className="split-part") for part in DUE], className="split-bar"
            ),
            html.Ul(
                [
                    html.Li(
                        [
                            html.Span(className="split-key"),
                            html.Span(words[f"documents.{part}"], className="split-name"),
                            html.Span("", id=place.id("part-value", part), className="split-value running"),
                        ]
                    )
                    for part in DUE
                ],
                className="split-legend",
            ),
        ],
        className="split documents-due",
    )


def levels_split(place: Place) -> Component:
    """A bar for each level, each of its own whole."""
    return html.Section(
        [
            html.H3(place.words["documents.levels"], className="split-title"),
            html.Ul([_level(place, level) for level in LEVELS], className="documents-levels"),
        ],
        className="split",
    )


def _level(place: Place, level: str) -> Component:
    return html.Li(
        [
            html.Span(place.words[f"documents.{level}"], className="split-name"),
            html.Span("", id=place.id("level-value", level), className="split-value running"),
            html.Span(html.Span(id=place.id("level-bar", level), className="level-fill"), className="level-bar"),
        ],
        id=place.id("level", level),
        className="documents-level",
    )
