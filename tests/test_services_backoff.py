"""Pauses between starts grow, are capped, and differ."""

from hypothesis import given
from hypothesis import strategies as st

from ioc.services.backoff import pause

chances = st.floats(0, 1)


def test_the_pause_doubles_up_to_its_longest() -> None:
    assert [pause(crashes, lambda: 1.0) for crashes in (1, 2, 3, 7, 8, 9, 10_000)] == [0.25, 0.5, 1, 16, 30, 30, 30]


@given(st.integers(1, 10_000), chances, chances)
def test_the_jitter_takes_up_to_half_of_the_step_away(crashes: int, one: float, other: float) -> None:
    assert pause(crashes, lambda: one) <= 2 * pause(crashes, lambda: other)
    assert 0.125 <= pause(crashes, lambda: one) <= 30
