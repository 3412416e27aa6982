"""A place is a unit or an area, and means something on a day."""

from datetime import date

import pytest

from geo.areas import CENTRE, area_by_code, areas, place, units_of
from geo.errors import UnitsUnknownError, UnknownPlaceError, UnknownUnitError
from geo.generations import generations
from geo.units import units_on

DISTRICT = date(2025, 1, 31)
TOWN = date(2025, 3, 1)
TODAY = date(2025, 7, 1)


@pytest.mark.parametrize("day", [date(2019, 5, 1), DISTRICT, TODAY, date(2030, 1, 1)])
def test_the_centre_serves_every_unit_of_its_day(day: date) -> None:
    assert units_of(area_by_code(CENTRE), day) == units_on(day)


def test_the_area_existed_in_the_time_whose_units_are_not_recorded() -> None:
    with pytest.raises(UnitsUnknownError, match="not recorded"):
        units_of(area_by_code(CENTRE), TOWN)


def test_the_old_district_is_an_area_that_ended() -> None:
    assert place("123", DISTRICT).title == "Huyện Mộc Châu"
    assert len(place("123", DISTRICT).units) == 15
    with pytest.raises(UnknownPlaceError, match=r"Huyện Mộc Châu \(123\) does not exist on 2025-07-01"):
        place("123", TODAY)


def test_five_digits_are_a_unit_and_anything_else_is_an_area() -> None:
    assert place("04033", DISTRICT).title == "Xã Phiêng Luông"
    assert place("04033", TODAY).title == "Phường Vân Sơn"
    assert place("04033", TODAY).unit_codes == ("04033",)
    assert place(CENTRE, TODAY).unit_codes == tuple(unit.code for unit in units_on(TODAY))


@pytest.mark.parametrize("code", ["", "124", "somewhere", "0397", "٠٣٩٧٩"])
def test_a_code_that_nothing_bears_is_named_and_the_areas_are_listed(code: str) -> None:
    with pytest.raises(UnknownPlaceError, match="moc-chau, 123"):
        place(code, TODAY)


def test_a_unit_of_another_time_is_unknown() -> None:
    with pytest.raises(UnknownUnitError, match="03980"):
        place("03980", DISTRICT)


def test_no_area_bears_a_code_like_a_units_and_each_lies_within_a_recorded_one() -> None:
    codes = [area.code for area in areas()]
    assert len(set(codes)) == len(codes)
    for area in areas():
        assert not (len(area.code) == 5 and area.code.isdigit())
        if area.within is not None:
            around = area_by_code(area.within)
            for membership in area.memberships:
                day = membership.valid_to or membership.valid_from or TODAY
                assert set(membership.unit_codes) <= {unit.code for unit in units_of(around, day)}


def test_a_membership_lies_within_one_generation_and_no_two_overlap() -> None:
    for area in areas():
        for membership in area.memberships:
            (generation,) = [each for each in generations() if membership.valid_to == each.valid_to]
            assert set(membership.unit_codes) <= generation.unit_codes
            assert generation.is_recorded == bool(membership.unit_codes)
            assert generation.valid_from is None or generation.valid_from == membership.valid_from
        for day in (DISTRICT, TOWN, TODAY):
            assert sum(membership.covers(day) for membership in area.memberships) <= 1
