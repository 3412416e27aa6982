"""What a meeting counts for, case by case, as the handbook and the ledger's measures say it."""

import pytest

from stream.apply.conference import meeting_record_of
from stream.apply.reading import Fact, Poison, read
from stream.apply.records import Numbers
from stream.core.ledger import MOST_AMOUNT, Entry, Measure, OfMeeting, OfSite
from stream.core.meeting import CANCELLED, ENDED, NEVER_STARTED, ON, PLANNED, Meeting, fold_meeting
from stream.core.meeting_entries import meeting_entries
from stream.core.meeting_record import MeetingRecord, Said, Site, Told, order
from stream.first_rules import first_rules
from tests.building.conference import step
from tests.building.moments import moment

HOST, A, B = 3980, 4000, 4033
SITE_A, SITE_B, GUEST = Site("a", A), Site("b", B), Site("guest", 0)
NINE = "2026-01-05 09:00"


def at(clock: str) -> int:
    return moment(f"2026-01-05 {clock}")


class Heard(list[MeetingRecord]):
    """Records as they are said, each with a number of its own."""

    def say(self, said: Said, clock: str, site: Site | None = None, leg: str = "", unit: int = HOST) -> "Heard":
        self.append(MeetingRecord(len(self), at(clock), int(said), unit, len(self), site, leg))
        return self

    def record(self, clock: str, told: Told, unit: int = HOST) -> "Heard":
        self.append(MeetingRecord(len(self), at(clock), int(Said.RECORDED), unit, len(self), told=told))
        return self

    @property
    def meeting(self) -> Meeting:
        return fold_meeting(sorted(self, key=order), first_rules())

    @property
    def entries(self) -> frozenset[Entry]:
        return meeting_entries(self.meeting, first_rules())

    def of(self, *measures: Measure) -> list[tuple[int, int, int, int]]:
        """When, whose, traits and amount of the entries of these measures."""
        found = [(each.at, each.unit, each.traits, each.amount) for each in self.entries if each.measure in measures]
        return sorted(found)


def a_meeting(**changes: object) -> Heard:
    """Planned for nine with two sites."""
    told = {"scheduled": at("09:00"), "invited": (SITE_A, SITE_B), **changes}
    return Heard().record("08:00", Told(**told))  # type: ignore[arg-type]  # the fields of Told, by name


def test_a_planned_meeting_counts_at_its_time_and_invites_nobody_yet() -> None:
    meeting = a_meeting()
    assert meeting.entries == {Entry(Measure.MEETING_PLANNED, at("09:00"), HOST, 0, 0)}
    assert (meeting.meeting.status, meeting.meeting.is_open, meeting.meeting.due) == (PLANNED, True, at("09:00"))


@pytest.mark.parametrize(
    ("start", "traits", "late"),
    [
        ("08:50", OfMeeting.HELD | OfMeeting.ON_TIME, []),
        ("09:05", OfMeeting.HELD | OfMeeting.ON_TIME, [5]),
        ("09:06", OfMeeting.HELD, [6]),
    ],
)
def test_it_is_on_time_up_to_five_minutes_late_and_every_minute_is_counted(
    start: str, traits: OfMeeting, late: list[int]
) -> None:
    meeting = a_meeting().say(Said.STARTED, start)
    assert meeting.of(Measure.MEETING_PLANNED) == [(at("09:00"), HOST, traits, 1)]
    assert meeting.of(Measure.MEETING_HELD) == [(at(start), HOST, 0, 1)]
    assert [amount for *_, amount in meeting.of(Measure.LATE_MINUTES)] == late


def test_a_cancelled_meeting_is_neither_held_nor_attended() -> None:
    meeting = a_meeting().record("08:30", Told(cancelled=True))
    assert meeting.entries == {Entry(Measure.MEETING_PLANNED, at("09:00"), HOST, 0, 0, 0, OfMeeting.CANCELLED)}
    assert (meeting.meeting.status, meeting.meeting.is_open) == (CANCELLED, False)
    assert a_meeting(cancelled=True).record("08:30", Told(scheduled=at("09:00"))).meeting.status == PLANNED
    assert meeting.say(Said.STARTED, "09:00").meeting.status == ON  # it was held all the same


def test_a_call_record_of_a_meeting_that_never_started() -> None:
    meeting = a_meeting().record("12:00", Told(never_started=True))
    assert (meeting.meeting.status, meeting.meeting.is_open) == (NEVER_STARTED, False)
    assert meeting.of(Measure.MEETING_PLANNED) == [(at("09:00"), HOST, 0, 1)]


def test_a_call_record_corrects_what_the_server_said() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:10").say(Said.ENDED, "10:00")
    meeting.record("18:00", Told(started=at("09:01"), ended=at("09:58"), attended=(SITE_B,)), unit=B)
    assert meeting.of(Measure.MEETING_MINUTES) == [(at("09:58"), HOST, 0, 57)]
    assert meeting.meeting.unit == HOST  # the schedule knows who holds it
    assert meeting.of(Measure.SITE_INVITED) == [
        (at("09:00"), A, 0, 1), (at("09:00"), B, OfSite.ATTENDED, 1),
    ]  # fmt: skip


def test_an_end_before_its_start_has_no_length() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:30").record("18:00", Told(ended=at("09:10")))
    assert meeting.meeting.ended == at("09:30")
    assert meeting.of(Measure.MEETING_MINUTES, Measure.MEETING_IN, Measure.MEETING_OUT) == []


def test_a_meeting_that_starts_again_is_one_meeting() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00").say(Said.ENDED, "09:10").say(Said.STARTED, "09:12")
    assert (meeting.meeting.status, meeting.meeting.started) == (ON, at("09:00"))
    meeting.say(Said.ENDED, "10:00")
    assert meeting.of(Measure.MEETING_MINUTES) == [(at("10:00"), HOST, 0, 60)]


