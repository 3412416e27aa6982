"""The wall heals itself: each stage, what it counts, and that nothing of it piles up."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route

from ioc.bench.faults_network import Weather
from tests.servers.browser import Visit
from tests.servers.network import Cable, cable_to
from tests.servers.processes import wait_until
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

Visiting = Callable[[int, int], Visit]


@pytest.fixture
def cable(wall: Wall) -> Iterator[Cable]:
    """The network between the wall and the pages of a test."""
    with cable_to(wall.port) as cable:
        yield cable


def opened(visit: Visiting, url: str) -> Page:
    """A page that is live, whose clock a test can run ahead."""
    page = visit(1366, 768).page
    page.clock.install()
    page.goto(f"{url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    return page


def heals(page: Page) -> dict[str, int]:
    """What it has counted."""
    counted: dict[str, int] = page.evaluate("() => ({ ...window.__ioc.heals })")
    return counted


def pass_until(page: Page, holds: str, *, seconds: int) -> int:
    """Let time pass in the page, as quickly as it can, until that holds; answers after how many of its seconds."""
    for second in range(seconds + 1):
        if page.evaluate(f"() => {holds}"):
            return second
        page.clock.run_for(1_000)
        page.wait_for_timeout(50)
    raise AssertionError(f"{holds} did not come true within {seconds} s of the page")


@pytest.mark.parametrize("weather", [Weather.SILENT, Weather.BAD_GATEWAY])
def test_a_lost_network_is_told_within_15_seconds_and_figures_are_right_again_within_60(
    visit: Visiting, cable: Cable, weather: Weather
) -> None:
    page = opened(visit, cable.url)
    before = page.inner_text("#overview-value-overdue_now")
    cable.turn(weather)
    assert pass_until(page, "window.__ioc.state === 'lost'", seconds=15) <= 15
    assert page.inner_text("#freshness-state") == "Mất kết nối"
    assert page.get_attribute("#wall", "data-age") == "old"
    assert page.inner_text("#overview-value-overdue_now") == before
    page.clock.run_for(600_000)
    assert "phút trước" in page.inner_text("#freshness-age")
    assert page.get_attribute("#wall", "data-age") == "very-old"
    assert page.url == f"{cable.url}/wall/"  # it never went to an error page
    cable.turn(Weather.CLEAR)
    assert pass_until(page, "window.__ioc.state === 'live'", seconds=60) <= 60
    pass_until(page, "window.__ioc.heals.reopen === 1", seconds=30)
    assert heals(page)["reload"] == 0


def test_figures_are_fetched_past_a_stream_that_cannot_be_opened(wall: Wall, visit: Visiting) -> None:
    page = opened(visit, wall.url)
    page.route("**/feed/wall?*", lambda route: route.abort())
    page.reload()
    pass_until(page, "window.__ioc?.heals?.refetch >= 2", seconds=30)
    assert page.evaluate("() => window.__ioc.state") == "live"
    assert heals(page)["reopen"] == 0


def test_another_build_is_loaded_only_once_all_of_it_can_be(wall: Wall, visit: Visiting) -> None:
    page = opened(visit, wall.url)
    is_whole = False

    def layout(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('\\"build\\":\\"', '\\"build\\":\\"other-'))

    def hello(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "build": "other"}))

    def styles(route: Route) -> None:
        if is_whole:
            route.continue_()
        else:
            route.fulfill(status=502, body="<h1>502</h1>")

    page.route("**/feed/wall?*", lambda route: route.abort())  # it would tell of the build that is really there
    page.route("**/feed/wall/now?*", hello)
    page.reload()
    page.wait_for_selector("#wall[data-freshness=live]")
    page.route("**/_dash-layout", layout)
    page.route("**/wall/2_header.css*", styles)
    page.evaluate("() => { window.isFirst = true; dispatchEvent(new Event('online')); }")
    pass_until(page, "document.getElementById('tally-renewing').textContent !== ''", seconds=10)
    assert page.inner_text("#tally-renewing") == "Có phiên bản mới, sắp tải lại"
    page.clock.run_for(40_000)
    page.wait_for_selector("#wall[data-freshness=live]")
    assert page.evaluate("() => window.isFirst")  # it goes on with what it has
    is_whole = True
    _pass_until_gone(page)
    page.wait_for_selector("#wall[data-freshness=live]")
    assert heals(page)["reload"] == 1
    assert heals(page)["refetch"] >= 1  # counted before: it goes on over a reload
    assert page.evaluate("() => window.__ioc.reloaded.why") == "build"


def test_a_build_that_has_gone_again_is_not_waited_for(wall: Wall, visit: Visiting) -> None:
    page = opened(visit, wall.url)

    def hello(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "build": "other"}))

    page.route("**/feed/wall/now?*", hello, times=1)
    page.evaluate("() => { window.isFirst = true; dispatchEvent(new Event('online')); }")
    pass_until(page, "document.getElementById('tally-renewing').textContent !== ''", seconds=10)
    pass_until(page, "document.getElementById('tally-renewing').textContent === ''", seconds=40)
    assert page.evaluate("() => window.isFirst")


def test_a_page_whose_layout_did_not_come_opens_itself_anew(wall: Wall, visit: Visiting) -> None:
    page = visit(1366, 768).page
    page.clock.install()
    page.route("**/_dash-layout", lambda route: route.fulfill(status=502), times=1)
    page.goto(f"{wall.url}/wall/")
    page.wait_for_function("() => window.__ioc")
    page.clock.run_for(25_000)
    page.wait_for_selector("#wall[data-freshness=live]")
    assert heals(page)["reload"] == 1


def test_the_sign_of_a_hung_page_is_set_back_each_second(wall: Wall, visit: Visiting) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    sign = """() => document.getAnimations().filter(({ effect }) => effect.target.className === "hung")
      .map(({ currentTime, playState, effect }) => ({ currentTime, playState, delay: effect.getTiming().delay }))[0]"""
    for _ in range(3):
        page.wait_for_timeout(700)
        found = page.evaluate(sign)
        assert found["playState"] == "running"
        assert found["currentTime"] < 1_500 < found["delay"] <= 12_000
    assert page.inner_text(".hung-title") == "Màn hình bị treo"
    assert page.inner_text(".hung-since").startswith("Số liệu dừng lúc ")


def test_a_clock_that_is_set_forward_or_back_is_not_believed(wall: Wall, visit: Visiting) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    for hours in (2, -5):
        page.evaluate("(ms) => { const now = Date.now; Date.now = () => now() + ms; }", 3_600_000 * hours)
        wrong = page.inner_text("#clock")
        page.wait_for_function("(wrong) => document.getElementById('clock').textContent !== wrong", arg=wrong)
        _wait_in(page, lambda: abs(page.evaluate(_CLOCK_AHEAD)) <= 3, seconds=6)
        page.wait_for_selector("#wall[data-freshness=live]", timeout=5_000)
    _wait_in(page, lambda: heals(page)["refetch"] >= 1, seconds=10)


_CLOCK_AHEAD = """() => {
  const seconds = (text) => text.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
  const form = { timeZone: "Asia/Ho_Chi_Minh", timeStyle: "medium" };
  const real = new Intl.DateTimeFormat("vi-VN", form).format(performance.timeOrigin + performance.now());
  return seconds(document.getElementById("clock").textContent) - seconds(real);
}"""


def test_two_hundred_reopened_streams_leave_nothing_behind(wall: Wall, visit: Visiting) -> None:
    page = visit(1366, 768).page
    page.add_init_script(_COUNT_TIMERS)
    page.goto(f"{wall.url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    timers = page.evaluate("() => window.timers()")
    before, displays = _listeners(metrics), wall.health()["displays"]
    page.evaluate(_REOPEN, 200)
    assert _listeners(metrics) <= before
    assert page.evaluate("() => window.timers()") == timers
    wait_until(lambda: wall.health()["displays"] <= displays, seconds=10, what="the end of the streams")


_COUNT_TIMERS = """(() => {
  const running = new Set();
  const { setInterval: begin, clearInterval: end } = window;
  window.setInterval = (...args) => { const id = begin(...args); running.add(id); return id; };
  window.clearInterval = (id) => { running.delete(id); end(id); };
  window.timers = () => running.size;
})();"""
_REOPEN = """async (times) => {
  const { Feed } = await import("/wall/assets/wall/feed.js");
  const { Healing } = await import("/wall/assets/wall/healing/healing.js");
  const reloading = { plan: () => {}, cancel: () => {}, well: () => {} };
  let greeted = () => {};
  const on = { hello: () => { healing.greeted(); greeted(); }, board: () => {}, beat: () => {}, gone: () => {} };
  const feed = new Feed("/feed/wall?scenes=overview", on, () => healing.broke());
  const healing = new Healing({ feed, reloading, stage: { names: ["overview"], failingFor: 0 }, receive: () => {} });
  for (let time = 0; time < times; time += 1) {
    await new Promise((resolve) => { greeted = resolve; feed.open(); });
    healing.tick();
    healing.broke();
  }
  feed.close();
}"""


def _listeners(metrics: Any) -> int:
    for _ in range(2):
        metrics.send("HeapProfiler.collectGarbage")
    told = metrics.send("Performance.getMetrics")["metrics"]
    return next(int(each["value"]) for each in told if each["name"] == "JSEventListeners")


def test_a_long_outage_is_knocked_at_with_few_requests_each_on_a_connection_of_its_own(
    wall: Wall, visit: Visiting
) -> None:
    page = visit(1366, 768).page
    page.clock.install()
    page.goto(f"{wall.url}/wall/assets/wall/healing/knocking.js")
    page.evaluate("""async () => {
      const { Knocking } = await import("/wall/assets/wall/healing/knocking.js");
      window.held = 0;
      window.begun = 0;
      window.answers = [];
      window.fetch = (_, { signal }) => new Promise((resolve, reject) => {
        window.held += 1;
        window.begun += 1;
        window.answers.push(resolve);
        signal.addEventListener("abort", () => { window.held -= 1; reject(signal.reason); });
      });
      window.heard = 0;
      window.knocking = new Knocking(() => { window.heard += 1; });
    }""")
    held = []
    for second in range(0, 600, 5):
        page.evaluate("(outage) => window.knocking.tick(outage)", second)
        held.append(page.evaluate("() => window.held"))
        page.clock.run_for(5_000)
    assert held[:4] == [0, 0, 0, 0], "a short outage needs none"
    assert max(held) == 4
    assert 8 <= page.evaluate("() => window.begun") <= 11
    page.evaluate("() => window.answers.at(-1)()")
    assert page.evaluate("() => window.heard") == 1
    page.evaluate("() => window.knocking.tick(null)")
    assert page.evaluate("() => window.held") == 0


def test_two_hundred_displays_do_not_return_in_the_same_moment(wall: Wall, visit: Visiting) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/assets/wall/healing/pauses.js")
    reloads, early, late = page.evaluate(_PAUSES)
    assert max(reloads) - min(reloads) >= 10_000
    assert max(reloads) <= 30_000
    fullest = max(sum(start <= pause < start + 1_000 for pause in reloads) for start in range(0, 30_000, 500))
    assert fullest <= 25
    assert 1_000 <= max(early) - min(early) <= 2_000
    assert max(late) - min(late) >= 3_500
    assert max(late) <= 5_000  # or figures would not be right within 10 s of a restart


_PAUSES = """async () => {
  const { backOff } = await import("/wall/assets/wall/healing/pauses.js");
  const { REOPEN } = await import("/wall/assets/wall/healing/healing.js");
  const { pauseBefore } = await import("/wall/assets/wall/healing/pauses.js");
  const displays = Array.from({ length: 200 });
  return [displays.map(() => pauseBefore("build", 0)), displays.map(() => backOff(0, REOPEN)),
    displays.map(() => backOff(9, REOPEN))];
}"""


def test_a_page_is_renewed_when_it_is_old_in_a_quiet_hour_or_has_grown(wall: Wall, visit: Visiting) -> None:
    page = visit(1366, 768).page
    page.clock.install()
    page.goto(f"{wall.url}/wall/assets/wall/healing/renewal.js")
    ask = """async ([heap_mb, hour]) => {
      Object.defineProperty(performance, "memory", { value: { usedJSHeapSize: 300 * 2 ** 20 }, configurable: true });
      const { Renewal } = await import("/wall/assets/wall/healing/renewal.js");
      window.planned = [];
      const reloading = { plan: (why) => window.planned.push(why) };
      window.renewal = new Renewal({ after_days: 7, heap_mb }, () => [hour, 59], reloading);
    }"""
    planned = "() => { window.renewal.tick(0); return window.planned; }"
    for heap, hour, days, wanted in ((512, 3, 8, ["old"]), (512, 4, 8, []), (512, 3, 6, []), (256, 4, 1, ["memory"])):
        page.evaluate(ask, [heap, hour])
        page.evaluate(planned)
        page.clock.fast_forward(86_400_000 * days)
        assert page.evaluate(planned) == wanted


def _wait_in(page: Page, holds: Callable[[], bool], *, seconds: float) -> None:
    """Wait until it holds, and let the browser's messages in meanwhile."""
    for _ in range(int(seconds * 20)):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it did not come true within {seconds} s")


def _pass_until_gone(page: Page) -> None:
    for _ in range(600):
        with suppress(Error):  # it is being opened anew just then
            page.clock.run_for(1_000)
            page.wait_for_timeout(50)
            if not page.evaluate("() => window.isFirst === true"):
                return
    raise AssertionError("the page was not opened anew")
