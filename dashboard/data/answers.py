"""What the addresses of the pages about data have in common."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from fastapi.responses import Response

from dashboard.build import build_of_pages
from dashboard.data.newest import Newest
from geo.errors import UnitsUnknownError
from geo.units import units_on

TIME_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
FRESH: Final = {"Cache-Control": "no-store"}


def unavailable() -> Response:
    """The database does not answer: ask again soon."""
    return Response(status_code=503, headers={"Retry-After": "5"})


async def newest_answer(newest: Newest, now: datetime) -> Response:
    """`{"build", "now", "age", "state"}`: of the pages, by the server's clock, of the state in seconds, as read."""
    found = await newest.answer()
    if found is None:
        return unavailable()
    told = {"build": build_of_pages(), "now": now, "age": found[1], "state": msgspec.Raw(found[0])}
    return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)


def unit_titles(now: datetime) -> dict[str, str]:
    """The units in force today by code, as signs write them; none in a time whose units are not recorded."""
    try:
        return {unit.code: unit.title for unit in units_on(now.astimezone(TIME_ZONE).date())}
    except UnitsUnknownError:
        return {}
