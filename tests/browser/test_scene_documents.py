"""The scene of documents: laid out well whatever the figures are, the worst unit first, nothing known no nought."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page

from tests.browser.scene_frames import LOOKS, assert_well_laid_out, frame_of, open_with, with_values
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

Made: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
BOXES = ".docs-row, .documents-level, .certificates-sum, .tile-plain"


def usual(frame: dict[str, Any]) -> dict[str, Any]:
    with_values(frame, lambda kpi: 0.9785 if kpi.endswith(("_rate", "_district", "_commune")) else 24)
    frame["board"]["kpis"]["incoming_on_time_rate"] |= {"value": 626 / 650, "num": 626, "den": 650}
    for place, figures in enumerate(frame["board"]["units"].values()):
        figures |= {"documents_open": 20 + place, "documents_overdue": place % 3}
    return {"today": {"documents_in": 31, "documents_out": 0}}


def extreme(frame: dict[str, Any]) -> dict[str, Any]:
    with_values(frame, lambda kpi: 1.0 if kpi.endswith(("_rate", "_district", "_commune")) else 987_654, "partial")
    frame["board"]["kpis"]["incoming_on_time_rate"] |= {"num": 987_654, "den": 1_975_308}
    return {"today": {"documents_in": 123_456, "documents_out": 123_456}}


def shown(wall: Wall, visit: Callable[[int, int], Visit], made: Made, sign: str, look: tuple[str, str]) -> Page:
    _, frame = frame_of(wall, "documents")
    frame["more"] = made(frame)
    page = open_with(wall, visit, frame, f"lang={look[0]}&theme={look[1]}").page
    page.wait_for_selector(sign)
    return page


def test_units_stand_by_what_is_overdue_then_by_what_is_open(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = shown(wall, visit, usual, "#documents-unit-0[data-value=some]", LOOKS[0])
    rows = page.locator(".docs-row").all()
    units = [tuple(int(text) for text in row.locator(".docs-value").all_inner_texts()) for row in rows]
    assert len(units) == 8
    assert units == sorted(units, reverse=True)
    due = [page.inner_text(f"#documents-part-value-{part}") for part in ("due_on_time", "due_late")]
    assert due == ["626", "24"]
    assert page.inner_text("#documents-today-documents_in") == "Hôm nay 31"
    assert_well_laid_out(page, BOXES)


@pytest.mark.parametrize("look", LOOKS)
def test_large_figures_are_neither_cut_nor_on_each_other(
    wall: Wall, visit: Callable[[int, int], Visit], look: tuple[str, str]
) -> None:
    assert_well_laid_out(shown(wall, visit, extreme, "#documents-unit-7[data-value=some]", look), BOXES)


def test_nothing_known_is_words_and_no_nought(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(1366, 768).page  # the small district has no documents
    page.goto(f"{wall.url}/wall/documents?theme=light")
    page.wait_for_selector("#documents-sum-certificates[data-known=no]")
    assert page.inner_text("#documents-value-documents_overdue") == "–"
    assert page.inner_text("#documents-units-note") == "Chưa có dữ liệu"
    assert page.inner_text("#documents-today-documents_in") == ""
    assert {page.inner_text(f"#documents-level-value-{level}") for level in ("district", "commune")} == {"–"}
    assert_well_laid_out(page, BOXES)
