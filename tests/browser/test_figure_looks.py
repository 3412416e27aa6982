"""The passport of a figure in a real browser: complete at every size, readable by keyboard, and alive."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from tests.browser.axe import serious
from tests.browser.district import receive
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.people import sign_in_page
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080), (3840, 2160)]
Visitor = Callable[[int, int], Visit]
LIGHT, DARK = "#ffffff", "#131e2b"


def opened(page: Page, wall: Wall, address: str) -> Page:
    page.goto(f"{wall.url}/kpi/{address}")
    page.wait_for_selector("#figure[data-freshness=live][data-past=shown][data-cases=shown] .plot .main-svg")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


@pytest.mark.parametrize(
    "address", ["on_time_rate?lang=vi", "overdue_now?unit=03980&lang=en&theme=light", "index_total?lang=vi&theme=light"]
)
def test_nothing_is_cut_overlaps_or_comes_from_elsewhere(wall: Wall, visit: Visitor, address: str) -> None:
    seen = visit(*SIZES[0])
    sign_in_page(seen.page, wall)
    page = opened(seen.page, wall, address)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert sticking_out(page) == [], width
        assert texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
    assert serious(page) == []
    assert seen.complaints == []
    assert {urlsplit(asked).netloc for asked in seen.asked if not asked.startswith("data:")} == {
        urlsplit(wall.url).netloc
    }


def test_the_trend_is_read_by_keyboard_and_its_stretch_chosen(wall: Wall, visit: Visitor) -> None:
    page = opened(visit(1366, 768).page, wall, "received_month?lang=en")
    trend = page.locator("#trend")
    assert trend.get_attribute("aria-valuemax") == "89"
    trend.focus()
    last = trend.get_attribute("aria-valuetext") or ""
    page.keyboard.press("ArrowLeft")
    assert trend.get_attribute("aria-valuenow") == "88"
    before = trend.get_attribute("aria-valuetext") or ""
    assert before != last
    assert page.inner_text("#trend-read") == before
    page.keyboard.press("Home")
    assert (trend.get_attribute("aria-valuetext") or "").endswith("No data yet")
    page.click("#stretches button[data-days='30']")
    assert trend.get_attribute("aria-valuemax") == "29"
    assert page.locator("#stretches button[aria-pressed=true]").inner_text() == "30 days"
    [first, last_drawn] = range_of(page)
    assert (last_drawn - first) / 86_400_000 == 30
    page.locator("#stretches button").first.focus()
    box = trend.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 40)
    page.wait_for_selector(f"#trend-read:text-is('{last}')")
    assert page.locator(".hoverlayer .hovertext").text_content() == last


def range_of(page: Page) -> list[float]:
    """The stretch of time in sight, in ms."""
    return list(page.evaluate("() => document.querySelector('.plot').layout.xaxis.range.map((end) => +new Date(end))"))


def drawn(page: Page, what: str) -> int:
    return page.locator(f".plot {what}").count()


def with_past(page: Page, change: Callable[[dict[str, Any]], None]) -> None:
    """Let the page's past be another."""

    def answer(route: Route) -> None:
        response = route.fetch()
        told = response.json()
        change(told["state"])
        route.fulfill(response=response, body=json.dumps(told))

    page.route("**/past?*", answer)


def test_days_that_changed_days_without_data_and_late_days_are_told_by_shape(wall: Wall, visit: Visitor) -> None:
    page = visit(1366, 768).page

    def change(past: dict[str, Any]) -> None:
        days = past["days"]
        past["values"] = [0.996] * 365
        past["values"][-20:-10] = [None] * 10
        past["changed"] = {days[-3]: 0.97, days[-5]: None}
        past["late"] = [*days[-9:-6], days[-2]]

    with_past(page, change)
    opened(page, wall, "on_time_rate?lang=en")
    assert drawn(page, ".scatterlayer .trace:nth-child(4) .point") == 2, "diamonds"
    assert drawn(page, ".scatterlayer .trace:nth-child(3) .point") == 90 - 10 - 2, "days as they were, and gaps"
    assert drawn(page, ".shapelayer path[style*='fill-opacity: 1']") == 2, "late days, in runs"
    page.focus("#trend")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    assert page.inner_text("#trend-read").endswith("99.6 %; changed from 97.0 %".replace(" %", "\u00a0%"))
    assert drawn(page, ".hoverlayer .hovertext") == 1


