"""Estimated audio quality, ITU-T G.107 reduced: the check value of the handbook, and how it must behave."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contracts.conference import QualitySampled
from stream.core.quality import Line, estimated_mos, mos, rating
from stream.quality.parameters import load_parameters

LINE = load_parameters().line
BARE = Line(impairment=0, robustness=4.3, burst_ratio=1, buffer_least=0, buffer_most=0, buffer_per_jitter=0)
LOSS = st.floats(0, 100)
MILLISECONDS = st.floats(0, 60_000)


def test_fifty_milliseconds_without_loss_are_92_and_4_38() -> None:
    assert round(rating(50, 0, LINE), 1) == 92.0
    assert round(mos(rating(50, 0, LINE)), 2) == 4.38
    assert estimated_mos(loss=0, rtt=100, jitter=0, line=BARE) == 438


def test_delay_weighs_more_beyond_the_knee() -> None:
    assert rating(177.3, 0, BARE) == pytest.approx(93.2 - 0.024 * 177.3)
    assert rating(277.3, 0, BARE) == pytest.approx(93.2 - 0.024 * 277.3 - 11)


def test_concealment_makes_loss_bearable() -> None:
    concealed = BARE._replace(robustness=25.1)
    assert rating(0, 5, BARE) == pytest.approx(93.2 - 95 * 5 / 9.3)
    assert rating(0, 5, concealed) == pytest.approx(93.2 - 95 * 5 / 30.1)


def test_the_ends_of_the_scale() -> None:
    assert mos(-0.1) == 1.0
    assert mos(100.1) == 4.5
    assert mos(0) == 1.0
    assert mos(100) == 4.5


@pytest.mark.parametrize(
    ("jitter", "delay"), [(None, 50.0), (0.0, 50.0), (20.0, 50.0), (30.0, 70.0), (100.0, 210.0), (900.0, 210.0)]
)
def test_the_jitter_buffer_holds_twice_the_jitter_between_its_bounds(jitter: float | None, delay: float) -> None:
    assert LINE.delay(20, jitter) == delay


def test_what_was_half_measured_is_not_estimated() -> None:
    assert estimated_mos(None, 40, 5, LINE) is None
    assert estimated_mos(0.1, None, 5, LINE) is None


@given(LOSS, MILLISECONDS, st.none() | MILLISECONDS)
def test_it_is_always_on_the_scale(loss: float, rtt: float, jitter: float | None) -> None:
    found = estimated_mos(loss, rtt, jitter, LINE)
    assert found is not None
    assert 98 <= found <= 450  # the formula itself falls a hair under 1 just over a rating of 0


@given(LOSS, LOSS, MILLISECONDS)
def test_more_loss_never_sounds_better(one: float, other: float, delay: float) -> None:
    assert rating(delay, max(one, other), LINE) <= rating(delay, min(one, other), LINE)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-0.1", "100.1", '"1"'])
def test_what_is_no_share_is_refused_before_it_gets_here(number: str) -> None:
    text = f'{{"endpoint":"a","unit":"03980","samples":[{{"at":"2026-01-05T09:00:00+07:00","loss":{number}}}]}}'
    with pytest.raises(msgspec.MsgspecError):
        msgspec.json.decode(text, type=QualitySampled)
