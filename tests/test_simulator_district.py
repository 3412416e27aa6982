"""The simulated half year has the proportions of the real one (handbook section 1 and 3.1)."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.calendar import LOCAL, calendar_of
from ingest.simulator.catalogue import procedures
from ingest.simulator.life import Life
from ingest.simulator.plan import plan
from tests.simulated import A_WEDNESDAY, half_a_year, huyen, past, today

_USUAL = {
    None: {1, 2},
    1: {2, 3, 7},
    2: {4, 5, 6, 7, 8},
    4: {5, 6, 7, 8, 9},
    5: {4, 2, 8, 7},
    6: {4, 8, 7},
    9: {10},
}
_OFFICERS = {2, 3, 4, 5, 6, 8, 9}


def _received() -> list[Life]:
    return [life for life in half_a_year() if any(step.status is Status.RECEIVED for step in past(life))]


def _settled() -> list[Life]:
    """Lives with a result and a due date, by their last settlement."""
    with_a_result = [life for life in _received() if past(life)[-1].status in {Status.SETTLED, Status.RETURNED}]
    return [life for life in with_a_result if life.steps[-1].due_at is not None]


def _days_late(life: Life) -> int:
    steps = past(life)
    end = next((step for step in reversed(steps) if step.status is Status.SETTLED), steps[-1])
    assert end.due_at is not None
    return (end.at.date() - end.due_at.date()).days


def test_58_000_applications_are_received_in_half_a_year() -> None:
    assert 56_000 < len(_received()) < 60_000


def test_about_900_are_open_at_the_end_and_some_tens_of_them_overdue() -> None:
    open_now = [life for life in _received() if past(life)[-1].status in {2, 4, 5, 6}]
    overdue = [
        life
        for life in open_now
        if (step := past(life)[-1]).status in {2, 4} and step.due_at and step.due_at.date() < A_WEDNESDAY.date()
    ]
    assert 600 < len(open_now) < 1_300
    assert 10 <= len(overdue) < 70


def test_99_9_percent_are_on_time_and_over_80_percent_early() -> None:
    late = [_days_late(life) for life in _settled()]
    assert 0.0005 < sum(days > 0 for days in late) / len(late) < 0.0015
    assert 0.8 < sum(days < 0 for days in late) / len(late) < 0.88


def test_the_late_ones_are_mostly_those_of_the_slow_shops() -> None:
    slow = {shop.unit for shop in today().shops if shop.slowness > 2}
    late = [life.filing.shop.unit in slow for life in _settled() if _days_late(life) > 0]
    assert len(slow) == 2
    assert sum(late) > len(late) / 2


def test_84_7_percent_are_filed_online() -> None:
    online = sum(life.filing.channel is Channel.ONLINE for life in _received())
    assert abs(online / len(_received()) - 0.847) < 0.01


def test_every_status_field_and_channel_occurs_and_every_unit_has_its_share() -> None:
    lives = half_a_year()
    assert {step.status for life in lives for step in past(life)} == set(Status)
    assert {life.filing.procedure.field for life in lives} == {procedure.field for procedure in procedures()}
    assert {life.filing.channel for life in lives} == set(Channel)
    units = Counter(life.filing.shop.unit for life in lives)
    assert len(units) == 8
    assert units["03980"] > 5 * units["04045"]


def test_moves_are_the_usual_ones_but_for_three_in_a_thousand() -> None:
    unusual = 0
    for life in half_a_year():
        before = [None, *(step.status.value for step in life.steps)]
        moves = [(old, step.status.value) for old, step in zip(before, life.steps, strict=False)]
        unusual += any(new != old and new not in _USUAL[old] for old, new in moves)
    assert 0.001 < unusual / len(half_a_year()) < 0.005


def test_officers_act_in_office_hours_and_nobody_is_at_the_counter_at_night() -> None:
    calendar = calendar_of(2026)
    for life in half_a_year():
        at_counter = life.filing.channel is not Channel.ONLINE
        for step in life.steps:
            if at_counter or step.status.value in _OFFICERS:
                closing = step.at - timedelta(minutes=2)  # a moment put right after another one may pass the bell
                assert calendar.opening_from(step.at) == step.at or calendar.opening_from(closing) == closing, life


def test_people_file_online_in_the_evening_and_at_the_weekend() -> None:
    online = [life.filing.at for life in half_a_year() if life.filing.channel is Channel.ONLINE]
    assert 0.1 < sum(at.hour >= 19 for at in online) / len(online) < 0.2
    assert 0.03 < sum(at.weekday() >= 5 for at in online) / len(online) < 0.12
    assert {at.hour for at in online} == set(range(24))


def test_supplements_and_payments_stop_the_clock_and_move_the_due_date() -> None:
    waits = [wait for life in half_a_year() for wait in life.waits]
    answered = [wait for wait in waits if wait.received_at is not None]
    assert {wait.status for wait in waits} == {Status.SUPPLEMENT_AWAITED, Status.PAYMENT_AWAITED}
    assert 0 < len(waits) - len(answered) < len(waits) / 5
    for wait in answered:
        assert wait.received_at is not None
        if wait.due_before is None:
            continue  # no due date is ever given
        assert wait.due_after is not None
        assert wait.requested_at < wait.received_at
        assert wait.due_before < wait.due_after
    assert 300 < sum(len(life.waits) > 0 for life in half_a_year()) < 4_000


def test_moments_rise_and_no_life_is_too_long() -> None:
    for life in half_a_year():
        moments = [step.at for step in life.steps]
        assert moments == sorted(set(moments))
        assert life.steps[0].at == life.filing.at
        told = [*(sending.at for sending in life.sendings), *(notice.at for notice in life.notices)]
        assert max(told) - life.filing.at < timedelta(days=today().profile.longest_life_days)


def test_two_percent_of_the_records_are_sent_again_and_three_percent_late() -> None:
    sendings = steps = late = 0
    for life in half_a_year():
        steps += len(life.steps)
        sendings += len(life.sendings)
        first = {sending.step: sending.at for sending in reversed(life.sendings)}
        late += sum(at - life.steps[step].at > timedelta(minutes=15) for step, at in first.items())
    assert 280_000 < sendings < 310_000
    assert abs((sendings - steps) / steps - 0.02) < 0.002
    assert abs(late / steps - 0.03) < 0.004


def test_the_huyen_has_fifteen_units_and_fewer_online_filings() -> None:
    first = (A_WEDNESDAY.replace(year=2024)).date()
    lives = [life for number in range(28) for life in plan(huyen(), first + timedelta(days=number))]
    assert len({life.filing.shop.agency for life in lives}) == 15
    assert 0.6 < sum(life.filing.channel is Channel.ONLINE for life in lives) / len(lives) < 0.76


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), day=st.dates(A_WEDNESDAY.date(), A_WEDNESDAY.date() + timedelta(days=900)))
def test_a_day_is_the_same_whenever_it_is_planned_and_another_one_with_another_seed(seed: int, day: date) -> None:
    assert plan(today(seed), day) == plan(today(seed), day)
    assert plan(today(seed), day) != plan(today(seed + 1), day)
    assert all(life.filing.at.astimezone(LOCAL).date() == day for life in plan(today(seed), day))
