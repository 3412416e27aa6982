"""What the page of alerts shows, for one person."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from psycopg import Connection

from dashboard.access.people import Person
from dashboard.alerts.addresses import address_of
from dashboard.alerts.asked import may_end, may_see
from stream.alerts.judging import Cause
from stream.alerts.service import Told, read_service
from stream.alerts.silences import is_silenced, read_silences
from stream.alerts.view import read_closed, read_open, read_outbox
from stream.kpi.catalogue import load_catalogue
from stream.store.queries import query as store_query
from stream.store.reading import snapshot


def read_state(connection: Connection[Any], person: Person, now: datetime) -> dict[str, Any]:
    """Everything on the page as of `now`, in one snapshot; of units only those of the person's scope."""
    with snapshot(connection):
        connection.execute(store_query("read_frozen"))  # first: `stream.rebuild.replace` locks its table
        service, silences = read_service(connection), read_silences(connection, now)
        open_now = [each for each in read_open(connection) if may_see(person, each["subject"], now)]
        closed = [each for each in read_closed(connection, now) if may_see(person, each["subject"], now)]
        outbox = read_outbox(connection, now)
    return {
        "service": None if service is None else {"away": service.is_away, **_plain(service.told)},
        "open": [{**_shown(each), "silenced": is_silenced(silences, _cause(each))} for each in open_now],
        "closed": [_shown(each) for each in closed],
        "silences": [
            {**asdict(each), "yours": person.may("act") and may_end(person, each, now)}
            for each in silences
            if each.unit is None or may_see(person, each.unit, now)
        ],
        "outbox": outbox,
        "may_act": person.may("act"),
        "everywhere": person.scope.entries is None,
    }


def _cause(row: Mapping[str, Any]) -> Cause:
    return Cause(row["rule"], row["subject"])


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """An alert, with where it is seen, and how its figure is written."""
    facts = row["facts"]
    kpi = load_catalogue().kpis.get(facts["about"]) if facts["kind"] == "kpi" else None
    written = None if kpi is None else {"unit": kpi.definition.unit, "digits": kpi.definition.digits}
    return {**row, "address": address_of(facts["kind"], facts["about"], row["subject"]), "written": written}


def _plain(told: Told) -> dict[str, Any]:
    return {"rules": told.rules, "channels": told.channels, "problem": told.problem}
