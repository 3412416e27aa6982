"""The library that draws the trend, as the wheel `plotly` brings it: from our own server, never from outside."""

import gzip
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Annotated, Final

from fastapi import APIRouter, Header
from fastapi.responses import Response

_AT: Final = "/kpi/assets/plotly.min.js"
_A_YEAR: Final = "public, max-age=31536000, immutable"


def library_address() -> str:
    """Where pages load it from; another version has another address, so that each may be kept for good."""
    return f"{_AT}?v={version('plotly')}"


def library_router() -> APIRouter:
    """`GET /kpi/assets/plotly.min.js`: 4.8 MB, 1.5 MB to whoever takes it packed, as browsers do."""
    router = APIRouter(include_in_schema=False)

    @router.get(_AT)
    def library(accept_encoding: Annotated[str, Header()] = "") -> Response:
        headers = {"Cache-Control": _A_YEAR, "Vary": "Accept-Encoding"}
        if "gzip" not in accept_encoding:
            return Response(_script(), media_type="text/javascript", headers=headers)
        return Response(_packed(), media_type="text/javascript", headers={**headers, "Content-Encoding": "gzip"})

    return router


def _script() -> bytes:
    return (files("plotly") / "package_data" / "plotly.min.js").read_bytes()


@cache
def _packed() -> bytes:
    return gzip.compress(_script(), mtime=0)
