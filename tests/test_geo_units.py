"""Units are dated: the same code means another place on another day."""

from datetime import date

import pytest

from geo.errors import UnitsUnknownError, UnknownUnitError
from geo.lineage import became, made_of, successions
from geo.units import all_units, unit_by_code, units_on

DISTRICT = date(2025, 1, 31)  # its last day
TODAY = date(2025, 7, 1)  # the first day of the two tiers


def test_the_district_had_fifteen_units_to_its_last_day() -> None:
    assert len(units_on(DISTRICT)) == 15
    assert units_on(DISTRICT) == units_on(date(2019, 5, 1))


def test_there_are_eight_units_from_july_2025_on() -> None:
    assert [unit.title for unit in units_on(TODAY)] == [
        "Phường Mộc Sơn",
        "Phường Mộc Châu",
        "Phường Thảo Nguyên",
        "Xã Chiềng Sơn",
        "Xã Tân Yên",
        "Xã Đoàn Kết",
        "Phường Vân Sơn",
        "Xã Lóng Sập",
    ]


def test_a_code_means_another_place_in_another_time() -> None:
    assert unit_by_code("04033", DISTRICT).title == "Xã Phiêng Luông"
    assert unit_by_code("04033", TODAY).title == "Phường Vân Sơn"


@pytest.mark.parametrize("day", [date(2025, 2, 1), date(2025, 6, 30)])
def test_the_towns_units_are_not_recorded_and_nobody_pretends(day: date) -> None:
    with pytest.raises(UnitsUnknownError, match="are not recorded"):
        units_on(day)


def test_a_code_of_the_other_generation_is_unknown() -> None:
    with pytest.raises(UnknownUnitError, match="03980"):
        unit_by_code("03980", DISTRICT)


def test_every_centre_lies_within_its_bounds() -> None:
    for unit in all_units():
        assert unit.west < unit.lon < unit.east, unit.title
        assert unit.south < unit.lat < unit.north, unit.title


def test_the_lineage_leads_from_recorded_units_to_recorded_units() -> None:
    for step in successions():
        assert unit_by_code(step.old_code, step.ended).title == step.old_title
        assert unit_by_code(step.new_code, step.began).title == step.new_title


def test_every_old_unit_became_something_and_every_new_one_was_something() -> None:
    assert {step.old_code for step in successions()} == {unit.code for unit in units_on(DISTRICT)}
    assert {step.new_code for step in successions()} == {unit.code for unit in units_on(TODAY)}


def test_a_divided_unit_is_named_a_part_in_each_of_its_heirs() -> None:
    for unit in units_on(DISTRICT):
        heirs = became(unit.code)
        assert {step.share for step in heirs} == ({"whole"} if len(heirs) == 1 else {"part"})
    assert [step.old_title for step in made_of("03980")] == ["Thị trấn Mộc Châu", "Xã Chiềng Hắc", "Xã Mường Sang"]
