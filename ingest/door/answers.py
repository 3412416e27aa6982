"""What the door answers: one JSON shape for everything, and the table of its error codes.

    {"error_code": 0, "message": "...", "accepted": 12, "refused": [{"index", "field", "reason", "reason_vi"}]}

`accepted` and `refused` stand only where a body was read. `POST /v1/onestop/sync` and `POST /v1/events` differ
only in the HTTP status of a body that was taken: 200 and 202.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.responses import Response

from ingest.refusal import Refusal


class ErrorCode(IntEnum):
    """`error_code`; 0 alone means that every record is durable."""

    TAKEN = 0
    SOME_REFUSED = 1  # the others were taken: correct the refused ones and send them again
    ALL_REFUSED = 2
    MALFORMED = 3  # the body cannot be read: nothing was taken
    UNAUTHORISED = 4
    TOO_LARGE = 5
    UNAVAILABLE = 6  # try again later: what was taken already counts once
    NOT_HERE = 7  # wrong address, method or media type
    TOO_SLOW = 8
    FAULT = 9  # a fault of the door


_STATUS: Final[Mapping[ErrorCode, HTTPStatus]] = {
    ErrorCode.ALL_REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.MALFORMED: HTTPStatus.BAD_REQUEST,
    ErrorCode.UNAUTHORISED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ErrorCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.NOT_HERE: HTTPStatus.NOT_FOUND,
    ErrorCode.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    ErrorCode.FAULT: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The JSON of every answer."""

    error_code: int
    message: str
    accepted: int | None = None
    refused: Sequence[Refusal] | None = None


class DoorError(Exception):
    """A request that ends here; handlers raise it, the application answers it.

    `status` is the HTTP status where the code's own one does not say enough.
    """

    def __init__(
        self, code: ErrorCode, message: str, headers: Mapping[str, str] | None = None, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.headers = headers or {}
        self.status = status or _STATUS[code]

    @property
    def retriable(self) -> bool:
        """Whether the same request may do better later."""
        return self.code in {ErrorCode.UNAVAILABLE, ErrorCode.TOO_SLOW}


def answer(body: Answer, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """An answer as JSON; nobody on the way may keep it."""
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def failure(error: DoorError) -> Response:
    """The answer to a request that ended in an error."""
    return answer(Answer(error.code, error.message), error.status, error.headers)


def outcome(accepted: int, refusals: Sequence[Refusal], taken: HTTPStatus) -> Response:
    """The answer to a body that was read: `taken` where something was, or where there was nothing to take."""
    code = code_of(accepted, refusals)
    told = Answer(code, _message(accepted, refusals), accepted, list(refusals))
    return answer(told, _STATUS.get(code, taken))


def code_of(accepted: int, refusals: Sequence[Refusal]) -> ErrorCode:
    """The error code of a body that was read."""
    if not refusals:
        return ErrorCode.TAKEN
    if any(refusal.index is None for refusal in refusals):
        return ErrorCode.MALFORMED
    return ErrorCode.SOME_REFUSED if accepted else ErrorCode.ALL_REFUSED


def _message(accepted: int, refusals: Sequence[Refusal]) -> str:
    """One sentence; the first five refusals by index, field and reason, the others in `refused`."""
    if not refusals:
        return f"Đã nhận {accepted} bản ghi / {accepted} records taken"
    named = [
        f"{refusal.field}: {refusal.reason_vi} / {refusal.reason}"
        if refusal.index is None
        else f"[{refusal.index}] {refusal.field}: {refusal.reason_vi} / {refusal.reason}"
        for refusal in refusals[:5]
    ]
    more = f"; … (+{len(refusals) - 5})" if len(refusals) > 5 else ""
    return (
        f"Đã nhận {accepted}, từ chối {len(refusals)} bản ghi / {accepted} taken, {len(refusals)} refused: "
        + "; ".join(named)
        + more
    )
