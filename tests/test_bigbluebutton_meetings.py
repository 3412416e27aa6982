"""A meeting as its schedule, the hook's posts and the bridge's record tell of it: one meeting, in whatever order."""

from random import Random

from ingest.contracts.envelope import encode_envelope
from ingest.log.protocol import Entry
from ingest.sources import bigbluebutton, call_records
from stream.core.ledger import OfSite
from tests.building.call_records import BRIDGE, polycom, shipped
from tests.building.conference import schedule
from tests.building.kinds import counted, entries_of, posted_in_order_of_arrival, state_and_entries
from tests.building.meetings import RULES
from tests.building.webhooks import BBB, CREATED, MEETING, SITE_UNIT, a_post, an_event

MINUTE = 60_000


def posted(minute: float, event_id: str, **user: object) -> Entry:
    """The event of a post, so many minutes after eight."""
    body = a_post(an_event(event_id, CREATED + minute * MINUTE, created=CREATED + 7 * MINUTE, **user))
    (envelope,) = bigbluebutton.translate(body, BBB).envelopes
    return Entry(envelope.subject, encode_envelope(envelope))


EVENTS = [
    schedule(
        "2026-07-22 08:00", ("DC-03980", SITE_UNIT), ("DC-03982", "03982"), meeting=MEETING, said_at="2026-07-20 09:00"
    ),
    posted(7, "meeting-created"),
    posted(7.5, "user-joined", internal="w_1", external="DC-03980"),
    posted(20, "user-left", internal="w_1", external="DC-03980"),
    posted(21, "user-joined", internal="w_2", external="DC-03980"),
    posted(22, "user-joined", internal="w_3", external="khach@example.vn"),
    posted(67, "user-left", internal="w_2", external="DC-03980"),
    posted(67, "meeting-ended"),
]


def test_the_schedule_and_the_posts_are_one_meeting_that_began_late_with_one_of_two_sites() -> None:
    state, entries = state_and_entries(EVENTS, RULES)
    assert len({entry.key for entry in EVENTS}) == 1
    found = counted(entries)
    assert state.ended is not None
    assert [(each.unit, each.amount) for each in found["LATE_MINUTES"]] == [(3980, 7)]
    assert [each.amount for each in found["MEETING_MINUTES"]] == [60]
    assert {(each.unit, each.traits, each.amount) for each in found["SITE_INVITED"]} == {
        (int(SITE_UNIT), OfSite.ATTENDED, 1),
        (3982, 0, 1),
    }


def test_any_order_of_the_posts_and_any_repetition_gives_the_same() -> None:
    wanted = entries_of(EVENTS, RULES)
    for seed in range(60):
        random = Random(seed)
        arrived = EVENTS + random.choices(EVENTS, k=4)
        random.shuffle(arrived)
        assert posted_in_order_of_arrival(arrived, RULES) == dict.fromkeys(wanted, 1), seed


def test_the_record_of_the_bridge_is_of_the_same_meeting() -> None:
    (envelope,) = call_records.translate(polycom(), BRIDGE, shipped("polycom_rmx")).envelopes
    assert envelope.subject == EVENTS[1].key
