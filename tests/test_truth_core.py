"""The core against the slow reference: due moment, lateness, every level, every cell of form II.06a, the index.

About 10,000 random histories in an ordinary run. As many as asked for, at the pace of some hundred a second:

    IOC_HISTORIES=100000 .venv/bin/pytest tests/test_truth_core.py
"""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from stream.core.ledger import ENDS, Measure, OfEnd
from tests.building.histories import ALL_UNITS, UNITS
from tests.building.told import cells, level
from tests.building.truths import Both, agree, many, patient, unlike
from tests.reference.form import form
from tests.reference.index import ended_late, open_late
from tests.reference.life import LAST
from tests.reference.minutes import Minute, day, midnight, seconds

pytestmark = patient
OUTCOMES = {
    None: None,
    "early": Measure.SETTLED_EARLY,
    "on date": Measure.SETTLED_ON_DATE,
    "late": Measure.SETTLED_LATE,
    "undated": Measure.SETTLED_UNDATED,
    "closed unsettled": Measure.CLOSED_UNSETTLED,
}
EVERY_LEVEL = ("open", "paused", "overdue", "due_soon", "late_by_index")

batches = st.integers(0, 2**40)
"""The number of a history, from which a batch of them counts on."""


def moment(at: Minute | None) -> int | None:
    return None if at is None else seconds(at)


@many
@given(batches)
def test_receipt_end_and_due_moment_are_those_of_the_reference(start: int) -> None:
    def differences(both: Both) -> list[str]:
        core, life = both.application, both.life
        found = unlike("received", core.received, moment(life.received)) + unlike(
            "ended", core.ended, moment(life.ended)
        )
        now_waits = life.received is None or life.paused(LAST)  # nothing goes by its due date until the wait is over
        return found if now_waits else found + unlike("due", core.due, moment(life.judged_by))

    agree(start, differences)


@many
@given(batches)
def test_an_end_is_early_on_time_or_late_and_late_by_the_index_where_the_reference_says_so(start: int) -> None:
    def differences(both: Both) -> list[str]:
        ends = [
            (each.measure, each.at, bool(each.traits & OfEnd.LATE_BY_INDEX))
            for each in both.entries
            if each.measure in ENDS
        ]
        life = both.life
        expected = [] if life.ended is None else [(OUTCOMES[life.outcome], seconds(life.ended), ended_late(life))]
        return unlike("ends", ends, expected)

    agree(start, differences)


@many
@given(batches)
def test_every_level_is_what_the_reference_says_of_that_minute(start: int) -> None:
    def differences(both: Both) -> list[str]:
        life, found = both.life, []
        for before in both.moments(3):
            at = before - 1
            overdue = life.overdue(at)
            here = {
                "open": life.open(at), "paused": life.paused(at), "overdue": overdue,
                "due_soon": life.due_soon(at), "late_by_index": open_late(life, at) and not overdue,
            }  # fmt: skip
            for name in EVERY_LEVEL:
                for unit in ALL_UNITS:
                    expected = here[name] and life.unit(at) == unit
                    core = level(both.entries, name, {unit}, before)
                    found += unlike(f"{name} in {unit} before {day(before)} {before % 1440}", core, int(expected))
        return found

    agree(start, differences)


@many
@given(batches)
def test_every_cell_of_the_form_is_that_of_the_reference(start: int) -> None:
    def differences(both: Both) -> list[str]:
        found = []
        for first in both.moments(2):
            begin = midnight(day(first))
            last = day(begin + both.random.choice((0, 3, 30, 90, 180, 365)) * 1440)
            end = midnight(last + timedelta(days=1))
            as_of = both.random.choice((None, both.random.randrange(begin + 1, end + 1)))
            for units in ({both.random.choice(UNITS)}, set(UNITS[:2]), ALL_UNITS):
                core = cells(both.entries, units, begin, end if as_of is None else as_of)
                reference = form([both.life], units, day(begin), last, as_of)
                found += unlike(f"form of {sorted(units)} over {day(begin)} to {last} as of {as_of}", core, reference)
        return found

    agree(start, differences)
