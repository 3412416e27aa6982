"""What the cells of a call record mean, by its layout: moments, durations, statuses, sites. Nothing is guessed."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from ingest.contracts.conference import Site
from ingest.contracts.limits import EARLIEST, LATEST
from ingest.refusal import Reason, RefusedError, shown
from ingest.registration import Source
from ingest.sources.call_layout import Column, Layout, Meaning, Place
from ingest.sources.call_rows import Row, cell_of
from ingest.sources.meeting_names import HOST, NO_SITE, is_site
from ingest.spreadsheet.cells import letters
from ingest.spreadsheet.dates import read_date

_MOST_SITES: Final = 1000
_LONGEST: Final = timedelta(days=7)
_CLOCK: Final = re.compile(r"(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,6}", re.ASCII)
_BETWEEN: Final = re.compile(r"(?<=\d)T(?=\d)")  # 2026-07-22T08:00:00, as XML writes it


class Cell(NamedTuple):
    """A value of a row, and how a refusal calls its place: `D3 (scheduled_at)`."""

    text: str
    field: str


class RowReader(NamedTuple):
    """A row, with what says how to read it."""

    row: Row
    layout: Layout
    heads: dict[str, int]

    def cell(self, name: str) -> Cell | None:
        """The cell of a column; None where the layout has none, and where nothing stands in it."""
        texts = filter(None, (cell_of(self.row, place, self.heads) for place in self._places(name)))
        text = unicodedata.normalize("NFC", " ".join(texts))
        return Cell(text, self.field(name)) if text else None

    def field(self, name: str) -> str:
        """How a refusal calls the place of a column in this row, whether or not something stands in it."""
        places = self._places(name)
        if not places:
            return f"{self.row.number} ({name})"
        first = self.heads[places[0]] if isinstance(places[0], str) else places[0] - 1
        return f"{letters(first)}{self.row.number} ({name})"

    def _places(self, name: str) -> tuple[Place, ...]:
        column: Column | None = getattr(self.layout.columns, name)
        return column if isinstance(column, tuple) else () if column is None else (column,)

    def moment(self, name: str) -> datetime | None:
        """A moment, in UTC. Raises `RefusedError` for another form than the layout's, and for a day without an hour."""
        cell = self.cell(name)
        if cell is None:
            return None
        when = read_date(_BETWEEN.sub(" ", cell.text), self.layout.moments, cell.field)
        if not when.exact:
            raise RefusedError(cell.field, Reason("no time of day", "thiếu giờ"))
        found = when.local.replace(tzinfo=_zone(self.layout.time_zone)).astimezone(UTC)
        if not EARLIEST <= found < LATEST:
            raise RefusedError(cell.field, Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199"))
        return found

    def duration(self, name: str) -> timedelta | None:
        """How long. Raises `RefusedError` for another form than the layout's, and over a week."""
        cell = self.cell(name)
        if cell is None:
            return None
        found = _duration(cell.text, self.layout)
        if found is None:
            told = ", ".join(self.layout.durations)
            raise RefusedError(
                cell.field, Reason(f"not a duration of the form {told}", f"không phải thời lượng dạng {told}")
            )
        if found > _LONGEST:
            raise RefusedError(cell.field, Reason("over a week", "dài hơn một tuần"))
        return found

    def meaning(self) -> Meaning:
        """What the status says; a meeting was held where no status is told. Raises `RefusedError`."""
        cell = self.cell("status")
        if cell is None:
            return "held"
        found = _statuses(self.layout).get(cell.text.casefold())
        if found is None:
            told = shown(cell.text)
            raise RefusedError(cell.field, Reason(f"unknown status {told}", f"trạng thái không xác định {told}"))
        return found

    def unit(self, source: Source) -> str:
        """The unit that holds the meeting: of the record's code, else of the code `host`. Raises `RefusedError`."""
        cell = self.cell("host")
        code, field = (HOST, HOST) if cell is None else cell
        unit = source.agencies.get(code)
        if unit is None:
            told = code if cell is None else shown(code)
            raise RefusedError(
                field, Reason(f"{told} is not registered for this source", f"{told} chưa được đăng ký cho nguồn này")
            )
        return unit

    def sites(self, name: str, source: Source) -> tuple[Site, ...] | None:
        """The sites that are listed; one that is not registered has no unit. Raises `RefusedError`."""
        cell = self.cell(name)
        if cell is None:
            return None
        codes = dict.fromkeys(filter(None, (each.strip() for each in cell.text.split(self.layout.sites))))
        if len(codes) > _MOST_SITES:
            raise RefusedError(cell.field, Reason(f"over {_MOST_SITES} sites", f"quá {_MOST_SITES} điểm cầu"))
        return tuple(_site(code, source, cell.field) for code in codes)


def _site(code: str, source: Source, field: str) -> Site:
    if code != HOST and (unit := source.agencies.get(code)) is not None:
        return Site(site=code, unit=unit)
    if not is_site(code):
        raise RefusedError(field, NO_SITE)
    return Site(site=code)


def _duration(text: str, layout: Layout) -> timedelta | None:
    found = _CLOCK.fullmatch(text)
    if found and "h:mm:ss" in layout.durations:
        hours, minutes, seconds = found.groups(default="0")
        return timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    if _NUMBER.fullmatch(text) and "minutes" in layout.durations:
        return timedelta(minutes=int(text))
    if _NUMBER.fullmatch(text) and "seconds" in layout.durations:
        return timedelta(seconds=int(text))
    return None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _statuses(layout: Layout) -> dict[str, Meaning]:
    return {unicodedata.normalize("NFC", code).casefold(): meaning for code, meaning in layout.status.items()}
