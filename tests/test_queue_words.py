"""Searching in Vietnamese: case, tones, marks and đ do not matter, and what is being typed counts already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.queue.names import Name, Names
from stream.queue.words import folded, words_of

NAMES = Names(
    {1: Name("G09-01", "Hộ tịch"), 2: Name("G09-02", None), 3: Name("G09-03", "Đất đai")},
    {
        1: Name("1.005129", "Đăng ký khai sinh"),
        2: Name("1.000656", "Đăng ký khai tử (lưu động)"),
        3: Name("2.000635", "Cấp bản sao trích lục hộ tịch"),
        4: Name("1.004873", None),
    },
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Đăng ký Khai sinh", "dang ky khai sinh"), ("ƯỜNG", "uong"), ("Hộ tịch", "ho tich"), ("1.005129", "1.005129")],
)
def test_text_is_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("dang", {1, 2}), ("ĐĂNG", {1, 2}), ("khai si", {1}), ("sinh đăng", {1}), ("tu", {2}), ("lưu", {2}),
        ("ang", set()),
        ("1.00", {1, 2, 4}), ("5129", {1}), ("sao", {3}), ("trich luc", {3}),
    ],
)  # fmt: skip
def test_every_word_begins_a_word_of_the_name_or_stands_in_the_code(searched: str, found: set[int]) -> None:
    each = [set(NAMES.procedures_found(word)) for word in words_of(searched)]
    assert set.intersection(*each) == found


def test_names_stand_in_the_order_of_letters_and_what_has_none_comes_last() -> None:
    by_rank = sorted(NAMES.procedures, key=lambda number: int(NAMES.procedure_ranks[number]))
    assert by_rank == [3, 1, 2, 4]
    assert sorted(NAMES.fields, key=lambda number: int(NAMES.field_ranks[number])) == [3, 1, 2]
    assert NAMES.field_ranks[0] == -1, "no field"


def test_a_name_that_changes_is_told_from_one_that_comes() -> None:
    more = Names({**NAMES.fields, 4: Name("G09-04", None)}, NAMES.procedures)
    assert more.adds_to(NAMES)
    assert not Names({**NAMES.fields, 2: Name("G09-02", "Chứng thực")}, NAMES.procedures).adds_to(NAMES)
    assert not NAMES.adds_to(more)
