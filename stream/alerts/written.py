"""Reading what people wrote: a mistake is told by file, rule and field, in the manner of the catalogue of KPIs."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec

from stream.alerts.errors import AlertRuleError

T = TypeVar("T")
_PLACE: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<field>.*)`)?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: in which file, and under which name there."""

    file: str
    name: str | None = None

    def error(self, field: str | None, what: str) -> AlertRuleError:
        """The error that says so."""
        return AlertRuleError(": ".join(each for each in (self.file, self.name, field, what) if each))


def table_of(file: str, text: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises `AlertRuleError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Place(file).error(None, str(error)) from None


def converted(table: Mapping[str, Any], kind: type[T], place: Place) -> T:
    """The table as a struct. Raises `AlertRuleError`."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        found = _PLACE.match(str(error))
        what, field = (found["what"], found["field"]) if found else (str(error), None)
        raise place.error(field, what) from None
