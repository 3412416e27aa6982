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
from stream.kpi.expression import Expression
from stream.kpi.formula import FormulaError, ReferralError

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

    def only(self, names: Iterable[str]) -> "Catalogue":
        """These KPIs, in the order given; raises `UnknownKpiError`."""
        return catalogue_of(self[name] for name in names)

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
    found: dict[str, _Written] = {}
    for file in sorted(texts):
        for written in _read(file, texts[file]):
            if written.id in found:
                raise CatalogueError(f"{file}: {written.id}: is defined in {found[written.id].file} already")
            found[written.id] = written
    if not found:
        raise CatalogueError("the catalogue is empty")
    return _Checker(found).catalogue()


@dataclass(frozen=True, slots=True)
class _Written:
    """An entry as a file has it."""

    file: str
    id: str
    definition: Definition

    @property
    def place(self) -> str:
        return f"{self.file}: {self.id}"


class _Checker:
    """Makes KPIs of entries; those that a formula refers to before it."""

    def __init__(self, written: Mapping[str, _Written]) -> None:
        self._written = written
        self._kpis: dict[str, Kpi] = {}
        self._path: list[str] = []

    def catalogue(self) -> Catalogue:
        return catalogue_of([self._kpi(name) for name in self._written])

    def _kpi(self, name: str) -> Kpi:
        if name not in self._kpis:
            written = self._written[name]
            self._path.append(name)
            try:
                self._kpis[name] = checked(name, written.definition, self._refer)
            except FormulaError as error:
                raise CatalogueError(f"{written.place}: formula: column {error.column}: {error}") from None
            except RuleError as error:
                raise CatalogueError(f"{written.place}: {error.field}: {error}") from None
            self._path.pop()
        return self._kpis[name]

    def _refer(self, name: str) -> Expression | None:
        if name in self._path:
            way = " -> ".join([*self._path[self._path.index(name) :], name])
            raise ReferralError(f"a KPI can't be computed from itself: {way}")
        return self._kpi(name).expression if name in self._written else None


def _read(file: str, text: str) -> Sequence[_Written]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file}: {error}") from None
    return [_entry(file, name, table) for name, table in tables.items()]


def _entry(file: str, name: str, table: object) -> _Written:
    if _ID.fullmatch(name) is None:
        raise CatalogueError(f"{file}: {name!r}: an id is made of a-z, 0-9 and _, and begins with a letter")
    try:
        return _Written(file, name, msgspec.convert(table, Definition))
    except msgspec.ValidationError as error:
        found = _PLACE.match(str(error))
        what, field = (found["what"], found["field"]) if found else (str(error), None)
        raise CatalogueError(": ".join(filter(None, [f"{file}: {name}", field, what]))) from None
