"""Sharing is fair, moves nothing without need, and always comes to rest."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.log.sharing import fair_share, split_limit

holdings = st.dictionaries(st.integers(1, 99), st.integers(0, 16), min_size=1, max_size=9)


@given(holdings, st.integers(1, 32))
def test_shares_are_even_and_leave_nothing_over(held: dict[int, int], partitions: int) -> None:
    shares = [fair_share(held, member, partitions) for member in held]
    assert sum(shares) == partitions
    assert max(shares) - min(shares) <= 1


@given(st.integers(1, 9), st.integers(1, 32))
def test_what_is_fair_stays_where_it_is(members: int, partitions: int) -> None:
    share, over = divmod(partitions, members)
    held = {100 - number: share + (1 if number < over else 0) for number in range(members)}
    assert {member: fair_share(held, member, partitions) for member in held} == held


def test_who_holds_most_keeps_the_larger_share() -> None:
    assert fair_share({1: 0, 2: 8, 3: 0}, 2, 8) == 3


def test_more_members_than_partitions_leaves_some_without() -> None:
    assert [fair_share({1: 0, 2: 0, 3: 0}, member, 2) for member in (1, 2, 3)] == [1, 1, 0]


@given(st.dictionaries(st.integers(0, 15), st.integers(0, 9000)), st.integers(1, 6000))
def test_a_limit_is_used_up_but_never_passed(waiting: dict[int, int], limit: int) -> None:
    taken = split_limit(waiting, limit)
    assert sum(taken.values()) == min(limit, sum(waiting.values()))
    assert all(0 < count <= waiting[partition] for partition, count in taken.items())


def test_a_quiet_partition_is_not_behind_a_busy_one() -> None:
    assert split_limit({0: 100_000, 1: 3, 2: 50_000, 3: 0}, 1003) == {0: 500, 1: 3, 2: 500}
