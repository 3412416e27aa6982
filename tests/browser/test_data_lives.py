"""The data page over time: it shows what changes, sends a record again by hand, and comes back by itself."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from dashboard.access.people import Role
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from tests.servers.browser import Visit
from tests.servers.data_page import POISON, dashboard_on, tell
from tests.servers.people import sign_in_page
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

RECORD = f'.record:has-text("{POISON}")'


@pytest.fixture(scope="module")
def centre(
    postgres: EmbeddedPostgres, migrated: str, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wall]:
    with dashboard_on(postgres, migrated, valkey.url, tmp_path_factory.mktemp("data")) as wall:
        yield wall


def opened(visit: Callable[[int, int], Visit], centre: Wall, role: Role | None = None) -> Page:
    page = visit(1366, 768).page
    if role is not None:
        sign_in_page(page, centre, role)
    page.goto(f"{centre.url}/data/")
    page.wait_for_selector("#data[data-freshness=live]")
    return page


def status_of(centre: Wall, case: str) -> int | None:
    with centre.connect() as connection:
        found = connection.execute("select status from cases where code = %s", [case]).fetchone()
    return None if found is None else int(found[0])


def test_nobody_reads_a_record_without_signing_in(centre: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, centre)
    page.locator(RECORD).locator("button").click()
    page.wait_for_selector("#record-sign-in:focus")
    assert page.locator("#record-body").count() == 0
    assert page.get_attribute("#record-sign-in", "href") == "/sign-in/?to=%2Fdata%2F"


def test_a_leader_is_told_that_records_are_not_for_them(centre: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, centre, "leader")
    page.locator(RECORD).locator("button").click()
    page.wait_for_selector(".record-saying:text-is('Vai trò của bạn không xem được bản ghi cách ly')")
    assert page.locator("#record-body").count() == 0


def test_a_record_is_corrected_and_sent_again_by_hand(centre: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, centre, "operator")
    assert page.inner_text("#glance-waiting .glance-figure") == "1"
    page.locator(RECORD).locator("button").click()
    page.wait_for_selector("#record-body")
    body = json.loads(page.input_value("#record-body"))
    assert body["data"]["status"] == 11
    page.fill("#record-body", json.dumps(body | {"data": body["data"] | {"status": 2}}))
    page.click("#record .record-act button")
    page.wait_for_selector(".record-saying[data-standing=good]")
    tell(centre.database)  # the worker's part
    assert status_of(centre, POISON) == 2
    page.click("#record .record-head button")
    page.wait_for_selector(f"{RECORD}[data-replayed=yes]", timeout=10_000)
    assert page.inner_text("#glance-waiting .glance-figure") == "0"
    page.locator(RECORD).locator("button").click()
    page.wait_for_selector("#record-body")


def test_sums_that_do_not_agree_are_shown_loudly(centre: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, centre)
    page.wait_for_selector(".glance-log[data-holds=yes]")
    with centre.connect() as connection:
        connection.execute("update source_day set applied = applied + 5 where source = 'onestop.moc-chau'")
        try:
            page.wait_for_selector(".glance-log[data-holds=no]", timeout=15_000)
            assert page.inner_text(".glance-rest") == "Tổng các nguồn nhiều hơn nhật ký 5"
        finally:
            connection.execute("update source_day set applied = applied - 5 where source = 'onestop.moc-chau'")
    page.evaluate(
        "() => import('/data/assets/data/tally.js').then(({equation}) => { const words = {unbalanced: 'off {n}'};"
        " const tally = {received: 9, applied: 5, duplicates: 1, quarantined: 1};"
        " document.querySelector('.glance-rest').replaceChildren("
        "   ...equation(tally, {words, writer: {count: String}})); })"
    )
    assert page.inner_text(".glance-rest .verdict[data-holds=no]") == "off 2"
    assert "≠" in page.inner_text(".glance-rest")


def test_ages_count_and_a_dead_server_is_seen_and_its_return_too(
    centre: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = opened(visit, centre)
    age = page.locator(f"{RECORD} time")
    before = age.inner_text()
    assert before
    centre.stop()
    page.wait_for_selector("#data[data-freshness=lost]", timeout=15_000)
    assert page.inner_text("#freshness-state") == "Mất kết nối"
    page.wait_for_function("(before) => document.querySelector('.record time').textContent !== before", arg=before)
    with centre.connect() as connection:
        connection.execute("update part_offset set halted = 'stopped by hand' where part = 0")
    centre.start()
    page.wait_for_selector("#data[data-freshness=live]", timeout=20_000)
    page.wait_for_selector(".halted:has-text('stopped by hand')", timeout=10_000)
    assert page.inner_text(".halted code") == "ioc stream quarantine accept 0"


def test_old_figures_are_called_late(centre: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, centre)
    states = page.evaluate("""() => Promise.all(
        [import('/data/assets/data/head.js'), import('/data/assets/wall/figures.js')]).then(([{Head}, {Writer}]) => {
        const root = document.getElementById("data");
        const head = new Head({ words: JSON.parse(root.dataset.page).words, writer: new Writer("vi") }, root);
        return [1, 11, 13].map((age) => { head.answer(new Date().toISOString(), age); return head.state; });
      })""")
    assert states == ["live", "live", "late"]
