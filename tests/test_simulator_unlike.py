"""What does not go by the book: no due date, a later one, a second request, corrections, dates that can't be."""

from datetime import timedelta
from itertools import pairwise

from ingest.contracts.onestop import Status
from ingest.simulator.life import Life
from ingest.simulator.record import sync_record
from ingest.simulator.traffic import Message
from tests.simulated import half_a_year

_WIRED = {Status.RECEIVED: "NgayTiepNhan", Status.SETTLED: "NgayKetThucXuLy", Status.RETURNED: "NgayTra"}


def _share(count: int) -> float:
    return count / len(half_a_year())


def _records(life: Life) -> list[dict[str, object]]:
    return [Message(sending.at, life, sending.step).record() for sending in life.sendings]


def test_half_a_percent_never_gets_a_due_date_from_its_software() -> None:
    undated = [life for life in half_a_year() if life.steps[-1].due_at is None and len(life.steps) > 2]
    assert 0.004 < _share(len(undated)) < 0.008
    for record in (record for life in undated for record in _records(life)):
        assert record["NgayHenTra"] == ""


def test_some_get_a_later_due_date_without_any_wait() -> None:
    again = [
        life
        for life in half_a_year()
        if not life.waits
        and any(
            step.due_at and later.due_at and step.due_at < later.due_at and later.status is Status.IN_PROGRESS
            for step, later in pairwise(life.steps)
            if step.status is Status.IN_PROGRESS
        )
    ]
    assert 0.002 < _share(len(again)) < 0.006
    assert all(life.steps[-1].at.date() >= life.steps[0].at.date() for life in again)


def test_some_are_asked_for_papers_a_second_time() -> None:
    asked = [sum(wait.status is Status.SUPPLEMENT_AWAITED for wait in life.waits) for life in half_a_year()]
    assert 0.03 < sum(times > 1 for times in asked) / sum(times > 0 for times in asked) < 0.08
    assert max(asked) == 2


def test_a_wait_for_a_payment_names_its_fee_and_one_for_papers_does_not() -> None:
    seen = set()
    for life in half_a_year():
        for wait in life.waits[:1]:
            request = sync_record(life, wait.requested_at)["DanhSachHoSoBoSung"]
            assert isinstance(request, list)
            assert bool(request[0]["DanhSachLePhiBoSung"]) == (wait.status is Status.PAYMENT_AWAITED)
            seen.add(wait.status)
    assert seen == {Status.SUPPLEMENT_AWAITED, Status.PAYMENT_AWAITED}


def test_one_or_two_in_a_thousand_are_corrected_later_to_an_earlier_moment() -> None:
    corrected = [
        life for life in half_a_year() if life.tellings and life.tellings[0].since == life.steps[-1].at
        and life.tellings[0].moment + timedelta(days=300) > life.steps[-1].at
    ]  # fmt: skip
    assert 0.0005 < _share(len(corrected)) < 0.003
    for life in corrected:
        telling = life.tellings[0]
        name = _WIRED[telling.status]
        before, after = sync_record(life, life.steps[-2].at), sync_record(life, telling.since)
        assert str(after[name]) < str(before[name])
        assert {key for key in after if after[key] != before[key]} == {name}


def test_one_in_a_thousand_bears_a_date_of_the_year_before_and_most_are_put_right() -> None:
    impossible = [
        life
        for life in half_a_year()
        if any(telling.moment < life.filing.at - timedelta(days=200) for telling in life.tellings)
    ]
    assert 0.0003 < _share(len(impossible)) < 0.002
    put_right = [life for life in impossible if len(life.tellings) == 2]
    assert 0.4 < len(put_right) / len(impossible) < 0.8
    for life in impossible:
        name = _WIRED[life.tellings[0].status]
        assert str(sync_record(life, life.tellings[0].since)[name]) < f"{life.filing.at:%Y%m%d}"
    for life in put_right:
        name = _WIRED[life.tellings[0].status]
        assert str(sync_record(life, life.steps[-1].at)[name]) > f"{life.filing.at:%Y%m%d}"


def test_some_promise_a_day_of_the_year_before_until_the_next_record() -> None:
    promised = [
        life for life in half_a_year() if any(step.due_at and step.due_at < life.filing.at for step in life.steps)
    ]
    assert 0 < len(promised) < 40
    for life in promised:
        assert life.steps[-1].due_at
        assert life.steps[-1].due_at > life.filing.at
