"""The catalogue: every KPI, read from the files of the folder `catalogue` and checked before anything runs.

To add a KPI, add a table to a file there (or a new file): its name is the KPI's id, docs/kpi.md lists the keys.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import msgspec

from stream.errors import StreamError
from stream.kpi.definition import Definition, Kpi, RuleError, checked
from stream.kpi.formula import FormulaError

_ID = re.compile(r"[a-z][a-z0-9_]{0,49}")
_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<field>.*)`)?$", re.DOTALL)
CATALOGUE: Final = "catalogue"


class CatalogueError(StreamError):
    """The catalogue can't be used; the sentence names file, KPI, key and, in a formula, the column."""


class UnknownKpiError(StreamError):
    """Nobody defined a KPI of this id."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All KPIs by id, in the order of the files and of their tables."""

    kpis: Mapping[str, Kpi]

    def __iter__(self) -> Iterator[Kpi]:
        return iter(self.kpis.values())

    def __len__(self) -> int:
        return len(self.kpis)

    def __getitem__(self, name: str) -> Kpi:
        """The KPI of that id; raises `UnknownKpiError`."""
        if name not in self.kpis:
            raise UnknownKpiError(f"no KPI is called {name!r}; there are {', '.join(self.kpis)}")
        return self.kpis[name]

    def on(self, day: date) -> "Catalogue":
        """The KPIs in force on a day."""
        return catalogue_of(kpi for kpi in self if kpi.in_force_on(day))


def catalogue_of(kpis: Iterable[Kpi]) -> Catalogue:
    """A catalogue of these KPIs."""
    return Catalogue(MappingProxyType({kpi.id: kpi for kpi in kpis}))


@cache
def load_catalogue() -> Catalogue:
    """The catalogue of this product. Raises `CatalogueError`."""
    folder = files("stream.kpi") / CATALOGUE
    return read_catalogue({entry.name: entry.read_text() for entry in folder.iterdir() if entry.name.endswith(".toml")})


def read_catalogue(texts: Mapping[str, str]) -> Catalogue:
    """The catalogue that these files, by name, make together. Raises `CatalogueError`."""
    found: dict[str, tuple[str, Kpi]] = {}
    for file in sorted(texts):
        for kpi in _read(file, texts[file]):
            if kpi.id in found:
                raise CatalogueError(f"{file}: {kpi.id}: is defined in {found[kpi.id][0]} already")
            found[kpi.id] = file, kpi
    if not found:
        raise CatalogueError("the catalogue is empty")
    return catalogue_of(kpi for _, kpi in found.values())


def _read(file: str, text: str) -> Sequence[Kpi]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file}: {error}") from None
    return [_kpi(file, name, table) for name, table in tables.items()]


def _kpi(file: str, name: str, table: object) -> Kpi:
    if _ID.fullmatch(name) is None:
        raise CatalogueError(f"{file}: {name!r}: an id is made of a-z, 0-9 and _, and begins with a letter")
    place = f"{file}: {name}"
    try:
        return checked(name, msgspec.convert(table, Definition))
    except FormulaError as error:
        raise CatalogueError(f"{place}: formula: column {error.column}: {error}") from None
    except RuleError as error:
        raise CatalogueError(f"{place}: {error.field}: {error}") from None
    except msgspec.ValidationError as error:
        found = _PLACE.match(str(error))
        what, field = (found["what"], found["field"]) if found else (str(error), None)
        raise CatalogueError(": ".join(filter(None, [place, field, what]))) from None
