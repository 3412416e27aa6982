"""The lineage leads from recorded units to recorded units, and no figure is lost on the way."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

from geo.lineage import became, made_of, mergers, successions
from geo.units import unit_by_code, units_on

DISTRICT = date(2025, 1, 31)  # its last day
TODAY = date(2025, 7, 1)  # the first day of the two tiers


def test_every_step_leads_from_a_recorded_unit_to_a_recorded_unit() -> None:
    for step in successions():
        assert unit_by_code(step.old_code, step.ended).title == step.old_title
        assert unit_by_code(step.new_code, step.began).title == step.new_title


def test_every_old_unit_became_something_and_every_new_one_was_something() -> None:
    assert {step.old_code for step in successions()} == {unit.code for unit in units_on(DISTRICT)}
    assert {step.new_code for step in successions()} == {unit.code for unit in units_on(TODAY)}


def test_the_shares_of_a_unit_make_one_in_both_directions() -> None:
    forward: dict[str, Fraction] = defaultdict(Fraction)
    backward: dict[str, Fraction] = defaultdict(Fraction)
    for step in successions():
        assert step.forward > 0
        assert step.backward > 0
        forward[step.old_code] += step.forward
        backward[step.new_code] += step.backward
    assert set(forward.values()) == {Fraction(1)}
    assert set(backward.values()) == {Fraction(1)}


def test_a_share_that_is_not_one_is_an_assumption_and_says_so() -> None:
    for step in successions():
        assumed = {step.forward, step.backward} != {Fraction(1)}
        assert (step.shares_certainty == "C") == assumed, step
        assert ("assumption" in step.shares_source) == assumed, step
        assert step.certainty in {"A", "B"}
        assert step.source


def test_the_two_townships_were_divided_in_equal_parts() -> None:
    divided = {step.old_code for step in successions() if step.forward != 1}
    assert divided == {"03979", "03982"}
    assert [step.new_title for step in became("03979")] == ["Phường Mộc Châu", "Phường Mộc Sơn"]
    assert [step.forward for step in became("03982")] == [Fraction(1, 2), Fraction(1, 2)]


def test_what_a_unit_of_today_was_made_of_is_weighed_by_what_it_took_over() -> None:
    assert [(step.old_title, step.backward) for step in made_of("03980")] == [
        ("Thị trấn Mộc Châu", Fraction(1, 5)),
        ("Xã Chiềng Hắc", Fraction(2, 5)),
        ("Xã Mường Sang", Fraction(2, 5)),
    ]


def test_one_merger_moves_every_unit_of_the_district_to_the_units_of_today() -> None:
    (merger,) = mergers()
    assert merger.at_day == TODAY
    assert merger.units_in_force == {int(unit.code) for unit in units_on(TODAY)}
    assert set(merger.became) == {int(unit.code) for unit in units_on(DISTRICT)}
    assert {code for codes in merger.became.values() for code in codes} == merger.units_in_force


def test_among_equal_successors_the_one_that_kept_the_code_is_preferred() -> None:
    (merger,) = mergers()
    assert merger.became[3979] == (3979, 3980)
    assert merger.became[3982] == (3982, 4033)
    assert merger.became[3988] == (3997,)
