"""How a bridge writes its call records: which column means what, in which forms. A file says it (TOML)."""

import codecs
import tomllib
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from ingest.errors import IngestError
from ingest.spreadsheet.dates import date_format

Meaning: TypeAlias = Literal["held", "ongoing", "never_started", "cancelled"]
Place = Annotated[int, msgspec.Meta(ge=1, le=500)] | Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
"""A column: its number from 1, or its heading."""
Column = Place | Annotated[tuple[Place, ...], msgspec.Meta(min_length=1, max_length=3)]
"""Where a value stands; of several columns (a date, a time) it is what they say one after the other."""


class LayoutError(IngestError):
    """A layout can't be used; the sentence says where and why."""


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column means what; what a bridge does not write has none."""

    room: Column
    host: Column | None = None
    scheduled_at: Column | None = None
    scheduled_until: Column | None = None
    scheduled_for: Column | None = None
    started_at: Column | None = None
    ended_at: Column | None = None
    lasted: Column | None = None
    status: Column | None = None
    invited: Column | None = None
    attended: Column | None = None


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A layout. `records`: each record of a file is a conference, or only the first one is about it."""

    name: str
    about: str
    source: str
    certainty: Literal["A", "B", "C"]
    columns: Columns
    records: Literal["each", "first"] = "each"
    head: bool = True
    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = ","
    record_end: Annotated[str, msgspec.Meta(max_length=1)] = ""
    encodings: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=5)] = ("utf-8",)
    time_zone: str = "Asia/Ho_Chi_Minh"
    moments: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=20)]
    durations: tuple[Literal["h:mm:ss", "minutes", "seconds"], ...] = ("h:mm:ss",)
    sites: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = ";"
    status: dict[str, Meaning] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that its moments are told in."""
        return ZoneInfo(self.time_zone)


def read_layout(name: str, text: str) -> Layout:
    """The layout in the file called `name`. Raises `LayoutError`."""
    try:
        layout = msgspec.convert(tomllib.loads(text), Layout)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"{name}: not TOML: {error}") from None
    except (msgspec.ValidationError, RecursionError) as error:
        raise LayoutError(f"{name}: {error}") from None
    for place, told in _problems(layout):
        raise LayoutError(f"{name}: {place}: {told}")
    return layout


def _problems(layout: Layout) -> list[tuple[str, str]]:
    found = [("encodings", f"{name!r} is not known") for name in layout.encodings if not _is_text(name)]
    found += [("moments", told) for told in map(_unread, layout.moments) if told]
    try:
        ZoneInfo(layout.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        found.append(("time_zone", f"{layout.time_zone!r} is not known"))
    if layout.delimiter == '"' or not (layout.delimiter.isprintable() or layout.delimiter == "\t"):
        found.append(("delimiter", "can't be a quotation mark or unprintable"))
    if {"minutes", "seconds"} <= set(layout.durations):
        found.append(("durations", "a number can't be both minutes and seconds"))
    if layout.columns.scheduled_at is None and layout.columns.started_at is None:
        found.append(("columns", "scheduled_at or started_at has to be there: a meeting is known by its day"))
    if not layout.head and any(isinstance(place, str) for place in places(layout.columns)):
        found.append(("columns", "headings need head = true"))
    return found


def places(columns: Columns) -> list[Place]:
    """Every column that is named."""
    found: list[Place] = []
    for value in msgspec.structs.astuple(columns):
        found += value if isinstance(value, tuple) else [] if value is None else [value]
    return found


def _is_text(encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)
        b"a".decode(encoding)  # hex and zip are refused here
    except UnicodeError:
        return True
    except (LookupError, ValueError):
        return False
    return True


def _unread(name: str) -> str | None:
    try:
        date_format(name)
    except ValueError as error:
        return str(error)
    return None
