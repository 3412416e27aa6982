"""Survival of like cases: by hand, at random, and asked for many at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.warning.curves import Curves, estimate

times = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


def of(*cases: tuple[int, int, bool], fewest: int = 1) -> Curves:
    keys, lived, ended = (np.array(column) for column in zip(*cases, strict=True))
    return estimate(keys, lived, ended, fewest)


def share(curves: Curves, key: int, time: int) -> float:
    return float(curves.share(curves.group(np.array([key])), np.array([time]))[0])


def longer(curves: Curves, key: int, time: int) -> int:
    return int(curves.longer(curves.group(np.array([key])), np.array([time]))[0])


def test_by_hand_with_one_that_was_withdrawn() -> None:
    # Five cases: ends after 1, 2, 2 and 4; one was withdrawn after 3. At 2 there are 4 left, at 4 only 1.
    curves = of((7, 1, True), (7, 2, True), (7, 2, True), (7, 3, False), (7, 4, True))
    assert [share(curves, 7, time) for time in range(6)] == pytest.approx([1, 4 / 5, 2 / 5, 2 / 5, 0, 0])
    assert [longer(curves, 7, time) for time in range(6)] == [5, 4, 2, 1, 0, 0]


def test_groups_keep_to_themselves() -> None:
    curves = of((1, 10, True), (1, 20, True), (9, 5, True))
    assert share(curves, 1, 9) == 1
    assert share(curves, 9, 9) == 0
    assert share(curves, 5, 9) == 1
    assert longer(curves, 5, 9) == 0


def test_a_group_of_too_few_is_none() -> None:
    curves = of((1, 10, True), (2, 5, True), (2, 6, True), fewest=2)
    assert curves.group(np.array([1, 2, 3])).tolist() == [-1, 0, -1]


def test_where_nothing_ended_everything_lasts() -> None:
    assert share(of((1, 10, False), (1, 20, False)), 1, 15) == 1


@given(times)
@settings(max_examples=40)
def test_without_withdrawals_it_is_the_share_that_took_longer(cases: list[tuple[int, int, bool]]) -> None:
    ended = [(key, time, True) for key, time, _ in cases]
    curves = of(*ended)
    for key, _, _ in cases:
        own = [time for other, time, _ in ended if other == key]
        for time in range(32):
            left = sum(each > time for each in own)
            assert longer(curves, key, time) == left
            assert share(curves, key, time) == pytest.approx(left / len(own))


@given(times)
def test_it_never_rises(cases: list[tuple[int, int, bool]]) -> None:
    curves = of(*cases)
    asked = np.arange(32)
    for key, _, _ in cases:
        shares = curves.share(np.repeat(curves.group(np.array([key])), 32), asked)
        assert np.all(np.diff(shares) <= 0)
        assert np.all((shares >= 0) & (shares <= 1))
