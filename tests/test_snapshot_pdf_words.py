"""Numbers of a report as Vietnamese writes them, runs of them that line up, and plots that tell the truth."""

from decimal import Decimal

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # weasyprint brings it, without types
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stream.snapshot.content.document import IndexFacts, SeriesFacts
from stream.snapshot.render.pdf.drawing import HERE
from stream.snapshot.render.pdf.grid import WIDE, groups_of, spread
from stream.snapshot.render.pdf.numbers import as_is, digits_between, figure, measured, percent, said, signed
from stream.snapshot.render.pdf.plots.flow import flow
from stream.snapshot.render.pdf.plots.groups import groups
from stream.snapshot.render.pdf.plots.scale import Scale, ticks
from stream.snapshot.render.pdf.plots.shares import shares
from stream.snapshot.render.pdf.runs import quarters, run
from stream.snapshot.render.pdf.standing import standing, target
from stream.snapshot.render.pdf.warned import tags
from tests.building.snapshot_text import number_of
from tests.building.snapshots import a_kpi, a_restated_snapshot, a_snapshot, an_index

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234.5, 1, "1.234,5"), (0.125, 2, "0,13"), (2.5, 0, "3"), (-2.5, 0, "−3"), (-0.04, 1, "0,0"), (None, 2, "–"),
        (58_000_000, 0, "58.000.000"), (0, 0, "0"), (100.0, 0, "100"),
    ],
)  # fmt: skip
def test_a_number_has_a_decimal_comma_and_halves_go_up(value: float | None, digits: int, text: str) -> None:
    assert said(value, digits) == text


def test_a_ratio_is_said_as_percent_and_a_count_without_a_unit() -> None:
    assert measured(a_kpi("on_time_rate"), 0.9825) == "98,3\u00a0%"
    assert measured(a_kpi("on_time_rate"), None) == "–"
    assert measured(a_kpi("received_month"), 1200) == "1.200"
    assert figure(a_kpi("on_time_rate"), 0.98254, 3) == "98,254"
    assert percent(0.9625, 1) == "96,3"
    assert (as_is(100.0), as_is(2.50), as_is(1 / 3), as_is(1000)) == ("100", "2,5", "0,333333", "1.000")
    assert (signed(3), signed(-1.5, 1), signed(0)) == ("+3", "−1,5", "+0")


def test_figures_that_differ_are_given_the_digits_that_tell_them_apart() -> None:
    assert digits_between(1.0001, 1.0002, 1) == 4
    assert digits_between(1, 1, 0) == 0
    assert digits_between(None, 1, 2) == 2


@given(st.lists(st.one_of(st.none(), st.integers(-(10**9), 10**9)), min_size=1, max_size=12))
def test_cells_of_a_run_end_where_their_column_ends_and_are_read_back(values: list[int | None]) -> None:
    cells = [said(value) for value in values]
    text = run(cells, 30)
    assert [number_of(cell) for cell in text.split()] == [None if each is None else Decimal(each) for each in values]
    ends = text
    for cell in reversed(cells):
        assert ends.endswith(cell)
        ends = ends[: -len(cell)].rstrip(" \u2002\u2003")
    assert _quarters_with_spaces(text) == 30 * len(cells)


def _quarters_with_spaces(text: str) -> int:
    spaces = {"\u2002": 2, "\u2003": 4}
    return sum(spaces[each] if each in spaces else quarters(each) for each in text)


@pytest.mark.parametrize("style", ["400-normal", "700-normal", "400-italic"])
def test_the_font_is_as_wide_as_runs_take_it_to_be_and_has_all_of_vietnamese(style: str) -> None:
    font = TTFont(HERE / "fonts" / f"tinos-{style}.woff2")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    for letter in "0123456789.,– −+▲▼◆●○\u2215\u2002\u2003":
        assert widths[glyphs[ord(letter)]][0] == 512 * _quarters_with_spaces(letter), letter
    vowels = "aăâeêioôơuưyáắấéếíóốớúứýàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵđ"
    assert all(ord(letter) in glyphs for letter in vowels + vowels.upper() + "≥≤→“”…")


