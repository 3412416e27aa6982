"""A real Chromium, and pages of it that write down what they ask for and complain about."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from ioc.tools import CHROMIUM

_QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]  # fmt: skip

_RECORD_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """A page with everything it asked for and complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module."""
    if CHROMIUM.path is None:
        assert os.environ.get("CI") != "true", CHROMIUM.advice
        pytest.skip(CHROMIUM.advice)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path, args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[[int, int], Visit]]:
    """Make a page of so many pixels; it is closed after the test."""
    pages: list[Page] = []

    def make(width: int, height: int) -> Visit:
        page = chromium.new_page(viewport={"width": width, "height": height})
        pages.append(page)
        visit = Visit(page)
        page.add_init_script(_RECORD_VIOLATIONS)
        page.on("request", lambda request: visit.asked.append(request.url))
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type != "log" else None)
        return visit

    yield make
    for page in pages:
        page.close()
