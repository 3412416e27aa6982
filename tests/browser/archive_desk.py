"""An archive behind a wall that runs, opened as somebody in a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from dashboard.access.people import Role
from tests.building.archived import Archive, an_archive
from tests.servers.browser import Visit
from tests.servers.people import sign_in_page
from tests.servers.wall import Wall

Opens = Callable[[int, int], Visit]
SIZES = [(1366, 768), (1920, 1080)]
MONTH = "/archive/statutory-month/2026-11"


@contextmanager
def filled(wall: Wall) -> Iterator[Archive]:
    """What an archive has, while it is looked at."""
    with wall.connect() as connection:
        archive = Archive(connection)
        archive.empty()
        an_archive(archive, datetime.now(UTC))
        yield archive
        archive.empty()


def opened(visit: Opens, wall: Wall, path: str, role: Role = "leader", size: tuple[int, int] = SIZES[0]) -> Visit:
    """A page of the archive, as soon as it has everything that it asks for."""
    seen = visit(*size)
    sign_in_page(seen.page, wall, role)
    seen.page.goto(f"{wall.url}{path}")
    seen.page.wait_for_selector("#archive[data-freshness=live]")
    ready = ".plot-picture" if path.startswith("/archive/?") or path == "/archive/" else "#origin dl, #origin p"
    seen.page.wait_for_selector(ready)
    seen.page.wait_for_selector("#me summary")
    seen.page.evaluate("() => document.fonts.ready.then(() => null)")
    return seen
