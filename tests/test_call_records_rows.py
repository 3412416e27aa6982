"""Call records become records of meetings, and what can't be read is refused by its row and column."""

from datetime import UTC, datetime

import pytest

from ingest.contracts import registry
from ingest.contracts.conference import MeetingRecorded, Site
from ingest.registration import Source
from ingest.sources.call_layout import Layout
from ingest.sources.call_records import translate
from tests.building.call_records import BRIDGE, LIST_HEAD, POLYCOM, polycom, shipped

RMX, LIST = shipped("polycom_rmx"), shipped("conference_list")
HALF_PAST = datetime(2026, 7, 22, 1, 0, tzinfo=UTC)


def meetings(body: bytes | str, layout: Layout = RMX, source: Source = BRIDGE) -> list[MeetingRecorded]:
    found = translate(body.encode() if isinstance(body, str) else body, source, layout)
    assert found.refusals == []
    data = [registry.decode(envelope) for envelope in found.envelopes]
    return [each for each in data if isinstance(each, MeetingRecorded)]


def refused(body: bytes | str, layout: Layout = RMX, source: Source = BRIDGE) -> list[tuple[int | None, str]]:
    found = translate(body.encode() if isinstance(body, str) else body, source, layout)
    assert all(refusal.reason and refusal.reason_vi for refusal in found.refusals)
    return [(refusal.index, refusal.field) for refusal in found.refusals]


def a_list(*rows: str) -> str:
    return "\n".join([LIST_HEAD, *rows]) + "\n"


def test_the_first_record_of_a_polycom_file_is_its_conference_and_nobody_in_it_is_read() -> None:
    assert meetings(POLYCOM) == [
        MeetingRecorded(
            meeting="giao-ban@2026-07-22",
            unit="03979",
            scheduled_at=datetime(2026, 7, 22, 1, 0, tzinfo=UTC),
            scheduled_until=datetime(2026, 7, 22, 2, 30, tzinfo=UTC),
            started_at=datetime(2026, 7, 22, 1, 7, 30, tzinfo=UTC),
            ended_at=datetime(2026, 7, 22, 2, 19, 35, tzinfo=UTC),
        )
    ]
    (envelope,) = translate(POLYCOM.encode(), BRIDGE, RMX).envelopes
    assert (envelope.source, envelope.subject) == (BRIDGE.id, "meeting/giao-ban@2026-07-22")
    assert envelope.time == datetime(2026, 7, 22, 2, 19, 35, tzinfo=UTC)
    assert b"Hoa" not in bytes(envelope.data)


@pytest.mark.parametrize("status", ["2", "3", "4", "8", "9"])
def test_a_conference_that_was_held_has_its_end(status: str) -> None:
    (meeting,) = meetings(polycom(status=status))
    assert (meeting.ended_at is not None, meeting.never_started) == (True, False)


def test_one_that_is_on_has_none_yet() -> None:
    (meeting,) = meetings(polycom(status="1"))
    assert (meeting.started_at is not None, meeting.ended_at) == (True, None)


@pytest.mark.parametrize("status", ["5", "6"])
def test_one_that_never_started_has_only_its_plan_whatever_else_it_says(status: str) -> None:
    (meeting,) = meetings(polycom(status=status, began="-", lasted="-"))
    assert (meeting.never_started, meeting.started_at, meeting.ended_at) == (True, None, None)
    assert meeting.scheduled_at == HALF_PAST


def test_moments_are_told_in_the_time_zone_of_the_layout_and_days_are_those_of_viet_nam() -> None:
    (meeting,) = meetings(polycom(reserved="22.07.2026 17:30:00", began="2026-07-22T17:31:00", reserved_for="90"))
    assert meeting.meeting == "giao-ban@2026-07-23"
    assert meeting.scheduled_until == datetime(2026, 7, 22, 19, 0, tzinfo=UTC)


