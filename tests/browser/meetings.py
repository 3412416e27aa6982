"""Meetings of a Tuesday morning, by records as the worker keeps them, on the lines of `tests/browser/sources.py`."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import msgspec
from psycopg import Connection

from geo.units import units_on
from stream.apply.cases import MEETING
from stream.core.ledger import Measure
from stream.core.meeting import fold_meeting
from stream.core.meeting_entries import meeting_entries
from stream.core.meeting_record import MeetingRecord, Said, Site, Told, order
from stream.core.moment import datetime_of, moment_of
from stream.first_rules import first_rules
from tests.browser.district import truncate
from tests.browser.sources import LONG, MORNING, settle_lines, settle_sources
from tests.ledgers import Posted, fill

LINES = 12
"""As many as `settle_lines` makes: `phong-hop-00` and so on, over the units in turn."""
_numbers = count(1)


def sites(number: int, first: int = 0, now: datetime = MORNING) -> tuple[Site, ...]:
    """So many sites of the lines."""
    units = [int(unit.code) for unit in units_on(now.date())]
    return tuple(Site(f"phong-hop-{each:02d}", units[each % len(units)]) for each in range(first, first + number))


def at(clock: str, now: datetime = MORNING) -> int:
    """The moment of the morning's day at which a clock in Mộc Châu shows this."""
    hour, minute = map(int, clock.split(":"))
    return moment_of(now.replace(hour=0, minute=0)) + (hour - 7) * 3_600 + minute * 60


class Meeting:
    """The records of one meeting, told step by step."""

    def __init__(self, name: str, unit: int = 3980) -> None:
        self.name = f"{name}@{MORNING:%Y-%m-%d}"
        self._unit = unit
        self.records: list[MeetingRecord] = []

    def told(self, said_at: str = "07:00", **told: Any) -> "Meeting":
        return self._add(MeetingRecord(0, at(said_at), Said.RECORDED, self._unit, told=Told(**told)))

    def planned(self, start: str, end: str | None = None, invited: Sequence[Site] = ()) -> "Meeting":
        return self.told(scheduled=at(start), until=None if end is None else at(end), invited=tuple(invited))

    def began(self, clock: str, there: Sequence[Site] = ()) -> "Meeting":
        self._add(MeetingRecord(0, at(clock), Said.STARTED, self._unit))
        for site in there:
            self._add(MeetingRecord(0, at(clock), Said.JOINED, self._unit, site=site, leg="1"))
        return self

    def left(self, clock: str, site: Site) -> "Meeting":
        return self._add(MeetingRecord(0, at(clock), Said.LEFT, self._unit, site=site, leg="1"))

    def ended(self, clock: str) -> "Meeting":
        return self._add(MeetingRecord(0, at(clock), Said.ENDED, self._unit))

    def _add(self, record: MeetingRecord) -> "Meeting":
        self.records.append(msgspec.structs.replace(record, eid=next(_numbers), pos=next(_numbers)))
        return self


def a_morning() -> list[Meeting]:
    """At ten: one is on with a site away, one has not begun, three are over or off, two are to come."""
    twelve = sites(LINES)
    return [
        Meeting("truc-ban").planned("07:15", "07:30"),
        Meeting("giao-ban").planned("08:00", "09:30", twelve[:9]).began("08:07", twelve[:8]).ended("09:25"),
        Meeting("chuyen-de").planned("09:30", "11:00", twelve).began("09:31", twelve[:10])
        .left("09:55", twelve[4]).left("09:59", twelve[5]),
        Meeting("phong-hop-1", 4033).planned("09:45", "10:30", twelve[:4]),
        Meeting("hoi-nghi-tinh").planned("14:00", "16:30", twelve[:11]),
        Meeting("tiep-dan", 3985).planned("15:00", None, twelve[:3]).told("09:00", cancelled=True),
    ]  # fmt: skip


def hold(connection: Connection[Any], meetings: Sequence[Meeting]) -> None:
    """Make the ledger and the cases hold exactly these meetings."""
    connection.execute("delete from cases where kind = 6")
    fill(connection, list(_posted(connection, meetings)))


def _posted(connection: Connection[Any], meetings: Sequence[Meeting]) -> Iterator[Posted]:
    rules = first_rules()
    for number, meeting in enumerate(meetings, 1):
        records = sorted(meeting.records, key=order)
        state = fold_meeting(records, rules)
        connection.execute(
            "insert into cases (id, code, unit, field, channel, status, received_at, due_at, ended_at, is_open,"
            " last_at, timeline, kind) values (%s, %s, %s, 0, 0, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                number, f"meeting/{meeting.name}", state.unit, state.status, _datetime(state.started),
                _datetime(state.scheduled), _datetime(state.ended), state.is_open, datetime_of(state.last_at),
                msgspec.msgpack.encode(records), MEETING,
            ],
        )  # fmt: skip
        for entry in meeting_entries(state, rules):
            yield Posted(
                Measure(entry.measure), entry.unit, entry.at, n=entry.amount, channel=0, traits=entry.traits,
                case=number,
            )  # fmt: skip


