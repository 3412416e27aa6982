"""The life of a certificate (chứng thư số) that signs documents: in force, about to expire, ended."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from stream.core.ledger import Entry, Measure
from stream.core.moment import DAY_SECONDS, Moment
from stream.core.rules import Rules


class CertificateRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The whole state of a certificate, as one event tells it. `kind` is 1 of an organ, 2 of a person."""

    eid: int
    at: Moment
    unit: int
    level: int
    kind: int
    valid_from: Moment
    valid_until: Moment
    revoked: Moment | None = None
    pos: int = 0


class Certificate(msgspec.Struct, frozen=True, gc=False):
    """What holds of a certificate: the newest record. `channel` is its kind, `due` when its term ends."""

    unit: int
    level: int
    channel: int
    received: Moment
    due: Moment
    ended: Moment
    last_at: Moment
    status: int = 0

    @property
    def field(self) -> int:
        """None."""
        return 0

    @property
    def returned(self) -> Moment | None:
        """None: nothing is handed over."""
        return None

    @property
    def is_open(self) -> bool:
        """Never: when it ends is known from the first."""
        return False


def certificate_order(record: CertificateRecord) -> tuple[Moment, Moment, Moment, int]:
    """Its own time first; at the same second what was revoked, then the later end, then the id."""
    return record.at, record.revoked or 0, record.valid_until, record.eid


def fold_certificate(records: Sequence[CertificateRecord], rules: Rules) -> Certificate:
    """The newest record is the state; the records stand in order."""
    del rules
    state = records[-1]
    ended = state.valid_until if state.revoked is None else min(state.valid_until, state.revoked)
    return Certificate(
        state.unit, state.level, state.kind, state.valid_from, state.valid_until, ended, state.at,
        REVOKED if state.revoked is not None and state.revoked < state.valid_until else VALID,
    )  # fmt: skip


def certificate_entries(certificate: Certificate, rules: Rules) -> frozenset[Entry]:
    """In force from its first moment to its end; about to expire in the last days of its term."""
    soon = max(certificate.received, certificate.due - rules.assumptions.documents.expiring_days * DAY_SECONDS)
    return frozenset(
        (
            *_level(certificate, (Measure.CERTIFICATE_IN, Measure.CERTIFICATE_OUT), certificate.received),
            *_level(certificate, (Measure.CERTIFICATE_EXPIRING_IN, Measure.CERTIFICATE_EXPIRING_OUT), soon),
        )
    )


def certificates_alike(one: Certificate | None, other: Certificate) -> bool:
    """Whether two states count for the same by the same rules."""
    return one is not None and msgspec.structs.replace(one, last_at=other.last_at) == other


def _level(certificate: Certificate, steps: tuple[Measure, Measure], start: Moment) -> Iterator[Entry]:
    if start < certificate.ended:
        for measure, at in zip(steps, (start, certificate.ended), strict=True):
            yield Entry(int(measure), at, certificate.unit, 0, certificate.channel, certificate.level)


VALID: Final = 1
REVOKED: Final = 2
"""Statuses of a certificate."""

_decoder: Final = msgspec.msgpack.Decoder(list[CertificateRecord])


def unpack_certificates(packed: bytes) -> list[CertificateRecord]:
    """The timeline from the case's row."""
    return _decoder.decode(packed)
