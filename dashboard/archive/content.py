"""What a sealed snapshot says, as its page shows it: its marks, its form, and what changed against other versions."""

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from typing import Any, Final

import msgspec

from dashboard.archive.values import Values
from stream.snapshot.content.document import Difference, Snapshot

LISTED: Final = 300
CASES: Final = 24
"""Figures that changed, and cases behind each, that a page lists: all of them stand in the JSON that was sealed."""

NEWEST: Final = 4
"""Versions that stand beside others: there may be one for each day on which late events came."""

SeesUnit = Callable[[str | None], bool]
"""Whether cases of a unit (None: of the whole area) may be named to who asks."""


def beside(shown: int, versions: Collection[int]) -> list[int]:
    """Which versions stand side by side: the first, the one that is shown, the one before it, and the newest."""
    first, *_ = known = sorted(versions)
    earlier = [version for version in known if version < shown][-1:]
    return sorted({first, shown, *earlier, *known[-NEWEST:]})


def content_of(versions: Mapping[int, Snapshot], shown: int, sees: SeesUnit) -> dict[str, Any]:
    """Everything about the version `shown` that never changes, and the figures in which `versions` differ."""
    snapshot = versions[shown]
    witness = snapshot.witness
    return {
        "title": _plain(snapshot.title),
        "period": _plain(snapshot.period),
        "as_of": snapshot.as_of,
        "known_at": snapshot.known_at,
        "due_at": snapshot.due_at,
        "taken_at": witness.taken_at,
        "late_seconds": witness.late_seconds,
        "late": _plain(witness.late),
        "missing": _missing(snapshot),
        "sources": _plain(witness.sources),
        "rules": _plain(snapshot.rules),
        "cut": _plain(snapshot.cut),
        "quarantine": _plain(snapshot.quarantine),
        "units": _plain(snapshot.units),
        "sections": [{"id": each.id, "title": _plain(each.title)} for each in snapshot.sections],
        "counts": {"kpis": len(snapshot.kpis), "units": len(snapshot.units), "figures": len(snapshot.figures)},
        "restates": _restates(snapshot, sees),
        "changed": changed(versions),
    }


def changed(versions: Mapping[int, Snapshot]) -> dict[str, Any]:
    """The figures that any version restated, with their values in all of them; those told last first.

    `version` is the newest that tells why. At most `LISTED` of them are told, and their `number`.
    """
    values = [Values(versions[number]) for number in sorted(versions)]
    found: dict[str, tuple[Difference, int]] = {}
    for number in sorted(versions, reverse=True):
        restates = versions[number].restates
        for each in () if restates is None else restates.differences:
            found.setdefault(each.path, (each, number))
    rows = [
        {
            "path": path,
            "title": _plain(each.title),
            "unit": each.unit,
            "version": version,
            "written": values[-1].written(path)._asdict(),
            "values": [of_version.value(path) for of_version in values],
        }
        for path, (each, version) in islice(found.items(), LISTED)
    ]
    return {"versions": sorted(versions), "number": len(found), "rows": rows}


def form_of(snapshot: Snapshot, unit: str | None) -> dict[str, Any] | None:
    """Form II.06a of a unit, or of the area; None where the snapshot has none."""
    found = next((each for each in snapshot.forms if each.unit == unit), None)
    return None if found is None else _plain(found)


def _missing(snapshot: Snapshot) -> list[Any]:
    sources = {each.source: each for each in snapshot.witness.sources}
    return [_plain(sources[name]) if name in sources else {"source": name} for name in snapshot.witness.missing]


def _restates(snapshot: Snapshot, sees: SeesUnit) -> dict[str, Any] | None:
    found = snapshot.restates
    if found is None:
        return None
    return {
        "version": found.version,
        "known_at": found.known_at,
        "cause": found.cause,
        "number": len(found.differences),
        "differences": [_difference(each, sees) for each in found.differences[:LISTED]],
    }


def _difference(each: Difference, sees: SeesUnit) -> dict[str, Any]:
    """With the first cases; with none, and how many are `hidden`, where who asks may not see cases of the place."""
    cases, number = each.cases[:CASES], len(each.cases) + each.others
    is_seen = sees(each.unit)
    return {
        "path": each.path,
        "before": each.before,
        "after": each.after,
        "cases": _plain(cases) if is_seen else [],
        "others": number - len(cases) if is_seen else 0,
        "hidden": 0 if is_seen else number,
    }


def _plain(value: object) -> Any:
    return msgspec.to_builtins(value)
