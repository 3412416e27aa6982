"""What runs inside the pages of a soak: it looks at the page as a passer-by does, and touches nothing."""

from typing import Final

import msgspec

# All scenes of a page lie in it; those that are not shown are hidden by `visibility`.
_VISIBLE: Final = """
  const visible = (selector) =>
    [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility({ visibilityProperty: true }));
"""

WATCH: Final = (
    f"(() => {{{_VISIBLE}"
    """
  let last = "";
  const look = () => {
    const state = window.__ioc?.state ?? document.getElementById("wall")?.dataset.freshness ?? "absent";
    const scene = window.__ioc?.scene ?? "overview";
    const values = visible("[id*='value-']");
    const filled = values.some((each) => /\\d/.test(each.textContent));
    const heals = window.__ioc?.heals ?? {};
    const marked = visible("[data-state]");
    const marks = [...new Set(marked.map((each) => each.dataset.state))].sort();
    const seen = JSON.stringify({ state, scene, filled, marks, heals });
    if (seen === last) return;
    last = seen;
    const at = performance.timeOrigin + performance.now();
    window.__soak?.(JSON.stringify({ at, opened: performance.timeOrigin, state, scene, filled, marks, heals }));
  };
  setInterval(look, 200);
})();"""
)
"""Tells, whenever it changes, what state the page says it and its figures are in, and whether any figure is on it."""

SHOWN: Final = (
    f"() => {{{_VISIBLE}"
    """
  const values = visible("[id*='value-']");
  const named = values.map((each) => [/(?:^|-)value-(.+)$/.exec(each.id)?.[1], each.textContent]);
  const state = window.__ioc?.state ?? document.getElementById("wall")?.dataset.freshness ?? "absent";
  return { state, opened: performance.timeOrigin, values: Object.fromEntries(named.filter(([name]) => name)) };
}"""
)
"""Every figure that can be seen, by KPI, as it is written."""

BANNER: Final = "banner"
"""The state of a page whose script hangs, and on which something is seen that was not there."""

HANG: Final = "(ms) => { const until = performance.now() + ms; while (performance.now() < until); }"


class Seen(msgspec.Struct, frozen=True):
    """What a page looked like from a moment on (ms since 1970). `opened` tells one document from the next."""

    at: float
    opened: float
    state: str
    scene: str
    filled: bool
    marks: list[str]
    heals: dict[str, int]


class Shown(msgspec.Struct, frozen=True):
    """What is written on a page now."""

    state: str
    opened: float
    values: dict[str, str]
