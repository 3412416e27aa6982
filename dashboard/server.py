"""The one HTTP server of everything that people see."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse
from psycopg import Connection

from dashboard.access import Entry
from dashboard.access.sessions import Sessions
from dashboard.accounts.routes import Accounts
from dashboard.archive.routes import ArchivePages
from dashboard.build import build_of_pages
from dashboard.data.routes import DataPages
from dashboard.displays.routes import Displays
from dashboard.feed.boards import Boards
from dashboard.feed.broadcast import Broadcast
from dashboard.feed.editions import follow
from dashboard.feed.hints import listen
from dashboard.feed.scenes import SceneBoards
from dashboard.feed.stream import feed_router
from dashboard.figure.routes import FigurePages
from dashboard.headers import SecureHeaders, content_policy
from dashboard.ops.desk import Desk
from dashboard.ops.outward import Outward
from dashboard.wall.app import create_wall
from dashboard.wall.asked import PREFIX
from dashboard.wall.frames import Frames
from dashboard.wall.layout import Shown
from dashboard.wall.past import past_router
from dashboard.wall.scene import Scene
from dashboard.wall.scenes import SCENES
from geo.surveyed import Surveyed
from stream.kpi.catalogue import load_catalogue


def _now() -> datetime:
    return datetime.now(UTC)


def create_server(
    connect: Callable[[], Connection[Any]], redis_url: str, *, clock: Callable[[], datetime] = _now,
    imported: Callable[[], Sequence[Surveyed]] = tuple, entry: Entry | None = None, outward: Outward | None = None,
) -> FastAPI:  # fmt: skip
    """The server of the wall and of the pages about data, to be run by `dashboard.serve`.

    `connect` opens a connection to the database, in autocommit, with `stream` on its search path. Redis may be
    away: boards are read every few seconds all the same. `imported` answers the surveyed boundaries at hand.
    `entry` says who may look: everybody, where it is None. Without `outward` nothing can be done from the pages.
    """
    catalogue = load_catalogue()
    # The first scene is read at each change, many times a second: the others must not make it wait, nor must the past.
    first, others, past = (Frames(connect, catalogue, clock, imported) for _ in range(3))
    outward = outward or Outward()
    data = DataPages(connect, clock, outward.operators)
    figures = FigurePages(connect, clock, catalogue)
    entry = entry or Entry()
    sessions = Sessions(entry.secret, entry.key, clock)
    displays = Displays(connect, clock, sessions)
    accounts = Accounts(connect, clock, entry)
    desk = Desk(connect, clock, catalogue, outward)
    archive = ArchivePages(connect, clock, catalogue, outward.schedules, outward.schedules_problem)
    broadcast = Broadcast()
    boards = SceneBoards(
        _boards_of(scene, others if number else first, broadcast) for number, scene in enumerate(SCENES.values())
    )

    def build() -> str:
        return f"{build_of_pages()}-{first.area().edition}"

    def shown(scenes: Sequence[str]) -> Shown:
        return Shown(build(), boards.newest(scenes))

    # Dash's pages live on a server of their own inside ours: at start-up Dash would otherwise answer every
    # unknown address with a page.
    pages = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    wall = create_wall(pages, catalogue, first.area, shown)

    def stir() -> None:
        boards.stir()
        desk.stir()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        work = (
            boards.run(), listen(redis_url, stir), follow(build, broadcast), displays.run(), accounts.run(), desk.run()
        )  # fmt: skip
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield
        finally:
            await _cancel(tasks)
            for each in (first, others, past, data, figures, displays, accounts, desk, archive):
                each.close()

    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    server.state.broadcast = broadcast
    server.include_router(feed_router(boards, broadcast, build))
    server.include_router(past_router(past, boards.named))
    data.mount(server)
    figures.mount(server)
    displays.mount(server, build)
    accounts.mount(server)
    desk.mount(server)
    archive.mount(server)
    _add_plain_routes(server, boards.first, broadcast)
    server.mount("/", pages)
    accounts.guard(server, sessions, displays.roll)
    server.add_middleware(SecureHeaders, policy=content_policy(wall.csp_hashes()))
    return server


def _boards_of(scene: Scene, frames: Frames, broadcast: Broadcast) -> Boards:
    return Boards(scene.name, lambda: frames.read(scene), broadcast, scene.pace)


def _add_plain_routes(server: FastAPI, boards: Boards, broadcast: Broadcast) -> None:
    @server.get("/", include_in_schema=False)
    async def home() -> RedirectResponse:
        return RedirectResponse(PREFIX)

    @server.get("/health", include_in_schema=False)
    async def health() -> JSONResponse:
        facts = {"board_age_seconds": boards.age, "displays": len(broadcast)}
        return JSONResponse(facts, status_code=503 if boards.newest is None else 200)


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
