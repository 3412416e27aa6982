"""A seal is kept in the transaction of who makes it: numbered without a gap, chained, with a key that is in use."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import msgspec
import psycopg
import pytest
from psycopg import IsolationLevel

from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.chain import Link, check_chain
from stream.snapshot.seal.checking import check_packed
from stream.snapshot.seal.errors import NotSealedError, SealError, SealRaceError
from stream.snapshot.seal.keybook import add_key, key_in_use, retire_key, revoke_key
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.manifest import digest_of
from stream.snapshot.seal.published import endorse
from stream.snapshot.seal.reading import read_manifest_before, read_package, read_published_keys
from stream.snapshot.seal.sealing import Sealed, seal
from tests.building.applying import opener
from tests.building.seals import KEY, OTHER_KEY, SEALED_AT, files_of
from tests.building.snapshots import a_restated_snapshot, a_snapshot
from tests.servers.processes import wait_until

KIND = "statutory-month"


@pytest.fixture
def book(stream: psycopg.Connection) -> psycopg.Connection:
    """A database whose key is `KEY`."""
    add_key(stream, KEY.public, datetime(2026, 1, 1, tzinfo=UTC))
    return stream


@pytest.fixture
def other(database: str) -> Iterator[psycopg.Connection]:
    with opener(database)() as connection:
        yield connection


def month(number: int) -> Snapshot:
    return a_snapshot(period=msgspec.structs.replace(a_snapshot().period, name=f"2026-{number:02}"))


def sealed(connection: psycopg.Connection, snapshot: Snapshot) -> Sealed:
    """The slot and its seal, in one transaction as the scheduler has it."""
    with connection.transaction():
        connection.execute(
            "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at)"
            " values (%s, %s, %s, now(), now(), 'schedule', now()) on conflict do nothing",
            [snapshot.kind, snapshot.period.name, snapshot.version],
        )
        return seal(connection, snapshot, files_of(snapshot), KEY, SEALED_AT)


def test_seals_are_numbered_and_chained(book: psycopg.Connection) -> None:
    made = [sealed(book, month(number)) for number in (8, 9, 10)]
    assert [each.manifest.number for each in made] == [1, 2, 3]
    assert [each.manifest.previous for each in made] == [None, made[0].digest, made[1].digest]
    links = [Link(each.manifest.period, each.manifest, each.digest) for each in made]
    assert [each.code for each in check_chain(links)] == ["chain.good"]


def test_kinds_have_chains_of_their_own(book: psycopg.Connection) -> None:
    sealed(book, month(8))
    assert sealed(book, msgspec.structs.replace(month(8), kind="index-month")).manifest.number == 1


def test_what_is_read_again_is_the_package_as_it_was_sealed_and_stays_so(book: psycopg.Connection) -> None:
    made = sealed(book, month(11))
    body = read_package(book, KIND, "2026-11", 1)
    assert body == read_package(book, KIND, "2026-11", 1)
    checked = check_packed(body, Keyring.of([], read_published_keys(book)))
    assert checked.findings.is_proven
    assert checked.package is not None
    assert (checked.package.manifest, checked.package.files) == (made.body, files_of(month(11)))
    with pytest.raises(NotSealedError):
        read_package(book, KIND, "2026-12", 1)


def test_the_row_says_what_the_manifest_says(book: psycopg.Connection) -> None:
    made = sealed(book, month(11))
    row = book.execute(
        "select number, digest, previous, key_id, is_partial, late, due_at, sealed_at from snapshot.sealed"
    ).fetchone()
    due_at = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    assert row == (1, digest_of(made.body), None, KEY.id, True, ["sources_late"], due_at, SEALED_AT)
    assert read_manifest_before(book, KIND, 2) == made.body
    assert read_manifest_before(book, KIND, 1) is None


def test_a_restatement_has_to_name_the_version_that_was_sealed(book: psycopg.Connection) -> None:
    first = sealed(book, month(11))
    second = a_restated_snapshot()
    assert second.restates is not None
    with pytest.raises(SealError, match="was not sealed as"):
        sealed(book, second)
    right = msgspec.structs.replace(second, restates=msgspec.structs.replace(second.restates, digest=first.digest))
    assert sealed(book, right).manifest.number == 2


def test_nothing_is_left_of_a_seal_whose_transaction_failed(book: psycopg.Connection) -> None:
    def falls_over() -> None:
        with book.transaction():
            sealed(book, month(8))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        falls_over()
    assert sealed(book, month(9)).manifest.number == 1
    assert book.execute("select count(*) from snapshot.file").fetchone() == (3,)


def test_a_version_is_not_sealed_twice(book: psycopg.Connection) -> None:
    sealed(book, month(8))
    with pytest.raises(SealRaceError):
        sealed(book, month(8))


def test_two_who_seal_at_once_are_numbered_one_after_the_other(
    book: psycopg.Connection, other: psycopg.Connection
) -> None:
    made: list[Sealed] = []
    second = Thread(target=lambda: made.append(sealed(other, month(9))))
    with book.transaction():
        first = sealed(book, month(8))
        second.start()
        waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
        wait_until(lambda: book.execute(waiting).fetchone() == (1,), seconds=20, what="the other one to wait")
    second.join()
    assert [each.manifest.number for each in made] == [2]
    assert made[0].manifest.previous == first.digest


def test_who_reads_as_of_before_another_sealed_has_to_try_again(
    book: psycopg.Connection, other: psycopg.Connection
) -> None:
    other.isolation_level = IsolationLevel.REPEATABLE_READ

    def seals_too_late() -> None:
        with other.transaction():
            other.execute("select 1 from snapshot.sealed")
            sealed(book, month(8))
            sealed(other, month(9))

    with pytest.raises(SealRaceError) as caught:
        seals_too_late()
    assert caught.value.retriable


def test_a_key_that_is_unknown_retired_or_revoked_seals_nothing(book: psycopg.Connection) -> None:
    book.execute("delete from snapshot.key")
    with pytest.raises(SealError, match="not in use"):
        sealed(book, month(8))
    add_key(book, KEY.public, SEALED_AT)
    sealed(book, month(8))
    retire_key(book, KEY.id, SEALED_AT, "định kỳ")
    with pytest.raises(SealError, match="not in use") as caught:
        sealed(book, month(9))
    assert caught.value.retriable  # it was replaced in the midst of making: the next try, soon, takes the new one


def test_a_key_retires_no_earlier_than_it_last_sealed(book: psycopg.Connection) -> None:
    sealed(book, month(8))
    retire_key(book, KEY.id, SEALED_AT - timedelta(hours=1), None)
    [listed] = read_published_keys(book).keys
    assert listed.retired_at == "2026-11-16T08:00:20+07:00"


def test_a_key_is_retired_after_who_seals_with_it_just_now(book: psycopg.Connection, other: psycopg.Connection) -> None:
    retiring = Thread(target=lambda: retire_key(other, KEY.id, SEALED_AT - timedelta(hours=1), None))
    with book.transaction():
        sealed(book, month(8))
        retiring.start()
        waiting = "select count(*) from pg_locks where not granted"
        wait_until(lambda: book.execute(waiting).fetchone() == (1,), seconds=20, what="the other one to wait")
    retiring.join()
    [listed] = read_published_keys(book).keys
    assert listed.retired_at == "2026-11-16T08:00:20+07:00"


def test_a_revoked_key_can_not_be_revoked_again(book: psycopg.Connection) -> None:
    revoke_key(book, KEY.id, SEALED_AT, "mất máy")
    with pytest.raises(SealError, match="revoked before"):
        revoke_key(book, KEY.id, SEALED_AT, "mất máy")
    assert key_in_use(book) is None


def test_the_keys_that_are_published_lead_from_the_old_one_to_the_new(book: psycopg.Connection) -> None:
    retire_key(book, KEY.id, SEALED_AT, "định kỳ")
    add_key(book, OTHER_KEY.public, SEALED_AT, endorse(KEY, OTHER_KEY.public, SEALED_AT, "định kỳ"))
    published = read_published_keys(book)
    assert [each.id for each in published.keys] == [KEY.id, OTHER_KEY.id]
    assert set(Keyring.of([KEY.public], published).trusted) == {KEY.id, OTHER_KEY.id}
    in_use = key_in_use(book)
    assert in_use is not None
    assert in_use.id == OTHER_KEY.id
