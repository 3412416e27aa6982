"""The latest events: what happened, where, when."""

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place


def ticker(place: Place, title: str, events: int) -> Component:
    """As many empty cards, the newest first; the page's script fills them (assets/wall/ticker.js)."""
    return html.Section(
        [
            html.H2(title, className="ticker-title"),
            html.P("", id=place.id("ticker-note"), className="ticker-note"),
            cards(place, events),
        ],
        className="panel ticker",
    )


def cards(place: Place, events: int) -> Component:
    """The cards alone."""
    return html.Ol([_card(place, number) for number in range(events)], className="ticker-cards")


def _card(place: Place, number: int) -> Component:
    return html.Li(
        [
            html.Span("", id=place.id("event-time", number), className="event-time running"),
            html.Span("", id=place.id("event-status", number), className="event-status"),
            html.Span("", id=place.id("event-unit", number), className="event-unit"),
        ],
        id=place.id("event", number),
        className="event",
    )
