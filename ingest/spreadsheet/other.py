"""A row that is no application, to the event that its source could have sent itself: checked by the same rules."""

from collections.abc import Mapping as Dict
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec

from ingest.contracts import registry
from ingest.contracts.conference import MEETING_RECORDED
from ingest.contracts.documents import CERTIFICATE_RECORDED, DOCUMENT_PROGRESSED, DOCUMENT_RECORDED
from ingest.contracts.feedback import EVALUATED, PETITIONED
from ingest.log.protocol import Entry
from ingest.refusal import Reason, RefusedError, misfit
from ingest.registration import Source
from ingest.sources.cloudevents import take_in
from ingest.sources.translation import identity
from ingest.spreadsheet.fill import Said

_AHEAD: Final = timedelta(hours=7)  # Việt Nam, without summer time since 1975
_MISSING: Final = Reason("missing", "thiếu trường bắt buộc")

_TYPES: Final = {
    "document": DOCUMENT_RECORDED, "document-step": DOCUMENT_PROGRESSED, "certificate": CERTIFICATE_RECORDED,
    "meeting": MEETING_RECORDED, "evaluation": EVALUATED, "petition": PETITIONED,
}  # fmt: skip
_HAPPENED: Final[Dict[str, tuple[str, ...]]] = {
    "certificate": ("valid_from", "revoked_at"),
    "meeting": ("told_at", "started_at", "ended_at"),
    "petition": ("received_at", "answered_at"),
}
_DOCUMENTS: Final = frozenset({"document", "document-step"})


def other(event: str, said: Said, source: Source, at: datetime) -> Entry:
    """The event; `at` is when the file was written, which is when a schedule was told.

    Raises `RefusedError` with the field of the mapping.
    """
    agency = said.get("agency")
    if not isinstance(agency, str):
        raise RefusedError("agency", _MISSING)
    if agency not in source.agencies:
        told = "not an agency that this source is registered for"
        raise RefusedError("agency", Reason(told, "không phải đơn vị đã đăng ký cho nguồn này"))
    data: dict[str, Any] = {name: _plain(value) for name, value in said.items() if name not in {"agency", "told_at"}}
    data["unit"] = source.agencies[agency]
    if event in _DOCUMENTS:
        _add_document(data, agency)
    if event in _DOCUMENTS or event == "certificate":
        data["level"] = int(source.level_of(agency))
    for name in ("invited", "attended"):
        if name in data:
            data[name] = [_site(site, source) for site in data[name]]
    told = str(said.get("told_at", ""))  # told again, what a schedule says is news even where it was said before
    return _entry(event, data, source, _happened(event, said, at), told)


def _add_document(data: dict[str, Any], agency: str) -> None:
    data["organ"] = agency
    if data.get("direction") == "outgoing":
        data.setdefault("sender", agency)


def _site(site: str, source: Source) -> dict[str, str]:
    return {"site": site, "unit": source.agencies[site]} if site in source.agencies else {"site": site}


def _happened(event: str, said: Said, at: datetime) -> datetime:
    """When it happened: the latest moment that is not a promise; of a schedule, when it was told."""
    names = _HAPPENED.get(event, ("at",))
    return max((_utc(moment) for name in names if isinstance(moment := said.get(name), datetime)), default=at)


def _entry(event: str, data: dict[str, Any], source: Source, time: datetime, told: str) -> Entry:
    cls = registry.CLASSES[_TYPES[event], 1]
    names = {each.name for each in msgspec.structs.fields(cls)}
    ordered = {name: data[name] for name in sorted(data.keys() & names)}
    typed = _typed(cls, ordered)
    raw = msgspec.Raw(msgspec.json.encode(typed))
    envelope = {
        "specversion": "1.0", "id": identity(bytes(raw) + told.encode()), "source": source.id, "type": _TYPES[event],
        "subject": registry.case_of(typed), "time": time, "dataschema": registry.dataschema(_TYPES[event]), "data": raw,
    }  # fmt: skip
    entries, refusals = take_in(msgspec.json.encode(envelope), source)
    if refusals:
        first = refusals[0]
        raise RefusedError(_field(first.field), Reason(first.reason, first.reason_vi))
    return entries[0]


def _typed(cls: type[msgspec.Struct], data: Dict[str, Any]) -> Any:
    try:
        return msgspec.convert(data, cls, strict=False)
    except msgspec.ValidationError as error:
        field, reason = misfit(error)
        raise RefusedError(_field(field), reason) from None


def _field(path: str) -> str:
    """The field of the mapping that a field of an event is from."""
    name = path.removeprefix("data.").split("[")[0].split(".")[0]
    return {"organ": "agency", "unit": "agency", "level": "agency", "subject": "", "time": ""}.get(name, name)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return _utc(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _utc(local: datetime) -> datetime:
    return local.replace(tzinfo=UTC) - _AHEAD