def test_the_same_file_again_is_the_same_event() -> None:
    first, again = (translate(POLYCOM.encode(), BRIDGE, RMX).envelopes[0].id for _ in range(2))
    other = translate(polycom(lasted="1:12:06"), BRIDGE, RMX).envelopes[0].id
    assert first == again != other


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"room": ""}, "B1 (room)"),
        ({"room": "x" * 201}, "B1 (room)"),
        ({"reserved": "07/22/2026 01:00:00"}, "D1 (scheduled_at)"),
        ({"reserved": "2026-02-30 01:00:00"}, "D1 (scheduled_at)"),
        ({"reserved": "1826-02-20 01:00:00"}, "D1 (scheduled_at)"),
        ({"reserved_for": "soon"}, "E1 (scheduled_for)"),
        ({"reserved_for": "200:00:00"}, "E1 (scheduled_for)"),
        ({"lasted": "1:99:00"}, "G1 (lasted)"),
        ({"status": "7"}, "H1 (status)"),
        ({"reserved": "", "began": ""}, "F1 (started_at)"),
        ({"began": "2199-12-31 00:00:00", "lasted": "100:00:00"}, "G1 (lasted)"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_cell(changes: dict[str, str], field: str) -> None:
    assert refused(polycom(**changes)) == [(0, field)]


def test_a_list_of_an_office_is_read_by_its_headings_row_by_row() -> None:
    body = a_list(
        "giao-ban,UBND-03979,22/07/2026 08:00,22/07/2026 09:30,22/07/2026 08:05,80,Đã họp,"
        '"DC-03980; DC-03982",DC-03980',
        "",
        "tap-huan,,23/07/2026 14:00,,,,Đã HỦY,X-99,",
    )
    first, second = meetings(body, LIST)
    sites = (Site(site="DC-03980", unit="03980"), Site(site="DC-03982", unit="03982"))
    assert (first.invited, first.attended) == (sites, sites[:1])
    assert (first.scheduled_at, first.started_at) == (HALF_PAST, HALF_PAST.replace(minute=5))
    assert (second.meeting, second.cancelled, second.unit) == ("tap-huan@2026-07-23", True, "03979")
    assert second.invited == (Site(site="X-99"),)


def test_a_bad_row_is_refused_by_its_number_and_the_others_are_taken() -> None:
    rows = [
        "a,,22/07/2026 08:00,,,,,,",
        "b,,22/07/2026,,,,,,",
        "c,,22/07/2026 08:00,,,,,Nguyễn Thị Hoa,",
        "d,UBND-1,,,,,,,",
    ]
    found = translate(a_list(*rows).encode(), BRIDGE, LIST)
    assert [envelope.subject for envelope in found.envelopes] == ["meeting/a@2026-07-22"]
    assert [(refusal.index, refusal.field) for refusal in found.refusals] == [
        (2, "C3 (scheduled_at)"),
        (3, "H4 (invited)"),
        (4, "E5 (started_at)"),
    ]
    assert "Hoa" not in str(found)


def test_a_host_that_is_not_registered_is_refused_by_name() -> None:
    assert refused(a_list("a,UBND-1,22/07/2026 08:00,,,,,,"), LIST) == [(1, "B2 (host)")]
    assert refused(POLYCOM, RMX, Source("rmx", "call-records", {})) == [(0, "host")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_the_encodings_that_offices_send(encoding: str) -> None:
    import unicodedata

    text = a_list("a,,22/07/2026 08:00,,,,Đã hủy,,")
    if encoding == "cp1258":  # which has most tones as marks of their own, after the letter
        text = text.translate({ord(sign): _toned(sign) for sign in set(text) if ord(sign) > 127})
    assert unicodedata.normalize("NFC", text.encode(encoding).decode(encoding)).count("Đã hủy") == 1
    (meeting,) = meetings(text.encode(encoding), LIST)
    assert meeting.cancelled


def _toned(sign: str) -> str:
    """A letter as Windows-1258 has it: with its shape, its tone apart."""
    import unicodedata

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    parts = unicodedata.normalize("NFD", sign)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
    return letter + "".join(part for part in parts if part in tones)


@pytest.mark.parametrize(
    ("body", "layout", "field"),
    [
        (b"", RMX, "$"),
        (b"\n , \n", RMX, "$"),
        (b"\xff\xfe\x00", RMX, "$"),
        (b"\x81giao-ban", RMX, "$"),
        ("Phòng họp\na\n", LIST, "A1"),
        (LIST_HEAD, LIST, "$"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(body: bytes | str, layout: Layout, field: str) -> None:
    assert refused(body, layout) == [(None, field)]


def test_where_reading_has_to_stop_the_row_is_named_and_the_rows_before_are_taken() -> None:
    for end in ('"never closed,,', "x" * 70_000):
        found = translate(a_list("a,,22/07/2026 08:00,,,,,,", end).encode(), BRIDGE, LIST)
        assert len(found.envelopes) == 1
        assert [(refusal.index, refusal.field) for refusal in found.refusals] == [(2, "A3")]


def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert refused(b"," * 20_000_001) == [(None, "$")]
