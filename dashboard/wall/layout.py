"""The first scene of the wall, laid out. Figures come from the board that lies in the page, then from the feed."""

from collections.abc import Mapping
from typing import Any

import msgspec
from dash import html
from dash.development.base_component import Component

from dashboard.parts.rank import rank
from dashboard.parts.split import split
from dashboard.parts.ticker import ticker
from dashboard.parts.tile import tile
from dashboard.text import Words
from dashboard.wall.area import Area
from dashboard.wall.header import header
from dashboard.wall.map import FIGURES_PATH, map_panel, map_sizes
from dashboard.wall.scene import Scene
from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi


def wall(  # noqa: PLR0913 - a page is made of that many things
    scene: Scene, catalogue: Catalogue, area: Area, words: Words, *, build: str, topojson_url: str,
    newest: Mapping[str, Any] | None,
) -> Component:  # fmt: skip
    """The page. `newest` is the newest message of the feed with its age, or None before the first."""
    breakdown = split([catalogue[name] for name in scene.split], words["wall.settled"], words)
    heroes = [
        tile(catalogue[name], words, size="hero", split=breakdown if name == "on_time_rate" else None)
        for name in scene.heroes
    ]
    data: dict[str, Any] = {
        "data-page": _json(page_facts(scene, catalogue, area, words, build)),
        "data-board": _json(newest),
        "data-freshness": "unknown",
    }
    others = [tile(catalogue[name], words, size="plain") for name in scene.others]
    return html.Main(
        [
            header(words),
            html.Section(heroes, className="heroes"),
            html.Section(others, className="others"),
            map_panel(area, words, topojson_url),
            html.Section(
                [html.H2(words["wall.rank"], className="panel-title"), rank(min(scene.rows, len(area.units)))],
                className="panel ranking",
            ),
            ticker(words["wall.ticker"], scene.events),
            html.Footer([html.Span("", id=f"tally-{name}") for name in _TALLIES], className="footer"),
        ],
        id="wall",
        className="wall",
        lang=words.language,
        **data,
    )


def page_facts(scene: Scene, catalogue: Catalogue, area: Area, words: Words, build: str) -> dict[str, Any]:
    """What the page's script has to know and is no figure."""
    return {
        "language": words.language,
        "build": build,
        "words": words.under("page"),
        "tiles": [_rule(catalogue[name]) for name in scene.tiles],
        "split": list(scene.split),
        "ranked": scene.ranked,
        "rows": min(scene.rows, len(area.units)),
        "events": scene.events,
        "units": {unit.code: unit.title for unit in area.units},
        "map": {"codes": area.codes, "figures": FIGURES_PATH, "sizes": map_sizes(area)},
    }


_TALLIES = ("received", "applied", "duplicates", "quarantined", "halted", "known")


def _rule(kpi: Kpi) -> dict[str, Any]:
    definition = kpi.definition
    return {"id": kpi.id, "unit": definition.unit, "digits": definition.digits, "window": definition.window}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
