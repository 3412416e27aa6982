"""The scene of the one-stop shops: laid out well whatever the figures are, and nothing known is no nought."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page

from tests.browser.scene_frames import LOOKS, assert_well_laid_out, frame_of, open_with, with_values
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

Made: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
BOXES = ".flow-label, .flow-total, .flow-trunk, .index-group, .field-row, .tile-plain"
GROUPS = ("openness", "progress", "online", "payment", "satisfaction", "digitisation")
FIELD = "Bồi thường, hỗ trợ, tái định cư và giải phóng mặt bằng khi Nhà nước thu hồi đất"


def form(scale: int = 1) -> dict[str, Any]:
    own = {4: 5911, 5: 1083, 6: 891, 8: 5907, 9: 1116, 10: 12, 12: 835, 13: 15}
    cells = {column: n * scale for column, n in own.items()}
    cells |= {3: cells[4] + cells[5] + cells[6], 7: cells[8] + cells[9] + cells[10], 11: cells[12] + cells[13]}
    return {
        "state": "read",
        "name": "2026-11",
        "first": "2026-11-15",
        "last": "2026-12-14",
        "cells": {str(column): n for column, n in cells.items()},
    }


def field(name: str, scale: int = 1, **more: Any) -> dict[str, Any]:
    row = {"name": name, "received": 1234 * scale, "open": 288 * scale, "overdue": 5 * scale, "rate": 0.9981}
    return {**row, "standing": "good", "worst": False, **more}


def index(points: Mapping[str, tuple[float | None, int, int]], **more: Any) -> dict[str, Any]:
    groups = [
        {"id": name, "points": earned, "known": known, "most": most, "official": None if earned is None else most - 1}
        for name, (earned, known, most) in points.items()
    ]
    return {"name": "2026-11", "total": 86.86, "known": 100, "most": 100, "groups": groups, "official": None, **more}


FULL = dict(
    zip(
        GROUPS,
        [(17.96, 18, 18), (20, 20, 20), (9.04, 12, 12), (4.93, 10, 10), (17.7, 18, 18), (17.6, 22, 22)],
        strict=True,
    )
)
OFFICIAL = {"name": "2026-10", "points": 84.25, "source": "dichvucong.gov.vn", "published_on": "2026-11-05"}
TEN_BANDS = {"vi": "Trung bình", "en": "Excellent"}


def usual(frame: dict[str, Any]) -> dict[str, Any]:
    with_values(frame, lambda kpi: 0.9981 if kpi.endswith("_rate") else 15)
    fields = [field("Chứng thực", worst=True), field("Đất đai", overdue=0, rate=None, standing="none")]
    return {"form": form(), "statutory": form(), "fields": fields, "index": index(FULL, band=TEN_BANDS)}


def extreme(frame: dict[str, Any]) -> dict[str, Any]:
    with_values(frame, lambda kpi: 1.0 if kpi.endswith("_rate") else 987_654, "partial")
    fields = [field(FIELD, 160, worst=place == 0, standing="bad") for place in range(8)]
    return {
        "form": form(123),
        "statutory": form(123),
        "fields": fields,
        "index": index(FULL, total=99.97, band=TEN_BANDS, official=OFFICIAL),
    }


def empty(frame: dict[str, Any]) -> dict[str, Any]:
    with_values(frame, lambda _: None)
    nothing = {"state": "nothing"}
    groups = {name: (None, 0, most) for name, (_, _, most) in FULL.items()}
    return {
        "form": nothing,
        "statutory": nothing,
        "fields": [],
        "index": index(groups, total=None, known=0, band=None),
    }


def shown(wall: Wall, visit: Callable[[int, int], Visit], made: Made, known: str, look: tuple[str, str]) -> Page:
    _, frame = frame_of(wall, "onestop")
    frame["more"] = made(frame)
    page = open_with(wall, visit, frame, f"lang={look[0]}&theme={look[1]}").page
    page.wait_for_selector(f"#onestop-flow[data-known={known}]")
    return page


def test_the_figures_are_those_of_the_frame(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = shown(wall, visit, usual, "yes", LOOKS[0])
    page.wait_for_selector("#onestop-field-0[data-worst=yes]")
    written = {column: page.inner_text(f"#onestop-cell-{column}") for column in (3, 6, 7, 11, 13)}
    assert written == {3: "7.885", 6: "891", 7: "7.035", 11: "850", 13: "15"}
    assert page.inner_text("#onestop-statutory").startswith("Kỳ báo cáo 15/11 – 14/12: 7.885 = 7.035")
    assert page.inner_text("#onestop-field-rate-1") == "–"
    assert page.inner_text("#onestop-index-value-openness") == "17,9", "not everything never reads as everything"
    assert page.locator("#onestop-index-group-payment").get_attribute("data-state") == "weakest"
    assert_well_laid_out(page, BOXES)


@pytest.mark.parametrize("look", LOOKS)
def test_long_names_and_large_figures_are_neither_cut_nor_on_each_other(
    wall: Wall, visit: Callable[[int, int], Visit], look: tuple[str, str]
) -> None:
    page = shown(wall, visit, extreme, "yes", look)
    page.wait_for_selector("#onestop-field-7[data-overdue=some]")
    for part in ("flow", "fields", "index"):
        assert page.locator(f"#onestop-standing-{part}").get_attribute("data-state") == "partial"
    assert_well_laid_out(page, BOXES)


def test_nothing_known_is_words_and_no_nought(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = shown(wall, visit, empty, "no", ("vi", "light"))
    page.wait_for_selector("#onestop-fields[data-known=no]")
    assert page.inner_text("#onestop-flow-note") == "Chưa có dữ liệu"
    assert {page.inner_text(f"#onestop-cell-{column}") for column in range(3, 14)} == {"–"}
    assert page.inner_text("#onestop-index-total") == "–"
    assert page.inner_text("#onestop-index-value-progress") == "–"
    assert page.inner_text("#onestop-fields-note") == "Chưa có dữ liệu"
    assert_well_laid_out(page, BOXES)
