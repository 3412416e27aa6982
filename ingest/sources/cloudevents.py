"""Events as a source sends them itself (CloudEvents 1.0, JSON format): one, or a batch in an array. Pure.

What is checked: the envelope, that the source speaks for itself and for its own units only, type and version
against the register, the data against their class, and that the subject is the case the data speak of. Rules
(calendars, registers of procedures) are no source's to send. Fields that nobody knows are kept, personal ones are
dropped, and what the registration decides (`unit_corrected`) is set by it, whatever was sent.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import msgspec

from ingest.contracts import registry
from ingest.contracts.conference import EndpointChanged, MeetingProgressed, MeetingRecorded, QualitySampled, Site
from ingest.contracts.declared import SourceDeclared
from ingest.contracts.documents import CertificateRecorded, DocumentProgressed, DocumentRecorded
from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.limits import EARLIEST, LATEST, moment_out_of_range
from ingest.contracts.onestop import RECORDED, ApplicationRecorded
from ingest.contracts.privacy import scrub_event
from ingest.contracts.registry import Adopted, Data, OfApplication, OfCase
from ingest.log.protocol import Entry
from ingest.refusal import BODY, Reason, Refusal, RefusedError, malformed, misfit, refuse, shown
from ingest.registration import Source
from ingest.sources.codes import check_application
from ingest.sources.meeting_names import NO_SITE, is_connection, is_site

_FAR: Final = Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199")
_UNPRINTABLE: Final = Reason("unprintable characters", "có ký tự không in được")
_OWN: Final = Reason(
    "comes from the centre itself (ioc calendar adopt, ioc procedures adopt, ioc source add), not from a source",
    "do chính trung tâm ban hành (ioc calendar adopt, ioc procedures adopt, ioc source add), nguồn không được gửi",
)
_ABROAD: Final = Reason("not a unit of this source", "không phải đơn vị của nguồn này")
_BATCH: Final = msgspec.json.Decoder(list[msgspec.Raw])


Sent: TypeAlias = OfCase | QualitySampled | SourceHeartbeat
"""What a source may send."""


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
    kept = scrub_event(value)
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


def _decoded(envelope: Envelope) -> Sent:
    if envelope.type in registry.NOT_FROM_SOURCES:
        raise RefusedError("type", _OWN)
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
    if isinstance(data, Adopted | SourceDeclared):  # whatever its type may be called
        raise RefusedError("type", _OWN)
    return data


def _check_belongs(envelope: Envelope, data: Sent, source: Source) -> None:
    """Subject and data name the same case, and the case belongs to a unit that the source speaks for."""
    if isinstance(data, SourceHeartbeat):
        if data.source != source.id:
            raise RefusedError("data.source", Reason("must be the event's source", "phải trùng với nguồn"))
        _check_subject(envelope, data.source)
        return
    _check_subject(envelope, registry.case_of(data))
    if isinstance(data, OfApplication):
        check_application(data.application, "data.application")
    match data:
        case ApplicationRecorded():
            _check_agency(data.agency, data.unit, "agency", source)
        case DocumentRecorded() | DocumentProgressed():
            _check_agency(data.organ, data.unit, "organ", source)
            _check_level(data.level, source.level_of(data.organ))
        case EndpointChanged() | QualitySampled():
            _check_agency(data.endpoint, data.unit, "endpoint", source)
        case _:
            if data.unit not in source.agencies.values():
                raise RefusedError("data.unit", _unregistered(data.unit))
    _check_within(data, source)


def _check_within(data: OfCase | QualitySampled, source: Source) -> None:
    """The parts of the data fit each other and the registration."""
    match data:
        case MeetingRecorded():
            _check_sites(data.invited or (), "invited", source)
            _check_sites(data.attended or (), "attended", source)
        case MeetingProgressed():
            _check_sites((data.site,) if data.site is not None else (), "site", source)
            if data.leg is not None and data.leg not in source.agencies and not is_connection(data.leg):
                raise RefusedError("data.leg", Reason("not a connection's id", "không phải mã kết nối"))
        case CertificateRecorded() if data.valid_until <= data.valid_from:
            raise RefusedError("data.valid_until", Reason("not after valid_from", "không sau valid_from"))
        case _:
            pass


def _check_agency(agency: str, unit: str, field: str, source: Source) -> None:
    """The agency is one of the source's, and the unit is the agency's."""
    if agency not in source.agencies:
        raise RefusedError(f"data.{field}", _unregistered(agency))
    if source.agencies[agency] != unit:
        raise RefusedError(
            "data.unit", Reason(f"agency {shown(agency)} is another unit", f"đơn vị {shown(agency)} thuộc xã khác")
        )


def _check_level(told: int, registered: int) -> None:
    if told != registered:
        raise RefusedError(
            "data.level", Reason(f"the organ is registered with level {registered}", f"đơn vị đăng ký cấp {registered}")
        )


def _check_sites(sites: Sequence[Site], field: str, source: Source) -> None:
    """A site that is not registered has no unit, and is a code, not somebody's name; one that is has its own."""
    for place, site in enumerate(sites):
        at = f"data.{field}" if field == "site" else f"data.{field}[{place}]"
        if source.agencies.get(site.site) != site.unit:
            raise RefusedError(f"{at}.unit", _ABROAD)
        if site.unit is None and not is_site(site.site):
            raise RefusedError(f"{at}.site", NO_SITE)


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
