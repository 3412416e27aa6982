"""Telling the event log what the sources promise: as they are registered, changed and revoked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.registration import Source
    from ingest.store.sources import PostgresSourceBook, RegisteredSource
    from stream.sources.standing import SourceStanding


def declare(settings: Settings, source: "Source", *, active: bool = True) -> None:
    """Append the promise of a source. Raises `LogUnavailableError` and what else the log raises."""
    from ingest.declaring import declaration
    from ioc.wiring import open_log

    log = open_log(settings)
    try:
        log.append([declaration(source, datetime.now(UTC), active=active)])
    finally:
        log.close()


def declare_registered(settings: Settings) -> Sequence[str]:
    """Declare every source of which the centre knows another promise than its registration's, or none; their ids.

    What was registered before there were promises, and has sent heartbeats, promised to go on: it gets the cadence that
    is usual for its kind. Declaring twice what is not applied yet harms nobody.
    """
    from ioc.wiring import open_source_book

    book = open_source_book(settings)
    try:
        known = read_known(settings) or {}
        declared = list(_untold(book, known))
    finally:
        book.close()
    for source, active in declared:
        declare(settings, source, active=active)
    return [source.id for source, _ in declared]


def read_known(settings: Settings) -> "Mapping[str, SourceStanding] | None":
    """How each source stands, by its id; None where the centre has no figures yet."""
    import psycopg

    from ioc.wiring import connect
    from stream.sources.standing import read_standings

    with connect(settings) as connection:
        try:
            return {each.source: each for each in read_standings(connection, datetime.now(UTC))}
        except psycopg.errors.UndefinedTable:
            return None


def _untold(book: "PostgresSourceBook", known: "Mapping[str, SourceStanding]") -> "Iterator[tuple[Source, bool]]":
    for each in book.list():
        stand = known.get(each.id)
        source = _with_usual_cadence(book, each, stand)
        if not _is_told(source, stand, active=each.active):
            yield source, each.active


def _with_usual_cadence(
    book: "PostgresSourceBook", registered: "RegisteredSource", stand: "SourceStanding | None"
) -> "Source":
    from ingest.promises import promises

    source = registered.as_source()
    never_declared = stand is not None and stand.since is None
    usual = promises().get(source.kind)
    if source.cadence is None and never_declared and stand is not None and stand.heartbeat_at and usual is not None:
        source = replace(source, cadence=usual.every)
        book.promise(source)
    return source


def _is_told(source: "Source", stand: "SourceStanding | None", *, active: bool) -> bool:
    from ingest.declaring import promise_of

    if stand is None or stand.since is None:
        return not active and stand is None  # revoked before it ever mattered
    told = (stand.kind, stand.streams, stand.units, stand.cadence, stand.active)
    wanted = promise_of(source, active=active)
    return told == (wanted.kind, wanted.streams, wanted.units, wanted.cadence, active)
