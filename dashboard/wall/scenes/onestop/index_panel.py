"""The index by group: points out of the most there are, where the bands begin, and the official score beside."""

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place
from stream.index.bands import load_bands
from stream.index.layout import Group, load_layout


def index_panel(place: Place) -> Component:
    """The total with its band, then a bar for each group; the page's script fills in points."""
    words = place.words
    return html.Section(
        [
            html.Header(
                [
                    html.H2(words["onestop.index"], className="panel-title"),
                    html.Span("", id=place.id("standing", "index"), className="standing"),
                    html.P("", id=place.id("index-month"), className="index-month"),
                ],
                className="index-head",
            ),
            html.Div(
                [
                    html.P(
                        [
                            html.Span("", id=place.id("index-total"), className="index-total running"),
                            html.Span("", id=place.id("index-most"), className="index-most running"),
                        ],
                        id=place.id("index-points"),
                        className="index-points",
                    ),
                    html.P("", id=place.id("index-band"), className="index-band"),
                    html.P(
                        [
                            html.Span("", id=place.id("official-name"), className="official-name"),
                            html.Span("", id=place.id("official-points"), className="official-points running"),
                        ],
                        className="index-official",
                    ),
                ],
                className="index-sum",
            ),
            html.Ol([*[_group(place, group) for group in load_layout().group], _axis()], className="index-groups"),
        ],
        id=place.id("index"),
        className="panel onestop-index",
    )


def _axis() -> Component:
    """Where the bands begin, below the ticks of the bars."""
    shares = [f"{100 * start:g}" for start in _starts()]
    shares[-1] += "\u00a0%"
    starts = [
        html.Span(text, className="index-start running", style={"left": f"{100 * start:g}%"})
        for text, start in zip(shares, _starts(), strict=True)
    ]
    return html.Li(
        [html.Span("", className="index-name"), html.Span(starts, className="index-bar")],
        className="index-group index-axis",
    )


def _starts() -> list[float]:
    """The shares of the points with which a band begins, the worst left out: it begins at nothing."""
    return sorted(band.at_least for band in load_bands().band if band.at_least > 0)


def _group(place: Place, group: Group) -> Component:
    title = getattr(group.title, place.words.language)
    return html.Li(
        [
            html.Span(place.short(group.kpi), className="index-name"),
            html.Span(
                [
                    html.Span(id=place.id("index-fill", group.id), className="index-fill"),
                    html.Span(id=place.id("index-unjudged", group.id), className="index-unjudged"),
                    *[html.Span(className="index-tick", style={"left": f"{100 * start:g}%"}) for start in _starts()],
                    html.Span(id=place.id("index-official", group.id), className="index-mark"),
                ],
                className="index-bar",
            ),
            html.Span("", id=place.id("index-value", group.id), className="index-value running"),
            html.Span("", id=place.id("index-of", group.id), className="index-of running"),
        ],
        id=place.id("index-group", group.id),
        className="index-group",
        title=title,
    )
