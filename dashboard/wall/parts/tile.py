"""A tile: one KPI, large, with all that says what it is worth. The page's script fills it in (assets/wall/tiles.js)."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place


def tile(place: Place, kpi: str, *, size: str, split: Component | None = None) -> Component:
    """The tile of a KPI; `split`, where given, stands beside its trend. `size` is hero or plain.

    At a desk it leads to the figure's passport, on a display nowhere.
    """
    title = getattr(place.catalogue[kpi].definition.title, place.words.language)
    return slot(place, kpi, place.short(kpi), size=size, title=title, split=split)


def slot(
    place: Place, name: str, short: str, *, size: str, title: str = "", split: Component | None = None
) -> Component:
    """A tile whose KPI the page's script chooses: `name` stands in the ids in the place of a KPI's id."""
    content = [
        html.H2(short, id=place.id("name", name), className="tile-name"),
        html.P(
            [
                html.Span("", id=place.id("value", name), className="tile-value running"),
                html.Span("", id=place.id("measure", name), className="tile-measure"),
            ],
            className="tile-figure",
        ),
        html.P(
            [
                html.Span("", id=place.id("note", name), className="tile-note"),
                html.Span("", id=place.id("target", name), className="tile-target"),
                html.Span("", id=place.id("before", name), className="tile-before"),
            ],
            className="tile-facts",
        ),
        html.Img(id=place.id("trend", name), className="tile-trend", alt=""),
        *([] if split is None else [split]),
    ]
    facts: dict[str, Any] = {
        "id": place.id("tile", name),
        "className": f"panel tile tile-{size}",
        "title": title,
    }
    return html.Article(content, **facts) if place.is_display else html.A(content, **facts)
