"""A tile: one KPI, large, with its trend. The page's script fills in what changes (assets/wall/tiles.js)."""

from dash import html
from dash.development.base_component import Component

from dashboard.text import Words
from stream.kpi.definition import Kpi


def tile(kpi: Kpi, words: Words, *, size: str, split: Component | None = None) -> Component:
    """The tile of a KPI; `split`, where given, stands in the place of the trend. `size` is hero or plain."""
    title = kpi.definition.title
    trend = html.Img(id=f"trend-{kpi.id}", className="tile-trend", alt="")
    return html.Article(
        [
            html.H2(getattr(kpi.definition.short, words.language), className="tile-name"),
            html.P(
                [
                    html.Span("", id=f"value-{kpi.id}", className="tile-value running"),
                    html.Span("", id=f"measure-{kpi.id}", className="tile-measure"),
                ],
                className="tile-figure",
            ),
            html.P("", id=f"note-{kpi.id}", className="tile-note"),
            split or trend,
        ],
        id=f"tile-{kpi.id}",
        className=f"panel tile tile-{size}",
        title=getattr(title, words.language),
    )
