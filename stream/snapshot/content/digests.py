"""Fingerprints of what decides a figure: of a KPI's definition, and of the program that computes and renders it."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import rfc8785

from stream.kpi.definition import Kpi
from stream.kpi.expression import Expression, Named
from stream.kpi.quality import Gauge
from stream.kpi.terms import Count, Term

_DISTRIBUTION: Final = "moc-chau-ioc"
_DECIDING: Final = (
    "stream.core",
    "stream.kpi",
    "stream.apply",
    "stream.store",
    "stream.report",
    "stream.index",
    "stream.quality",
    "stream.snapshot.content",
    "stream.snapshot.restate",
    "stream.snapshot.render",
    "geo",
)
"""The packages that decide what a snapshot says: from the event to the sum, to the value, to the sheet of paper."""
_SOURCES: Final = (".py", ".sql", ".toml", ".csv")
_SHORT: Final = 12


def kpi_digest(kpi: Kpi) -> str:
    """SHA-256 (hex) of what decides the value of a KPI, as canonical JSON: no title, no threshold, no legal basis.

    The formula is spelled out down to the measures of the ledger, so that it changes with a KPI that it refers to.
    """
    told = kpi.definition
    decides = {
        "formula": _tree(kpi.expression),
        "window": told.window,
        "since": _day(told.since),
        "until": _day(told.until),
        "unit": told.unit,
        "digits": told.digits,
    }
    return sha256(rfc8785.dumps(decides)).hexdigest()


@cache
def code_version() -> str:
    """The version of this program, and a short digest of the sources that decide what is said: `0.1.0+3f0c…`."""
    digest = sha256()
    for package in _DECIDING:
        for name, body in sorted(_sources(files(package), package)):
            digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return f"{version(_DISTRIBUTION)}+{digest.hexdigest()[:_SHORT]}"


def _sources(folder: Traversable, within: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{within}/{entry.name}"
        if entry.is_dir():
            yield from _sources(entry, name)
        elif entry.name.endswith(_SOURCES):
            # A checkout on Windows may have other ends of lines.
            yield name, entry.read_bytes().replace(b"\r\n", b"\n")


def _tree(node: Expression) -> Any:
    match node:
        case Named(_, of):
            return _tree(of)
        case Term():
            parts = [[measure.name.lower(), sign] for measure, sign in node.parts]
            return ["sum", parts, *node.keep, node.at]
        case Count():
            return ["count", node.name, [list(each) for each in node.where], node.channel, node.field, node.level,
                    node.traits]  # fmt: skip
        case Gauge():
            return ["samples", node.name]
        case _:
            return [type(node).__name__.lower(), *(_part(getattr(node, each.name)) for each in fields(node))]


def _part(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int | float):
        return value
    # The parts of min and max are a plain tuple; those of sums are named ones, and expressions.
    return [_tree(each) for each in value] if type(value) is tuple else _tree(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
