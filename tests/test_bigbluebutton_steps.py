"""BigBlueButton's posts become steps of meetings: who was there, when, and nothing about anybody."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from ingest.contracts import registry
from ingest.contracts.conference import MeetingProgressed, Site
from ingest.registration import Source
from ingest.sources.bigbluebutton import translate
from tests.building.webhooks import BBB, CREATED, HOST_UNIT, MEETING, SITE_UNIT, a_post, an_event


def steps(body: bytes, source: Source = BBB) -> list[MeetingProgressed]:
    found = translate(body, source)
    assert found.refusals == []
    data = [registry.decode(envelope) for envelope in found.envelopes]
    return [each for each in data if isinstance(each, MeetingProgressed)]


def refused(body: bytes, source: Source = BBB) -> list[tuple[int | None, str]]:
    found = translate(body, source)
    assert found.envelopes == []
    assert all(refusal.reason and refusal.reason_vi for refusal in found.refusals)
    return [(refusal.index, refusal.field) for refusal in found.refusals]


def test_a_session_that_is_created_is_a_meeting_that_starts_held_by_the_host() -> None:
    (step,) = steps(a_post(an_event("meeting-created", CREATED + 480)))
    assert step == MeetingProgressed(
        meeting=MEETING, unit=HOST_UNIT, step="started", at=datetime(2026, 7, 22, 1, 0, 0, 480_000, UTC)
    )


def test_the_event_is_named_timed_and_keyed_by_what_it_tells() -> None:
    (envelope,) = translate(a_post(an_event("meeting-ended", CREATED + 1)), BBB).envelopes
    assert (envelope.source, envelope.subject) == (BBB.id, f"meeting/{MEETING}")
    assert envelope.time == datetime(2026, 7, 22, 1, 0, 0, 1000, UTC)


def test_a_user_of_a_registered_code_is_a_site_with_its_unit() -> None:
    (step,) = steps(a_post(an_event("user-joined", internal="w_1fewpbchnudl", external="DC-03980")))
    assert (step.step, step.site, step.leg) == ("joined", Site(site="DC-03980", unit=SITE_UNIT), "w_1fewpbchnudl")


@pytest.mark.parametrize("external", ["hoa.nguyen@example.vn", "", None, 912345678, "host"])
def test_anybody_else_is_a_leg_without_unit_of_whom_only_the_drawn_id_is_kept(external: object) -> None:
    body = a_post(an_event("user-left", internal="w_1fewpbchnudl", external=external))
    (step,) = steps(body)
    assert (step.step, step.site, step.leg) == ("left", Site(site="w_1fewpbchnudl"), "w_1fewpbchnudl")
    kept = str(translate(body, BBB).envelopes)
    assert "Hoa" not in kept
    assert "example.vn" not in kept
    assert "912345678" not in kept


def test_a_room_used_each_day_is_a_meeting_a_day_by_the_clock_of_viet_nam() -> None:
    last_minute = CREATED + (15 * 60 + 59) * 60_000
    days = [
        steps(a_post(an_event("meeting-created", at, created=at)))[0].meeting
        for at in (last_minute, last_minute + 60_000)
    ]
    assert days == ["giao-ban@2026-07-22", "giao-ban@2026-07-23"]


def test_a_meeting_past_midnight_stays_the_meeting_of_its_first_day() -> None:
    (step,) = steps(a_post(an_event("meeting-ended", CREATED + 24 * 3_600_000)))
    assert step.meeting == MEETING


def test_the_same_post_again_is_the_same_event_and_another_moment_is_another() -> None:
    body = a_post(an_event("user-joined", internal="w_1", external="DC-03980"))
    later = a_post(an_event("user-joined", CREATED + 1, internal="w_1", external="DC-03980"), timestamp=CREATED + 9)
    first, again, other = (translate(each, BBB).envelopes[0].id for each in (body, body, later))
    assert first == again != other


@pytest.mark.parametrize(
    "event_id",
    [
        "user-audio-voice-enabled",
        "user-cam-broadcast-start",
        "rap-publish-ended",
        "poll-started",
        "a-new-thing",
        "",
        "<b>",
    ],
)
def test_an_event_that_is_no_step_is_taken_and_tells_nothing(event_id: str) -> None:
    assert steps(a_post(an_event(event_id, internal="w_1", external="DC-03980"))) == []


def test_an_event_that_is_no_step_may_lack_everything_else() -> None:
    assert steps(a_post({"data": {"id": "chat-group-message-sent", "attributes": 5}})) == []


def test_a_breakout_room_is_no_meeting_of_its_own() -> None:
    event = an_event("meeting-created")
    event["data"]["attributes"]["meeting"]["is-breakout"] = True
    assert steps(a_post(event)) == []


@pytest.mark.parametrize("shape", ["list", "one", "object", "text in an object", "bom", "a form of one"])
def test_the_ways_to_post_it(shape: str) -> None:
    event = an_event("meeting-created")
    bodies = {
        "list": json.dumps([event]).encode(),
        "one": json.dumps(event).encode(),
        "object": json.dumps({"domain": "d", "event": [event], "timestamp": 1}).encode(),
        "text in an object": json.dumps({"event": json.dumps([event]), "timestamp": 1}).encode(),
        "bom": b"\xef\xbb\xbf" + json.dumps([event]).encode(),
        "a form of one": urlencode({"event": json.dumps(event)}).encode(),
    }
    assert [step.step for step in steps(bodies[shape])] == ["started"]


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (an_event("user-joined"), "data.attributes.user"),
        (an_event("user-joined", internal="Nguyễn Hoa", external="x"), "data.attributes.user.internal-user-id"),
        (an_event("user-joined", internal=5, external="x"), "data.attributes.user.internal-user-id"),
        (an_event("user-joined", internal="DC-03980"), "data.attributes.user.internal-user-id"),
        (an_event("meeting-ended", room=None), "data.attributes.meeting.external-meeting-id"),
        (an_event("meeting-ended", room=" "), "data.attributes.meeting.external-meeting-id"),
        (an_event("meeting-ended", room="x" * 201), "data.attributes.meeting.external-meeting-id"),
        (an_event("meeting-ended", room="a\nb"), "data.attributes.meeting.external-meeting-id"),
        (an_event("meeting-ended", created=5), "data.attributes.meeting.internal-meeting-id"),
        (an_event("meeting-ended", created=9_999_999_999_999), "data.attributes.meeting.internal-meeting-id"),
        (an_event("meeting-ended", CREATED / 1000), "data.event.ts"),
        (an_event("meeting-ended", 10**40), "data.event.ts"),
        ({"data": {"id": "user-left"}}, "data.attributes"),
        ({"data": {"id": 5}}, "data.id"),
        ({"payload": {}}, "data"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place(event: object, field: str) -> None:
    assert refused(a_post(event)) == [(0, f"event[0].{field}")]


def test_a_bad_event_does_not_spoil_the_others_of_its_post() -> None:
    found = translate(a_post(an_event("meeting-created"), 7, an_event("meeting-ended", CREATED + 1)), BBB)
    assert len(found.envelopes) == 2
    assert [(refusal.index, refusal.field) for refusal in found.refusals] == [(1, "event[1]")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "event"),
        (b"timestamp=5", "event"),
        (b"event=", "event"),
        (b"event=%5B", "event"),
        (b"event=%FF", "event"),
        (b"event=[]&event=[]", "event"),
        (b"&".join(b"f%d=" % n for n in range(40)), "$"),
        (b"[" * 50_000, "$"),
        (b"event=" + b"[" * 50_000, "event"),
        (b"[{]", "$"),
        (b'{"timestamp": 5}', "event"),
        (b"event=[" + b",".join([b"1"] * 1001) + b"]", "event"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_as_a_whole(body: bytes, field: str) -> None:
    assert refused(body) == [(None, field)]


def test_a_source_without_a_host_unit_is_refused_by_name() -> None:
    source = Source(BBB.id, BBB.kind, {"DC-03980": SITE_UNIT})
    assert refused(a_post(an_event("meeting-created")), source) == [(None, "host")]
