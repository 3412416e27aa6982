"""What every adapter makes of the bytes of a source: events, and refusals by name. Pure."""

from hashlib import blake2b
from typing import NamedTuple

from ingest.contracts.envelope import Envelope
from ingest.refusal import Refusal


class Translation(NamedTuple):
    """What a body holds: events in the order of its records, and what was refused.

    A refusal with the index None is about the whole body; there are no events then.
    """

    envelopes: list[Envelope]
    refusals: list[Refusal]


def identity(data: bytes) -> str:
    """The id of a record that has none of its own: a digest of everything that was kept of it.

    The same snapshot sent again is the same event; one that differs in a code, a moment or a count is another.
    What was not kept (a corrected telephone number) makes no difference.
    """
    return blake2b(data, digest_size=16).hexdigest()
