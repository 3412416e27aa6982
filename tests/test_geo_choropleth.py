"""The figure of the map: shades, names, figures, and what "no data" looks like."""

from datetime import date
from itertools import pairwise

import pytest

from geo.boundaries import boundaries_on
from geo.choropleth import FIGURES, NAMES, NO_DATA, VALUES, Look, Reading, changes, choropleth
from geo.palette import DAY_BLUE, NIGHT_AMBER, NIGHT_BLUE, Palette, contrast

UNITS = boundaries_on(date(2026, 1, 1))
OLD_UNITS = boundaries_on(date(2024, 1, 1))
PALETTES = [NIGHT_BLUE, NIGHT_AMBER, DAY_BLUE]


def readings(value: float | None = 5) -> dict[str, Reading]:
    written = "–" if value is None else f"{value:g}"
    return {feature["id"]: Reading(value, written, f"hover {feature['id']}") for feature in UNITS["features"]}


def test_every_unit_is_shaded_named_and_numbered() -> None:
    data = choropleth(UNITS, readings(7), Look())["data"]
    assert data[VALUES]["z"] == [7] * 8
    assert data[NAMES]["text"][1] == "Mộc Châu"
    assert data[FIGURES]["text"] == ["<b>7</b>"] * 8


def test_no_data_is_grey_and_zero_is_not() -> None:
    shown = readings(0) | {"03980": Reading(None, "–")}
    data = choropleth(UNITS, shown, Look())["data"]
    assert data[VALUES]["z"] == [0, None, 0, 0, 0, 0, 0, 0]
    assert {colour for _, colour in data[NO_DATA]["colorscale"]} == {NIGHT_BLUE.no_data}
    assert data[NO_DATA]["z"] == [0] * 8
    assert NIGHT_BLUE.no_data not in NIGHT_BLUE.scale


def test_a_unit_without_a_reading_shows_as_without_data() -> None:
    data = choropleth(UNITS, {}, Look())["data"]
    assert data[VALUES]["z"] == [None] * 8
    assert data[FIGURES]["text"] == ["<b>–</b>"] * 8


def test_the_end_of_the_scale_stays_where_it_is_told() -> None:
    assert choropleth(UNITS, readings(7), Look(highest=50))["data"][VALUES]["zmax"] == 50
    assert choropleth(UNITS, readings(7), Look())["data"][VALUES]["zmax"] == 7
    assert choropleth(UNITS, readings(0), Look())["data"][VALUES]["zmax"] == 1


def test_changes_turn_an_old_figure_into_the_new_one() -> None:
    figure = choropleth(UNITS, readings(1), Look())
    for path, value in changes(UNITS, readings(30), Look()):
        place = figure
        for step in path[:-1]:
            place = place[step]  # type: ignore[index]  # a path leads through dicts by name and lists by place
        place[path[-1]] = value  # type: ignore[index]  # the same
    assert figure == choropleth(UNITS, readings(30), Look())


def test_everything_grows_with_the_scale() -> None:
    small, large = (choropleth(UNITS, readings(), Look(scale=scale, note="sơ đồ")) for scale in (1.0, 2.0))
    for trace in (NAMES, FIGURES):
        sizes = zip(small["data"][trace]["textfont"]["size"], large["data"][trace]["textfont"]["size"], strict=True)
        assert all(after == pytest.approx(2 * before, abs=0.11) for before, after in sizes)
    assert large["data"][VALUES]["marker"]["line"]["width"] == 2 * small["data"][VALUES]["marker"]["line"]["width"]
    assert large["layout"]["annotations"][0]["font"]["size"] == 2 * small["layout"]["annotations"][0]["font"]["size"]


def test_the_map_says_what_kind_of_map_it_is() -> None:
    assert choropleth(UNITS, {}, Look(note="Sơ đồ"))["layout"]["annotations"][0]["text"] == "Sơ đồ"


def test_a_long_name_takes_two_lines_and_a_small_unit_small_letters() -> None:
    names = choropleth(OLD_UNITS, {}, Look())["data"][NAMES]
    assert names["text"][1] == "Nông trường<br>Mộc Châu"
    assert names["textfont"]["size"][0] < names["textfont"]["size"][2]


@pytest.mark.parametrize("palette", PALETTES)
def test_lightness_alone_tells_values_apart(palette: Palette) -> None:
    against_black = [contrast(palette.colour(step / 10), "#000000") for step in range(11)]
    rising = [after > before for before, after in pairwise(against_black)]
    assert all(rising) or not any(rising)


@pytest.mark.parametrize("palette", PALETTES)
def test_labels_can_be_read_on_every_shade(palette: Palette) -> None:
    grounds = [palette.no_data, *(palette.colour(step / 20) for step in range(21))]
    for ground in grounds:
        assert contrast(palette.ink_over(ground), ground) >= 4, ground
