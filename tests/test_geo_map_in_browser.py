"""The map in a real browser: it is drawn, it fits, and it asks nobody outside."""

import os
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from geo.boundaries import boundaries_on
from geo.choropleth import Look, Reading, choropleth, config
from geo.palette import NIGHT_BLUE
from ioc.tools import CHROMIUM
from tests.servers.map_page import map_page

pytestmark = pytest.mark.browser

_FILLS = "[...document.querySelectorAll('.choroplethlayer .trace')].map(t => [...t.querySelectorAll('path')].map(p => {"
_FILLS += "const b = p.getBoundingClientRect();"
_FILLS += "return {fill: getComputedStyle(p).fill, opacity: getComputedStyle(p).opacity, d: p.getAttribute('d'),"
_FILLS += " left: b.left, right: b.right, top: b.top, bottom: b.bottom}}))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM.path is None:
        assert os.environ.get("CI") != "true", CHROMIUM.advice
        pytest.skip(CHROMIUM.advice)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    yield page
    page.close()


@pytest.mark.parametrize(("day", "count"), [(date(2024, 6, 1), 15), (date(2026, 1, 1), 8)])
def test_the_map_is_drawn_fits_and_asks_nobody_outside(page: Page, day: date, count: int) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    features = boundaries_on(day)
    codes = [feature["id"] for feature in features["features"]]
    readings = {code: Reading(place * 10.0, str(place * 10)) for place, code in enumerate(codes[1:], start=1)}
    figure = choropleth(features, readings, Look(note="Sơ đồ")) | {"config": config("/assets/topojson/")}
    with map_page(figure) as url:
        page.goto(url)
        page.wait_for_function("window.drawn")
        ground, shades = page.evaluate(_FILLS)
        texts = page.locator(".scatterlayer text").all_text_contents()

    assert {urlsplit(address).hostname for address in asked} == {"127.0.0.1"}
    assert complaints == []
    assert len(ground) == count
    grey = "rgb(59, 65, 73)"
    assert NIGHT_BLUE.no_data == "#3b4149"
    assert {each["fill"] for each in ground} == {grey}
    visible = [each for each in shades if each["d"] and float(each["opacity"]) > 0 and each["fill"] != "none"]
    assert len({each["fill"] for each in visible}) == count - 1  # the first unit has no data: only its ground shows
    for each in ground:  # inside the page, and no polygon turned inside out to fill it
        assert -1 <= each["left"] < each["right"] <= 1201
        assert -1 <= each["top"] < each["bottom"] <= 901
        assert (each["right"] - each["left"]) * (each["bottom"] - each["top"]) < 0.3 * 1200 * 900
    assert sum("Sơn" in text for text in texts) >= 1
    assert "–" in texts
