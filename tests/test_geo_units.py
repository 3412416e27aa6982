"""Units are dated: the same code means another place on another day."""

from datetime import date

import pytest

from geo.errors import UnitsUnknownError, UnknownUnitError
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
