"""A mapping: how the columns of a table become the fields of events. `docs/files.md` describes the file.

What it says is checked once, here: a mapping that is wrong is told so with its line, and reads nothing.
"""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from unicodedata import normalize

from ingest.rules.columns import plain
from ingest.spreadsheet.dates import EXCEL_SERIAL
from ingest.spreadsheet.fields import Field, fields_of


@dataclass(frozen=True)
class Mapping:
    """A mapping that can be used.

    `columns` are the heads of each field; `codes` of each field from the plain text to the code; `hours` the time of
    day of dates that have none; `constants` what every row says; `status_from` the status of an application by the
    first of these fields that its row fills; `merged` the fields whose merged cells hold for all their rows;
    `row_needs` the fields without any of which a row is no record.
    """

    event: str
    columns: Dict[str, tuple[str, ...]]
    constants: Dict[str, str] = field(default_factory=dict)
    codes: Dict[str, Dict[str, str | int]] = field(default_factory=dict)
    hours: Dict[str, timedelta] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    dates_of: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    status_from: Dict[str, int] = field(default_factory=dict)
    sheet: str | None = None
    head_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    separator: str = ";"
    merged: frozenset[str] = frozenset()
    row_needs: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> Dict[str, Field]:
        """All fields of its event."""
        return fields_of(self.event)

    @cached_property
    def heads(self) -> Dict[str, str]:
        """From a plain head to its field."""
        return {plain(head): name for name, heads in self.columns.items() for head in heads}

    @cached_property
    def exact_heads(self) -> frozenset[str]:
        """The heads as they are written, in small letters."""
        return frozenset(normalize("NFC", head).strip().casefold() for heads in self.columns.values() for head in heads)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The fields that the head has to have columns for."""
        given = {*self.constants, *({"status"} if self.status_from else ())}
        return tuple(name for name, each in self.fields.items() if each.required and name not in given)

    def formats_of(self, name: str) -> tuple[str, ...]:
        """The formats of the dates of a field."""
        return self.dates_of.get(name, self.dates)

    def allows_serials(self, name: str) -> bool:
        """Whether a bare number of a field may be a date of Excel."""
        return EXCEL_SERIAL in self.formats_of(name)
