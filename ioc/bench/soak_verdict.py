"""Each promise of the wall beside what a soak found of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ioc.bench.faults import KINDS
from ioc.bench.soak_course import Course, Struck

SAID_WITHIN: Final = 15.0
RENEWED_WITHIN: Final = 60.0
HEAP_AN_HOUR: Final = 1.0
_NODES_AN_HOUR: Final = 60.0
_LISTENERS_AN_HOUR: Final = 60.0
_SERVER_AN_HOUR: Final = 10.0


def verdict(
    course: Course, pages: Sequence[Mapping[str, Any]], server: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """One line a promise: the worst that was found, the limit, whether it holds; None where nothing tells."""
    struck = course.struck
    lines = [
        _line("heap of a page, MB an hour", _worst(page["heap_mb"]["an_hour"] for page in pages), HEAP_AN_HOUR),
        _line("nodes of a page, an hour", _worst(page["nodes"]["an_hour"] for page in pages), _NODES_AN_HOUR),
        _line(
            "listeners of a page, an hour", _worst(page["listeners"]["an_hour"] for page in pages), _LISTENERS_AN_HOUR
        ),
        _line("memory of the dashboard, MB an hour", _growth(server, "dashboard"), _SERVER_AN_HOUR),
        _line("a fault is said within, s", _said(struck), SAID_WITHIN),
        _line("right figures after a server restart, s", _right(struck, network=False), 10.0),
        _line("right figures after the network's return, s", _right(struck, network=True), 60.0),
        _line("a new build is shown within, s", _renewed(struck), RENEWED_WITHIN),
        _line("pages that lost their figures", sum(not felt.kept for each in struck for felt in each.felt), 0),
        _line("pages that crashed", sum(page["crashes"] for page in pages), 0),
        _line("manual touches", 0, 0),
    ]
    missing = [kind.name for kind in KINDS if not any(each.kind is kind for each in struck)]
    quiet = max((end - begin for begin, end in course.silences), default=None)
    return [
        *lines,
        {"what": "kinds of fault that never happened", "found": missing, "limit": [], "holds": not missing},
        {"what": "longest silence, s", "found": quiet and round(quiet), "at_least": 600,
         "holds": None if quiet is None else quiet > 600},
    ]  # fmt: skip


def _line(what: str, found: float | None, limit: float) -> dict[str, Any]:
    holds = None if found is None else found <= limit
    shown = "never" if found == float("inf") else found
    return {"what": what, "found": shown, "limit": limit, "holds": holds}


def _worst(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)


def _growth(server: Mapping[str, Mapping[str, Any]], part: str) -> float | None:
    found: float | None = server[part]["memory_mb"]["an_hour"] if part in server else None
    return found


def _said(struck: Iterable[Struck]) -> float | None:
    """The longest that a page took; an outage that was over before need not be said, nor one of nothing to apply."""
    told = [
        float("inf") if felt.said_after is None else felt.said_after
        for each in struck
        if each.kind.shows and not (each.kind.needs_events and each.quiet)
        for felt in each.felt
        if felt.said_after is not None or each.ended - each.began > SAID_WITHIN
    ]
    return _worst(told)


def _right(struck: Iterable[Struck], *, network: bool) -> float | None:
    return _worst(
        float("inf") if felt.right_after is None else felt.right_after
        for each in struck
        if each.kind.name.startswith("network") == network
        for felt in each.felt
    )


def _renewed(struck: Iterable[Struck]) -> float | None:
    return _worst(
        float("inf") if felt.renewed_after is None else felt.renewed_after
        for each in struck
        if each.kind.reloads
        for felt in each.felt
    )
