"""What a soak came to: what grew, what broke and how it healed, each beside its limit."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from ioc.bench.faults import KINDS
from ioc.bench.soak_course import Course, Felt, Grown, Struck, stretches
from ioc.bench.soak_pages import Sample, SoakPage
from ioc.bench.soak_trend import Trend, trend_of
from ioc.bench.soak_verdict import verdict

_PAGE: Final = {"heap_mb": ("heap", 1e6), "nodes": ("nodes", 1), "listeners": ("listeners", 1),
                "documents": ("documents", 1)}  # fmt: skip


def report(course: Course) -> dict[str, Any]:
    """The figures of the run as a JSON document; growth is an hour, times are in seconds."""
    wish, hours = course.wish, _hours(course)
    pages = [_page(page, wish.warm_up) for page in course.pages]
    server = {name: _part(grown, wish.warm_up) for name, grown in course.server.items() if grown}
    faults = [_fault(struck, course.began) for struck in course.struck]
    return {
        "bench": "soak",
        "hours_wanted": wish.hours,
        "hours": round(hours, 3),
        "ended_by": course.ended_by,
        "seed": wish.seed,
        "events_sent": course.events,
        "silences_minutes": [round((end - begin) / 60, 1) for begin, end in course.silences],
        "manual_touches": 0,  # after the pages are open nothing here opens, clicks or reloads any
        "verdict": verdict(course, pages, server),
        "pages": pages,
        "server": server,
        "faults_by_kind": {kind.name: sum(each.kind is kind for each in course.struck) for kind in KINDS},
        "faults": faults,
        "warm_up_seconds": wish.warm_up,
        "growth": "median slope of all pairs of samples after the warm-up, weighted by the time between (Theil-Sen);"
        " pairs lie between two reloads of a page, or two starts of a part of the server",
    }


def _hours(course: Course) -> float:
    last = [grown.at for grown in course.server["dashboard"]] + [struck.ended for struck in course.struck]
    return (max(last, default=course.began) - course.began) / 3600


def _page(page: SoakPage, warm_up: float) -> dict[str, Any]:
    samples = [_in_seconds(sample) for sample in page.samples]
    told: dict[str, Any] = {"address": page.address, "samples": len(samples)}
    for name, (value, scale) in _PAGE.items():
        found = [[(at, size / scale) for at, size in each] for each in stretches(samples, "opened", "at", value)]
        trend = trend_of(found, warm_up)
        told[name] = {"first": _rounded(found[0][0][1]) if found else None,
                      "last": _rounded(found[-1][-1][1]) if found else None,
                      "an_hour": _rounded(trend.an_hour)}  # fmt: skip
        told["counted"] = _counted(trend)
    opened = {seen.opened for seen in page.seen}
    heals: dict[str, int] = {}
    for seen in page.seen:  # what a page counts survives its reload: the largest is the newest
        heals |= {name: max(count, heals.get(name, 0)) for name, count in seen.heals.items()}
    return {**told, "reloads": len(opened) - 1, "heals": heals, "crashes": page.crashes,
            "script_errors": len(page.complaints), "first_errors": page.complaints[:3]}  # fmt: skip


def _in_seconds(sample: Sample) -> Sample:
    return Sample(
        at=sample.at / 1000, opened=sample.opened, heap=sample.heap, nodes=sample.nodes,
        listeners=sample.listeners, documents=sample.documents, layouts=sample.layouts,
    )  # fmt: skip


def _part(grown: Sequence[Grown], warm_up: float) -> dict[str, Any]:
    trend = trend_of(stretches(grown, "pid", "at", "memory"), warm_up)
    files = [each.files for each in grown if each.files is not None]
    return {
        "memory_mb": {"first": _rounded(grown[0].memory), "last": _rounded(grown[-1].memory),
                      "most": _rounded(max(each.memory for each in grown)), "an_hour": _rounded(trend.an_hour)},
        "percent_of_one_core": _busy(grown),
        "threads_at_most": max(each.threads for each in grown),
        "files_at_most": max(files, default=None),
        "starts": len({each.pid for each in grown}),
        "counted": _counted(trend),
    }  # fmt: skip


def _busy(grown: Sequence[Grown]) -> float | None:
    """Processor time between samples of the same process."""
    pairs = [(one, next_) for one, next_ in pairwise(grown) if one.pid == next_.pid]
    passed = sum(later.at - earlier.at for earlier, later in pairs)
    used = sum(max(0.0, later.busy - earlier.busy) for earlier, later in pairs)
    return round(100 * used / passed, 1) if passed else None


def _fault(struck: Struck, began: float) -> dict[str, Any]:
    return {
        "kind": struck.kind.name,
        "minute": round((struck.began - began) / 60, 2),
        "lasted": round(struck.ended - struck.began, 1),
        "of_which_wanted": round(struck.wanted_seconds, 1) if struck.kind.lasts else None,
        "in_a_silence": struck.quiet,
        "said_after": _span(felt.said_after for felt in struck.felt),
        "right_after": _span(felt.right_after for felt in struck.felt),
        "right_within": struck.kind.right_within,
        "figures_kept": all(felt.kept for felt in struck.felt),
        "reloads": sum(felt.reloaded for felt in struck.felt),
        "pages": [_felt(felt) for felt in struck.felt],
    }


def _felt(felt: Felt) -> dict[str, Any]:
    return {
        "page": felt.page,
        "said_after": felt.said_after,
        "right_after": felt.right_after,
        "figures_compared": felt.figures,
        "never_right_for": list(felt.wrong),
        "kept": felt.kept,
        "reloaded": felt.reloaded,
        "renewed_after": felt.renewed_after,
        "state_before": felt.state_before,
    }


def _span(values: Iterable[float | None]) -> dict[str, Any]:
    listed = list(values)
    known = [value for value in listed if value is not None]
    return {"first": min(known, default=None), "last": max(known, default=None), "never": len(listed) - len(known)}


def _counted(trend: Trend) -> dict[str, Any]:
    return {"samples": trend.samples, "stretches": trend.stretches,
            "longest_minutes": round(trend.longest_minutes, 1)}  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
