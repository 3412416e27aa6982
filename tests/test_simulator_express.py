"""Traffic of the present: at its rate, evenly, with no moment of the future, and picked up again after a stop."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.calendar import calendar_of
from ingest.simulator.express import Express
from ingest.simulator.traffic import Message
from tests.simulated import A_WEDNESDAY, today


def _within(rate: float, start: datetime, seconds: float, gap: float = 8.0) -> list[Message]:
    end = start + timedelta(seconds=seconds)
    return list(takewhile(lambda message: message.at <= end, Express(today(), rate, gap).messages(start)))


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.05, 500), late=st.integers(0, 10**7))
def test_it_keeps_its_rate_and_shows_nothing_of_the_future(rate: float, late: int) -> None:
    start = A_WEDNESDAY + timedelta(seconds=late)
    sent = list(islice(Express(today(), rate, 8).messages(start), 300))
    assert start <= sent[0].at  # microseconds are rounded
    assert abs((sent[-1].at - start).total_seconds() - 300 / rate) <= 1 / rate + 0.001
    for message in sent:
        moments = [step.at for step in message.life.steps]
        assert moments == sorted(set(moments))
        assert moments[message.step] <= message.at
        assert message.life.filing.at <= moments[0]


def test_every_application_goes_from_receipt_to_result_and_all_kinds_of_records_mix() -> None:
    sent = _within(20, A_WEDNESDAY, 120)
    steps: defaultdict[str, list[int]] = defaultdict(list)
    for message in sent:
        steps[message.life.filing.code].append(message.step)
    whole = [order for order in steps.values() if len(order) == 4]
    assert len(whole) > len(steps) / 2
    assert all(order == sorted(order) for order in steps.values())
    tenth = Counter(message.life.steps[message.step].status for message in sent[:200])
    assert tenth.keys() == {Status.RECEIVED, Status.IN_PROGRESS, Status.SETTLED, Status.RETURNED}
    assert min(tenth.values()) > 35


def test_what_a_stopped_run_had_begun_is_finished() -> None:
    stop = A_WEDNESDAY + timedelta(seconds=60)
    before = _within(20, A_WEDNESDAY, 60)
    rest = list(Express(today(), 20, 8).rest(stop, stop))
    begun = {message.life.filing.code: message.step for message in before}
    finished = begun | {message.life.filing.code: message.step for message in rest}
    assert rest == sorted(rest, key=lambda message: message.at)
    assert all(message.at > stop for message in rest)
    assert finished.keys() == begun.keys()
    assert set(finished.values()) == {3}


def test_what_it_may_have_begun_unseen_is_finished_too() -> None:
    stop, unseen = A_WEDNESDAY + timedelta(seconds=60), A_WEDNESDAY + timedelta(seconds=63)
    begun = {message.life.filing.code for message in _within(20, stop, 3)}
    rest = list(Express(today(), 20, 8).rest(stop, unseen))
    assert {message.life.filing.code for message in rest if message.step == 3} >= begun
    assert all(message in rest for message in _within(20, stop, 3))


def test_another_rate_or_seed_makes_other_applications() -> None:
    codes = [
        {message.life.filing.code for message in islice(Express(today(seed), rate, 8).messages(A_WEDNESDAY), 500)}
        for seed, rate in ((7, 20), (7, 21), (8, 20))
    ]
    assert not codes[0] & codes[1]
    assert not codes[0] & codes[2]


def test_outside_office_hours_everything_is_online_and_inside_it_is_not() -> None:
    night = {message.life.filing.channel for message in _within(50, A_WEDNESDAY.replace(hour=3), 20)}
    noon = {message.life.filing.channel for message in _within(50, A_WEDNESDAY.replace(hour=9), 20)}
    assert night == {Channel.ONLINE}
    assert noon == {Channel.ONLINE, Channel.DIRECT}


def test_the_promised_date_is_a_working_day() -> None:
    for message in _within(20, A_WEDNESDAY.replace(day=20), 20):  # a Saturday
        due_at = message.life.steps[0].due_at
        assert due_at is not None
        assert calendar_of(2026).is_working(due_at.date())


@pytest.mark.parametrize(("rate", "gap"), [(0, 8), (-1, 8), (1, 0.5)])
def test_a_rate_without_sense_is_refused(rate: float, gap: float) -> None:
    with pytest.raises(ValueError, match="a rate is positive"):
        Express(today(), rate, gap)
