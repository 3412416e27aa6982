"""A page with one plotly figure, served on loopback as the dashboard would: its script, an empty world, no more."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import Any

_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>map</title><link rel="icon" href="data:,">
<body style="margin:0;background:%s"><div id="map" style="width:100vw;height:100vh"></div>
<script src="/plotly.min.js"></script>
<script>
const figure = %s;
Plotly.newPlot("map", figure.data, figure.layout, figure.config).then(() => { window.drawn = true; });
</script>"""


@contextmanager
def map_page(figure: Mapping[str, Any], background: str = "#0b1622") -> Iterator[str]:
    """The address of the page while the block runs. `figure` has `data`, `layout` and `config`."""
    assets = {
        "/": ("text/html; charset=utf-8", (_PAGE % (background, json.dumps(figure))).encode()),
        "/plotly.min.js": ("text/javascript", (files("plotly") / "package_data" / "plotly.min.js").read_bytes()),
        "/assets/topojson/world_110m.json": (
            "application/json",
            (files("dashboard") / "assets" / "topojson" / "world_110m.json").read_bytes(),
        ),
    }

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = assets.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in assets else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
