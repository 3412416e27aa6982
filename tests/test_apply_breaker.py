"""The breaker tells an accident from a flood."""

from stream.apply.breaker import Breaker


def test_nine_in_a_row_are_borne_and_the_tenth_is_not() -> None:
    breaker = Breaker()
    assert [breaker.poison(position) for position in range(9)] == [None] * 9
    assert breaker.poison(9) == "10 records in a row could not be applied"


def test_a_good_record_ends_a_row() -> None:
    breaker = Breaker()
    for position in range(9):
        breaker.poison(position)
    breaker.good()
    assert breaker.poison(10) is None


def test_one_in_a_hundred_is_borne_and_more_is_not() -> None:
    breaker = Breaker()
    for position in range(0, 1_000, 100):
        assert breaker.poison(position) is None
        breaker.good()
    assert breaker.poison(999) == "11 of the last 1000 records could not be applied"


def test_what_lies_further_back_no_longer_counts() -> None:
    breaker = Breaker()
    for position in range(0, 100_000, 100):
        assert breaker.poison(position) is None
        breaker.good()
