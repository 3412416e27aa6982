"""A display's request, made to ask for what the display is to show."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.types import Scope

from dashboard.access.rule import FEED, LAYOUT, ROTATION
from dashboard.displays.facts import DisplayFacts


def rewritten(scope: Scope, display: DisplayFacts) -> Scope:
    """The same request with the scenes of the display, whatever stood there.

    The layout of a Dash page is asked for at an address of its own and goes by the referrer: that is rewritten too.
    """
    path: str = scope["path"]
    if path == ROTATION:
        return {**scope, "query_string": rotation_query(display).encode()}
    if path == LAYOUT:
        referer = f"{ROTATION}?{rotation_query(display)}".encode()
        headers = [(name, value) for name, value in scope["headers"] if name != b"referer"]
        return {**scope, "headers": [*headers, (b"referer", referer)]}
    if path.startswith(FEED):
        return {**scope, "query_string": _feed_query(scope, display).encode()}
    return scope


def rotation_query(display: DisplayFacts) -> str:
    """The query of the address at which this display's rotation is shown."""
    wanted: Mapping[str, Any] = {
        "scenes": ",".join(display.scenes), "seconds": display.seconds, "lang": display.language,
        "theme": display.theme,
    }  # fmt: skip
    return urlencode(wanted, safe=",")


def _feed_query(scope: Scope, display: DisplayFacts) -> str:
    asked = parse_qsl(scope["query_string"].decode("latin-1"))
    kept = [(name, value) for name, value in asked if name != "scenes"]
    return urlencode([*kept, ("scenes", ",".join(display.scenes))], safe=",")
