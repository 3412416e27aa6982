"""What every event log promises about appending and reading, on PostgreSQL and on Apache Kafka."""

import threading
import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError, LogLayoutError, LogUnavailableError
from ingest.log.protocol import Entry, EventLog, Position, partition_of
from tests.servers.logs import PARTITIONS, LogPlace


def entries(count: int, body: bytes = b"{}", prefix: str = "case") -> list[Entry]:
    return [Entry(f"{prefix}-{number}", body) for number in range(count)]


def test_positions_are_dense_and_start_at_zero(event_log: EventLog) -> None:
    first = event_log.append(entries(40))
    second = event_log.append(entries(40))
    for part in range(PARTITIONS):
        positions = [place.position for place in [*first, *second] if place.partition == part]
        assert positions == list(range(len(positions)))
        assert positions


def test_an_entry_lies_on_the_partition_of_its_key(event_log: EventLog) -> None:
    given_entries = entries(40)
    places = event_log.append(given_entries)
    assert [place.partition for place in places] == [partition_of(entry.key, PARTITIONS) for entry in given_entries]


def test_the_partition_of_a_key_never_changes() -> None:
    keys = ["000.00.22.H52-260213-0001", "H52.17.18", "Mộc Châu", ""]
    assert [partition_of(key, 8) for key in keys] == [1, 5, 3, 0]


def test_entries_of_one_key_are_read_in_the_order_of_their_append(event_log: EventLog) -> None:
    places = event_log.append([Entry("one case", str(number).encode()) for number in range(200)])
    records = event_log.read(places[0].partition, 0, 1000)
    assert [record.body for record in records] == [str(number).encode() for number in range(200)]
    assert {record.key for record in records} == {"one case"}


def test_nothing_to_append_is_nothing_appended(event_log: EventLog) -> None:
    assert list(event_log.append([])) == []
    assert set(event_log.end_positions().values()) == {0}


def test_end_positions_are_what_the_next_entry_gets(event_log: EventLog) -> None:
    event_log.append(entries(30))
    ends = event_log.end_positions()
    assert sorted(ends) == list(range(PARTITIONS))
    assert sum(ends.values()) == 30
    (place,) = event_log.append([Entry("next", b"")])
    assert place == Position(place.partition, ends[place.partition])


def test_what_was_appended_is_there_for_whoever_opens_the_log_later(place: LogPlace) -> None:
    first = place.open()
    places = first.append(entries(20))
    first.close()
    again = place.open()
    assert {Position(r.partition, r.position) for p in range(PARTITIONS) for r in again.read(p, 0, 99)} == set(places)


def test_reading_starts_in_the_middle_and_ends_at_the_end(event_log: EventLog) -> None:
    part = event_log.append([Entry("k", str(number).encode()) for number in range(10)])[0].partition
    assert [record.position for record in event_log.read(part, 4, 3)] == [4, 5, 6]
    assert [record.body for record in event_log.read(part, 8, 100)] == [b"8", b"9"]
    assert list(event_log.read(part, 10, 100)) == []


def test_a_body_of_a_megabyte_comes_back_whole(event_log: EventLog) -> None:
    bodies = [bytes([number]) * (1 << 20) for number in range(3)]
    part = event_log.append([Entry("k", body) for body in bodies])[0].partition
    assert [record.body for record in event_log.read(part, 0, 10)] == bodies


def test_five_thousand_entries_are_appended_at_once(event_log: EventLog) -> None:
    places = event_log.append(entries(5000, b"x" * 775))
    assert len(set(places)) == 5000
    assert sum(event_log.end_positions().values()) == 5000


def test_moments_are_the_logs_own_and_never_go_back(event_log: EventLog) -> None:
    before = time.time() * 1000
    part = event_log.append([Entry("k", b"")])[0].partition
    for _ in range(5):
        event_log.append([Entry("k", b""), Entry("k", b"")])
    moments = [record.appended_ms for record in event_log.read(part, 0, 100)]
    assert len(moments) == 11
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert before - 1000 <= moments[0] <= moments[-1] <= time.time() * 1000 + 1000


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.binary()), min_size=1))
def test_any_key_and_any_bytes_come_back_as_they_were(event_log: EventLog, pairs: list[tuple[str, bytes]]) -> None:
    given_entries = [Entry(key, body) for key, body in pairs]
    for entry, place in zip(given_entries, event_log.append(given_entries), strict=True):
        (record,) = event_log.read(place.partition, place.position, 1)
        assert (record.partition, record.position) == place
        assert (record.key, record.body) == entry


def test_threads_append_side_by_side(event_log: EventLog) -> None:
    found: list[Position] = []

    def append(number: int) -> None:
        for turn in range(5):
            found.extend(event_log.append(entries(20, prefix=f"{number}-{turn}")))

    threads = [threading.Thread(target=append, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ends = event_log.end_positions()
    assert sorted(found) == [Position(part, position) for part in sorted(ends) for position in range(ends[part])]
    assert len(found) == 400


def test_a_log_has_the_partitions_that_it_was_made_with(place: LogPlace) -> None:
    place.open().append(entries(1))
    with pytest.raises(LogLayoutError, match=f"has {PARTITIONS} partitions, not 5"):
        place.open(partitions=5).append(entries(1))


def test_a_log_that_is_away_asks_to_try_again(place: LogPlace) -> None:
    away = place.nowhere()
    with pytest.raises(LogUnavailableError) as appending:
        away.append(entries(1))
    with pytest.raises(LogUnavailableError):
        away.end_positions()
    reader = away.join("figures", lambda parts: dict.fromkeys(parts, 0), lambda _: None)
    with pytest.raises(LogUnavailableError):
        reader.poll(10, 0.1)
    reader.close()
    assert appending.value.retriable


def test_an_entry_that_the_log_can_never_take_is_no_reason_to_try_again(place: LogPlace) -> None:
    refused = Entry("k\0", b"") if place.kind == "postgres" else Entry("k", bytes(17 << 20))
    log = place.open()
    with pytest.raises(IngestError) as error:
        log.append([refused])
    assert not error.value.retriable
    assert log.append(entries(1))
