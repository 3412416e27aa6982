"""The head of the wall: whose it is, which scene is shown, what time it is, and how old the figures are."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.text import LANGUAGES
from dashboard.wall.asked import PREFIX, Asked
from dashboard.wall.scene import Place
from dashboard.wall.scenes import SCENES
from geo.units import AREA_NAME


def header(place: Place, asked: Asked) -> Component:
    """Title, scenes, language switch, freshness and clock; the page's script keeps the last two running."""
    words = place.words
    return html.Header(
        [
            html.Div(
                [
                    html.H1(words["wall.title"].format(area=AREA_NAME), className="brand-title"),
                    _scenes(place, asked),
                ],
                className="brand",
            ),
            *([] if place.is_display else [_desk(place, asked)]),
            html.Div(
                [
                    html.Span(className="freshness-sign"),
                    html.Span("", id="freshness-state", className="freshness-state", role="status"),
                    html.Span("", id="freshness-age", className="freshness-age running"),
                ],
                id="freshness",
                className="freshness",
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


def _scenes(place: Place, asked: Asked) -> Component:
    """The scenes by name, a display's own ones in their order; on a desk each leads to its address."""
    labelled: dict[str, Any] = {"aria-label": place.words["wall.scenes"]}
    names = asked.scenes if place.is_display else tuple(name for name in SCENES if name != "unit")
    return html.Nav(
        [_scene(place, asked, name) for name in names],
        className="scenes",
        **labelled,
    )


def _scene(place: Place, asked: Asked, name: str) -> Component:
    title, name_id = place.words[f"scene.{name}"], f"to-{name}"
    if place.is_display:
        return html.Span(title, id=name_id, className="scene-name")
    path = "" if name == next(iter(SCENES)) else name
    return html.A(title, id=name_id, href=f"{PREFIX}{path}{_query(asked)}", className="scene-name")


def _query(asked: Asked) -> str:
    return f"?lang={asked.language}" + ("&theme=light" if asked.theme == "light" else "")


def _desk(place: Place, asked: Asked) -> Component:
    """What a desk has and a display has not: the past, the other theme, the other language.

    Where the past begins is left to the page's script, which knows the moment at which somebody follows the link.
    """
    words = place.words
    other = "dark" if asked.theme == "light" else "light"
    theme = html.A(words[f"wall.theme_{other}"], href=f"?lang={asked.language}&theme={other}", className="language")
    back = html.A(words["past.look"], id="look-back", href="?at=", className="language")
    is_live = asked.past is None and asked.seconds is None
    return html.Div([*([back] if is_live else []), theme, _languages(place, asked)], className="desk")


def _languages(place: Place, asked: Asked) -> Component:
    words = place.words
    labelled: dict[str, Any] = {"aria-label": words["wall.language"]}
    theme = "&theme=light" if asked.theme == "light" else ""
    return html.Nav(
        [
            html.A(
                language.upper(),
                href=f"?lang={language}{theme}",
                title=words[f"language.{language}"],
                lang=language,
                className="language" + (" language-spoken" if language == words.language else ""),
            )
            for language in LANGUAGES
        ],
        className="languages",
        **labelled,
    )
