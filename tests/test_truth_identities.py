"""The identities of form II.06a hold for every period of both calendars (handbook 3.5 and 3.6).

3 = 4+5+6, 7 = 8+9+10, 11 = 12+13, 3 = 7+11; and one application stands in exactly one cell of what came and in one of
what became of it. Of a quarter of `IOC_HISTORIES` (10,000 if not said) random histories.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.building.histories import ALL_UNITS, UNITS, history
from tests.building.told import cells
from tests.building.truths import BATCH, Both, fewer, patient
from tests.reference.form import form
from tests.reference.minutes import midnight

pytestmark = patient
batches = st.integers(0, 2**40)


def months_on(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    return day.replace(year=day.year + years, month=month + 1)


def periods() -> Iterator[tuple[date, date]]:
    """Months, quarters, half years, nine months and years: from the first of a month, and from the 15th to the 14th."""
    for first in (date(2024, 12, 1), date(2024, 12, 15)):
        for start in range(18):
            for length in (1, 3, 6, 9, 12):
                begin = months_on(first, start)
                yield begin, months_on(begin, length) - timedelta(days=1)


PERIODS = tuple(periods())
AREAS = (*(frozenset({unit}) for unit in UNITS), frozenset(UNITS[:2]), ALL_UNITS)


def test_the_periods_are_those_of_both_calendars() -> None:
    assert (date(2025, 3, 1), date(2025, 3, 31)) in PERIODS
    assert (date(2025, 1, 15), date(2025, 2, 14)) in PERIODS
    assert (date(2024, 12, 15), date(2025, 6, 14)) in PERIODS
    assert (date(2024, 12, 15), date(2025, 12, 14)) in PERIODS


@fewer
@given(batches)
def test_one_application_stands_in_one_cell_of_what_came_and_in_one_of_what_became_of_it(start: int) -> None:
    random = Random(start)
    for number in range(start, start + BATCH):
        both = Both(history(number))
        for first, last in random.sample(PERIODS, 4):
            found = cells(both.entries, random.choice(AREAS), midnight(first), midnight(last + timedelta(days=1)))
            assert set(found.values()) <= {0, 1}, f"history {number} over {first} to {last}: {found}"
            came, became = (sum(found[each] for each in columns) for columns in ((4, 5, 6), (8, 9, 10, 12, 13)))
            assert found[3] == came == became, f"history {number} over {first} to {last}: {found}"
            assert (found[7], found[11]) == (sum(found[each] for each in (8, 9, 10)), found[12] + found[13])


@fewer
@given(batches)
def test_the_form_of_many_applications_is_the_reference_s_and_keeps_its_identities(start: int) -> None:
    random = Random(start)
    many_of_them = [Both(history(number)) for number in range(start, start + BATCH)]
    for units in random.sample(AREAS, 2):
        first, last = random.choice(PERIODS)
        one_by_one = [
            cells(each.entries, units, midnight(first), midnight(last + timedelta(days=1))) for each in many_of_them
        ]
        total = {column: sum(each[column] for each in one_by_one) for column in range(3, 14)}
        assert total == form([each.life for each in many_of_them], units, first, last)
        assert total[3] == total[4] + total[5] + total[6] == total[7] + total[11]
        assert total[7] == total[8] + total[9] + total[10]
        assert total[11] == total[12] + total[13]
