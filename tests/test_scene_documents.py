"""The scene of documents: what came today is of today alone, and nothing known is no nought."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dashboard.wall.area import area_on
from dashboard.wall.scene import When
from dashboard.wall.scenes.documents import DOCUMENTS
from dashboard.wall.scenes.documents.reading import read_more
from ioc.services.postgres import EmbeddedPostgres
from stream.core.ledger import Measure
from stream.kpi.catalogue import load_catalogue
from tests.index_ledgers import at
from tests.ledgers import Posted, fill

AFTERNOON = datetime(2026, 6, 20, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def one_database(postgres: EmbeddedPostgres, migrated: str) -> str:
    """One for all tests here: each fills its own ledger."""
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    return postgres.url(name)


@pytest.fixture
def connection(one_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(one_database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def today(connection: psycopg.Connection, known_at: datetime | None = None) -> Any:
    return read_more(connection, When(AFTERNOON, known_at), area_on(date(2026, 6, 20)))["today"]


def test_today_counts_from_local_midnight_up_to_the_moment(connection: psycopg.Connection) -> None:
    came = ("06-19", "06-19T16:59", "06-19T17:00", "06-20", "06-20T08:01")
    fill(connection, [Posted(Measure.DOCUMENT_IN, 3980, at(moment), level=3) for moment in came])
    assert today(connection) == {"documents_in": 2, "documents_out": 0}


def test_what_came_late_is_not_counted_as_known_before(connection: psycopg.Connection) -> None:
    fill(
        connection,
        [
            Posted(Measure.DOCUMENT_OUT, 3980, at("06-20"), at("06-20T03:00"), level=3),
            Posted(Measure.DOCUMENT_OUT, 3980, at("06-20"), at("06-20T07:00"), level=3),
        ],
    )
    assert today(connection, datetime(2026, 6, 20, 5, tzinfo=UTC))["documents_out"] == 1
    assert today(connection)["documents_out"] == 2


def test_where_nothing_of_documents_is_known_there_is_no_figure(connection: psycopg.Connection) -> None:
    fill(connection, [Posted(Measure.RECEIVED, 3980, at("06-19"))])
    assert today(connection) == {"documents_in": None, "documents_out": None}


def test_every_figure_of_the_scene_is_a_kpi_of_the_catalogue() -> None:
    assert set(DOCUMENTS.tiles) <= set(DOCUMENTS.kpis)
    assert [kpi.id for kpi in load_catalogue().only(DOCUMENTS.kpis)]
