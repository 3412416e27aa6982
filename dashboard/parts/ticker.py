"""The latest events: what happened, where, when."""

from dash import html
from dash.development.base_component import Component


def ticker(title: str, events: int) -> Component:
    """As many empty cards, the newest first; the page's script fills them (assets/wall/ticker.js)."""
    return html.Section(
        [
            html.H2(title, className="ticker-title"),
            html.P("", id="ticker-note", className="ticker-note"),
            html.Ol([_card(place) for place in range(events)], className="ticker-cards"),
        ],
        className="panel ticker",
    )


def _card(place: int) -> Component:
    return html.Li(
        [
            html.Span("", id=f"event-time-{place}", className="event-time running"),
            html.Span("", id=f"event-status-{place}", className="event-status"),
            html.Span("", id=f"event-unit-{place}", className="event-unit"),
        ],
        id=f"event-{place}",
        className="event",
    )
