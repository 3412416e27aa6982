"""The register of sources: a token is told once, holds until it is revoked, and is stored as its digest only."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import psycopg
import pytest

from ingest.errors import RegisterUnavailableError, RegistrationError
from ingest.registration import Source
from ingest.store.sources import PostgresSourceBook
from tests.onestop_records import CORRECTING, SOURCE
from tests.servers.processes import free_port


class Clock:
    """A monotonic clock that is turned by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def elsewhere(ingest_database: str) -> Iterator[PostgresSourceBook]:
    """The same register, opened by another process."""
    found = PostgresSourceBook(ingest_database)
    yield found
    found.close()


def add(book: PostgresSourceBook, source: str = SOURCE.id) -> str:
    return book.add(source, SOURCE.kind, SOURCE.agencies)


def test_a_token_leads_to_its_source_and_its_units(book: PostgresSourceBook) -> None:
    first, second = add(book), add(book, "other")
    assert book.by_token(first) == SOURCE
    assert book.by_token(second) == Source("other", SOURCE.kind, SOURCE.agencies)


def test_a_wrong_token_leads_nowhere(book: PostgresSourceBook) -> None:
    add(book)
    for wrong in ("", "x", "\udcff", "0" * 10_000):
        assert book.by_token(wrong) is None


def test_tokens_are_long_differ_and_are_stored_as_digests(book: PostgresSourceBook, ingest_database: str) -> None:
    tokens = [add(book), add(book, "other")]
    assert len(set(tokens)) == 2
    assert all(len(token) >= 43 for token in tokens)  # 256 bits
    with psycopg.connect(ingest_database) as connection:
        stored = [bytes(row[0]) for row in connection.execute("select digest from ingest.source_token")]
    assert sorted(stored) == sorted(sha256(token.encode()).digest() for token in tokens)


def test_a_source_that_was_added_elsewhere_is_known_at_once(
    book: PostgresSourceBook, elsewhere: PostgresSourceBook
) -> None:
    assert elsewhere.by_token("x") is None
    assert elsewhere.by_token(add(book)) == SOURCE


def test_a_token_that_was_revoked_elsewhere_holds_for_two_seconds_at_most(
    ingest_database: str, elsewhere: PostgresSourceBook
) -> None:
    clock = Clock()
    book = PostgresSourceBook(ingest_database, clock=clock)
    token = add(book)
    assert book.by_token(token) == SOURCE
    assert elsewhere.revoke(SOURCE.id)
    clock.now += 1.9
    assert book.by_token(token) == SOURCE
    clock.now += 0.2
    assert book.by_token(token) is None
    book.close()


def test_revoking_twice_revokes_nothing_more(book: PostgresSourceBook) -> None:
    add(book)
    assert book.revoke(SOURCE.id)
    assert not book.revoke(SOURCE.id)
    assert not book.revoke("nobody")


def test_an_id_in_use_is_refused_and_its_token_goes_on(book: PostgresSourceBook) -> None:
    token = add(book)
    with pytest.raises(RegistrationError, match="registered already"):
        book.add(SOURCE.id, "events", {})
    assert book.by_token(token) == SOURCE


def test_what_another_unit_means_is_registered_listed_and_may_change_with_a_new_token(
    book: PostgresSourceBook, elsewhere: PostgresSourceBook
) -> None:
    token = book.add(SOURCE.id, SOURCE.kind, SOURCE.agencies, unit_change="correction")
    assert elsewhere.by_token(token) == CORRECTING
    assert [one.unit_change for one in book.list()] == ["correction"]
    book.revoke(SOURCE.id)
    assert book.by_token(add(book)) == SOURCE
    assert [one.unit_change for one in book.list()] == ["transfer"]


def test_a_revoked_source_is_taken_up_again_with_other_agencies(book: PostgresSourceBook) -> None:
    old = add(book)
    book.revoke(SOURCE.id)
    new = book.add(SOURCE.id, SOURCE.kind, {"H52.1": "03982"})
    assert book.by_token(new) == Source(SOURCE.id, SOURCE.kind, {"H52.1": "03982"})
    assert book.by_token(old) is None


def test_all_sources_are_listed_by_their_ids(book: PostgresSourceBook) -> None:
    add(book, "b")
    add(book, "a")
    book.revoke("b")
    assert [(one.id, one.active, one.agencies) for one in book.list()] == [
        ("a", True, SOURCE.agencies),
        ("b", False, SOURCE.agencies),
    ]
    assert all(one.added_at.tzinfo is not None for one in book.list())


def test_an_id_of_another_shape_is_refused(book: PostgresSourceBook) -> None:
    for source in ("", " ", "a b", "é", "-a", "x" * 101, "a\0"):
        with pytest.raises(RegistrationError, match="can't be a source's id"):
            add(book, source)


def test_an_agency_or_unit_of_another_shape_is_refused(book: PostgresSourceBook) -> None:
    for agency, unit in (("", "03980"), (" H52", "03980"), ("H52", "3980"), ("H52", "0398a"), ("H\0", "03980")):
        with pytest.raises(RegistrationError):
            book.add("a", "onestop-sync", {agency: unit})
    assert book.list() == []


def test_of_many_who_add_the_same_source_at_once_one_gets_a_token(book: PostgresSourceBook) -> None:
    def attempt(_: int) -> str | None:
        try:
            return add(book)
        except RegistrationError:
            return None

    with ThreadPoolExecutor(8) as many:
        tokens = [token for token in many.map(attempt, range(8)) if token is not None]
    assert len(tokens) == 1
    assert book.by_token(tokens[0]) == SOURCE


def test_a_register_that_cannot_be_reached_says_that_trying_again_may_help() -> None:
    book = PostgresSourceBook(f"postgresql://ioc@127.0.0.1:{free_port()}/ioc", patience=0.2)
    with pytest.raises(RegisterUnavailableError) as away:
        book.by_token("x")
    assert away.value.retriable
    book.close()
