"""What people do in the archive: look and take away, compare versions, run by hand; much of it by keyboard alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stream.snapshot.seal.package import unpack
from tests.browser.archive_desk import MONTH, Opens, filled, opened
from tests.building.archived import DAILY, MONTHLY, Archive
from tests.building.moments import LOCAL
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser


@pytest.fixture
def archive(wall: Wall) -> Iterator[Archive]:
    """For tests that change it."""
    with filled(wall) as archive:
        yield archive


def yesterday() -> str:
    return f"{datetime.now(LOCAL).date() - timedelta(days=1)}"


def test_a_leader_sees_what_was_sent_takes_it_away_and_may_not_run(
    wall: Wall, archive: Archive, visit: Opens, tmp_path: Path
) -> None:
    page = opened(visit, wall, "/archive/?lang=vi").page
    expect(page.locator("#drafts")).to_have_count(0)
    expect(page.locator("#notices")).to_contain_text("1 lần gửi đã bỏ vì không gửi được")
    page.select_option("#kind", MONTHLY)
    expect(page.locator("#slots tbody tr")).to_have_count(3)
    page.select_option("#state", "late")
    expect(page.locator("#slots tbody tr")).to_have_count(1)
    expect(page.locator("#slots tbody tr")).to_contain_text("Giữ lại để chờ nguồn dữ liệu gửi muộn")
    assert "kind=statutory-month" in page.url
    assert "state=late" in page.url
    page.reload()
    expect(page.locator("#slots tbody tr")).to_have_count(1)
    page.click("#slots tbody a")
    expect(page.locator("#marks")).to_contain_text("Lập khi thiếu số liệu của 2 nguồn")
    expect(page.locator("#marks")).to_contain_text("Lập muộn 3 giờ 2 phút so với giờ hẹn 08:00 16/11/2026")
    with page.expect_download() as download:
        page.click("[data-key=package]")
    assert download.value.suggested_filename == "moc-chau-statutory-month-2026-11-v1.zip"
    download.value.save_as(tmp_path / "package.zip")
    assert unpack((tmp_path / "package.zip").read_bytes()).manifest
    with archive.connection.cursor() as cursor:
        last = cursor.execute("select who, what, facts ->> 'file' from dashboard.audit order by id desc limit 1")
        assert last.fetchone() == ("leader", "archive.taken", "package")
    expect(page.locator("[data-key^=again]")).to_have_count(0)


def test_it_is_said_loudly_when_the_scheduler_is_silent(wall: Wall, archive: Archive, visit: Opens) -> None:
    page = opened(visit, wall, "/archive/?lang=vi").page
    expect(page.locator("#notices")).not_to_contain_text("im lặng")
    archive.connection.execute("update snapshot.scheduler set seen_at = now() - interval '2 minutes'")
    expect(page.locator("#notices")).to_contain_text("Bộ lập lịch im lặng", timeout=10_000)
    expect(page.locator("#scheduler .mark")).to_have_attribute("data-level", "bad")


def test_versions_stand_side_by_side_with_differences_and_cases(wall: Wall, archive: Archive, visit: Opens) -> None:
    assert archive.sealed
    page = opened(visit, wall, f"{MONTH}?lang=vi").page
    row = page.locator("[data-path='kpi/received_month/area']").first
    expect(row.locator("td.number")).to_have_text(["208", "209", "210", "+1"])
    expect(row.locator("a").first).to_have_attribute("href", "/ops/case/H52.17.18-261020-0007?lang=vi")
    expect(row).to_contain_text("và 4 hồ sơ khác")
    rate = page.locator("#changes [data-path='kpi/on_time_rate/area'] td.number")
    expect(rate).to_have_text(["93,0\u00a0%", "93,0\u00a0%", "95,0\u00a0%", "+2,0 điểm %"])
    page.click("[data-version='2']")
    page.wait_for_url(re.compile("version=2"))
    expect(page.locator("#marks")).to_contain_text("Thay cho phiên bản 1")
    told = page.locator("#changes [data-path='kpi/on_time_rate/area'] a")
    expect(told).to_have_text("nêu ở phiên bản 3")
    page.select_option("#compare-unit", "03980")
    expect(page.locator("#compare [data-path='kpi/received_month/03980'] td")).to_have_text(["126", "127", "128"])
    expect(page.locator("#compare [data-differs=yes]")).to_have_count(1)
    expect(page.locator("#form [data-rank=total] td.number").first).to_have_text("228")
    page.select_option("#form-unit", "03982")
    expect(page.locator("#form [data-rank=total] td.number").first).to_have_text("90")


def test_a_seal_is_verified_in_place_and_what_was_spoilt_is_told(wall: Wall, archive: Archive, visit: Opens) -> None:
    page = opened(visit, wall, f"{MONTH}?lang=vi").page
    page.click("[data-key=check]")
    expect(page.locator(".check-verdict")).to_have_attribute("data-proven", "yes")
    archive.connection.execute(
        "update snapshot.file set body = body || '!' where version = 3 and name = 'snapshot.pdf'"
    )
    page.click("[data-key=check]")
    expect(page.locator(".check-verdict")).to_have_attribute("data-proven", "no")
    expect(page.locator("[data-code='file.digest']")).to_contain_text("snapshot.pdf")


def test_an_administrator_runs_dry_and_for_real_by_keyboard_alone(wall: Wall, archive: Archive, visit: Opens) -> None:
    page = opened(visit, wall, "/archive/?lang=vi", "administrator").page
    keys = page.keyboard
    page.locator("[data-key=run]").focus()
    keys.press("Enter")
    expect(page.locator("#run-period")).to_be_focused()
    keys.type(yesterday())
    keys.press("Enter")
    expect(page.locator("#run-says")).to_contain_text("Không có gì được niêm phong hay gửi đi")
    keys.press("Enter")
    expect(page.locator("#dialog")).not_to_be_visible()
    draft = page.locator("#drafts article").first
    expect(draft).to_contain_text("đang chờ bộ lập lịch")
    archive.connection.execute("update snapshot.draft set done_at = now(), pdf = '%PDF-1.7' where done_at is null")
    expect(draft.locator("a")).to_have_text(re.compile("PDF"), timeout=10_000)
    expect(draft).to_contain_text("NHÁP")

    page.locator("[data-key=run]").focus()
    keys.press("Enter")
    keys.type("2026-Q3")
    keys.press("Tab")
    keys.press("ArrowDown")
    for period, said in (("2026-Q3", "không có kỳ như vậy"), ("2999-12-31", "chưa đến hẹn")):
        page.locator("#run-period").fill(period)
        keys.press("Enter")
        expect(page.locator(".archive-saying")).to_contain_text(said)
    page.locator("#run-period").fill(yesterday())
    keys.press("Enter")
    expect(page.locator("#run-says")).to_contain_text("phiên bản 2, niêm phong rồi gửi đến")
    expect(page.locator("#run-says li")).to_have_attribute("data-receiver", "folder")
    expect(page.locator(".archive-form button").first).to_be_focused()  # not the one that sends
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("#done")).to_contain_text("Đã yêu cầu phiên bản 2")
    slot = page.locator(f"[data-slot='{DAILY} {yesterday()} 2']")
    expect(slot).to_contain_text("administrator cho chạy")
    expect(slot).to_have_attribute("data-state", "waiting")


def test_what_was_given_up_is_sent_again(wall: Wall, archive: Archive, visit: Opens) -> None:
    assert archive.sealed
    page = opened(visit, wall, f"{MONTH}?lang=vi", "administrator").page
    given_up = page.locator("[data-receiver=tinh-son-la]")
    expect(given_up).to_contain_text("HTTP 500: lỗi cổng")
    given_up.locator("button").click()
    expect(page.locator("#done")).to_contain_text("Đã cho gửi lại đến tinh-son-la")
    expect(given_up).not_to_have_attribute("data-state", "given_up")


def test_the_plot_is_read_and_followed_by_keyboard(wall: Wall, archive: Archive, visit: Opens) -> None:
    assert archive.sealed
    page = opened(visit, wall, "/archive/?lang=vi").page
    expect(page.locator(".plot-restated")).to_have_count(1)
    expect(page.locator(".plot-first")).to_have_count(1)
    page.locator("#plot").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    day = f"{datetime.now(UTC).astimezone(LOCAL).date() - timedelta(days=5)}"
    expect(page.locator("#plot-said")).to_have_text(f"Kỳ {day}: 91,0\u00a0% (phiên bản 2), gửi lần đầu 95,0\u00a0%")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/archive/daily/{day}"))
