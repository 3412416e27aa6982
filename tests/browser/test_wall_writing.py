"""The page's own writing of figures, in the browser that does it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser


@pytest.fixture
def write(wall: Wall, visit: Callable[[int, int], Visit]) -> Callable[[str, str], Any]:
    page = visit(800, 600).page
    page.goto(f"{wall.url}/health")

    def written(language: str, expression: str) -> Any:
        return page.evaluate(
            f"() => import('/wall/assets/wall/figures.js').then(({{Writer}}) => {{"
            f" const w = new Writer('{language}'); return {expression}; }})"
        )

    return written


@pytest.mark.parametrize(
    ("expression", "vi", "en"),
    [
        ("w.count(58214)", "58.214", "58,214"),
        ("w.count(0)", "0", "0"),
        ("w.percent(0.847, 1)", "84,7", "84.7"),
        ("w.percent(1, 1)", "100,0", "100.0"),
        ("w.percent(0.99999, 1)", "99,9", "99.9"),
        ("w.figure(0.5, {unit: 'percent', digits: 1}).join('')", "50,0\u00a0%", "50.0\u00a0%"),
        (
            "w.figure(0.98961, {unit: 'percent', digits: 1, target: 0.99, direction: 'higher_is_better'})[0]",
            "98,9",
            "98.9",
        ),
        (
            "w.figure(0.05001, {unit: 'percent', digits: 1, target: 0.05, direction: 'lower_is_better'})[0]",
            "5,1",
            "5.1",
        ),
        (
            "w.figure(0.99, {unit: 'percent', digits: 1, target: 0.99, direction: 'higher_is_better'})[0]",
            "99,0",
            "99.0",
        ),
        ("w.figure(62, {unit: 'minutes', digits: 0}).join('')", "62\u00a0phút", "62\u00a0mins"),
        ("w.time(Date.parse('2026-03-02T17:00:05Z'))", "00:00:05", "00:00:05"),
        ("w.date(Date.parse('2026-03-02T17:00:05Z'))", "Thứ Ba, 3 tháng 3, 2026", "Tuesday 3 March 2026"),
        ("w.moment('2026-03-02T02:03:04Z', '2026-03-02T09:00:00Z')", "09:03:04", "09:03:04"),
        ("w.moment('2026-03-01T02:03:04Z', '2026-03-02T09:00:00Z')", "09:03 01-03", "09:03 01/03"),
    ],
)
def test_figures_and_times(write: Callable[[str, str], Any], expression: str, vi: str, en: str) -> None:
    assert write("vi", expression) == vi
    assert write("en", expression).replace(", ", " ") == en


def test_a_trend_of_one_value_is_no_line(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(800, 600).page
    page.goto(f"{wall.url}/health")
    lines = page.evaluate(
        "() => import('/wall/assets/wall/trend.js').then(({trendImage}) =>"
        " [[], [3], [null, 3, null], [3, 3], [1, null, 3]].map((v) => trendImage(v, 'red', 1).includes('polyline')))"
    )
    assert lines == [False, False, False, True, True]


def test_the_rhythm_of_the_week_is_no_trend(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(800, 600).page
    page.goto(f"{wall.url}/health")
    smoothed = page.evaluate(
        "() => import('/wall/assets/wall/trend.js').then(({weekly}) =>"
        " weekly([9, 9, 9, 9, 9, 0, 0, 9, 9, 9, 9, 9, 0, 0]))"
    )
    assert smoothed == [None] * 6 + [9] * 8
