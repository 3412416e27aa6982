"""The whole log applied again gives the same rows; where it would not, the comparison says so."""

from dataclasses import replace as with_changes
from functools import partial
from random import Random

import psycopg
import pytest
from msgspec import structs

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from stream.first_rules import first_rules
from stream.rebuild import RebuildError, compare, discard, rebuild, replace
from tests.building.applying import a_worker, applied, apply_all, opener
from tests.building.events import AnApplication, an_application
from tests.building.lives import some_lives
from tests.servers.processes import wait_until


def rebuilt(log: PostgresLog, url: str) -> dict[str, bool | None]:
    cut = rebuild(log, partial(_open, url), first_rules(), lambda _: None)
    compared = compare(partial(_open, url), cut)
    return {each.table: each.equal for each in compared}


def a_history(log: PostgresLog, url: str) -> None:
    lives = some_lives(200)
    lives += Random(5).sample(lives, 40)
    lives.insert(60, Entry("H52-00001", b"not an event"))
    Random(9).shuffle(lives)
    log.append(lives)
    apply_all(log, url, batch=33)


def test_a_rebuild_is_equal_row_by_row(log: PostgresLog, database: str) -> None:
    a_history(log, database)
    equal = rebuilt(log, database)
    assert equal == dict.fromkeys(equal, True)
    assert {"ledger", "event", "cases", "rollup_day", "tally", "quarantine"} <= equal.keys()


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("update ledger set n = -n where ctid = (select min(ctid) from ledger)", "ledger"),
        (
            "update rollup_unit_day set n = 77 where ctid = (select min(ctid) from rollup_unit_day)",
            "rollup_unit_day",
        ),
        ("update cases set status = 8 where ctid = (select min(ctid) from cases)", "cases"),
        ("delete from event where ctid = (select min(ctid) from event)", "event"),
    ],
)
def test_a_row_that_was_tampered_with_is_found(
    log: PostgresLog, database: str, stream: psycopg.Connection, damage: str, table: str
) -> None:
    a_history(log, database)
    stream.execute(damage.encode())
    equal = rebuilt(log, database)
    assert [name for name, same in equal.items() if same is False] == [table]


def test_the_rebuilt_figures_can_take_the_place_of_the_live_ones(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    a_history(log, database)
    stream.execute("update rollup_unit_day set n = n + 1")
    with a_worker(log, database):
        wait_until(lambda: applied(log, database), what="the worker being there")
        assert rebuilt(log, database)["rollup_unit_day"] is False
        replace(partial(_open, database))
        log.append([an_application("A-1").received("2026-01-05 09:00").sync()])
        log.append([in_a_new_field("A-2").sync()])
        wait_until(lambda: applied(log, database), what="the worker going on with the rebuilt figures")
    assert rebuilt(log, database)["rollup_unit_day"] is True
    discard(partial(_open, database))


def test_a_rebuild_that_is_behind_does_not_take_the_place(log: PostgresLog, database: str) -> None:
    a_history(log, database)
    rebuilt(log, database)
    log.append([an_application("A-1").received("2026-01-05 09:00").sync()])
    apply_all(log, database)
    with pytest.raises(RebuildError, match="moved on"):
        replace(partial(_open, database))


def in_a_new_field(code: str) -> AnApplication:
    """An application in a field (lĩnh vực) that nobody has numbered yet."""
    application = an_application(code).received("2026-01-05 09:00")
    return with_changes(application, state=structs.replace(application.state, field="G09-99"))


def _open(url: str, schema: str) -> psycopg.Connection:
    return opener(url, schema)()
