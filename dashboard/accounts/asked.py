"""Asking the database about people without holding up anybody."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog
from fastapi import HTTPException
from psycopg import Connection, Error

from dashboard.accounts.errors import AccountError
from dashboard.accounts.roster import Roster
from dashboard.data.reader import Reader

FRESH: Final = {"Cache-Control": "no-store"}
_STATUS: Final = {"no_such_account": 404, "login_taken": 409, "last_administrator": 409}

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the addresses of and about people work with."""

    reader: Reader
    roster: Roster
    clock: Callable[[], datetime]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, question: Callable[[Connection[Any]], T]) -> T:
        """What the database answers, one question after the other: a hash takes 64 MiB, and guessing one thread.

        Raises `HTTPException`: what is wrong with the account (404, 409, 422), or 503 where the database is away.
        """
        try:
            async with self.turn:
                return await asyncio.to_thread(lambda: self.reader.read(question))
        except AccountError as error:
            raise HTTPException(_STATUS.get(error.reason, 422), error.reason) from None
        except Error as error:
            log.warning("accounts_unavailable", error=type(error).__name__)
            raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from None