def test_a_column_that_is_too_narrow_keeps_its_numbers_apart() -> None:
    assert run(["1.234.567", "1.234.567"], 4).split() == ["1.234.567", "1.234.567"]


@given(st.integers(1, 90), st.integers(8, 60))
def test_units_are_parted_into_groups_that_fit_and_none_is_lost(n: int, width: int) -> None:
    parted = list(groups_of(range(n), width))
    assert [each for group in parted for each in group] == list(range(n))
    assert all(2 * width * (len(group) + 1) <= WIDE for group in parted)
    assert max(map(len, parted)) - min(map(len, parted)) <= 1
    assert all(spread(width, len(group) + 1) >= width for group in parted)


def test_a_standing_is_that_of_the_thresholds_in_the_object() -> None:
    on_time, overdue = a_kpi("on_time_rate"), a_kpi("overdue_now")
    assert [standing(on_time, value) for value in (0.99, 0.98, 0.94, None)] == ["good", "warn", "bad", "none"]
    assert [standing(overdue, value) for value in (0, 10, 11)] == ["good", "warn", "bad"]
    assert (target(on_time), target(overdue), target(a_kpi("received_month"))) == (
        "≥\u00a099,0\u00a0%",
        "≤\u00a00",
        "–",
    )


def test_the_head_of_a_page_bears_every_mark() -> None:
    assert tags(a_restated_snapshot(draft=True)) == "BẢN NHÁP · BẢN ĐIỀU CHỈNH SỐ 2"
    assert tags(a_snapshot()) == "SỐ LIỆU CHƯA ĐẦY ĐỦ · LẬP MUỘN"


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_an_axis_reaches_from_below_the_lowest_to_above_the_highest(one: float, other: float) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high)
    assert marks[0] <= low + 1e-6 * max(1, high)
    assert marks[-1] >= high - 1e-6 * max(1, high)
    assert 2 <= len(marks) <= 8


def test_bars_are_as_high_as_their_values_and_unknown_days_have_none() -> None:
    days = tuple(f"2026-11-{day:02d}" for day in range(1, 5))
    received = SeriesFacts(kpi="received_month", grain="day", days=days, values=(10, 20, None, 0))
    settled = SeriesFacts(kpi="settled_month", grain="day", days=days, values=(5, None, 20, 0))
    bars = _found(flow(received, settled, "tiếp nhận"), "rect")[:6]
    heights = [float(each["height"]) for each in bars]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.02)
    assert heights[2] == 0
    assert heights[3] == pytest.approx(heights[0] / 2, abs=0.02)
    assert "cao nhất 20" in flow(received, settled, "tiếp nhận")


def test_a_plot_of_nothing_is_drawn_and_says_nothing_untrue() -> None:
    empty = SeriesFacts(kpi="received_month", grain="month", days=("2026-01-01",), values=(None,))
    assert "cao nhất" not in flow(empty, None, "trống")
    assert "– Chưa có hồ sơ giải quyết" in shares(a_kpi("on_time_rate"), [("Xã Lóng Sập", None)], "trống")
    assert "không chấm được" in groups(an_index("04045", judged=False), "trống")
    assert etree.fromstring(groups(IndexFacts(unit=None, band=None, scores=()), "trống")) is not None


def test_units_stand_by_their_share_the_best_on_top() -> None:
    drawn = shares(a_kpi("on_time_rate"), [("A", 0.9), ("B & C", 0.97), ("D", None)], "tỷ lệ")
    dots = _found(drawn, "circle")
    assert float(dots[0]["cx"]) > float(dots[1]["cx"])
    words = [each.text for each in etree.fromstring(drawn).iter(f"{_SVG}text")]
    assert words.index("B & C") < words.index("A") < words.index("D")
    assert "mục tiêu 99,0\u00a0%" in words


def test_a_scale_puts_a_value_where_it_belongs() -> None:
    assert Scale(0, 10, 100, 200)(2.5) == 125


def _found(svg: str, tag: str) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in each.attrib.items()}
        for each in etree.fromstring(svg).iter(f"{_SVG}{tag}")
    ]
