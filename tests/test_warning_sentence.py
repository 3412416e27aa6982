"""A warning in one sentence, in both languages, with the numbers that it comes from."""

import subprocess
import sys
from typing import Any

import pytest

from stream.warning import is_warned, sentence
from stream.warning.assumptions import assumed

DAY = 8 * 3600
FACTS: dict[str, Any] = {
    "level": "procedure_in_unit", "like": 212, "longer": 31, "waited": 3 * DAY, "remaining": 2 * DAY, "day": DAY,
    "load": 40, "usual": 38, "chance": 0.15,
}  # fmt: skip


def test_it_says_how_many_like_ones_took_longer() -> None:
    assert sentence(FACTS, "vi") == (
        "Trong 212 hồ sơ cùng thủ tục tại đơn vị này còn mở sau 3 ngày làm việc, 31 hồ sơ mất hơn 2 ngày nữa:"
        " khả năng trễ hạn 15 %."
    )
    assert sentence(FACTS, "en") == (
        "Of 212 applications of the same procedure in this unit still open after 3 days of working time, 31 took more"
        " than another 2 days: the chance to miss the due date is 15%."
    )


def test_it_says_where_the_chance_is_not_the_plain_share() -> None:
    facts = FACTS | {"chance": 0.4}
    assert sentence(facts, "vi").endswith(": đối chiếu với kết quả gần đây, khả năng trễ hạn 40 %.")
    assert sentence(facts, "en").endswith(": checked against recent outcomes, the chance to miss the due date is 40%.")


def test_it_says_when_the_unit_has_more_open_than_usual() -> None:
    facts = FACTS | {"load": 60}
    assert "; đơn vị đang có 60 hồ sơ mở, thường lệ 38:" in sentence(facts, "vi")
    assert "; the unit has 60 open, usually 38:" in sentence(facts, "en")
    assert "usually" not in sentence(FACTS | {"load": 60, "usual": None}, "en")


def test_wide_groups_are_compared_by_the_share_of_the_term() -> None:
    facts = FACTS | {"level": "field", "used": 0.604}
    assert sentence(facts, "vi").startswith(
        "Trong 212 hồ sơ cùng lĩnh vực còn mở khi đã dùng 60 % thời hạn (3 ngày làm việc), 31 hồ sơ trễ hạn"
    )
    assert "still open with 60% of their term used up (3 days of working time), 31 missed the due date" in sentence(
        facts, "en"
    )


def test_none_is_said_in_words() -> None:
    facts = FACTS | {"longer": 0, "chance": 0.004}
    assert "không hồ sơ nào mất hơn 2 ngày nữa: khả năng trễ hạn dưới 1 %." in sentence(facts, "vi")
    assert "none took more than another 2 days: the chance to miss the due date is below 1%." in sentence(facts, "en")


def test_nothing_open_is_told_as_sure() -> None:
    assert "trên 99 %" in sentence(FACTS | {"chance": 0.9997}, "vi")


def test_what_is_overdue_is_no_guess() -> None:
    facts = {"level": "overdue", "chance": 1.0, "waited": DAY, "day": DAY}
    assert (sentence(facts, "vi"), sentence(facts, "en")) == ("Hồ sơ đã quá hạn.", "It is overdue already.")


@pytest.mark.parametrize("apart", [-0.001, 0.0])
def test_the_list_begins_at_the_chance_that_is_assumed(apart: float) -> None:
    assert is_warned(assumed().warned_from + apart) == (apart >= 0)


def test_who_reads_warnings_needs_no_library_that_learns() -> None:
    learns = "{name.partition('.')[0] for name in sys.modules} & {'sklearn', 'sksurv', 'scipy', 'pandas'}"
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, stream.warning; print({learns})"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == "set()\n"
