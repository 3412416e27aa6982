"""Builders of sync records and bodies (`DongBoHoSoMC`), as a vendor's system sends them."""

import json
from collections.abc import Mapping
from typing import Any

from ingest.registration import Source

AGENCY = "H52.17.18"
UNIT = "03980"
OTHER_AGENCY = "H52.17.20"
OTHER_UNIT = "03985"

SOURCE = Source("moc-chau", "onestop-sync", {AGENCY: UNIT, OTHER_AGENCY: OTHER_UNIT})
CORRECTING = Source(SOURCE.id, SOURCE.kind, SOURCE.agencies, "correction")
"""The same source, registered as one at which another unit corrects an error."""

Record = dict[str, Any]


def a_record(number: int = 1, /, **changes: object) -> Record:
    """A settled application; `changes` replace fields, None included."""
    return {
        "MaHoSo": f"H52.17.18-240712-{number:04}",
        "MaTTHC": "1.005129",
        "TenTTHC": "Đăng ký khai sinh",
        "MaLinhVuc": "G01-HT",
        "TenLinhVuc": "Hộ tịch",
        "KenhThucHien": "2",
        "NgayNopHoSo": "20240712080102",
        "NgayTiepNhan": "20240712090102",
        "NgayHenTra": "20240716170000",
        "TrangThaiHoSo": "9",
        "NgayKetThucXuLy": "20240715100000",
        "NgayTra": "",
        "NgayTuChoi": None,
        "DonViXuLy": "UBND xã Chiềng Sơn",
        "DuocThanhToanTrucTuyen": 1,
        **changes,
    }


def a_body(*records: object, **changes: object) -> bytes:
    """The body that carries these records."""
    return as_json(
        {"service": "DongBoHoSoMC", "isUpdating": "False", "MaDinhDanhDV": AGENCY, "data": list(records), **changes}
    )


def as_json(value: object) -> bytes:
    """Bytes as a client sends them."""
    return json.dumps(value, ensure_ascii=False).encode()


def an_event(**changes: object) -> Record:
    """A recorded application as a CloudEvent of the source `moc-chau`."""
    return {
        "specversion": "1.0",
        "id": "e-1",
        "source": SOURCE.id,
        "type": "vn.ioc.onestop.application.recorded",
        "subject": "H52.17.18-240712-0001",
        "time": "2024-07-15T03:00:00Z",
        "dataschema": "urn:ioc:onestop.application.recorded:1",
        "data": the_data(),
        **changes,
    }


def the_data(**changes: object) -> Record:
    """The data of `an_event`."""
    return {
        "application": "H52.17.18-240712-0001",
        "procedure": "1.005129",
        "field": "G01-HT",
        "agency": AGENCY,
        "unit": UNIT,
        "status": 2,
        "received_at": "2024-07-12T02:01:02Z",
        **changes,
    }


def a_heartbeat(**changes: object) -> Record:
    """A heartbeat of the source `moc-chau`."""
    return {
        "id": "h-1",
        "source": SOURCE.id,
        "type": "vn.ioc.source.heartbeat",
        "subject": SOURCE.id,
        "time": "2024-07-15T03:00:00Z",
        "dataschema": "urn:ioc:source.heartbeat:1",
        "data": {"source": SOURCE.id, "at": "2024-07-15T03:00:00Z"},
        **changes,
    }


def a_progress(**changes: object) -> Mapping[str, object]:
    """A transition of an application as a CloudEvent of the source `moc-chau`."""
    return an_event(
        **{
            "type": "vn.ioc.onestop.application.progressed",
            "dataschema": "urn:ioc:onestop.application.progressed:1",
            "data": {
                "application": "H52.17.18-240712-0001",
                "unit": UNIT,
                "status": 4,
                "at": "2024-07-12T03:00:00Z",
            },
            **changes,
        }
    )


def an_apology(**changes: object) -> Record:
    """A letter of apology that was sent, as a CloudEvent of the source `moc-chau`."""
    data = {"application": "H52.17.18-240712-0001", "unit": UNIT, "sent_at": "2024-07-17T03:00:00Z", "number": "12/PXL"}
    return _told("onestop.apology.sent", data["application"], data, changes)


def an_evaluation(**changes: object) -> Record:
    """A quality-evaluation form as a CloudEvent of the source `moc-chau`."""
    data = {"form": "F-1", "unit": UNIT, "at": "2024-07-17T03:00:00Z", "verdict": 1}
    return _told("onestop.evaluation.recorded", "evaluation/F-1", data, changes)


def a_petition(**changes: object) -> Record:
    """A petition as a CloudEvent of the source `moc-chau`."""
    data = {"petition": "P-1", "unit": UNIT, "received_at": "2024-07-17T03:00:00Z", "due_at": "2024-07-27T03:00:00Z"}
    return _told("onestop.petition.recorded", "petition/P-1", data, changes)


def _told(name: str, subject: str, data: Record, changes: Mapping[str, object]) -> Record:
    given = {"type": f"vn.ioc.{name}", "dataschema": f"urn:ioc:{name}:1", "subject": subject, "id": f"{name}-1"}
    return an_event(**{**given, "data": {**data, **changes}})
