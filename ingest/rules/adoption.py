"""Rules into the log: one event for each partition, since every partition goes by the rules at its own place.

Appending the same rules again is harmless: the events have the same ids and count once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import count
from typing import Final, Literal, TypeAlias

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import Adopted
from ingest.contracts.rules import CALENDAR_ADOPTED, PROCEDURES_ADOPTED, RULES_SOURCE, CalendarAdopted
from ingest.errors import IngestError
from ingest.log.protocol import Entry, partition_of
from ingest.rules.canonical import canonical

Kind: TypeAlias = Literal["calendar", "procedures"]

LARGEST: Final = 8_000_000
"""Bytes of rules in one event: half of what every log takes, some ten thousand procedures."""
_ENOUGH: Final = 1_000_000  # keys to try: some thousand reach every partition of any log


class RulesTooLargeError(IngestError):
    """The rules don't fit into one event of the log."""


def entries_for(data: Adopted, partitions: int, now: datetime) -> Sequence[Entry]:
    """The entries that bring `data` into force at `now`, one for each partition, in their order.

    Raises `RulesTooLargeError`.
    """
    raw = wrap(canonical(data))
    if len(bytes(raw)) > LARGEST:
        raise RulesTooLargeError(f"{kind_of(data)} {data.version} has over {LARGEST} bytes: shorten names or split it")
    event_type = CALENDAR_ADOPTED if isinstance(data, CalendarAdopted) else PROCEDURES_ADOPTED
    digest = blake2b(bytes(raw), digest_size=16).hexdigest()
    return [
        Entry(
            key,
            encode_envelope(
                Envelope(
                    id=f"{digest}/{partition}",
                    source=RULES_SOURCE,
                    type=event_type,
                    subject=key,
                    time=now,
                    dataschema=registry.dataschema(event_type),
                    data=raw,
                )
            ),
        )
        for partition, key in enumerate(_keys(f"rules/{kind_of(data)}/{data.version}", partitions))
    ]


def kind_of(data: Adopted) -> Kind:
    """What the rules are, as the store has it: `calendar` or `procedures`."""
    return "calendar" if isinstance(data, CalendarAdopted) else "procedures"


def _keys(stem: str, partitions: int) -> Iterator[str]:
    """A key for each partition: the stem with the smallest number that leads there."""
    found: dict[int, str] = {}
    for number in count():
        key = f"{stem}/{number}"
        found.setdefault(partition_of(key, partitions), key)
        if len(found) == partitions:
            break
        if number > _ENOUGH:
            raise AssertionError(f"no key of {stem} leads to every one of {partitions} partitions")
    return (found[partition] for partition in range(partitions))
