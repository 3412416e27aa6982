"""Days and moments in the formats that vendors write, and those that could mean two days."""

from datetime import UTC, date, datetime

import pytest

from ingest.refusal import RefusedError
from ingest.sources.edxml.moments import moment, when

NOON = datetime(2026, 6, 5, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["2026-06-05", "2026/06/05", "2026.06.05", "05/06/2026", "5/6/2026", "05-06-2026", "05.06.2026", "20260605"],
)
def test_a_day_is_a_day(written: str) -> None:
    assert when(written, "x") == (date(2026, 6, 5), None)
    assert when(written, "x").begin() == datetime(2026, 6, 4, 17, 0, tzinfo=UTC)
    assert when(written, "x").end() == datetime(2026, 6, 5, 16, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-05T12:00:00",
        "2026-06-05 12:00",
        "2026/06/05 12:00:00",
        "05/06/2026 12:00:00",
        "5/6/2026  12:00",
        "20260605120000",
        "2026-06-05T12:00:00+07:00",
        "2026-06-05T12:00:00.000+0700",
        "2026-06-05T05:00:00Z",
        "2026-06-05T05:00:00.0000000Z",
        "2026-06-04T22:00:00-07:00",
    ],
)
def test_a_moment_is_local_where_no_zone_is_named(written: str) -> None:
    assert moment(written, "x") == NOON
    assert moment(written, "x").tzinfo is UTC


def test_a_fraction_of_a_second_is_kept_to_the_microsecond() -> None:
    assert moment("2026-06-05T12:00:00.1234567", "x") == NOON.replace(microsecond=123456)


@pytest.mark.parametrize("written", ["6/5/2026 3:04:05 PM", "05/06/2026 8:00:00 SA", "05/06/26", "5-6-26 12:00"])
def test_what_could_be_another_day_is_refused_as_ambiguous(written: str) -> None:
    with pytest.raises(RefusedError) as refused:
        when(written, "DueDate")
    assert refused.value.field == "DueDate"
    assert refused.value.reason.en.startswith("ambiguous")


@pytest.mark.parametrize(
    "written",
    ["31/02/2026", "2026-13-01", "2026-06-05T24:00:00", "2026-06-05T12:60", "20261301", "2026-06-05T12:00+25:00"],
)
def test_a_day_or_hour_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(RefusedError) as refused:
        when(written, "x")
    assert refused.value.reason.en == "no such day or hour"


@pytest.mark.parametrize(
    "written", ["1989-12-31", "1989-12-31T23:59:59", "2200-01-02", "0001-01-01T00:00Z", "9999/12/31"]
)
def test_a_year_that_is_a_slip_is_refused(written: str) -> None:
    with pytest.raises(RefusedError) as refused:
        when(written, "x")
    assert "1990" in refused.value.reason.en


@pytest.mark.parametrize("written", ["", "hôm nay", "2026-06", "1780650000000", "٢٠٢٦-٠٦-٠٥", "2026-06/05", "x" * 1000])
def test_what_is_no_date_is_refused_without_being_quoted(written: str) -> None:
    with pytest.raises(RefusedError) as refused:
        when(written, "x")
    assert "not a date" in refused.value.reason.en
    assert not written or written not in str(refused.value)


def test_a_moment_needs_its_hour() -> None:
    with pytest.raises(RefusedError, match="a day without an hour"):
        moment("2026-06-05", "x")
