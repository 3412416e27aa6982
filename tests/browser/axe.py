"""Deque's axe-core inside a page: what is serious for somebody who sees, hears or moves in other ways."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

_AXE: Final = Path(__file__).parent.parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], iframes: false });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, failureSummary }) =>
      `${target.join(" ")}: ${failureSummary.split("\\n").pop().trim()}`) }));
}"""


def serious(page: Page) -> list[Any]:
    """What axe finds that is serious or critical: the rule, and where."""
    # As the debugger does, not by a script tag: the page's own policy lets no foreign script in.
    page.evaluate(f"() => {{ {_AXE.read_text()} }}")
    return list(page.evaluate(_RUN))
