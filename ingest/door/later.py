"""What trying again may help with: answered 503, so that whoever sends comes again."""

from collections.abc import Iterator
from contextlib import contextmanager

from ingest.door.answers import DoorError, ErrorCode
from ingest.errors import IngestError


def unavailable() -> DoorError:
    """Nothing can be taken just now."""
    return DoorError(
        ErrorCode.UNAVAILABLE,
        "Tạm thời chưa nhận được, hãy gửi lại / not available just now, send again",
        {"Retry-After": "2"},
    )


@contextmanager
def or_later() -> Iterator[None]:
    """Run the block; where register or log are away for a while, raise `unavailable()`."""
    try:
        yield
    except IngestError as error:
        if not error.retriable:
            raise
        raise unavailable() from error
