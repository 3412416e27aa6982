"""The envelope around every event: CloudEvents 1.0 attribute names (https://cloudevents.io)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
UnitCode = Annotated[str, msgspec.Meta(min_length=5, max_length=5, pattern="^[0-9]{5}$")]
Aware = Annotated[datetime, msgspec.Meta(tz=True)]


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One event as it lies in the log.

    `(source, id)` identifies it: seen twice, counted once. `subject` names the case and is the key in
    the log, so that one case stays in order on one partition. `time` is when it happened, by its
    source. `data` stays raw until `registry.decode` knows its type, so that no field is ever lost.
    """

    specversion: Literal["1.0"] = "1.0"
    id: Name
    source: Name
    type: Name
    subject: Name
    time: Aware
    dataschema: Name
    datacontenttype: Literal["application/json"] = "application/json"
    data: msgspec.Raw


_decoder = msgspec.json.Decoder(Envelope)
_encoder = msgspec.json.Encoder()


def decode_envelope(body: bytes) -> Envelope:
    """The envelope in `body`; raises `msgspec.MsgspecError` naming the field that is wrong."""
    return _decoder.decode(body)


def encode_envelope(envelope: Envelope) -> bytes:
    """The bytes that go into the log."""
    return _encoder.encode(envelope)


def wrap(data: msgspec.Struct) -> msgspec.Raw:
    """The data of an event as the raw JSON that an envelope carries."""
    return msgspec.Raw(_encoder.encode(data))
