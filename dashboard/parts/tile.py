"""A tile: one KPI, large, with its trend. The page's script fills in what changes (assets/wall/tiles.js)."""

from dash import html
from dash.development.base_component import Component

from dashboard.wall.scene import Place


def tile(place: Place, kpi: str, *, size: str, split: Component | None = None) -> Component:
    """The tile of a KPI; `split`, where given, stands in the place of the trend. `size` is hero or plain."""
    title = place.catalogue[kpi].definition.title
    trend = html.Img(id=place.id("trend", kpi), className="tile-trend", alt="")
    return html.Article(
        [
            html.H2(place.short(kpi), className="tile-name"),
            html.P(
                [
                    html.Span("", id=place.id("value", kpi), className="tile-value running"),
                    html.Span("", id=place.id("measure", kpi), className="tile-measure"),
                ],
                className="tile-figure",
            ),
            html.P("", id=place.id("note", kpi), className="tile-note"),
            split or trend,
        ],
        id=place.id("tile", kpi),
        className=f"panel tile tile-{size}",
        title=getattr(title, place.words.language),
    )
