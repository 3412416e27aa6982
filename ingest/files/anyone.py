"""A source that nobody registered, for trying files without a register: its codes count as registered."""

from collections.abc import Iterator, Mapping, ValuesView
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.registration import Source

SOMEWHERE: Final = "00000"
"""The unit of a code that nobody registered."""
_MOST: Final = 32 << 20


class _AnyUnit(ValuesView[str]):
    def __contains__(self, value: object) -> bool:
        return True


class AnyAgency(Mapping[str, str]):
    """Every code is registered, for `SOMEWHERE`."""

    def __getitem__(self, code: str) -> str:
        return SOMEWHERE

    def __contains__(self, code: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def values(self) -> ValuesView[str]:
        """The units: every one is among them."""
        return _AnyUnit(self)


class AnyUnit(dict[str, str]):
    """The codes that events name with their units, and no other: a site of none is not registered. Every unit is."""

    def values(self) -> ValuesView[str]:  # type: ignore[override]  # of a dict it is a view of its own
        """The units: every one is among them."""
        return _AnyUnit(self)


def anyone(kind: str, path: Path) -> Source:
    """A source for a file: of events, the one that the first of them names, with the units that stand in them."""
    if kind != "events":
        return Source("check", kind, AnyAgency())
    found: dict[str, Any] = {"source": "check", "agencies": {}, "levels": {}}
    with path.open("rb") as file:
        for body in file if path.suffix.lower() in {".jsonl", ".ndjson"} else [file.read(_MOST)]:
            try:
                value = msgspec.json.decode(body)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            for event in value if isinstance(value, list) else [value]:
                _look(event, found)
    return Source(found["source"], kind, AnyUnit(found["agencies"]), levels=found["levels"])


def _look(event: object, found: dict[str, Any]) -> None:
    match event:
        case {"source": str(source), "data": dict(data)}:
            pass
        case _:
            return
    if found["source"] == "check":
        found["source"] = source
    match data:
        case {"agency": str(code), "unit": str(unit)} | {"endpoint": str(code), "unit": str(unit)}:
            found["agencies"].setdefault(code, unit)
        case {"organ": str(code), "unit": str(unit), "level": int(level)}:
            found["agencies"].setdefault(code, unit)
            found["levels"].setdefault(code, level)
        case _:
            pass
    sites = [*_listed(data.get("invited")), *_listed(data.get("attended")), data.get("site")]
    for site in sites:
        match site:
            case {"site": str(code), "unit": str(unit)}:
                found["agencies"].setdefault(code, unit)
            case _:
                pass


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
