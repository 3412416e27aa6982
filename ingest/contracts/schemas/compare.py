"""What a change of a schema breaks.

Within a version one thing is allowed: to add a property that may be left out. Whatever is narrowed
refuses what sources already send; whatever is removed or widened meets readers that do not know it.
Both need a new version with an upcaster (architecture, section 3). Texts may change freely.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

from ingest.contracts.schemas.generate import Schema

_TEXTS: Final = frozenset({"$schema", "$id", "$comment", "$defs", "title", "description", "examples"})
_WALKED: Final = frozenset({"$ref", "anyOf", "type", "enum", "properties", "required", "items"})


class _Pair(NamedTuple):
    """The two documents, each needed to follow its own references."""

    old: Schema
    new: Schema


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """One sentence for each breaking change from `old` to `new`, naming its place; empty where there is none."""
    return list(_walk(_Pair(old, new), old, new, "$"))


def breaking_release(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> list[str]:
    """The same for whole sets of schemas by file name: a schema that is gone breaks, a new one does not."""
    gone = [f"{name}: removed" for name in sorted(old.keys() - new.keys())]
    kept = sorted(old.keys() & new.keys())
    return gone + [f"{name}: {change}" for name in kept for change in breaking_changes(old[name], new[name])]


def _walk(documents: _Pair, old: Schema, new: Schema, place: str) -> Iterator[str]:
    before = _by_kind(documents.old, old)
    after = _by_kind(documents.new, new)
    yield from (f"{place}: {kind} is no longer accepted" for kind in sorted(before.keys() - after.keys()))
    yield from (f"{place}: {kind} is new, no reader expects it" for kind in sorted(after.keys() - before.keys()))
    if old.get("default") != new.get("default") or ("default" in old) != ("default" in new):
        yield f"{place}: left out, it means {new.get('default')!r}, not {old.get('default')!r}"
    for kind in sorted(before.keys() & after.keys()):
        yield from _same_kind(documents, before[kind], after[kind], place)


def _same_kind(documents: _Pair, old: Schema, new: Schema, place: str) -> Iterator[str]:
    yield from _values(old.get("enum", []), new.get("enum", []), place)
    yield from _properties(documents, old, new, place)
    if "items" in old and "items" in new:
        yield from _walk(documents, old["items"], new["items"], f"{place}[]")
    elif ("items" in old) != ("items" in new):
        yield f"{place}: what the list holds was {old.get('items')}, is {new.get('items')}"
    for keyword in sorted((old.keys() | new.keys()) - _TEXTS - _WALKED - {"default"}):
        if old.get(keyword) != new.get(keyword):
            yield f"{place}: {keyword} was {old.get(keyword)}, is {new.get(keyword)}"


def _values(old: list[Any], new: list[Any], place: str) -> Iterator[str]:
    yield from (f"{place}: the value {value!r} is no longer accepted" for value in old if value not in new)
    yield from (f"{place}: the value {value!r} is new, no reader expects it" for value in new if value not in old)


def _properties(documents: _Pair, old: Schema, new: Schema, place: str) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    required_before, required_after = set(old.get("required", [])), set(new.get("required", []))
    yield from (f"{place}.{name}: removed" for name in before if name not in after)
    yield from (f"{place}.{name}: now required" for name in sorted(required_after - required_before))
    yield from (f"{place}.{name}: may be missing now" for name in sorted(required_before - required_after))
    for name in before.keys() & after.keys():
        yield from _walk(documents, before[name], after[name], f"{place}.{name}")


def _by_kind(document: Schema, node: Schema) -> dict[str, Schema]:
    """The alternatives that a node allows, by their JSON type: `anyOf` with null is two."""
    if "$ref" in node:
        return _by_kind(document, document["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node:
        return dict(chain.from_iterable(_by_kind(document, option).items() for option in node["anyOf"]))
    if "enum" in node:
        return {"/".join(sorted({_json_type(value) for value in node["enum"]})): node}
    kinds = node.get("type", "anything")
    return dict.fromkeys([kinds] if isinstance(kinds, str) else kinds, node)


def _json_type(value: object) -> str:
    return "integer" if isinstance(value, int) and not isinstance(value, bool) else type(value).__name__
