"""Several runs of `ioc bench paint` side by side, each beside what it has to reach."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

_P95_MS: Final = ((50, 500.0), (200, 250.0))
"""Up to so many displays, the 95th percentile of accepted → painted: at least for 50, the aim for 200."""
_KB_A_DISPLAY: Final = 250.0


def side_by_side(runs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row a run. `percent_per_more_display` is what each display costs beyond those of the smallest run."""
    fewest: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for run in sorted(runs, key=_displays):
        fewest.setdefault(tuple(run["scenes"]), run)
    return [_row(run, fewest[tuple(run["scenes"])]) for run in runs]


def _row(run: Mapping[str, Any], fewest: Mapping[str, Any]) -> dict[str, Any]:
    displays = _displays(run)
    limit = next((limit for most, limit in _P95_MS if displays <= most), None)
    slowest = _worst(run["accepted_to_painted_ms"], run["accepted_to_received_by_streams_ms"])
    memory = run["dashboard_memory"]["kb_per_idle_stream"]
    more = displays - _displays(fewest)
    busier = run["percent_of_one_core"]["dashboard"] - fewest["percent_of_one_core"]["dashboard"]
    return {
        "displays": displays,
        "scenes": len(run["scenes"]),
        "p95_ms": slowest,
        "p95_limit_ms": limit,
        "kb_per_idle_display": memory,
        "kb_limit": _KB_A_DISPLAY,
        "dashboard_percent_of_one_core": run["percent_of_one_core"]["dashboard"],
        "percent_per_more_display": round(busier / more, 2) if more else None,
        "holds": (limit is None or slowest <= limit) and (memory is None or memory <= _KB_A_DISPLAY),
    }


def _displays(run: Mapping[str, Any]) -> int:
    told = run["displays"]
    return int(told["browser_pages"] + told["streams_without_browser"])


def _worst(*summaries: Mapping[str, float] | None) -> float:
    """The larger 95th percentile, of the pages or of the streams."""
    return max(each["p95"] for each in summaries if each is not None)
