"""The simulated sources are registered as any other, once, with what they promise; their secrets stay in the home."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.sources.edxml import Trust
from ingest.store.sources import PostgresSourceBook
from ioc.services.seals import authority_file, keep_chain
from ioc.services.simulated import DOCUMENTS, ENDPOINTS, MEETINGS, SOURCE, register_simulator, token_file
from ioc.settings import Settings

_ALL = {SOURCE, DOCUMENTS, ENDPOINTS, MEETINGS}


@pytest.fixture
def settings(ingest_database: str, tmp_path: Path) -> Settings:
    return Settings(tmp_path, database=ingest_database)


@pytest.fixture
def book(settings: Settings) -> Iterator[PostgresSourceBook]:
    found = PostgresSourceBook(settings.database_url)
    yield found
    found.close()


def _tokens(settings: Settings) -> dict[str, str]:
    return {source: token_file(settings, source).read_text() for source in _ALL}


def test_four_sources_promise_three_streams_each_with_a_token_of_its_own(
    settings: Settings, book: PostgresSourceBook
) -> None:
    register_simulator(settings, "today")
    found = {source: book.by_token(token) for source, token in _tokens(settings).items()}
    assert {source: known.id if known else None for source, known in found.items()} == {each: each for each in _ALL}
    registered = {each.id: each for each in book.list()}
    assert {each.streams for each in registered.values()} == {("onestop",), ("documents",), ("conference",)}
    assert all(each.cadence and each.cadence >= 300 for each in registered.values())
    organs = registered[DOCUMENTS]
    assert len(organs.agencies) == 9
    assert organs.levels == {"H52.17": 2}  # all others are of communes
    hook = book.by_id(MEETINGS)
    assert hook is not None
    assert hook.secret == (settings.home / "secrets" / "simulator-bigbluebutton.secret").read_text()
    assert hook.agencies["host"] in organs.agencies.values()
    for file in (settings.home / "secrets").iterdir():
        assert not file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_a_second_time_changes_nothing(settings: Settings, book: PostgresSourceBook) -> None:
    register_simulator(settings, "today")
    before, tokens = book.list(), _tokens(settings)
    register_simulator(settings, "today")
    assert (book.list(), _tokens(settings)) == (before, tokens)


def test_a_source_of_before_its_promise_gets_it_and_keeps_its_token(
    settings: Settings, book: PostgresSourceBook
) -> None:
    register_simulator(settings, "today")
    tokens = _tokens(settings)
    known = book.by_id(SOURCE)
    assert known is not None
    book.promise(replace(known, cadence=None))
    register_simulator(settings, "today")
    assert _tokens(settings) == tokens
    assert {each.cadence for each in book.list() if each.id == SOURCE} == {600}


def test_the_district_of_2024_has_its_shops_only_and_the_others_may_not_send_any_more(
    settings: Settings, book: PostgresSourceBook
) -> None:
    register_simulator(settings, "today")
    register_simulator(settings, "2024")
    assert {each.id for each in book.list() if each.active} == {SOURCE}
    register_simulator(settings, "today")
    assert {each.id for each in book.list() if each.active} == _ALL


def test_the_authority_is_made_once_and_anew_before_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path)
    chain = keep_chain(settings)
    assert keep_chain(settings) == chain
    assert len(Trust.from_pem(authority_file(settings).read_bytes()).authorities) == 1
    assert not chain.expires_within(timedelta(days=300), datetime.now(UTC))
    monkeypatch.setattr("ioc.services.seals._RENEWED_BEFORE", timedelta(days=500))
    assert keep_chain(settings).authority != chain.authority
