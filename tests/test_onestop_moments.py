"""`yyyyMMddHHmmss` in the time of Việt Nam, and nothing that only looks like it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.refusal import RefusedError
from ingest.sources.moments import moment

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = datetime(1990, 1, 1, 7), datetime(2200, 1, 1, 6, 59, 59)  # noqa: DTZ001 - local wall time


@given(st.datetimes(FIRST, LAST).map(lambda at: at.replace(microsecond=0, tzinfo=VIETNAM)))
def test_every_second_is_read_as_local_time_and_answered_in_utc(at: datetime) -> None:
    read = moment(f"{at:%Y%m%d%H%M%S}", "NgayTiepNhan")
    assert read == at
    assert read is not None
    assert read.utcoffset() == timedelta(0)


def read_or_refused(text: str) -> datetime | RefusedError | None:
    """What the field `NgayHenTra` says."""
    try:
        return moment(text, "NgayHenTra")
    except RefusedError as error:
        return error


@given(st.text(max_size=16) | st.integers(0, 10**14 - 1).map("{:014}".format))
def test_a_text_is_null_or_read_exactly_or_refused_by_its_field(text: str) -> None:
    match read_or_refused(text):
        case None:
            assert not text.strip()
        case RefusedError() as error:
            assert error.field == "NgayHenTra"
            assert not is_a_moment(text)
        case read:
            assert f"{read.astimezone(VIETNAM):%Y%m%d%H%M%S}" == text.strip()


def is_a_moment(text: str) -> bool:
    """By the standard library, slower and laxer about shape."""
    if len(text) != 14 or not text.isdecimal() or not text.isascii():
        return False
    try:
        found = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return False
    return FIRST.replace(tzinfo=VIETNAM) <= found <= LAST.replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_null_and_blank_are_no_moment(blank: str | None) -> None:
    assert moment(blank, "NgayTra") is None


def test_a_number_is_read_like_its_digits() -> None:
    assert moment(20240712090102, "NgayTiepNhan") == datetime(2024, 7, 12, 2, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "20240230000000",  # no such day
        "20230229120000",  # not a leap year
        "20241301000000",
        "20240712240000",
        "20240712096000",
        "20240712090160",
        "00000000000000",
        "00010101000000",  # the empty date of some databases
        "30240712090102",
        "20240712",  # a date says no hour
        "2024-07-12 09:01",
        "2024071209010",
        "２０２４０７１２０９０１０２",
        "20240712T90102",
    ],
)
def test_impossible_and_foreign_dates_are_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        moment(text, "NgayTiepNhan")
    assert refused.value.field == "NgayTiepNhan"
    assert text not in str(refused.value), "what stands in a wrong field may be a person's"


def test_a_number_too_long_to_write_out_is_refused() -> None:
    with pytest.raises(RefusedError):
        moment(10**5000, "NgayTra")