def test_what_is_dragged_over_is_zoomed_into_and_a_double_click_leads_back(wall: Wall, visit: Visitor) -> None:
    page = opened(visit(1366, 768).page, wall, "overdue_now?lang=en")
    whole, box = range_of(page), page.locator("#trend").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.4, box["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] * 0.2, y, steps=3)
    page.mouse.up()
    page.wait_for_function(
        "(whole) => +new Date(document.querySelector('.plot').layout.xaxis.range[0]) > whole", arg=whole[0]
    )
    zoomed = range_of(page)
    assert zoomed[1] - zoomed[0] < 0.4 * (whole[1] - whole[0])
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_function(
        "() => document.querySelector('.plot').layout.width === document.querySelector('#trend').clientWidth"
    )
    assert range_of(page) == zoomed
    wide = page.locator("#trend").bounding_box()
    assert wide is not None
    page.mouse.dblclick(wide["x"] + wide["width"] / 2, wide["y"] + wide["height"] / 2)
    page.wait_for_function(
        "(whole) => +new Date(document.querySelector('.plot').layout.xaxis.range[0]) === whole", arg=whole[0]
    )


def test_on_paper_the_plot_is_light_and_afterwards_as_it_was(wall: Wall, visit: Visitor) -> None:
    page = opened(visit(1366, 768).page, wall, "overdue_now?lang=vi")
    ground = "() => document.querySelector('.plot').layout.paper_bgcolor"
    assert page.evaluate(ground) == DARK
    page.evaluate(f"() => window.addEventListener('beforeprint', () => {{ window.printed = ({ground})(); }})")
    page.pdf()
    assert page.evaluate("() => window.printed") == LIGHT
    page.wait_for_function("(dark) => document.querySelector('.plot').layout.paper_bgcolor === dark", arg=DARK)


def test_without_the_library_the_figure_stands_and_the_days_are_read_all_the_same(wall: Wall, visit: Visitor) -> None:
    page = visit(1366, 768).page
    page.route("**/plotly.min.js*", lambda route: route.abort())
    page.goto(f"{wall.url}/kpi/overdue_now?lang=en")
    page.wait_for_selector("#figure[data-freshness=live] #trend:has-text('The chart could not be loaded')")
    assert page.inner_text("#value") != ""
    page.focus("#trend")
    last = page.inner_text("#trend-read")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#trend-read") != last


def test_a_unit_leads_to_its_own_passport_and_back_in_the_same_language(wall: Wall, visit: Visitor) -> None:
    page = opened(visit(1366, 768).page, wall, "overdue_now?lang=en&theme=light")
    rows = page.locator(".unit")
    values = [text.split()[0] for text in page.locator(".unit-value").all_inner_texts()]
    assert values[:2] == sorted(values[:2], reverse=True), "the worst first"
    first, value = rows.first.get_attribute("data-unit"), values[0]
    rows.first.locator("a").click()
    page.wait_for_selector(f'#figure[data-freshness=live] .unit[data-unit="{first}"] [aria-current=page]')
    assert page.locator("html").get_attribute("data-theme") == "light"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.inner_text("#value").strip() == value
    page.click(".to-area a")
    page.wait_for_selector("#figure[data-freshness=live] #value:not(:empty)")
    assert "unit=" not in page.url


def test_who_has_not_signed_in_sees_the_figure_and_the_way_to_its_cases(wall: Wall, visit: Visitor) -> None:
    seen = visit(1366, 768)
    page = opened(seen.page, wall, "overdue_now?lang=en&unit=03980")
    assert page.inner_text("#value") != ""
    link = page.locator("#cases a")
    assert link.inner_text() == "Sign in to see each case"
    assert link.get_attribute("href") == "/sign-in/?to=%2Fkpi%2Foverdue_now%3Flang%3Den%26unit%3D03980"


def test_the_figure_follows_what_is_counted_and_its_cases_add_up_to_it(own_wall: Wall, visit: Visitor) -> None:
    seen = visit(1366, 768)
    sign_in_page(seen.page, own_wall)
    page = opened(seen.page, own_wall, "received_today?unit=03980&lang=en")
    before = int(page.inner_text("#value").replace(",", ""))
    with own_wall.connect() as connection:
        receive(connection, 3980, 7)
    page.wait_for_function(
        "(value) => document.getElementById('value').textContent.replace(',', '') === value", arg=str(before + 7)
    )
    page.wait_for_selector(f".case-sum[data-holds=yes]:has-text('Sum: {before + 7:,} agrees with the figure')")
    with own_wall.connect() as connection:  # a list that does not add up says so
        for table in ("rollup_unit_day", "rollup_unit_month"):
            connection.execute(
                f"update {table} set n = n + 5 where measure = 1 and unit = 3980"
                f" and day = (select max(day) from {table} where measure = 1 and unit = 3980)".encode()
            )
    page.wait_for_selector(".case-sum[data-holds=no]")
    assert page.inner_text(".case-verdict") == f"differs from the figure {before + 12:,}"