def _datetime(moment: int | None) -> datetime | None:
    return None if moment is None else datetime_of(moment)


def settle_morning(connection: Connection[Any]) -> None:
    """Everything of the morning, in place of whatever was there."""
    clear(connection)
    settle_sources(connection)
    settle_lines(connection, endpoints=LINES)
    hold(connection, a_morning())
    measure_hours(connection)


def settle_crowd(connection: Connection[Any], number: int = 40) -> None:
    """As many sources and lines as an area may have, a day full of meetings, a week full of incidents."""
    clear(connection)
    settle_sources(connection)
    settle_lines(connection, endpoints=number)
    hold(connection, [*a_morning(), *many_meetings()])
    measure_hours(connection)
    connection.execute(
        "insert into source_promise select 1, n, %(now)s - interval '9 days', 'mot-cua-' || n || '.phan-mem-cua-tinh',"
        " 'onestop-sync', '{onestop,documents}', '{03980}', case n %% 3 when 0 then 1800 else 600 end, true"
        " from generate_series(5, %(number)s) as n",
        {"now": MORNING, "number": number},
    )
    connection.execute(
        "insert into source_state (source, heard_at) select source, %s - pos * interval '40 seconds'"
        " from source_promise where part = 1 and pos %% 9 <> 8",
        [MORNING],
    )
    connection.execute(
        "insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at)"
        " select 'silent', source, at, at, at + interval '1 hour', at + interval '2 hours'"
        " from (select source, %s - pos * interval '3 hours' as at from source_promise where part = 1) as each",
        [MORNING],
    )
    connection.execute("update part_offset set applied = 987654321, next_pos = 987654321 where part = 1")


def settle_calm(connection: Connection[Any]) -> None:
    """All is well: every source reports, nobody meets, nothing lies aside, every line is good."""
    settle_morning(connection)
    hold(connection, [])
    connection.execute("delete from source_promise where source = %s", [LONG])
    connection.execute("update source_state set heard_at = %(now)s, complete_until = %(now)s", {"now": MORNING})
    connection.execute("delete from incident")
    connection.execute("delete from quarantine")
    connection.execute("update part_offset set halted = null")
    connection.execute("update cases set status = 1 where kind = 7")
    connection.execute("update quality_hour set warn_minutes = 0, bad_minutes = 0")
    connection.execute("update quality_minute set loss_most = 0")
    connection.execute("update quality_sample set loss = 0")


def clear(connection: Connection[Any]) -> None:
    """Nothing at all, as in a centre that begins."""
    truncate(
        connection,
        "source_promise, source_state, source_day, part_offset, incident, quarantine, cases, quality_endpoint,"
        " quality_sample, quality_minute, quality_hour, quality_day restart identity",
    )
    fill(connection, [])


def many_meetings(number: int = 24) -> list[Meeting]:
    """A day of long names, one after another, each with all sites."""
    start = datetime_of(at("07:00"))
    found = []
    for each in range(number):
        begins = (start + timedelta(minutes=30 * each) + timedelta(hours=7)).strftime("%H:%M")
        name = f"hoi-nghi-truc-tuyen-toan-huyen-trien-khai-nghi-quyet-{each:02d}"
        found.append(Meeting(name).planned(begins, None, sites(40)))
    return found


def measure_hours(connection: Connection[Any], now: datetime = MORNING) -> None:
    """The lines by the hour since seven: the second is bad, the fifth shakes, of the fourth no estimate can be made."""
    connection.execute("update quality_minute set loss_most = 10 where endpoint <> 2")
    connection.execute(
        "insert into quality_hour"
        " select q.id, hour, q.unit, 720,"
        " case q.id when 4 then 0 when 2 then 720 * 295 else 720 * (440 - 2 * (q.id %% 20)) end,"
        " case q.id when 4 then 0 else 720 end, 105, 7200, 720, case q.id when 2 then 520 else 10 end,"
        " case q.id when 5 then 410 else 85 end, 450, 60, case q.id when 5 then 7 else 0 end,"
        " case q.id when 2 then 21 else 0 end"
        " from quality_endpoint as q, generate_series(%(now)s - interval '3 hours', %(now)s - interval '1 hour',"
        " interval '1 hour') as hour where q.id <> 3 or hour < %(now)s - interval '2 hours'",
        {"now": now},
    )
    connection.execute(
        "insert into quality_day select unit, %s, 1, sum(mos_sum), sum(mos_samples), sum(minutes), sum(warn_minutes),"
        " sum(bad_minutes) from quality_hour group by unit",
        [now.date()],
    )
