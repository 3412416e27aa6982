"""Which KPIs are shown together, and which of them through time (`sections.toml`)."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import msgspec

from stream.kpi.catalogue import CATALOGUE, load_catalogue
from stream.kpi.definition import Bilingual, Kpi, Text
from stream.snapshot.content.document import Section
from stream.snapshot.content.errors import SnapshotError

LINES: Final = "lines"
"""The section of what is made of samples of lines, whichever file defines it."""


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section as the file has it; `series` are the KPIs of it that are shown through time."""

    id: Text
    title: Bilingual
    series: tuple[Text, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    section: Annotated[tuple[Written, ...], msgspec.Meta(min_length=1)]


@cache
def load_sections() -> tuple[Written, ...]:
    """The sections, in order. Raises `SnapshotError` where they do not go together with the catalogue."""
    text = files(__package__).joinpath("sections.toml").read_text()
    found = msgspec.convert(tomllib.loads(text), _File).section
    known = {each.id for each in found}
    if lost := sorted({_files()[kpi.id] for kpi in load_catalogue()} - known):
        raise SnapshotError(f"sections.toml: no section for the KPIs of {', '.join(lost)}.toml")
    for name in (name for each in found for name in each.series):
        load_catalogue()[name]
    return found


def sections_of(kpis: Iterable[Kpi]) -> tuple[Section, ...]:
    """These KPIs by section, within each in the order given; sections without any are left out."""
    found: dict[str, list[str]] = {each.id: [] for each in load_sections()}
    for kpi in kpis:
        found[_section_of(kpi)].append(kpi.id)
    return tuple(
        Section(id=each.id, title=each.title, kpis=tuple(found[each.id])) for each in load_sections() if found[each.id]
    )


def in_order(kpis: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """The KPIs section by section."""
    places = {each.id: place for place, each in enumerate(load_sections())}
    return tuple(sorted(kpis, key=lambda kpi: places[_section_of(kpi)]))


def through_time(kpis: Iterable[Kpi]) -> Sequence[Kpi]:
    """Those of them that are shown through time, in order."""
    wanted = {name for each in load_sections() for name in each.series}
    return [kpi for kpi in kpis if kpi.id in wanted]


def _section_of(kpi: Kpi) -> str:
    return _files()[kpi.id] if kpi.is_as_known else LINES


@cache
def _files() -> Mapping[str, str]:
    """The file, without its ending, that defines each KPI."""
    folder = files("stream.kpi") / CATALOGUE
    entries = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return {kpi: entry.name.removesuffix(".toml") for entry in entries for kpi in tomllib.loads(entry.read_text())}
