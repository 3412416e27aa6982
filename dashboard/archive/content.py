"""What a sealed snapshot says, as its page shows it: its marks, its form, and what changed against other versions."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dashboard.archive.values import value_at, written_at
from stream.snapshot.content.document import Difference, Snapshot

SeesUnit = Callable[[str | None], bool]
"""Whether cases of a unit (None: of the whole area) may be named to who asks."""


def content_of(versions: Mapping[int, Snapshot], shown: int, sees: SeesUnit) -> dict[str, Any]:
    """Everything about the version `shown` that never changes, and the figures in which versions differ."""
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


def changed(versions: Mapping[int, Snapshot]) -> list[dict[str, Any]]:
    """Each figure that any version restated, with its values in all of them; `version` is the newest that tells why."""
    newest_first = [versions[number] for number in sorted(versions, reverse=True)]
    found: dict[str, tuple[Difference, int]] = {}
    for snapshot in newest_first:
        for each in () if snapshot.restates is None else snapshot.restates.differences:
            found.setdefault(each.path, (each, snapshot.version))
    return [
        {
            "path": path,
            "title": _plain(each.title),
            "unit": each.unit,
            "version": version,
            "written": written_at(newest_first[0], path)._asdict(),
            "values": [value_at(versions[number], path) for number in sorted(versions)],
        }
        for path, (each, version) in found.items()
    ]


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
    plain: dict[str, Any] = _plain(found)
    for each in plain["differences"]:
        each["hidden"] = 0 if sees(each["unit"]) else len(each["cases"]) + each["others"]
        if each["hidden"]:
            each["cases"], each["others"] = [], 0
        each["written"] = written_at(snapshot, each["path"])._asdict()
    return plain


def _plain(value: object) -> Any:
    return msgspec.to_builtins(value)
