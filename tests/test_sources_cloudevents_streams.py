"""CloudEvents of documents and conferences: for the source's own codes only, and without anybody's name."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from ingest.contracts.conference import (
    EndpointChanged,
    MeetingProgressed,
    MeetingRecorded,
    QualitySampled,
    Sample,
    Site,
)
from ingest.contracts.documents import DocumentRecorded
from ingest.contracts.registry import OfCase
from ingest.contracts.rules import Level
from ingest.files.anyone import anyone
from ingest.registration import Source
from ingest.simulator.parcel import event
from ingest.sources.cloudevents import Intake, take_in

AT = datetime(2026, 7, 22, 1, 0, tzinfo=UTC)
SOURCE = Source(
    "axis.moc-chau", "events", {"host": "03979", "DC-03980": "03980", "Phòng họp A": "03980", "H52.17.80": "03980"}
)
MEETING = "giao-ban@2026-07-22"


def taken(data: OfCase | QualitySampled) -> Intake:
    """What becomes of an event as the source sends it."""
    return take_in(event(SOURCE.id, AT, data), SOURCE)


def joined(site: str, unit: str | None = None, leg: str = "w_1") -> MeetingProgressed:
    """A site joins."""
    return MeetingProgressed(
        meeting=MEETING, unit="03979", step="joined", at=AT, site=Site(site=site, unit=unit), leg=leg
    )


def invited(*sites: str) -> MeetingRecorded:
    """A meeting to which sites without a unit are invited."""
    return MeetingRecorded(
        meeting=MEETING, unit="03979", scheduled_at=AT, invited=tuple(Site(site=site) for site in sites)
    )


@pytest.mark.parametrize("endpoint", ["DC-03984", "jvb.of-another-source", "Nguyễn Văn Sơn"])
def test_an_endpoint_that_is_not_registered_for_the_source_is_refused(endpoint: str) -> None:
    for data in (
        EndpointChanged(endpoint=endpoint, unit="03980", state="down", at=AT),
        QualitySampled(endpoint=endpoint, unit="03980", samples=(Sample(at=AT, loss=1.0),)),
    ):
        entries, (refusal,) = taken(data)
        assert (entries, refusal.field) == ([], "data.endpoint")
        assert "Sơn" not in refusal.reason + refusal.reason_vi


def test_an_endpoint_is_of_the_unit_it_is_registered_for() -> None:
    assert taken(EndpointChanged(endpoint="DC-03980", unit="03980", state="up", at=AT)).refusals == []
    (refusal,) = taken(EndpointChanged(endpoint="DC-03980", unit="03979", state="up", at=AT)).refusals
    assert refusal.field == "data.unit"


@pytest.mark.parametrize("site", ["DC-SONLA", "10.1.2.3:5060", "w_1fewpbchnudl", "0f3a/1"])
def test_a_site_that_is_not_registered_is_kept_without_a_unit(site: str) -> None:
    for data in (joined(site), invited(site)):
        assert taken(data).refusals == []


@pytest.mark.parametrize("name", ["Nguyễn Văn Sơn", "Nguyen Van Son", "son@example.vn", "Sơn", "Son"])
def test_a_name_is_no_site_and_no_connection(name: str) -> None:
    for data, field in (
        (joined(name), "data.site.site"),
        (invited("DC-SONLA", name), "data.invited[1].site"),
        (joined("DC-03980", "03980", leg=name), "data.leg"),
    ):
        entries, (refusal,) = taken(data)
        assert (entries, refusal.field) == ([], field)
        assert name not in refusal.reason + refusal.reason_vi


def test_a_vendor_may_check_such_events_before_anything_is_registered(tmp_path: Path) -> None:
    file = tmp_path / "events.json"
    bodies = [
        event("new", AT, data)
        for data in (
            EndpointChanged(endpoint="DC-03984", unit="03984", state="up", at=AT),
            QualitySampled(endpoint="DC-03984", unit="03984", samples=(Sample(at=AT, loss=1.0),)),
            joined("DC-SONLA"),
            invited("DC-SONLA"),
        )
    ]
    file.write_bytes(b"[" + b",".join(bodies) + b"]")
    entries, refusals = take_in(file.read_bytes(), anyone("events", file))
    assert (len(entries), refusals) == (4, [])


def test_a_registered_site_may_be_called_anything() -> None:
    assert taken(joined("Phòng họp A", "03980")).refusals == []


def test_what_a_document_says_and_who_signed_it_does_not_pass() -> None:
    document = DocumentRecorded(
        direction="incoming", organ="H52.17.80", unit="03980", level=Level.COMMUNE, sender="H52.17", code="1/UBND",
        promulgated_on=date(2026, 7, 20), at=AT, kind="Công văn",
    )  # fmt: skip
    sent = msgspec.json.decode(event(SOURCE.id, AT, document))
    sent["data"] |= {
        "subject": "V/v đơn của bà Mỷ", "Content": "bà Mỷ", "trich_yeu": "bà Mỷ", "signer": {"a": "Mỷ"},
        "signerName": "Mỷ", "staff": ["Mỷ"], "more": {"Subject": "Mỷ", "pages": 2},
    }  # fmt: skip
    (entry,), refusals = take_in(msgspec.json.encode(sent), SOURCE)
    assert refusals == []
    assert "Mỷ" not in entry.body.decode()
    kept = msgspec.json.decode(entry.body)
    assert (kept["subject"], kept["data"]["kind"], kept["data"]["more"]) == (entry.key, "Công văn", {"pages": 2})


@pytest.mark.parametrize("field", ["userName", "user_name", "displayName", "participantNames", "fullName"])
def test_who_takes_part_does_not_pass(field: str) -> None:
    sent = msgspec.json.decode(event(SOURCE.id, AT, joined("DC-03980", "03980")))
    sent["data"]["site"][field] = "Lò Thị Mỷ"
    (entry,), refusals = take_in(msgspec.json.encode(sent), SOURCE)
    assert refusals == []
    assert "Mỷ" not in entry.body.decode()
