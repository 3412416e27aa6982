"""What can go wrong with a story or a list of cases; each error is the sentence its reader sees."""

from collections.abc import Sequence
from datetime import datetime

from stream.errors import StreamError


class StoryError(StreamError):
    """What was asked for can't be told; the sentence says what to ask instead."""


class NoSuchCaseError(StoryError):
    """Nobody ever spoke of the case. `nearest` are the codes most like the one asked for, the likest first."""

    def __init__(self, code: str, nearest: Sequence[str]) -> None:
        offered = f": the nearest are {', '.join(nearest)}" if nearest else ", nor any other yet"
        super().__init__(f"there is no case {code}{offered}")
        self.code = code
        self.nearest = tuple(nearest)


class NotKnownYetError(StoryError):
    """At the moment of knowledge that was asked for, nobody had spoken of the case."""

    def __init__(self, code: str, known_at: datetime, first: datetime) -> None:
        super().__init__(
            f"nothing was known of the case {code} at {known_at.isoformat()}:"
            f" it was first heard of at {first.isoformat()}"
        )
