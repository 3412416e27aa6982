"""Who is given what to send, and when: in the order of the chain, to one sender at a time, until it is delivered."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg

from stream.snapshot.sending.outbox import (
    Answer,
    Delivery,
    Failure,
    Pace,
    ask_again,
    hurry,
    mark_delivered,
    mark_failed,
    take,
)
from stream.snapshot.sending.rows import ALL, Asked, Parcelled, write_deliveries
from stream.snapshot.sending.standing import list_deliveries, read_standing, unknown_receivers
from tests.building.applying import opener
from tests.building.deliveries import NOW, days_sealed, states

PACE = Pace()
AGAIN = Failure("HTTP 503", timedelta(minutes=1), is_final=False)
NEVER = Failure("HTTP 410", timedelta(minutes=1), is_final=True)
RECEIPT = Answer(b'{"ok":true}', "c2ln")


def taken(connection: psycopg.Connection, receiver: str = "tinh", after: timedelta = timedelta(0)) -> Delivery:
    found = take(connection, receiver, NOW + after, PACE)
    assert found is not None
    return found


def test_what_was_sealed_first_goes_first_and_what_follows_waits_for_it(stream: psycopg.Connection) -> None:
    days_sealed(stream, 3, ["tinh"])
    first = taken(stream)
    assert (first.number, first.attempts, first.key) == (1, 1, "tinh/daily/2026-03-02/1")
    assert take(stream, "tinh", NOW, PACE) is None
    mark_delivered(stream, first, RECEIPT, NOW)
    assert taken(stream).number == 2


def test_one_that_fails_holds_those_after_it_back_until_it_arrives(stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh"])
    mark_failed(stream, taken(stream), AGAIN, NOW, PACE)
    assert take(stream, "tinh", NOW + timedelta(seconds=59), PACE) is None
    again = taken(stream, after=timedelta(minutes=1))
    assert (again.number, again.attempts) == (1, 2)


def test_one_that_is_given_up_holds_nothing_back(stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh"])
    assert mark_failed(stream, taken(stream), NEVER, NOW, PACE)
    assert taken(stream).number == 2


def test_another_kind_and_another_receiver_wait_for_nobody(stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh", "so"])
    days_sealed(stream, 1, ["tinh"], kind="index-month")
    found = [taken(stream), taken(stream, "so"), taken(stream)]
    assert [(each.receiver, each.kind) for each in found] == [
        ("tinh", "daily"), ("so", "daily"), ("tinh", "index-month"),
    ]  # fmt: skip


def test_what_a_killed_sender_had_is_given_to_the_next_when_the_lease_is_over(stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh"])
    taken(stream)
    assert take(stream, "tinh", NOW + PACE.lease - timedelta(seconds=1), PACE) is None
    assert taken(stream, after=PACE.lease).attempts == 2


def test_who_comes_back_after_its_lease_neither_marks_a_failure_nor_loses_a_receipt(
    stream: psycopg.Connection,
) -> None:
    days_sealed(stream, 1, ["tinh"])
    slow = taken(stream)
    taken(stream, after=PACE.lease)
    assert not mark_failed(stream, slow, NEVER, NOW + PACE.lease, PACE)
    assert states(stream) == [("tinh", "daily", "waiting", 2)]
    mark_delivered(stream, slow, RECEIPT, NOW + PACE.lease)
    mark_delivered(stream, slow, Answer(b"another"), NOW + PACE.lease)
    [row] = stream.execute("select state, receipt, receipt_signature from snapshot.delivery").fetchall()
    assert row == ("delivered", RECEIPT.receipt, RECEIPT.signature)


def test_a_clock_that_was_set_back_keeps_nothing_waiting(stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh"])
    mark_failed(stream, taken(stream, after=timedelta(days=3)), AGAIN, NOW + timedelta(days=3), PACE)
    assert taken(stream).attempts == 2


def test_it_is_given_up_when_it_is_old_and_was_tried_often_enough(stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh"])
    late = PACE.give_up_after + timedelta(days=1)
    for tries in range(1, PACE.least_tries + 1):
        at = late + timedelta(hours=tries)
        assert mark_failed(stream, taken(stream, after=at), AGAIN, NOW + at, PACE) == (tries == PACE.least_tries)
    [row] = stream.execute("select state, done_at, error from snapshot.delivery").fetchall()
    assert row == ("given_up", NOW + late + timedelta(hours=8), "HTTP 503")


def test_what_was_given_up_is_tried_again_when_somebody_asks(stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh"])
    mark_failed(stream, taken(stream), NEVER, NOW, PACE)
    assert ask_again(stream, Asked(receiver="so"), NOW) == 0
    assert ask_again(stream, Asked(receiver="tinh", period="2026-03-02"), NOW) == 1
    assert (taken(stream).number, taken(stream, "tinh", PACE.lease).attempts) == (1, 2)


def test_a_try_by_hand_hurries_what_waits_but_takes_nothing_from_who_is_sending_it(
    stream: psycopg.Connection,
) -> None:
    days_sealed(stream, 1, ["tinh", "so"])
    mark_failed(stream, taken(stream), AGAIN, NOW, PACE)
    taken(stream, "so")
    assert hurry(stream, ALL, NOW + timedelta(seconds=1)) == 1
    assert taken(stream, after=timedelta(seconds=1)).receiver == "tinh"
    assert take(stream, "so", NOW + timedelta(seconds=1), PACE) is None


def test_of_many_senders_at_once_each_delivery_has_one(database: str, stream: psycopg.Connection) -> None:
    receivers = [f"r{number}" for number in range(6)]
    for kind in ("daily", "index-month", "statutory-month"):
        days_sealed(stream, 1, receivers, kind)

    def all_taken(_: int) -> list[str]:
        with opener(database)() as connection:
            return [each.key for name in receivers * 4 if (each := take(connection, name, NOW, PACE)) is not None]

    with ThreadPoolExecutor(6) as pool:
        found = Counter(key for keys in pool.map(all_taken, range(6)) for key in keys)
    assert (len(found), set(found.values())) == (18, {1})


def test_a_snapshot_is_to_be_sent_to_a_receiver_once_however_often_it_is_written(stream: psycopg.Connection) -> None:
    [sealed] = days_sealed(stream, 1, ["tinh"])
    parcelled = Parcelled("daily", "2026-03-02", 1, sealed.digest)
    assert write_deliveries(stream, ["tinh", "so"], parcelled, NOW) == 1
    assert write_deliveries(stream, ["tinh", "so"], parcelled, NOW) == 0


def test_waits_are_longer_each_time_and_never_the_same_for_all() -> None:
    longest = [PACE.wait(tries, 0).total_seconds() for tries in (1, 2, 3, 8, 9, 1000)]
    assert longest == [10, 20, 40, 900, 900, 900]
    assert PACE.wait(3, 1) == timedelta(seconds=20)


def test_how_deliveries_stand_is_told_by_receiver_and_one_by_one(stream: psycopg.Connection) -> None:
    days_sealed(stream, 3, ["tinh"])
    mark_delivered(stream, taken(stream), RECEIPT, NOW)
    mark_failed(stream, taken(stream), AGAIN, NOW, PACE)
    [tinh] = read_standing(stream)
    assert (tinh.receiver, tinh.waiting, tinh.failing, tinh.delivered, tinh.error) == ("tinh", 2, 1, 1, "HTTP 503")
    listed = list_deliveries(stream, since=NOW)
    assert [(each.number, each.state, each.waits_for) for each in listed] == [
        (1, "delivered", None), (2, "waiting", None), (3, "waiting", "2026-03-03/1"),
    ]  # fmt: skip
    assert list_deliveries(stream, since=NOW + timedelta(days=1))[0].number == 2


def test_what_waits_for_a_receiver_that_nobody_names_any_more_is_told(stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh", "so"])
    assert [each.receiver for each in unknown_receivers(stream, ["so"])] == ["tinh"]
    assert unknown_receivers(stream, ["so", "tinh"]) == []
