"""What the scene shows besides its tiles: what came and went today."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg import Connection

from dashboard.wall.area import Area
from dashboard.wall.scene import When
from stream.kpi.catalogue import load_catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot

DAILY: Final = ("documents_in", "documents_out")


def read_more(connection: Connection[Any], when: When, _: Area) -> Mapping[str, Any]:
    """`today`: the KPIs of the month over the local day alone; null where nothing is known."""
    month = Windows.at(when.at)
    day = Windows(month.until, since=month.day)
    kpis = [load_catalogue()[name] for name in DAILY]
    with snapshot(connection):
        [readings] = read_sums(connection, [Question(day, asks_of(kpis))], when.known_at)
    return {"today": {figure.kpi: figure.value for figure in evaluate(kpis, readings)}}
