"""A door that writes down what it gets, on a real port, and fails when it is told to."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from tests.servers.processes import free_port, wait_until
from tests.simulated import fingerprint

TOKEN = "the-right-token"


@dataclass
class RecordingDoor:
    """What came in, in the order of its arrival, with the moment of the answer; `events` came in batches.

    `posts` are the bodies of documents and of webhooks, each with its address.
    """

    address: str
    fails: Callable[[int], bool]
    bodies: list[dict[str, Any]] = field(default_factory=list)
    beats: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    posts: list[tuple[str, bytes]] = field(default_factory=list)
    requests: int = 0
    came_at: list[float] = field(default_factory=list)

    @property
    def records(self) -> list[dict[str, Any]]:
        """All records that were confirmed."""
        return [record for body in self.bodies for record in body["data"]]

    def snapshots(self) -> Counter[str]:
        """How many times each record was confirmed, by its fingerprint."""
        return Counter(fingerprint(record) for record in self.records)

    async def take(self, request: Request, into: list[dict[str, Any]]) -> Response:
        self.requests += 1
        number = self.requests
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"error_code": 4, "message": "wrong token"}, 401)
        body = await request.body()
        if self.fails(number):
            return JSONResponse({"error_code": 6, "message": "not now"}, 503)
        value = msgspec.json.decode(body)
        if isinstance(value, list):
            self.events += cast("list[dict[str, Any]]", value)
        else:
            into.append(cast("dict[str, Any]", value))
        self.came_at.append(time.time())
        return JSONResponse({"error_code": 0, "message": ""})

    async def take_post(self, request: Request) -> Response:
        """A body that is no JSON; what proves its sender by its address bears no token."""
        self.requests += 1
        by_checksum = "checksum" in request.query_params
        if (request.headers.get("authorization") == f"Bearer {TOKEN}") == by_checksum:
            return JSONResponse({"error_code": 4, "message": "wrong token"}, 401)
        body = await request.body()
        if self.fails(self.requests):
            return JSONResponse({"error_code": 6, "message": "not now"}, 503)
        self.posts.append((f"{request.url.path}?{request.url.query}", body))
        self.came_at.append(time.time())
        return JSONResponse({"error_code": 0, "message": ""})

    def application(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.post("/v1/onestop/sync")
        async def sync(request: Request) -> Response:
            return await self.take(request, self.bodies)

        @app.post("/v1/events")
        async def events(request: Request) -> Response:
            return await self.take(request, self.beats)

        @app.post("/v1/documents/edxml")
        async def documents(request: Request) -> Response:
            return await self.take_post(request)

        @app.post("/v1/conference/bigbluebutton")
        async def webhooks(request: Request) -> Response:
            return await self.take_post(request)

        return app


@contextmanager
def recording_door(port: int | None = None, fails: Callable[[int], bool] | None = None) -> Iterator[RecordingDoor]:
    """The door while the block runs."""
    port = port or free_port()
    door = RecordingDoor(f"http://127.0.0.1:{port}", fails or _never)
    server = uvicorn.Server(uvicorn.Config(door.application(), port=port, log_config=None, timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started, what="the recording door")
        yield door
    finally:
        server.should_exit = True
        thread.join()


def _never(number: int) -> bool:
    del number
    return False