def test_a_meeting_whose_end_nobody_told_is_on_for_a_day_and_has_no_length() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00")
    assert meeting.of(Measure.MEETING_IN) == [(at("09:00"), HOST, 0, 1)]
    assert meeting.of(Measure.MEETING_OUT) == [(at("09:00") + 86_400, HOST, 0, 1)]
    assert meeting.of(Measure.MEETING_MINUTES) == []
    assert meeting.meeting.is_open


def test_where_nobody_told_the_start_the_first_site_began_it() -> None:
    meeting = a_meeting().say(Said.JOINED, "09:02", SITE_A).say(Said.JOINED, "09:04", SITE_B)
    assert meeting.meeting.started == at("09:02")
    assert meeting.say(Said.STARTED, "09:03").meeting.started == at("09:03")


def test_sites_attend_late_or_not_at_all_and_guests_count_for_none() -> None:
    meeting = a_meeting(invited=(SITE_A, SITE_B, GUEST, Site("c", B), Site("d", B)))
    meeting.say(Said.STARTED, "08:50").say(Said.JOINED, "09:05", SITE_A, "1").say(Said.JOINED, "09:05", GUEST, "2")
    meeting.say(Said.JOINED, "09:06", SITE_B, "3").say(Said.ENDED, "10:00").say(Said.JOINED, "10:01", Site("c", B))
    assert meeting.of(Measure.SITE_INVITED) == [
        (at("09:00"), A, OfSite.ATTENDED, 1),  # five minutes after the scheduled start, which the real one was before
        (at("09:00"), B, 0, 2),
        (at("09:00"), B, OfSite.ATTENDED | OfSite.LATE, 1),
    ]


def test_a_leg_that_left_tells_that_it_had_been_there() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00").say(Said.LEFT, "09:30", SITE_A, "1").say(Said.ENDED, "10:00")
    assert (at("09:00"), A, OfSite.ATTENDED, 1) in meeting.of(Measure.SITE_INVITED)
    assert meeting.of(Measure.AWAY_MINUTES) == []  # since when it was there nobody knows


def test_a_site_is_away_when_all_its_legs_are_gone() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00")
    meeting.say(Said.JOINED, "09:01", SITE_A, "1").say(Said.JOINED, "09:02", SITE_A, "2").say(
        Said.LEFT, "09:10", SITE_A, "1"
    )
    assert meeting.of(Measure.SITE_AWAY_IN) == []
    meeting.say(Said.LEFT, "09:20", SITE_A, "2")
    assert meeting.of(Measure.SITE_AWAY_IN) == [(at("09:22"), A, 0, 1)]  # an alarm after two minutes
    assert meeting.of(Measure.AWAY_MINUTES) == []  # not yet over
    meeting.say(Said.JOINED, "09:27", SITE_A, "3").say(Said.ENDED, "10:00")
    assert meeting.of(Measure.SITE_AWAY_OUT) == [(at("09:27"), A, 0, 1)]
    assert meeting.of(Measure.AWAY_MINUTES) == [(at("09:27"), A, 0, 7)]


def test_a_site_that_left_for_good_is_away_to_the_end() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00").say(Said.JOINED, "09:00", SITE_A).say(Said.LEFT, "09:30", SITE_A)
    meeting.say(Said.ENDED, "10:00")
    assert meeting.of(Measure.AWAY_MINUTES) == [(at("10:00"), A, 0, 30)]
    assert meeting.of(Measure.SITE_AWAY_OUT) == [(at("10:00"), A, 0, 1)]


def test_who_is_back_within_two_minutes_alarms_nobody_and_lost_the_minute() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00").say(Said.JOINED, "09:00", SITE_A).say(Said.LEFT, "09:10", SITE_A)
    meeting.say(Said.JOINED, "09:12", SITE_A).say(Said.ENDED, "10:00")
    assert meeting.of(Measure.SITE_AWAY_IN) == []
    assert meeting.of(Measure.AWAY_MINUTES) == [(at("09:12"), A, 0, 2)]


def test_two_sites_of_a_unit_that_go_together_are_two() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00")
    for site in (SITE_B, Site("c", B)):
        meeting.say(Said.JOINED, "09:00", site).say(Said.LEFT, "09:10", site)
    assert meeting.of(Measure.SITE_AWAY_IN) == [(at("09:12"), B, 0, 2)]


def test_no_amount_is_more_than_the_ledger_holds() -> None:
    meeting = Heard().record("08:00", Told(started=at("09:00"), ended=at("09:00") + 60 * 86_400))
    assert [amount for *_, amount in meeting.of(Measure.MEETING_MINUTES)] == [MOST_AMOUNT]


def test_a_unit_that_had_ended_stands_for_its_successor() -> None:
    ended = 3982  # xã of the huyện era
    [merger] = [each for each in first_rules().mergers if ended in each.became][:1]
    meeting = Heard().record("08:00", Told(scheduled=at("09:00")), unit=ended).meeting
    assert meeting.unit in first_rules().mergers[-1].in_force
    assert merger.became[ended]


def test_a_step_of_a_site_has_to_name_it() -> None:
    fact = read(step("joined", NINE).body)
    assert isinstance(fact, Fact)
    with pytest.raises(Poison, match="has to name it"):
        meeting_record_of(fact, Numbers({}, {}), 0)


def test_it_has_ended_once_somebody_told() -> None:
    meeting = a_meeting().say(Said.STARTED, "09:00").say(Said.ENDED, "10:00").meeting
    assert (meeting.status, meeting.received, meeting.ended, meeting.is_open) == (
        ENDED,
        at("09:00"),
        at("10:00"),
        False,
    )
