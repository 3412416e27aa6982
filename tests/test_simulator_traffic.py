"""The traffic is one stream, in order, the same from wherever it is taken up."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import msgspec
import pytest

from ingest.simulator.calendar import LOCAL
from ingest.simulator.traffic import Message, messages, records_between
from tests.simulated import A_WEDNESDAY, huyen, small, today

_BEGIN = A_WEDNESDAY.date() - timedelta(days=20)
_START = datetime(_BEGIN.year, _BEGIN.month, _BEGIN.day, tzinfo=LOCAL)


def _between(after: datetime, until: datetime) -> list[Message]:
    return list(takewhile(lambda message: message.at <= until, messages(small(today()), _BEGIN, after)))


def test_it_is_in_order_and_nothing_is_sent_before_it_happened() -> None:
    sent = _between(_START, A_WEDNESDAY)
    moments = [message.at for message in sent]
    assert moments == sorted(moments)
    assert all(message.life.steps[message.step].at < message.at for message in sent)


@pytest.mark.parametrize("hours", [1, 13, 24, 100, 333.3])
def test_taken_up_later_it_goes_on_without_gap_or_overlap(hours: float) -> None:
    cut = _START + timedelta(hours=hours)
    assert _between(_START, cut) + _between(cut, A_WEDNESDAY) == _between(_START, A_WEDNESDAY)


def test_the_moment_to_go_on_from_may_be_in_any_time_zone() -> None:
    cut = A_WEDNESDAY - timedelta(hours=9)  # the day before, in UTC
    assert _between(cut.astimezone(UTC), A_WEDNESDAY) == _between(cut, A_WEDNESDAY)


def test_the_same_seed_gives_the_same_bytes() -> None:
    def bytes_of(seed: int) -> bytes:
        until = _START + timedelta(days=2)
        return msgspec.json.encode([record for _, record in records_between(small(today(seed)), _BEGIN, _START, until)])

    assert bytes_of(7) == bytes_of(7)
    assert bytes_of(7) != bytes_of(8)


def test_applications_filed_before_the_beginning_never_show() -> None:
    assert min(message.life.filing.at for message in _between(_START, A_WEDNESDAY)) >= _START


def test_every_step_of_the_past_is_sent_but_for_what_is_still_on_its_way() -> None:
    sent: defaultdict[str, set[int]] = defaultdict(set)
    lives = {}
    for message in _between(_START, A_WEDNESDAY):
        sent[message.life.filing.code].add(message.step)
        lives[message.life.filing.code] = message.life
    for code, life in lives.items():
        due = {step for at, step in life.sendings if at <= A_WEDNESDAY}
        assert sent[code] == due


def test_some_records_arrive_out_of_order() -> None:
    last: dict[str, int] = {}
    overtaken = Counter[bool]()
    for message in _between(_START, A_WEDNESDAY):
        code = message.life.filing.code
        overtaken[message.step < last.get(code, 0)] += 1
        last[code] = max(message.step, last.get(code, 0))
    assert 0.01 < overtaken[True] / overtaken.total() < 0.06


def test_after_31_january_2025_nothing_is_filed_in_the_huyen_and_what_is_open_is_brought_to_its_end() -> None:
    end = datetime(2025, 2, 1, tzinfo=LOCAL)
    sent = list(messages(huyen(), end.date() - timedelta(days=20), end - timedelta(days=20)))
    last = {message.life.filing.code: message.step for message in sent}
    assert max(message.life.filing.at for message in sent) < end < sent[-1].at
    assert all(last[message.life.filing.code] <= len(message.life.steps) - 1 for message in sent)
    assert {message.life.filing.code for message in sent} == {
        message.life.filing.code for message in sent if message.step == len(message.life.steps) - 1
    }
