"""Any KPI can be narrowed from outside: the parts of a breakdown make up the whole, whatever the formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.kpi.expression import inputs_of, value_of
from stream.kpi.formula import compile_formula
from stream.kpi.narrowing import Filters, NarrowingError, narrowed
from stream.kpi.terms import CHANNELS, Count, Input, Term


def test_a_filter_goes_onto_every_sum_that_can_have_it() -> None:
    expression = compile_formula("20 * otherwise(received / open[at='start'], ended[trait='same_day'])")
    assert inputs_of(narrowed(expression, Filters(2, "DD", 3))) == (
        Term("received", 2, "DD", 3),
        Term("open", 2, "DD", 3, at="start"),
        Term("ended", 2, "DD", 3, trait="same_day"),
    )


def test_petitions_and_forms_stay_as_they_are_beside_applications() -> None:
    expression = narrowed(compile_formula("evaluated / received"), Filters(level=3))
    assert inputs_of(expression) == (Term("evaluated"), Term("received", level=3))


def test_procedures_have_a_level_and_a_field_and_where_they_are_used_a_channel() -> None:
    expression = compile_formula("procedures_used[online='any'] / procedures[online='any']")
    online = (("online", "any"),)
    assert inputs_of(narrowed(expression, Filters(2, "DD", 3))) == (
        Count("procedures_used", online, channel=2, field="DD", level=3),
        Count("procedures", online, field="DD", level=3),
    )


@pytest.mark.parametrize("filters", [Filters(channel=2), Filters(field="DD"), Filters(level=0)])
def test_a_figure_without_the_dimension_is_not_passed_off_as_narrowed(filters: Filters) -> None:
    with pytest.raises(NarrowingError, match="nothing in this figure has a"):
        narrowed(compile_formula("evaluated[trait='good'] / evaluated"), filters)


def test_nothing_of_another_channel_is_in_a_channel() -> None:
    expression = narrowed(compile_formula("received[channel='online'] / received"), Filters(channel=1))
    assert expression == compile_formula("0 / received[channel='direct']")


@given(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.sampled_from(["received", "received[channel='online']"]))
def test_the_channels_of_a_sum_make_up_the_sum(by_channel: list[int], text: str) -> None:
    def sum_of(each: Input) -> int:
        assert isinstance(each, Term)
        return sum(n for number, n in enumerate(by_channel, 1) if each.channel in {None, number})

    expression = compile_formula(text)
    parts = [value_of(narrowed(expression, Filters(channel=number)), sum_of) for number in CHANNELS.values()]
    assert sum(part or 0 for part in parts) == value_of(expression, sum_of)
