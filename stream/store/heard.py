"""Since when anything is known of each unit, as far as was known at an earlier moment."""

from bisect import bisect_right
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.core.moment import Day, Moment, datetime_of, day_of, moment_of
from stream.kpi.subjects import BEGIN, Subject
from stream.store.asking import Heard
from stream.store.queries import query


def read_heard(connection: Connection[Any], until: Moment, known_at: datetime) -> Heard:
    """The first local day known of each unit that lies before `until`, by what was known at `known_at`.

    One statement. Without it a unit that was first heard of later would have had zeros then, not no data.
    """
    units: dict[int, Day] = {}
    by_subject: dict[Subject, dict[int, Day]] = {}
    given = {"last": datetime_of(until), "known_at": known_at}
    for measure, unit, at in connection.execute(query("read_heard_known"), given).fetchall():
        day = day_of(moment_of(at))
        heard = by_subject.setdefault(bisect_right(BEGIN, measure), {})
        heard[unit] = min(day, heard.get(unit, day))
        units[unit] = min(day, units.get(unit, day))
    return Heard(units, by_subject)
