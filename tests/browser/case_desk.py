"""A case with a life for the pages about it: it waited, its due date moved twice, it went on to another unit, late."""

from datetime import datetime, timedelta

from playwright.sync_api import Page

from ingest.contracts.onestop import Status
from ingest.log.protocol import Entry
from tests.building.moments import LOCAL
from tests.case_lives import asked, letter, moved_on, recorded
from tests.servers.wall import Wall

RICH = "H52.17.18-261001-0001"
_PLACE, _NEXT = "03980", "03979"


def rich_life() -> list[Entry]:
    """Received thirty days ago, waited for papers, given another date, moved on, late since; one record came late."""
    days = [f"{datetime.now(LOCAL) - timedelta(days=30 - day):%Y-%m-%d}" for day in range(31)]
    received, due, later = f"{days[0]} 08:30", f"{days[8]} 17:00", f"{days[15]} 17:00"
    asking = asked(f"{days[3]} 10:00")
    waited = asked(f"{days[3]} 10:00", f"{days[9]} 10:00", later)
    known = {"received_at": received, "due_at": due}
    return [
        recorded(RICH, Status.RECEIVED, received, _PLACE, **known),
        recorded(RICH, Status.SUPPLEMENT_AWAITED, f"{days[3]} 10:00", _PLACE, supplements=asking, **known),
        recorded(RICH, Status.IN_PROGRESS, f"{days[9]} 10:00", _PLACE, supplements=waited, **known),
        recorded(RICH, Status.IN_PROGRESS, f"{days[12]} 09:00", _NEXT, supplements=waited, **known),
        letter(RICH, f"{days[20]} 09:00", _NEXT, "12/PXL", f"{days[25]} 17:00"),
        moved_on(RICH, Status.IN_PROGRESS, f"{days[0]} 14:00", _PLACE),
    ]  # fmt: skip


def opened(page: Page, wall: Wall, code: str, query: str = "") -> Page:
    """The page of a case, told and live."""
    page.goto(f"{wall.url}/ops/case/{code}?{query}")
    page.wait_for_selector("#case[data-case=shown][data-freshness=live] .picture")
    page.wait_for_selector("#case[data-then], #letter .letter-place > *", state="attached")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


def listed(page: Page, wall: Wall, address: str) -> Page:
    """The drill-down of a figure, with its first cases."""
    page.goto(f"{wall.url}/ops/behind/{address}")
    page.wait_for_selector("#behind[data-list=shown][data-freshness=live]")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page
