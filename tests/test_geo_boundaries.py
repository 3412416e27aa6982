"""Which boundaries a day has: the survey that holds on it, else the schematic."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from geo.boundaries import boundaries_on, to_text
from geo.errors import SurveyError, UnitsUnknownError
from geo.surveyed import Surveyed, surveyed_from, surveyed_on, to_document

TODAY = date(2025, 7, 1)
FIRST = Surveyed(
    valid_from=TODAY,
    valid_to=None,
    imported_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    source="Sở Nông nghiệp và Môi trường",
    sha256="ab" * 32,
    format="GeoPackage",
    crs="EPSG:3405",
    tolerance_m=15.0,
    features=boundaries_on(TODAY),
)


def test_a_survey_is_preferred_to_the_schematic_on_the_days_on_which_it_holds() -> None:
    survey = replace(FIRST, valid_to=date(2025, 12, 31), features={**FIRST.features})
    assert boundaries_on(TODAY, [survey]) is survey.features
    assert boundaries_on(date(2025, 12, 31), [survey]) is survey.features
    assert boundaries_on(date(2026, 1, 1), [survey]) is boundaries_on(TODAY)
    assert boundaries_on(date(2025, 1, 31), [survey]) is boundaries_on(date(2025, 1, 31))


def test_the_latest_to_come_into_force_rules_and_of_these_the_last_imported() -> None:
    later = replace(FIRST, valid_from=date(2026, 1, 1), imported_at=FIRST.imported_at - timedelta(30))
    again = replace(FIRST, imported_at=FIRST.imported_at + timedelta(1))
    for order in ([FIRST, later, again], [again, later, FIRST]):
        assert surveyed_on(date(2025, 12, 31), order) == again
        assert surveyed_on(date(2026, 1, 1), order) == later
    assert surveyed_on(TODAY, []) is None


def test_a_survey_of_other_units_is_passed_over() -> None:
    old = replace(FIRST, features=boundaries_on(date(2025, 1, 31)))
    assert surveyed_on(TODAY, [old]) is None


def test_nothing_is_drawn_for_units_that_are_not_recorded() -> None:
    with pytest.raises(UnitsUnknownError):
        boundaries_on(date(2025, 3, 1), [replace(FIRST, valid_from=date(2025, 2, 1))])


def test_what_is_stored_is_read_again() -> None:
    found = surveyed_from(to_text(to_document(FIRST)))
    assert found == FIRST
    assert found.features == FIRST.features
    dated = replace(FIRST, valid_to=date(2030, 1, 1))
    assert surveyed_from(json.dumps(to_document(dated))) == dated


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"boundaries"', '"other"'),
        ('"valid_from":"2025-07-01"', '"valid_from":"July"'),
        ('"imported_at":"2026-03-02T08:00:00+00:00"', '"imported_at":"2026-03-02T08:00:00"'),
        ('"room":', '"space":'),
        ('"label":[', '"label":[null,'),
        ('"id":"03979"', '"id":3979'),
        ('"type":"Polygon"', '"type":"Point"'),
        ('"features":[', '"features":[7,'),
    ],
)
def test_what_was_spoilt_is_no_map(was: str, now: str) -> None:
    text = to_text(to_document(FIRST))
    assert was in text
    with pytest.raises(SurveyError, match="no boundaries that `ioc geo import` stored"):
        surveyed_from(text.replace(was, now, 1))
    with pytest.raises(SurveyError):
        surveyed_from(text[:-20])
