"""The map of the wall: shades, sizes and the palette it shares with the style sheet."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dashboard
from dashboard.wall.area import area_on
from dashboard.wall.map import map_changes, map_sizes
from dashboard.wall.shades import PALETTE, shades

TODAY = date(2026, 1, 5)


@given(st.dictionaries(st.sampled_from(area_on(TODAY).codes), st.none() | st.integers(0, 10_000).map(float)))
def test_more_is_never_paler_and_none_is_apart_from_unknown(values: dict[str, float | None]) -> None:
    found = shades(values)
    known = sorted((value, found[code]) for code, value in values.items() if value is not None)
    assert [shade for _, shade in known] == sorted(shade for _, shade in known if shade is not None)
    for code, value in values.items():
        assert (found[code] is None) == (value is None)
        assert (found[code] == 0) == (value == 0)
        assert found[code] is None or 0 <= (found[code] or 0) <= 1


def test_a_single_overdue_application_is_no_blaze() -> None:
    assert shades({"03980": 1.0})["03980"] == pytest.approx(0.325)


def test_the_written_figures_are_left_to_the_page() -> None:
    paths = [path for path, _ in map_changes(area_on(TODAY), dict.fromkeys(area_on(TODAY).codes, 1.0))]
    assert ["data", 1, "z"] in paths
    assert ["data", 3, "text"] not in paths


@pytest.mark.parametrize(("day", "units"), [(TODAY, 8), (date(2024, 6, 1), 15)])
def test_every_length_of_the_map_is_known_to_the_page(day: date, units: int) -> None:
    sizes = {tuple(path): size for path, size in map_sizes(area_on(day))}
    assert len(sizes["data", 2, "textfont", "size"]) == len(sizes["data", 3, "textfont", "size"]) == units
    assert {"l", "r", "t", "b"} <= sizes["layout", "margin"].keys()
    assert sizes["data", 0, "marker", "line", "width"] > 0


def test_style_sheet_and_map_have_the_same_shades() -> None:
    tokens = (Path(dashboard.__file__).parent / "assets" / "base" / "2_tokens.css").read_text()
    assert tuple(re.findall(r"--shade-\d: (#\w{6})", tokens)) == PALETTE.scale
