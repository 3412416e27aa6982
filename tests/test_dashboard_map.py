"""The map of the wall: its lengths, and how its shades are chosen in the browser that chooses them."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from dashboard.wall.area import area_on
from dashboard.wall.map import map_sizes
from tests.servers.browser import Visit
from tests.servers.wall import Wall

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(("day", "units"), [(TODAY, 8), (date(2024, 6, 1), 15)])
def test_every_length_of_the_map_is_known_to_the_page(day: date, units: int) -> None:
    sizes = {tuple(path): size for path, size in map_sizes(area_on(day))}
    assert len(sizes["data", 2, "textfont", "size"]) == len(sizes["data", 3, "textfont", "size"]) == units
    assert {"l", "r", "t", "b"} <= sizes["layout", "margin"].keys()
    assert sizes["data", 0, "marker", "line", "width"] > 0


@pytest.fixture
def shades(wall: Wall, visit: Callable[[int, int], Visit]) -> Callable[[Sequence[int | None]], list[float | None]]:
    page = visit(800, 600).page
    page.goto(f"{wall.url}/health")

    def found(values: Sequence[int | None]) -> list[float | None]:
        said: list[float | None] = page.evaluate(
            "(values) => import('/wall/assets/wall/shades.js').then(({shades}) => shades(values))", list(values)
        )
        return said

    return found


@pytest.mark.browser
def test_more_is_never_paler_and_none_is_apart_from_unknown(
    shades: Callable[[Sequence[int | None]], list[float | None]],
) -> None:
    found = shades([None, 0, 1, 2, 9, 10, 11, 400, 10_000])
    assert found[0] is None
    assert found[1] == 0
    known = [shade for shade in found if shade is not None]
    assert known == sorted(known)
    assert known[1] >= 0.25
    assert known[-1] == 1


@pytest.mark.browser
def test_a_single_overdue_application_is_no_blaze(
    shades: Callable[[Sequence[int | None]], list[float | None]],
) -> None:
    assert shades([1, None]) == [pytest.approx(0.325), None]
