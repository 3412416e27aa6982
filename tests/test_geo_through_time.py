"""Figures carried across the merger: nothing lost, nothing invented, estimates named."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnitsUnknownError
from geo.generations import Generation, generation_by_code, generation_on, generations, spans
from geo.through_time import DatedCode, apportion, carry

DISTRICT, TOWN, TODAY = generations()

dated_codes = st.sampled_from(
    [(unit.code, generation) for generation in (DISTRICT, TODAY) for unit in generation.units]
    + [(unit.code, TOWN) for unit in TODAY.units]
    + [("99999", TODAY)]
)
sums = st.dictionaries(dated_codes, st.integers(-1_000_000, 1_000_000))


def of(generation: Generation, **counts: int) -> Mapping[DatedCode, int]:
    return {(name.lstrip("c"), generation): n for name, n in counts.items()}


@given(sums, st.sampled_from([DISTRICT, TODAY]))
def test_what_comes_out_is_what_went_in(given_sums: Mapping[DatedCode, int], target: Generation) -> None:
    carried = carry(given_sums, target)
    assert carried.total == sum(given_sums.values())
    assert set(carried.amounts) == target.unit_codes


@given(sums, st.sampled_from([DISTRICT, TODAY]))
def test_the_whole_numbers_shown_add_up_too(given_sums: Mapping[DatedCode, int], target: Generation) -> None:
    carried = carry(given_sums, target)
    assert sum(carried.whole().values()) + sum(carried.unattributed.values()) == sum(given_sums.values())


@given(sums)
def test_carrying_there_and_back_keeps_the_sum(given_sums: Mapping[DatedCode, int]) -> None:
    there = carry(given_sums, TODAY)
    back = carry({(code, TODAY): amount.value for code, amount in there.amounts.items()}, DISTRICT)
    assert back.total + sum(there.unattributed.values()) == sum(given_sums.values())
    assert not back.unattributed


@given(sums)
def test_an_amount_that_is_no_estimate_is_whole(given_sums: Mapping[DatedCode, int]) -> None:
    for target in (DISTRICT, TODAY):
        for amount in carry(given_sums, target).amounts.values():
            assert amount.is_estimate or amount.value.denominator == 1


def test_units_merged_whole_are_exact_and_a_divided_one_is_an_estimate() -> None:
    carried = carry(of(DISTRICT, c03988=7, c03997=5, c03979=9, c04012=100), TODAY)
    assert carried.amounts["03997"].value == 12
    assert not carried.amounts["03997"].is_estimate
    assert carried.amounts["03980"].value == 100 + Fraction(9, 2)
    assert carried.amounts["03979"].value == Fraction(9, 2)
    assert carried.estimated == {"03979", "03980"}


def test_the_units_of_their_own_time_are_left_as_they_are() -> None:
    carried = carry(of(TODAY, c03980=3, c04033=4), TODAY)
    assert carried.amounts["03980"].value == 3
    assert carried.amounts["04033"].value == 4
    assert carried.estimated == frozenset()
    assert carry(of(DISTRICT, c04033=4), TODAY).amounts["04033"].value == 4  # Phiêng Luông went whole into Vân Sơn


def test_todays_figures_are_read_in_the_units_of_the_district_as_estimates() -> None:
    carried = carry(of(TODAY, c03980=100, c03985=7), DISTRICT)
    assert {code: amount.value for code, amount in carried.amounts.items() if amount.value} == {
        "03979": 20,
        "04012": 40,
        "04027": 40,
        "03985": 7,
    }
    assert carried.estimated == {"03979", "04012", "04027"}


def test_the_figures_of_the_towns_time_stay_under_their_codes_and_are_never_lost() -> None:
    carried = carry({("03980", TOWN): 11, ("03980", TODAY): 1}, TODAY)
    assert carried.unattributed == {("03980", TOWN): 11}
    assert carried.amounts["03980"].value == 1
    assert carried.total == 12


def test_a_code_that_the_generation_does_not_have_stays_unattributed() -> None:
    assert carry(of(DISTRICT, c03980=5), TODAY).unattributed == {("03980", DISTRICT): 5}


def test_nothing_can_be_read_in_units_that_are_not_recorded() -> None:
    with pytest.raises(UnitsUnknownError, match="Thị xã"):
        carry({}, TOWN)


fractions = st.dictionaries(st.integers(0, 30), st.fractions(-1000, 1000, max_denominator=60), min_size=1)


@given(fractions)
def test_whole_numbers_lie_less_than_one_from_their_fractions(values: dict[int, Fraction]) -> None:
    values[-1] = -sum(values.values(), Fraction()) + 17
    shown = apportion(values)
    assert sum(shown.values()) == 17
    for key, value in values.items():
        assert abs(shown[key] - value) < 1
        assert value.denominator > 1 or shown[key] == value


def test_what_lost_most_gets_the_missing_one_and_among_equals_the_first() -> None:
    assert apportion({"a": Fraction(1, 3), "b": Fraction(2, 3), "c": Fraction(1)}) == {"a": 0, "b": 1, "c": 1}
    assert apportion({"b": Fraction(1, 2), "a": Fraction(1, 2)}) == {"b": 1, "a": 0}
    assert apportion({}) == {}


def test_fractions_without_a_whole_sum_are_refused() -> None:
    with pytest.raises(ValueError, match="1/2 is left over"):
        apportion({"a": Fraction(1, 2)})


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 4000))
def test_a_window_is_cut_where_the_units_changed_and_no_day_is_lost(first: date, days: int) -> None:
    last = first + timedelta(days)
    cut = spans(first, last)
    assert cut[0].first == first
    assert cut[-1].last == last
    for before, after in pairwise(cut):
        assert after.first == before.last + timedelta(1)
    for span in cut:
        assert generation_on(span.first) == generation_on(span.last) == span.generation


def test_the_half_year_of_the_mergers_has_two_generations_and_none_where_it_ends_before_it_begins() -> None:
    assert [span.generation.code for span in spans(date(2025, 1, 1), date(2025, 12, 31))] == [
        "huyen",
        "thi-xa",
        "hai-cap",
    ]
    assert spans(date(2025, 2, 1), date(2025, 1, 31)) == ()


def test_the_generations_cover_all_time_once_and_have_the_recorded_units() -> None:
    assert generations()[0].valid_from is None
    assert generations()[-1].valid_to is None
    for before, after in pairwise(generations()):
        assert before.valid_to is not None
        assert after.valid_from == before.valid_to + timedelta(1)
    assert [len(generation.units) for generation in generations()] == [15, 0, 8]


def test_a_generation_is_found_by_its_code() -> None:
    assert generation_by_code("thi-xa") is TOWN
    with pytest.raises(LookupError, match="huyen, thi-xa, hai-cap"):
        generation_by_code("123")
