"""Whose report a code means in a period: the same five digits name other units in another generation."""

from datetime import date

import pytest

from geo.errors import UnknownPlaceError
from stream.kpi.period import Period, parse_period, period_of_days
from stream.report.errors import ReportError
from stream.report.scope import scope_of


def from_to(first: str, last: str) -> Period:
    return period_of_days(date.fromisoformat(first), date.fromisoformat(last))


def test_no_code_and_the_centre_are_all_units_over_the_whole_period() -> None:
    year = parse_period("2025", "statutory")
    for code in (None, "moc-chau"):
        scope = scope_of(code, year)
        assert (scope.units, scope.first, scope.last, scope.is_cut(year)) == (None, year.first, year.last, False)


@pytest.mark.parametrize(
    ("code", "period", "title", "first", "last"),
    [
        ("03979", ("2024-12-15", "2025-01-14"), "Thị trấn Mộc Châu", "2024-12-15", "2025-01-14"),
        ("03979", ("2024-12-15", "2025-12-14"), "Phường Mộc Sơn", "2025-07-01", "2025-12-14"),
        ("03988", ("2024-12-15", "2025-12-14"), "Xã Tân Hợp", "2024-12-15", "2025-01-31"),
        ("03979", ("2025-02-15", "2025-03-14"), "Đơn vị 03979", "2025-02-15", "2025-03-14"),
        ("03979", ("2025-02-15", "2025-07-14"), "Phường Mộc Sơn", "2025-07-01", "2025-07-14"),
    ],
)
def test_a_period_is_cut_to_the_time_in_which_the_code_means_one_unit(
    code: str, period: tuple[str, str], title: str, first: str, last: str
) -> None:
    asked = from_to(*period)
    scope = scope_of(code, asked)
    assert (scope.title, scope.units) == (title, (int(code),))
    assert (scope.first.isoformat(), scope.last.isoformat()) == (first, last)
    assert scope.is_cut(asked) is ((first, last) != period)


def test_an_area_is_its_units_while_it_was_in_force() -> None:
    scope = scope_of("123", from_to("2024-12-15", "2025-12-14"))
    assert (scope.title, scope.last) == ("Huyện Mộc Châu", date(2025, 1, 31))
    assert scope.units is not None
    assert len(scope.units) == 15


def test_a_code_without_a_meaning_is_refused() -> None:
    with pytest.raises(ReportError, match="no unit bears the code 03988"):
        scope_of("03988", from_to("2026-01-01", "2026-01-31"))
    with pytest.raises(ReportError, match="has no recorded units"):
        scope_of("123", from_to("2026-01-01", "2026-01-31"))
    with pytest.raises(UnknownPlaceError):
        scope_of("nowhere", from_to("2026-01-01", "2026-01-31"))
