"""What the scene shows besides its tiles, from one state of the database: the form, the fields, the index."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from dashboard.wall.area import Area
from dashboard.wall.scene import When
from dashboard.wall.scenes.onestop.fields import fields_json, most_active, read_rates
from dashboard.wall.scenes.onestop.form import local_day, read_form_json, read_month
from dashboard.wall.scenes.onestop.index import read_month_index
from dashboard.wall.scenes.onestop.kept import kept_for
from stream.store.reading import snapshot


def read_more(connection: Connection[Any], when: When, _: Area) -> Mapping[str, Any]:
    """`form` and `fields` are always read; `statutory`, the index and the rates of the fields every ten seconds."""
    kept = kept_for(connection)
    kept.begin()
    about = (local_day(when), when.known_at)
    with snapshot(connection):
        report = read_month(connection, when, "index")
        rows = [] if report is None else most_active(report.form.lines)
        codes = tuple(sorted(row.field.code for row in rows if row.field.code is not None))
        rates = kept.part("rates", (*about, codes), when.at, lambda: read_rates(connection, when, codes))
        return {
            "form": read_form_json(connection, when, report),
            "statutory": kept.part("statutory", about, when.at, lambda: _read_statutory(connection, when)),
            "fields": fields_json(rows, rates),
            "index": kept.part("index", about, when.at, lambda: read_month_index(connection, when)),
        }


def _read_statutory(connection: Connection[Any], when: When) -> Mapping[str, Any]:
    return read_form_json(connection, when, read_month(connection, when, "statutory"))
