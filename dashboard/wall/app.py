"""The wall as a Dash application: its addresses, each of which says what its page shows."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from dash import Dash
from dash.backends._fastapi import reset_current_request, set_current_request
from dash.development.base_component import Component
from fastapi import Request, Response

from dashboard.access import display_of
from dashboard.text import words_in
from dashboard.wall.area import Area
from dashboard.wall.asked import PREFIX, Asked, asked
from dashboard.wall.layout import Shown, wall
from dashboard.wall.scene import Hung, Place
from dashboard.wall.scenes import SCENES
from geo.errors import UnitsUnknownError
from geo.units import AREA_NAME
from stream.kpi.catalogue import Catalogue

ASSETS = Path(__file__).parent.parent / "assets"
_MODULES = [f"{PREFIX}assets/{file.relative_to(ASSETS).as_posix()}" for file in sorted((ASSETS / "wall").rglob("*.js"))]

_INDEX = """<!DOCTYPE html>
<html lang="__LANGUAGE__" data-theme="__THEME__">
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
    """Dash with the page's language and theme in `<html>`, and its title."""

    def gather(self) -> None:
        """Find the style sheets now. Dash does at its own first request: a rotation opened first would have none."""
        self._setup_server()  # type: ignore[no-untyped-call]  # Dash has none here

    def index(self, *args: Any, **kwargs: Any) -> str:
        """The page before its layout comes."""
        page = asked_of_request(self)
        title = words_in(page.language)["wall.title"].format(area=AREA_NAME)
        html: str = super().index(*args, **kwargs)  # type: ignore[no-untyped-call]  # Dash has none here
        for place, value in (("LANGUAGE", page.language), ("THEME", page.theme), ("TITLE", title)):
            html = html.replace(f"__{place}__", value)
        return html


def create_wall(
    server: Any,
    catalogue: Catalogue,
    area: Callable[[date | None], Area],
    shown: Callable[[Sequence[str]], Shown],
) -> WallApp:
    """The wall on `server` (a FastAPI) under `/wall/`; what is called is called anew for each page that is opened.

    `area` answers the area of a local day, or of today; `shown` what the server has of some scenes, by name.
    """
    app = WallApp(
        "wall",
        server=server,
        backend="fastapi",
        routes_pathname_prefix=PREFIX,
        requests_pathname_prefix=PREFIX,
        serve_locally=True,
        assets_folder=str(ASSETS),
        assets_ignore=r"\.js$",  # ours are modules, named below; the rest are loaded by these
        assets_path_ignore=["^(data|figure|display|displays)$"],  # pages that are no part of Dash name their own styles
        external_scripts=[
            {"src": f"{PREFIX}assets/wall/main.js", "type": "module"},
            {"src": f"{PREFIX}assets/wall/healing/boot.js", "type": "module"},
        ],
        index_string=_INDEX,
        update_title="",
    )
    app.backend.websocket_capability = False  # the page is pushed to by the feed: no socket that gives up

    def layout() -> Component:
        page = asked_of_request(app)
        display = display_of()
        place = Place(
            page.scenes[0], words_in(page.language), catalogue, area_of(page), page.unit,
            display=None if display is None else Hung(display.id, display.name),
        )  # fmt: skip
        return wall(place, page, shown(page.scenes if page.past is None else ()))

    def area_of(page: Asked) -> Area:
        """Of the page's day; of today where the units of that day are not recorded, which the page then says."""
        with suppress(UnitsUnknownError):
            return area(None if page.past is None else page.past.at.date())
        return area(None)

    app.layout = layout

    async def page_of(request: Request) -> Response:
        """The page of a scene; Dash itself has its first address only, and tells its pages of no other request."""
        wanted = asked(str(request.url))
        if wanted is None or (wanted.unit is not None and wanted.unit not in area_of(wanted).codes):
            return Response(status_code=404)
        told = set_current_request(request)  # type: ignore[no-untyped-call]  # Dash has none here
        try:
            return Response(app.index(), media_type="text/html")
        finally:
            reset_current_request(told)  # type: ignore[no-untyped-call]  # as above

    for path in (*SCENES, "rotation", "unit/{code}"):
        if asked(PREFIX + path) is not None:
            app.backend.add_url_rule(PREFIX + path, page_of)
    app.gather()
    return app


def asked_of_request(app: Dash) -> Asked:
    """What the page's address asks for.

    The layout is fetched by Dash's own script from an address of its own; the page that it is for is the
    referrer, which our pages always send to ourselves (dashboard/headers.py).
    """
    address = PREFIX
    if app.backend.has_request_context():
        request = app.backend.request_adapter()
        is_page = not request.path.startswith(f"{PREFIX}_")
        address = request.url if is_page else request.headers.get("referer", PREFIX)
    found = asked(address) or asked(PREFIX)
    if found is None:
        raise LookupError("the wall has no scene")
    return found
