"""The simulated conferences: meetings as a district holds them, with what goes wrong, told as real systems tell it."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import msgspec

from ingest.contracts.conference import EndpointChanged, MeetingProgressed, MeetingRecorded, QualitySampled, Sample
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.registry import Data, decode
from ingest.registration import Source
from ingest.simulator.conference import telling, webhooks
from ingest.simulator.conference.meeting import Meeting
from ingest.simulator.conference.schedule import meetings
from ingest.simulator.parcel import Parcel
from ingest.sources import bigbluebutton, cloudevents
from tests.simulated import A_WEDNESDAY, HALF_A_YEAR, begun, conferences, until

_SITES = Source("endpoints.test", "events", conferences().registered, streams=("conference",))
_HOOK = Source("hook.test", "bigbluebutton", conferences().registered, streams=("conference",))


@cache
def half_a_year() -> tuple[Meeting, ...]:
    first = (A_WEDNESDAY - HALF_A_YEAR).date()
    return tuple(
        meeting for number in range(183) for meeting in meetings(conferences(), first + timedelta(days=number))
    )


def _held() -> list[Meeting]:
    return [meeting for meeting in half_a_year() if meeting.started_at is not None]


def _told(days: int, detailed_days: int = 0) -> list[Parcel]:
    return until(telling.traffic(conferences(), _SITES.id, begun(days, detailed_days)))


def _posted(days: int) -> list[Parcel]:
    return until(webhooks.traffic(conferences(), begun(days)))


def _understood(parcels: list[Parcel]) -> list[Data]:
    """What the door would take of events, none of which it may refuse."""
    found = []
    for parcel in parcels:
        entries, refusals = cloudevents.take_in(parcel.write(), _SITES)
        assert not refusals
        found += [decode(decode_envelope(entry.body)) for entry in entries]
    return found


def test_a_week_has_three_meetings_of_the_whole_district_and_some_small_ones() -> None:
    large = [meeting for meeting in half_a_year() if len(meeting.invited) >= 9]
    assert 2.5 < len(large) / 26 <= 3
    assert 2 < (len(half_a_year()) - len(large)) / 26 < 4
    assert {len(meeting.invited) for meeting in large} == {9, 10}  # with the province now and then


def test_most_begin_on_time_some_late_some_never_and_some_are_cancelled() -> None:
    late = [m for m in _held() if m.started_at and m.started_at > m.scheduled_at + timedelta(minutes=5)]
    assert 0.05 < len(late) / len(_held()) < 0.2
    cancelled = [meeting for meeting in half_a_year() if meeting.cancelled_at is not None]
    assert 1 <= len(cancelled) <= 14
    assert all(meeting.started_at is None for meeting in cancelled)
    assert 1 <= len(half_a_year()) - len(_held()) - len(cancelled) <= 14


def test_some_sites_do_not_come_and_some_fall_out_for_a_while() -> None:
    absent = fell_out = 0
    for meeting in _held():
        legs = Counter(leg.site.code for leg in meeting.legs)
        absent += len(meeting.invited) - len(legs)
        fell_out += sum(count > 1 for count in legs.values())
    invited = sum(len(meeting.invited) for meeting in _held())
    assert 0.02 < absent / invited < 0.12
    assert 0.02 < fell_out / invited < 0.12


def test_connections_lie_within_their_meeting_and_those_of_a_site_follow_each_other() -> None:
    for meeting in _held():
        assert meeting.started_at is not None
        assert meeting.ended_at is not None
        ends: dict[str, datetime] = {}
        for leg in meeting.legs:
            assert meeting.started_at < leg.joined < leg.left <= meeting.ended_at
            assert leg.joined > ends.get(leg.site.code, meeting.started_at)
            ends[leg.site.code] = leg.left


def test_no_site_is_in_two_meetings_at_once() -> None:
    stays: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for leg in (leg for meeting in _held() for leg in meeting.legs):
        stays[leg.site.code].append((leg.joined, leg.left))
    for each in stays.values():
        assert all(first[1] < second[0] for first, second in pairwise(sorted(each)))
    assert len(stays) == 10


def test_no_room_is_used_for_two_meetings_of_a_day() -> None:
    assert set(Counter(meeting.name for meeting in half_a_year()).values()) == {1}


def test_an_endpoint_that_is_down_is_in_no_meeting() -> None:
    downs = [data for data in _understood(_told(182)) if isinstance(data, EndpointChanged)]
    states: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for data in downs:
        states[data.endpoint].append((data.at, data.state))
    checked = 0
    for leg in (leg for meeting in _held() for leg in meeting.legs if leg.site.unit is not None):
        if leg.joined > A_WEDNESDAY:
            continue
        (_, state) = max(each for each in states[leg.site.code] if each[0] <= leg.joined)
        assert state == "up"
        checked += 1
    assert checked > 500
    assert sum(data.state == "down" for data in downs) > 15
    assert {len(each) > 0 for each in states.values()} == {True}
    assert len(states) == 9  # the province's endpoint is nobody's here


def test_every_meeting_is_announced_before_it_is_held_also_those_of_the_first_days() -> None:
    told = _told(14)
    planned = {data.meeting for data in _understood(told) if isinstance(data, MeetingRecorded)}
    steps = {data.meeting for data in _steps(_posted(14))}
    assert steps
    assert steps <= planned
    for parcel, data in zip(told, _understood(told), strict=True):
        if isinstance(data, MeetingRecorded) and data.scheduled_at is not None:
            assert parcel.at < data.scheduled_at


def _steps(parcels: list[Parcel]) -> list[MeetingProgressed]:
    """What the adapter makes of posts, none of which it may refuse."""
    found = []
    for parcel in parcels:
        envelopes, refusals = bigbluebutton.translate(parcel.write(), _HOOK)
        assert not refusals
        found += [decode(envelope) for envelope in envelopes]
    return [data for data in found if isinstance(data, MeetingProgressed)]


def test_the_adapter_understands_every_post_as_the_step_that_it_was() -> None:
    steps = {(data.meeting, data.step, data.at, data.leg) for data in _steps(_posted(30))}
    expected: set[tuple[str, str, datetime, str | None]] = set()
    for meeting in half_a_year():
        if meeting.started_at is None or meeting.ended_at is None or meeting.scheduled_at > A_WEDNESDAY:
            continue
        if meeting.scheduled_at < (A_WEDNESDAY - timedelta(days=30)).replace(hour=0):
            continue
        expected |= {
            (meeting.name, "started", meeting.started_at, None),
            (meeting.name, "ended", meeting.ended_at, None),
        }
        expected |= {(meeting.name, "joined", leg.joined, leg.ident) for leg in meeting.legs}
        expected |= {(meeting.name, "left", leg.left, leg.ident) for leg in meeting.legs}
    assert len(expected) > 200
    now = A_WEDNESDAY - timedelta(minutes=3)
    assert {step for step in expected if step[2] < now} <= steps <= expected


def test_a_site_joins_by_its_code_with_its_unit_and_the_province_without() -> None:
    sites = {data.site.site: data.site.unit for data in _steps(_posted(60)) if data.site is not None}
    known = {code: unit for code, unit in conferences().registered.items() if code != "host"}
    assert {site: unit for site, unit in sites.items() if unit is not None} == known
    assert any(unit is None for unit in sites.values())


def test_posts_come_out_of_order_and_twice_now_and_then() -> None:
    posted = _posted(60)
    again = sum(count - 1 for count in Counter(parcel.name for parcel in posted).values())
    assert 0.005 < again / len(posted) < 0.05
    steps = [(data.meeting, data.at) for data in _steps(posted)]
    assert any(first[0] == second[0] and first[1] > second[1] for first, second in pairwise(steps))


def _samples(days: int) -> dict[str, list[Sample]]:
    found: defaultdict[str, list[Sample]] = defaultdict(list)
    for data in _understood(_told(days, days)):
        if isinstance(data, QualitySampled):
            found[data.endpoint] += data.samples
    return found


def test_lines_are_measured_every_twenty_seconds_while_they_are_in_a_meeting() -> None:
    legs = [
        leg for meeting in _held() for leg in meeting.legs
        if (A_WEDNESDAY - timedelta(days=7)).replace(hour=0) <= leg.joined and leg.left < A_WEDNESDAY.replace(hour=0)
    ]  # fmt: skip
    for code, samples in _samples(7).items():
        moments = [sample.at for sample in samples]
        assert len(set(moments)) == len(moments)
        assert {moment.second % 20 for moment in moments} == {0}
        for leg in (leg for leg in legs if leg.site.code == code):
            inside = sum(leg.joined < moment <= leg.left for moment in moments)
            assert abs(inside - (leg.left - leg.joined).total_seconds() / 20) <= 1


def test_most_lines_are_good_and_some_degrade_for_a_while() -> None:
    samples = [sample for each in _samples(12).values() for sample in each]
    bad = sum((sample.loss or 0) > 1 for sample in samples)
    assert len(samples) > 8_000
    assert 0.002 < bad / len(samples) < 0.08


def test_quality_is_told_of_the_last_days_only() -> None:
    days = [data.samples[0].at for data in _understood(_told(28, 7)) if isinstance(data, QualitySampled)]
    assert min(days) >= (A_WEDNESDAY - timedelta(days=7)).replace(hour=0)
    assert days


def test_nothing_is_told_before_it_happened() -> None:
    for parcel, data in zip(told := _told(9, 9), _understood(told), strict=True):
        if isinstance(data, QualitySampled):
            assert data.samples[-1].at <= parcel.at
        elif isinstance(data, EndpointChanged):
            assert data.at <= parcel.at
    for parcel in _posted(9):
        assert all(envelope.time <= parcel.at for envelope in bigbluebutton.translate(parcel.write(), _HOOK).envelopes)


def test_traffic_is_in_order_and_goes_on_where_it_was_left() -> None:
    whole = _told(40, 7)
    assert whole == sorted(whole, key=lambda parcel: parcel.at)
    for middle in (whole[len(whole) // 3].at, whole[-40].at, whole[60].at):
        start = msgspec.structs.replace(begun(40, 7), sent_until=middle)
        rest = until(telling.traffic(conferences(), _SITES.id, start))
        assert [parcel.name for parcel in rest] == [parcel.name for parcel in whole if parcel.at > middle]
    posts = _posted(40)
    start = msgspec.structs.replace(begun(40), sent_until=posts[500].at)
    rest = until(webhooks.traffic(conferences(), start))
    assert [parcel.name for parcel in rest] == [parcel.name for parcel in posts if parcel.at > posts[500].at]


def test_another_seed_is_another_district() -> None:
    day = A_WEDNESDAY.date()
    days = [day + timedelta(days=number) for number in range(7)]
    assert [m for d in days for m in meetings(conferences(), d)] != [
        m for d in days for m in meetings(conferences(8), d)
    ]
