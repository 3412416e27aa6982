"""A row that is an application (hồ sơ), to the same event that a sync record of it would be: by the same rules."""

from datetime import datetime
from typing import Any, Final

import msgspec

from ingest.contracts.envelope import encode_envelope
from ingest.log.protocol import Entry
from ingest.refusal import RefusedError
from ingest.registration import Source
from ingest.sources.onestop_sync import envelope_of
from ingest.sources.onestop_wire import Fee, SupplementRequest, WireRecord
from ingest.spreadsheet.fill import Said

_WIRE: Final = {
    "application": "application", "procedure": "procedure", "procedure_name": "procedure_name", "field": "field",
    "field_name": "field_name", "status": "status", "channel": "channel", "submitted_at": "submitted",
    "received_at": "received", "due_at": "due", "ended_at": "ended", "returned_at": "returned", "refused_at": "refused",
    "online_payment": "online_payment", "digitised": "digitised",
}  # fmt: skip
"""From the field of a mapping to that of a sync record."""
_OF_SUPPLEMENT: Final = {
    "supplement_requested_at": "requested", "supplement_received_at": "received", "supplement_due_after": "due_after",
}  # fmt: skip

_SENT_AS: Final = {each.name: each.encode_name for each in msgspec.structs.fields(WireRecord)}
_FIELDS: Final = {
    **{_SENT_AS[wire]: name for name, wire in _WIRE.items()},
    "MaDinhDanhDV": "agency",
    "DonViXuLy": "agency",
    "NgayBoSung": "supplement_requested_at",
    "NgayTiepNhanBoSung": "supplement_received_at",
    "NgayHenTraMoi": "supplement_due_after",
    "DanhSachLePhi": "fee",
    "Gia": "fee",
}  # fmt: skip


def application(said: Said, source: Source) -> Entry:
    """The event. Raises `RefusedError` with the field of the mapping."""
    told: dict[str, Any] = {wire: _wire(said[name]) for name, wire in _WIRE.items() if name in said}
    asked: dict[str, Any] = {wire: _wire(said[name]) for name, wire in _OF_SUPPLEMENT.items() if name in said}
    record = WireRecord(**told)
    if asked:
        record.supplements = [SupplementRequest(**asked)]
    if "fee" in said:
        record.fees = [Fee(price=str(said["fee"]))]
    try:
        envelope = envelope_of(record, str(said["agency"]) if "agency" in said else None, source)
    except RefusedError as error:
        name = error.field.rpartition(".")[2]
        raise RefusedError(_FIELDS.get(name, name), error.reason) from None
    return Entry(envelope.subject, encode_envelope(envelope))


def _wire(value: object) -> object:
    return f"{value:%Y%m%d%H%M%S}" if isinstance(value, datetime) else value
