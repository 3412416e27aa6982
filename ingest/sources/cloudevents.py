"""Events as a source sends them itself (CloudEvents 1.0, JSON format): one, or a batch in an array. Pure.

What is checked: the envelope, that the source speaks for itself and for its own units only, type and version
against the register, the data against their class, and that the subject is the case the data speak of. Rules
(calendars, registers of procedures) are no source's to send. Fields that nobody knows are kept, personal ones are
dropped, and what the registration decides (`unit_corrected`) is set by it, whatever was sent.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.limits import EARLIEST, LATEST, moment_out_of_range
from ingest.contracts.onestop import RECORDED, ApplicationRecorded
from ingest.contracts.privacy import scrub
from ingest.contracts.registry import Adopted, Data, Feedback, OfApplication
from ingest.log.protocol import Entry
from ingest.refusal import BODY, Reason, Refusal, RefusedError, malformed, misfit, refuse, shown
from ingest.registration import Source
from ingest.sources.codes import check_application

_FAR: Final = Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199")
_UNPRINTABLE: Final = Reason("unprintable characters", "có ký tự không in được")
_RULE: Final = Reason(
    "rules come from the centre itself (ioc calendar adopt, ioc procedures adopt), not from a source",
    "quy tắc do chính trung tâm ban hành (ioc calendar adopt, ioc procedures adopt), nguồn không được gửi",
)
_BATCH: Final = msgspec.json.Decoder(list[msgspec.Raw])


class Intake(NamedTuple):
    """What may go into the log, in the order of the body, and what was refused."""

    entries: list[Entry]
    refusals: list[Refusal]


def take_in(body: bytes, source: Source) -> Intake:
    """The entries of a body of one event or of an array of them."""
    try:
        events = _BATCH.decode(body) if body.lstrip()[:1] == b"[" else [msgspec.Raw(body)]
        msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Intake([], [malformed(error, body)])
    found = Intake([], [])
    for index, raw in enumerate(events):
        try:
            found.entries.append(_entry(raw, source))
        except RefusedError as error:
            found.refusals.append(refuse(index, error.field, error.reason))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            found.refusals.append(refuse(index, *misfit(error)))
    return found


def _entry(raw: msgspec.Raw, source: Source) -> Entry:
    value = msgspec.json.decode(raw)
    if not isinstance(value, dict):
        raise RefusedError(BODY, Reason("not an object", "không phải đối tượng JSON"))
    kept = scrub(value)
    _stamp(kept, source)
    encoded = msgspec.json.encode(kept)
    envelope = decode_envelope(encoded)
    _check_envelope(envelope, source)
    data = _decoded(envelope)
    if (path := moment_out_of_range(data)) is not None:
        raise RefusedError(f"data.{path}", _FAR)
    _check_belongs(envelope, data, source)
    if (field := _with_nul(kept, "")) is not None:
        raise RefusedError(field, _UNPRINTABLE)
    return Entry(envelope.subject, encoded)


def _stamp(event: object, source: Source) -> None:
    """Whether another unit is a correction or a transfer is for the registration to say, not for the event."""
    match event:
        case {"type": str(event_type), "data": dict(data)} if event_type == RECORDED:
            data.pop("unit_corrected", None)
            if source.unit_change == "correction":
                data["unit_corrected"] = True
        case _:
            pass


def _check_envelope(envelope: Envelope, source: Source) -> None:
    if envelope.source != source.id:
        raise RefusedError(
            "source", Reason("not the source that the token belongs to", "không phải nguồn sở hữu mã truy cập")
        )
    if not EARLIEST <= envelope.time < LATEST:
        raise RefusedError("time", _FAR)
    for field in ("id", "subject"):
        if not getattr(envelope, field).isprintable():
            raise RefusedError(field, _UNPRINTABLE)


def _decoded(envelope: Envelope) -> OfApplication | Feedback | SourceHeartbeat:
    if envelope.type in registry.NOT_FROM_SOURCES:
        raise RefusedError("type", _RULE)
    try:
        data: Data = registry.decode(envelope)
    except registry.UnknownTypeError:
        known = any(envelope.type == event_type for event_type, _ in registry.CLASSES)
        raise RefusedError(
            "dataschema" if known else "type",
            Reason("not in the register of event types", "không có trong danh mục loại sự kiện"),
        ) from None
    except msgspec.MsgspecError as error:
        field, reason = misfit(error)
        raise RefusedError("data" if field == BODY else f"data.{field}", reason) from None
    if isinstance(data, Adopted):  # whatever its type may be called
        raise RefusedError("type", _RULE)
    return data


def _check_belongs(envelope: Envelope, data: OfApplication | Feedback | SourceHeartbeat, source: Source) -> None:
    """Subject and data name the same case, and the case belongs to a unit that the source speaks for."""
    if isinstance(data, SourceHeartbeat):
        if data.source != source.id:
            raise RefusedError("data.source", Reason("must be the event's source", "phải trùng với nguồn"))
        _check_subject(envelope, data.source)
        return
    _check_subject(envelope, registry.case_of(data))
    if isinstance(data, OfApplication):
        check_application(data.application, "data.application")
    if isinstance(data, ApplicationRecorded):
        if data.agency not in source.agencies:
            raise RefusedError("data.agency", _unregistered(data.agency))
        if source.agencies[data.agency] != data.unit:
            raise RefusedError(
                "data.unit",
                Reason(f"agency {shown(data.agency)} is another unit", f"đơn vị {shown(data.agency)} thuộc xã khác"),
            )
    elif data.unit not in source.agencies.values():
        raise RefusedError("data.unit", _unregistered(data.unit))


def _check_subject(envelope: Envelope, case: str) -> None:
    if envelope.subject != case:
        raise RefusedError("subject", Reason("must name the case of the data", "phải trùng với mã trong dữ liệu"))


def _unregistered(code: str) -> Reason:
    return Reason(f"{shown(code)} is not registered for this source", f"{shown(code)} chưa được đăng ký cho nguồn này")


def _with_nul(value: object, path: str) -> str | None:
    """The path of the first text with a NUL character, which no database keeps, or None."""
    inner: Mapping[str, object] = {}
    if isinstance(value, str):
        return (path or BODY) if "\0" in value else None
    if isinstance(value, dict):
        if any("\0" in name for name in value):
            return path or BODY
        inner = {f"{path}.{name}" if path else name: item for name, item in value.items()}
    elif isinstance(value, list):
        inner = {f"{path}[{place}]": item for place, item in enumerate(value)}
    return next((found for name, item in inner.items() if (found := _with_nul(item, name)) is not None), None)
