"""The wall as a Dash application: one page, whose language stands in its address."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dash import Dash
from dash.development.base_component import Component

from dashboard.text import Language, language_named, words_in
from dashboard.wall.area import Area
from dashboard.wall.layout import wall
from dashboard.wall.scene import Scene
from geo.units import AREA_NAME
from stream.kpi.catalogue import Catalogue

ASSETS = Path(__file__).parent.parent / "assets"
PREFIX = "/wall/"
_MODULES = [f"{PREFIX}assets/wall/{file.name}" for file in sorted((ASSETS / "wall").glob("*.js"))]

_INDEX = """<!DOCTYPE html>
<html lang="__LANGUAGE__">
  <head>
    {%metas%}
    <title>__TITLE__</title>
    {%favicon%}
    {%css%}
    __MODULES__
  </head>
  <body>
    {%app_entry%}
    <footer>{%config%}{%scripts%}{%renderer%}</footer>
  </body>
</html>
""".replace("__MODULES__", "\n    ".join(f'<link rel="modulepreload" href="{module}">' for module in _MODULES))


class WallApp(Dash):
    """Dash with the page's language in `<html lang>` and in its title."""

    def index(self, *args: Any, **kwargs: Any) -> str:
        """The page before its layout comes."""
        words = words_in(language_of_request(self))
        title = words["wall.title"].format(area=AREA_NAME)
        page: str = super().index(*args, **kwargs)  # type: ignore[no-untyped-call]  # Dash has none here
        return page.replace("__LANGUAGE__", words.language).replace("__TITLE__", title)


def create_wall(
    server: Any,
    scene: Scene,
    catalogue: Catalogue,
    area: Callable[[], Area],
    newest: Callable[[], dict[str, Any] | None],
    build: Callable[[], str],
) -> WallApp:
    """The wall on `server` (a FastAPI) under `/wall/`; what is called is called anew for each page that is opened."""
    app = WallApp(
        "wall",
        server=server,
        backend="fastapi",
        routes_pathname_prefix=PREFIX,
        requests_pathname_prefix=PREFIX,
        serve_locally=True,
        assets_folder=str(ASSETS),
        assets_ignore=r"\.js$",  # ours are modules, named below; the rest are loaded by these
        assets_path_ignore=["^data$"],  # the pages about data, which are no part of Dash, name their own style sheets
        external_scripts=[
            f"{PREFIX}assets/locale/plotly-locale-vi.js",
            {"src": f"{PREFIX}assets/wall/main.js", "type": "module"},
        ],
        index_string=_INDEX,
        update_title="",
    )
    app.backend.websocket_capability = False  # the page is pushed to by the feed: no socket that gives up

    def layout() -> Component:
        words = words_in(language_of_request(app))
        return wall(
            scene, catalogue, area(), words, build=build(), topojson_url=f"{PREFIX}assets/topojson/", newest=newest()
        )  # fmt: skip

    app.layout = layout
    return app


def language_of_request(app: Dash) -> Language:
    """The language that the page's address asks for: `?lang=en`.

    The layout is fetched by Dash's own script from an address of its own; the page that it is for is the
    referrer, which our pages always send to ourselves (dashboard/headers.py).
    """
    if not app.backend.has_request_context():
        return language_named(None)
    request = app.backend.request_adapter()
    page = request.url if request.path == PREFIX else request.headers.get("referer", "")
    return language_named(next(iter(parse_qs(urlsplit(page).query).get("lang", [])), None))
