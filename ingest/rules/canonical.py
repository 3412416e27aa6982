"""One JSON for one content: the same rules have the same bytes, and so the same digest, wherever they came from."""

from typing import TypeVar

import msgspec

Rules = TypeVar("Rules", bound=msgspec.Struct)


def canonical(rules: Rules) -> Rules:
    """The same rules as they come out of the log.

    Encoding leaves a field out when it holds the very object that is its default; one that is only equal to it,
    read from a file, would be written out.
    """
    return msgspec.json.decode(msgspec.json.encode(rules), type=type(rules))
