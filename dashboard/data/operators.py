"""What only an operator may do. Until people sign in, an operator is who has the key that lies in the centre's home."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

import structlog
from fastapi import HTTPException, Request

Replay: TypeAlias = Callable[[int, int, bytes | None], tuple[int, int]]
"""Sends a record in quarantine (partition, position) again, as it lies or corrected; answers its new place.

Raises `NotInQuarantineError`, and `UnavailableError` where the log can't take it just now.
"""

log = structlog.get_logger(__name__)


class UnavailableError(Exception):
    """The event log or the database does not answer: nothing was done, and it may be tried again."""


@dataclass(frozen=True, slots=True)
class Operators:
    """The key of operators, and what they can do. The key is neither shown nor logged."""

    key: str = field(repr=False)
    replay: Replay


def check_operator(request: Request, operators: Operators | None) -> Operators:
    """Let an operator pass.

    Raises `HTTPException`: 403 where there is no key at all or the page that asks is not ours, 401 without the key.
    Browsers name the page that asks (`Origin`, `Sec-Fetch-Site`): one of another house is refused even with the key.
    """
    if operators is None:
        raise _refusal(request, 403, "no_key_file")
    if not _is_of_this_house(request):
        raise _refusal(request, 403, "foreign_page")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # Compared in constant time, as bytes: a header may hold any of them.
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), operators.key.encode()):
        raise _refusal(request, 401, "wrong_key")
    return operators


def _is_of_this_house(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:  # a browser leaves it out only where it reads from its own house
        return request.method == "GET"
    return urlsplit(origin).netloc == request.headers.get("host")


def _refusal(request: Request, status: int, reason: str) -> HTTPException:
    log.warning("operator_refused", path=request.url.path, reason=reason)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return HTTPException(status, reason, headers)
