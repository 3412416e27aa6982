"""`GET /feed/ops`: what changes in the queue, told to every page that looks, within what its person may see."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from dashboard.access.people import Person, needs
from dashboard.build import build_of_pages
from dashboard.data.answers import TIME_ZONE, unavailable
from dashboard.feed.frames import BEAT, HELLO, frame
from dashboard.feed.mailbox import MailboxClosed
from dashboard.feed.stream import HEARTBEAT
from dashboard.ops.live import LiveQueue, NotLoadedError
from dashboard.ops.mailbox import Changed

CHANGED: Final = "changed"
MANY: Final = 200
"""Of more changes than this a page is told only that there are many: it asks for what it shows."""
_FRESH: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def ops_feed_router(
    live: LiveQueue, clock: Callable[[], datetime], *, heartbeat: float = HEARTBEAT
) -> APIRouter:  # fmt: skip
    """Server-sent events: `hello` (edition, now, age, state, build), `changed`, and at least every 5 s `beat`.

    `changed` is `{"edition", "now", "rows", "gone"}`: rows as `/ops/rows` has them, and the codes of cases that left
    what the person may see; or `{"edition", "now", "many": true}`.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/feed/ops")
    async def feed(person: Annotated[Person, Depends(needs("cases"))]) -> Response:
        try:
            live.sign()
        except NotLoadedError:
            return unavailable()
        stream = Stream(live, person, clock)
        return StreamingResponse(stream.events(heartbeat), media_type="text/event-stream", headers=_FRESH)

    return router


class Stream:
    """One stream. What its person may see is asked each time: a scope stands for other units after a merger."""

    def __init__(self, live: LiveQueue, person: Person, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._person = person
        self._clock = clock

    async def events(self, heartbeat: float) -> AsyncIterator[bytes]:
        """What the page is told, until the server ends."""
        with self._live.mailbox() as mailbox:
            hello = {**self._live.sign()._asdict(), "build": build_of_pages()}
            yield frame(HELLO, msgspec.json.encode(hello), retry=1000 + secrets.randbelow(2000))
            while True:
                try:
                    changed = await mailbox.take(seconds=heartbeat)
                except MailboxClosed:
                    return
                yield await asyncio.to_thread(self._told, changed)

    def _told(self, changed: Changed) -> bytes:
        sign = self._live.sign()
        if changed == {}:
            return _beat(sign._asdict())
        which = {"edition": sign.edition, "now": sign.now}
        if changed is None or len(changed) > MANY:
            return frame(CHANGED, msgspec.json.encode({**which, "many": True}))
        units = self._person.scope.units_on(self._clock().astimezone(TIME_ZONE).date())
        rows = [row for row in self._live.rows(list(changed)) if units is None or int(row["unit"]) in units]
        gone = _gone(changed, rows, units)
        if not rows and not gone:  # nothing that this person may see
            return _beat(sign._asdict())
        return frame(CHANGED, msgspec.json.encode({**which, "rows": rows, "gone": gone}))


def _gone(changed: Changed, rows: Sequence[dict[str, Any]], units: frozenset[int] | None) -> list[str]:
    """The cases that the person could see before, and can't see now: ended, or in another unit."""
    seen = {row["case"] for row in rows}
    could = {case for case, unit in (changed or {}).items() if unit is not None and (units is None or unit in units)}
    return sorted(could - seen)


def _beat(sign: dict[str, Any]) -> bytes:
    return frame(BEAT, msgspec.json.encode(sign))
