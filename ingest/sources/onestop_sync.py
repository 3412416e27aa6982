"""The national sync body `DongBoHoSoMC` (handbook 3.2) to events: pure, record by record.

A record that does not fit is refused by its index and field and never spoils the others. Nothing is
guessed: no date without an hour, no unknown code, no agency that the source was not registered for.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope, wrap
from ingest.contracts.onestop import (
    RECORDED,
    ApplicationRecorded,
    Channel,
    OnlinePayment,
    Status,
    Supplement,
)
from ingest.refusal import BODY, Reason, Refusal, RefusedError, malformed, misfit, refuse
from ingest.registration import Source
from ingest.sources import onestop_agency, onestop_counts, onestop_rules, onestop_wire
from ingest.sources.codes import check_application, code, flag, label, name, optional_name
from ingest.sources.moments import moment
from ingest.sources.onestop_wire import Scalar, SupplementRequest, WireRecord
from ingest.sources.translation import Translation, identity

SERVICE: Final = "DongBoHoSoMC"
_DATASCHEMA: Final = registry.dataschema(RECORDED)
_BOM: Final = b"\xef\xbb\xbf"

_Unread = tuple[int, WireRecord | Refusal]


def translate(body: bytes, source: Source) -> Translation:
    """The events of a sync body from `source`, whose registration says which agency is which unit."""
    try:
        service, agency, records = _read(body.removeprefix(_BOM))
    except msgspec.ValidationError as error:
        return Translation([], [refuse(None, *misfit(error))])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Translation([], [malformed(error, body)])
    if service != SERVICE:
        told = Reason(f"must be {SERVICE}", f"phải là {SERVICE}")
        return Translation([], [refuse(None, "service", told)])
    found = Translation([], [])
    for index, record in records:
        if isinstance(record, Refusal):
            found.refusals.append(record)
            continue
        try:
            found.envelopes.append(envelope_of(record, agency, source))
        except RefusedError as error:
            # `MaDinhDanhDV` stands beside the records, everything else within one.
            field = error.field if error.field == onestop_agency.FIELD else f"data[{index}].{error.field}"
            found.refusals.append(refuse(index, field, error.reason))
    return found


def _read(body: bytes) -> tuple[Scalar, Scalar, Iterator[_Unread]]:
    """Service, agency and records. All at once where everything fits, else one by one."""
    try:
        whole = onestop_wire.BODY.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        shell = onestop_wire.SHELL.decode(body)
        return shell.service, shell.agency, _one_by_one(shell.data)
    return whole.service, whole.agency, iter(enumerate(whole.data))


def _one_by_one(records: list[msgspec.Raw]) -> Iterator[_Unread]:
    for index, raw in enumerate(records):
        try:
            yield index, onestop_wire.RECORD.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            field, reason = misfit(error)
            place = f"data[{index}]" if field == BODY else f"data[{index}].{field}"
            yield index, refuse(index, place, reason)


def envelope_of(record: WireRecord, agency: Scalar, source: Source) -> Envelope:
    """The event of a record that `agency` sends. Raises `RefusedError` with the name of a field of the record."""
    data = _recorded(record, agency, source)
    onestop_rules.check(data)
    raw = wrap(data)
    return Envelope(
        id=identity(raw),
        source=source.id,
        type=RECORDED,
        subject=data.application,
        time=happened(data),
        dataschema=_DATASCHEMA,
        data=raw,
    )


def happened(data: ApplicationRecorded) -> datetime:
    """When the snapshot came to be, as far as it says: its latest moment that is not a promise.

    Due dates are promises. Raises `RefusedError` where no moment is left.
    """
    moments = [data.submitted_at, data.received_at, data.ended_at, data.returned_at, data.refused_at]
    for supplement in data.supplements:
        moments += (supplement.requested_at, supplement.received_at)
    known = [moment for moment in moments if moment is not None]
    if not known:
        raise RefusedError("NgayNopHoSo", Reason("missing: no moment at all", "thiếu: không có thời điểm nào"))
    return max(known)


def _recorded(record: WireRecord, agency: Scalar, source: Source) -> ApplicationRecorded:
    application = name(record.application, "MaHoSo")
    check_application(application, "MaHoSo")
    status = code(Status, record.status, "TrangThaiHoSo")
    if status is None:
        raise RefusedError("TrangThaiHoSo", Reason("missing", "thiếu trường bắt buộc"))
    responsible = onestop_agency.responsible(record.handled_by, agency, source.agencies)
    return ApplicationRecorded(
        application=application,
        procedure=name(record.procedure, "MaTTHC"),
        procedure_name=label(record.procedure_name, "TenTTHC"),
        field=name(record.field, "MaLinhVuc"),
        field_name=label(record.field_name, "TenLinhVuc"),
        agency=responsible,
        unit=source.agencies[responsible],
        status=status,
        channel=code(Channel, record.channel, "KenhThucHien") or Channel.DIRECT,
        submitted_at=moment(record.submitted, "NgayNopHoSo"),
        received_at=moment(record.received, "NgayTiepNhan"),
        due_at=moment(record.due, "NgayHenTra"),
        ended_at=moment(record.ended, "NgayKetThucXuLy"),
        returned_at=moment(record.returned, "NgayTra"),
        refused_at=moment(record.refused, "NgayTuChoi"),
        supplements=_supplements(record.supplements or []),
        online_payment=code(OnlinePayment, record.online_payment, "DuocThanhToanTrucTuyen"),
        fee=onestop_counts.fee(record.fees),
        digitised=flag(record.digitised, "HoSoCoThanhPhanSoHoa"),
        papers=onestop_counts.papers(record.papers),
        electronic_results=onestop_counts.electronic_results(record.results),
        shared_databases=onestop_counts.shared_databases(record.databases),
        stored_results=onestop_counts.stored_results(record.results),
        population_database=onestop_counts.population_database(record.databases),
        unit_corrected=source.unit_change == "correction",
    )


def _supplements(requests: list[SupplementRequest]) -> tuple[Supplement, ...]:
    """The requests by moment, so that their order in the body does not matter."""
    found = [_supplement(request, f"DanhSachHoSoBoSung[{place}]") for place, request in enumerate(requests)]
    return tuple(sorted(found, key=lambda supplement: (supplement.requested_at, supplement.id)))


def _supplement(request: SupplementRequest, place: str) -> Supplement:
    requested = moment(request.requested, f"{place}.NgayBoSung")
    if requested is None:
        raise RefusedError(f"{place}.NgayBoSung", Reason("missing", "thiếu trường bắt buộc"))
    return Supplement(
        # A request without a number is known by its moment.
        id=optional_name(request.id, f"{place}.HoSoBoSungId") or str(request.requested),
        requested_at=requested,
        received_at=moment(request.received, f"{place}.NgayTiepNhanBoSung"),
        due_before=moment(request.due_before, f"{place}.NgayHenTraTruoc"),
        due_after=moment(request.due_after, f"{place}.NgayHenTraMoi"),
        payment=onestop_counts.asks_payment(request.duties),
    )
