"""Letters, transfers, forms and petitions: as many as in the real district, fit for the door, nothing personal."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import pairwise

import msgspec

from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded, Verdict
from ingest.contracts.onestop import ApologySent, ApplicationProgressed, Status
from ingest.contracts.privacy import scrub
from ingest.registration import Source
from ingest.simulator.calendar import LOCAL
from ingest.simulator.feedback import petitions
from ingest.simulator.life import Life, is_late
from ingest.simulator.notice import Notice
from ingest.simulator.people import person
from ingest.sources.cloudevents import take_in
from tests.simulated import A_WEDNESDAY, HALF_A_YEAR, half_a_year, today

SOURCE = "onestop.test"


@cache
def _petitions() -> tuple[Notice, ...]:
    first = (A_WEDNESDAY - HALF_A_YEAR).date()
    return tuple(notice for number in range(183) for notice in petitions(today(), first + timedelta(days=number)))


def _forms() -> list[EvaluationRecorded]:
    return [notice.told for _, notice in _told() if isinstance(notice.told, EvaluationRecorded)]


def _told() -> Iterator[tuple[Life, Notice]]:
    return ((life, notice) for life in half_a_year() for notice in life.notices if notice.at <= A_WEDNESDAY)


def _all() -> list[Notice]:
    return [notice for _, notice in _told()] + list(_petitions())


def test_the_door_takes_every_one_of_them() -> None:
    source = Source(SOURCE, "onestop-sync", {shop.agency: shop.unit for shop in today().shops})
    found = take_in(b"[" + b",".join(notice.event(SOURCE) for notice in _all()) + b"]", source)
    assert found.refusals == []
    assert len(found.entries) == len(_all()) > 2_500


def test_each_has_an_id_of_its_own_and_is_sent_after_it_happened() -> None:
    ids = Counter(notice.id for notice in _all())
    assert max(ids.values()) == 1
    for notice in _all():
        assert notice.happened < notice.at < notice.happened + timedelta(minutes=2)
        assert notice.happened.tzinfo is LOCAL


def test_nothing_personal_is_in_them() -> None:
    people = {life.filing.code: person(life.filing.salt) for life, _ in _told()}
    for life, notice in _told():
        body = notice.event(SOURCE)
        who = people[life.filing.code]
        assert scrub(msgspec.json.decode(body)) == msgspec.json.decode(body)
        assert not any(text.encode() in body for text in (who.name, who.number, who.phone, who.mail))


def test_over_2_100_forms_are_filled_in_and_nearly_all_are_good() -> None:
    forms = _forms()
    verdicts = Counter(form.verdict for form in forms)
    assert 2_100 < len(forms) < 2_500
    assert 0.985 < verdicts[Verdict.GOOD] / len(forms) < 0.999
    assert verdicts[Verdict.POOR] > 0
    assert all(form.verdict is Verdict.POOR for form in forms if form.complaint)
    assert 0.8 < sum(form.application is not None for form in forms) / len(forms) < 0.9


def test_a_form_is_about_an_application_with_a_result_and_comes_after_it() -> None:
    for life, notice in _told():
        if isinstance(notice.told, EvaluationRecorded):
            returned = next(step.at for step in life.steps if step.status is Status.RETURNED)
            assert returned < notice.told.at < returned + timedelta(days=3)
            assert notice.told.application in {None, life.filing.code}


def test_letters_of_apology_go_to_late_applications_only_and_some_stay_owed() -> None:
    written = [life for life, notice in _told() if isinstance(notice.told, ApologySent)]
    late = [life for life in half_a_year() if is_late(life.steps)]
    assert all(is_late(life.steps) for life in written)
    assert 0.6 < len(written) / len(late) < 0.95


def test_a_letter_is_written_after_the_promised_day_and_promises_another_one() -> None:
    for life, notice in _told():
        if isinstance(letter := notice.told, ApologySent):
            due_at = life.steps[-1].due_at
            assert due_at is not None
            assert letter.sent_at.date() > due_at.date()
            assert letter.new_date is not None
            assert letter.new_date > letter.sent_at


def test_transfers_between_units_are_told_with_their_moment() -> None:
    told = [(life, notice.told) for life, notice in _told() if isinstance(notice.told, ApplicationProgressed)]
    moved = [(life, event) for life, event in told if life.moves and life.moves[0].at == event.at]
    assert 0.0005 < len(moved) / len(half_a_year()) < 0.004
    for life, event in moved:
        assert event.unit != life.filing.shop.unit
        assert life.shop_at(event.at).unit == event.unit
        assert life.shop_at(event.at - timedelta(seconds=1)) == life.filing.shop
        assert life.steps[0].at < event.at < life.steps[-1].at


def test_settled_applications_that_are_taken_up_again_are_told_too() -> None:
    again = [
        (life, later.at)
        for life in half_a_year()
        for step, later in pairwise(life.steps)
        if step.status is Status.SETTLED and later.status is Status.IN_PROGRESS
    ]
    assert 10 < len(again) < 80
    for life, at in again:
        events = [notice.told for notice in life.notices if isinstance(notice.told, ApplicationProgressed)]
        assert at in [event.at for event in events]


def test_petitions_come_about_one_a_day_are_answered_mostly_on_time_and_mostly_satisfy() -> None:
    last: dict[str, PetitionRecorded] = {}
    for notice in _petitions():
        assert isinstance(notice.told, PetitionRecorded)
        last[notice.told.petition] = notice.told
    in_time = [petition.answered_at.date() <= petition.due_at.date() for petition in last.values()
               if petition.answered_at and petition.due_at]  # fmt: skip
    rated = [petition.satisfied for petition in last.values() if petition.satisfied is not None]
    assert 150 < len(last) < 260
    assert 0.85 < sum(in_time) / len(in_time) < 0.98
    assert 0.45 < len(rated) / len(last) < 0.75
    assert 0.75 < sum(rated) / len(rated) < 0.97


def test_some_petitions_wait_for_their_answer_at_any_time() -> None:
    states: dict[str, PetitionRecorded] = {}
    for notice in _petitions():
        if notice.at <= A_WEDNESDAY and isinstance(notice.told, PetitionRecorded):
            states[notice.told.petition] = notice.told
    waiting = [petition for petition in states.values() if petition.answered_at is None]
    assert 2 < len(waiting) < 40
