"""Call records (bản ghi cuộc gọi) of a conference bridge, as CSV, to records of meetings. Pure.

A layout (`ingest.sources.call_layout`) says which column means what; `polycom_rmx` is shipped, and `conference_list` to
start from. A meeting is `<room>@<day>` (`ingest.sources.meeting_names`), the day that it was reserved for, else the one
it began on. Columns that the layout does not name are not read: participants and who dialled stay outside.
"""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import IO, Final, NamedTuple

from ingest.contracts import registry
from ingest.contracts.conference import MEETING_RECORDED, MeetingRecorded
from ingest.contracts.envelope import Envelope, wrap
from ingest.contracts.limits import LATEST
from ingest.refusal import BODY, Reason, Refusal, RefusedError, refuse
from ingest.registration import Source
from ingest.sources.call_layout import Layout
from ingest.sources.call_rows import TableError, places_of, rows
from ingest.sources.call_values import RowReader
from ingest.sources.meeting_names import day_of, meeting_name, room_code
from ingest.sources.translation import Translation, identity

LARGEST: Final = 20_000_000
"""Bytes of a body that is translated at once; files are read row by row and may be larger."""

_DATASCHEMA: Final = registry.dataschema(MEETING_RECORDED)
_NOTHING: Final = Reason("no record in it", "không có bản ghi nào")


class Read(NamedTuple):
    """What became of a row; a `row` of 0 is the whole file."""

    row: int
    result: Envelope | Refusal


def translate(body: bytes, source: Source, layout: Layout) -> Translation:
    """The meetings that a file of call records tells of."""
    found = Translation([], [])
    if len(body) > LARGEST:
        most = LARGEST // 10**6
        found.refusals.append(refuse(None, BODY, Reason(f"over {most} MB", f"lớn hơn {most} MB")))
        return found
    for _, result in read(io.BytesIO(body), source, layout):
        if isinstance(result, Envelope):
            found.envelopes.append(result)
        else:
            found.refusals.append(result)
    return found


def read(file: IO[bytes], source: Source, layout: Layout) -> Iterator[Read]:
    """The same, row by row, holding none: what has no end can be read. The index of a refusal is its row less one."""
    heads: dict[str, int] = {}
    awaits_head = layout.head
    told = 0
    try:
        with closing(rows(file, layout)) as found:
            for row in found:
                if awaits_head:
                    heads, awaits_head = places_of(row, layout.columns), False
                    continue
                told += 1
                yield Read(row.number, _result(RowReader(row, layout, heads), source))
                if layout.records == "first":
                    break
    except TableError as error:
        if error.row is None or awaits_head:
            yield Read(0, refuse(None, BODY if error.row is None else f"A{error.row}", error.reason))
        else:
            yield Read(error.row, refuse(error.row - 1, f"A{error.row}", error.reason))
        return
    if not told:
        yield Read(0, refuse(None, BODY, _NOTHING))


def _result(reader: RowReader, source: Source) -> Envelope | Refusal:
    try:
        return _envelope(*_recorded(reader, source), source)
    except RefusedError as error:
        return refuse(reader.row.number - 1, error.field, error.reason)


def _recorded(reader: RowReader, source: Source) -> tuple[MeetingRecorded, datetime]:
    """The record, and its moment: the latest that it tells as happened, of a plan its beginning."""
    room = reader.cell("room")
    code = room_code(room.text if room else None, reader.field("room"))
    meaning = reader.meaning()
    planned_at, planned_until = _span(reader, "scheduled_at", "scheduled_until", "scheduled_for")
    began, ended = _span(reader, "started_at", "ended_at", "lasted") if meaning in ("held", "ongoing") else (None, None)
    if meaning == "ongoing":
        ended = None
    first, last = planned_at or began, ended or began or planned_at
    if first is None or last is None:
        raise RefusedError(reader.field("started_at"), Reason("missing: no moment at all", "thiếu: không có thời điểm"))
    data = MeetingRecorded(
        meeting=meeting_name(code, day_of(first)),
        unit=reader.unit(source),
        scheduled_at=planned_at,
        scheduled_until=planned_until,
        started_at=began,
        ended_at=ended,
        cancelled=meaning == "cancelled",
        never_started=meaning == "never_started",
        invited=reader.sites("invited", source),
        attended=reader.sites("attended", source),
    )
    return data, last


def _span(reader: RowReader, begin: str, end: str, lasting: str) -> tuple[datetime | None, datetime | None]:
    """From when to when; an end that is not written is the beginning and the duration. Raises `RefusedError`."""
    began, ended, lasted = reader.moment(begin), reader.moment(end), reader.duration(lasting)
    if ended is None and began is not None and lasted:
        ended = began + lasted
        if ended >= LATEST:
            raise RefusedError(reader.field(lasting), Reason("ends after 2199", "kết thúc sau năm 2199"))
    if began is not None and ended is not None and ended < began:
        raise RefusedError(reader.field(end), Reason("before its beginning", "trước khi bắt đầu"))
    return began, ended


def _envelope(data: MeetingRecorded, happened: datetime, source: Source) -> Envelope:
    kept = wrap(data)
    return Envelope(
        id=identity(kept),
        source=source.id,
        type=MEETING_RECORDED,
        subject=registry.case_of(data),
        time=happened,
        dataschema=_DATASCHEMA,
        data=kept,
    )
