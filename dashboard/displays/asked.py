"""Asking the database about displays without holding up anybody."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import structlog
from fastapi import HTTPException
from psycopg import Connection, Error

from dashboard.access.sessions import Sessions
from dashboard.data.reader import Reader
from dashboard.displays.errors import NoSuchDisplayError
from dashboard.displays.roll import Roll
from dashboard.feed.threads import in_wall_thread

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the addresses of and about displays work with."""

    reader: Reader
    roll: Roll
    sessions: Sessions
    clock: Callable[[], datetime]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, question: Callable[[Connection[Any]], T]) -> T:
        """What the database answers; raises `HTTPException`: 404 for no such display, 503 where it is away."""
        try:
            async with self.turn:  # whoever asks a thousand times takes one thread
                return await in_wall_thread(lambda: self.reader.read(question))
        except NoSuchDisplayError:
            raise HTTPException(404, "no_such_display") from None
        except Error as error:
            log.warning("displays_unavailable", error=type(error).__name__)
            raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from None
