"""The head of the wall: whose it is, what time it is, and how old the figures are."""

from dash import html
from dash.development.base_component import Component

from dashboard.text import LANGUAGES, Words
from geo.units import AREA_NAME


def header(words: Words) -> Component:
    """Title, language switch, freshness and clock; the page's script keeps the last two running."""
    return html.Header(
        [
            html.Div(
                [
                    html.H1(words["wall.title"].format(area=AREA_NAME), className="brand-title"),
                    html.P(words["wall.subtitle"], className="brand-subtitle"),
                ],
                className="brand",
            ),
            _switch(words),
            html.Div(
                [
                    html.Span(className="freshness-sign"),
                    html.Span("", id="freshness-state", className="freshness-state"),
                    html.Span("", id="freshness-age", className="freshness-age running"),
                ],
                id="freshness",
                className="freshness",
                role="status",
            ),
            html.Div(
                [
                    html.Span("", id="clock", className="clock-time running"),
                    html.Span("", id="date", className="clock-date"),
                ],
                className="clock",
            ),
        ],
        className="header",
    )


def _switch(words: Words) -> Component:
    return html.Nav(
        [
            html.A(
                language.upper(),
                href=f"?lang={language}",
                title=words[f"language.{language}"],
                lang=language,
                className="language" + (" language-spoken" if language == words.language else ""),
            )
            for language in LANGUAGES
        ],
        className="languages",
        title=words["wall.language"],
    )
