"""Whom a receiver believes: not who seals with a stolen key, nor for another area, nor instead of another version."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ioc.receiving.keeping import Archive, open_archive
from ioc.receiving.refusal import RefusedError
from ioc.receiving.taking import Receiving, Taken, Taking
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.making import FIRST, Place, Sealed
from stream.snapshot.seal.published import ListedKey, PublishedKeys, endorse
from tests.building.deliveries import NOW, a_day
from tests.building.seals import KEY, OTHER_KEY, packed, sealed
from tests.building.snapshots import a_restated_snapshot

SINCE = "2026-10-01T08:00:00+07:00"
REVOKED_AT = "2026-11-21T08:00:00+07:00"
"""After what is sealed here says that it was sealed."""


def listed(key: SigningKey, **told: Any) -> ListedKey:
    facts = {"retired_at": None, "revoked_at": None, "reason": None, "endorsement": None, **told}
    return ListedKey(id=key.id, pem=key.public.pem, made_at=SINCE, **facts)


ENDORSED = listed(OTHER_KEY, endorsement=endorse(KEY, OTHER_KEY.public, NOW, "thay khóa"))
BEFORE = Keyring.of((), PublishedKeys(keys=(listed(KEY), ENDORSED)))
AFTER = Keyring.of((), PublishedKeys(keys=(listed(KEY, revoked_at=REVOKED_AT, reason="lộ khóa"), ENDORSED)))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as found:
        yield found


def take(
    archive: Archive, package: bytes, key: str, ring: Keyring = BEFORE, areas: frozenset[str] = frozenset()
) -> Taken:
    draft = archive.draft()
    draft.file.write_bytes(package)
    return Taking(archive, Receiving("Tỉnh", lambda: NOW, lambda: ring, areas=areas)).take(draft, key)


def day(number: int, place: Place, key: SigningKey = KEY) -> tuple[Sealed, bytes, str]:
    made, package = sealed(a_day(number), key, place, NOW)
    return made, packed(package), f"tinh/daily/{made.manifest.period}/1"


def refused(archive: Archive, package: bytes, key: str, **how: Any) -> tuple[int, str]:
    with pytest.raises(RefusedError) as caught:
        take(archive, package, key, **how)
    return caught.value.status, caught.value.code


def test_what_comes_after_its_key_was_revoked_is_refused_whatever_moment_it_names(archive: Archive) -> None:
    first, package, key = day(1, FIRST)
    take(archive, package, key)
    _, late, key_of_late = day(2, Place(2, first.digest))
    assert refused(archive, late, key_of_late, ring=AFTER) == (422, "key_revoked")
    assert take(archive, package, key, ring=AFTER).is_new is False  # what came before stays, with its receipt


def test_it_is_taken_once_a_package_of_a_good_key_follows_it(archive: Archive) -> None:
    first, package, key = day(1, FIRST)
    _, next_one, key_of_next = day(2, Place(2, first.digest), OTHER_KEY)
    take(archive, next_one, key_of_next, ring=AFTER)
    assert b"key.revoked_since" in take(archive, package, key, ring=AFTER).receipt


def test_a_version_that_restates_another_one_than_came_is_refused(archive: Archive) -> None:
    restated = a_restated_snapshot()
    restates = restated.restates
    assert restates is not None
    first = msgspec.structs.replace(restated, version=1, restates=None)
    made, package = sealed(first, place=FIRST, sealed_at=NOW)
    key = f"tinh/{first.kind}/{first.period.name}"
    take(archive, packed(package), f"{key}/1")

    def second(digest: str) -> bytes:
        told = msgspec.structs.replace(
            restated, version=2, restates=msgspec.structs.replace(restates, version=1, digest=digest)
        )
        return packed(sealed(told, place=Place(2, made.digest), sealed_at=NOW)[1])

    assert refused(archive, second("0" * 64), f"{key}/2") == (409, "other_restated")
    assert take(archive, second(made.digest), f"{key}/2").is_new


def test_of_an_area_that_was_not_named_nothing_is_taken_whoever_sealed_it(archive: Archive) -> None:
    _, package, key = day(1, FIRST)
    assert refused(archive, package, key, areas=frozenset({"bac-yen"})) == (403, "other_area")
    assert take(archive, package, key, areas=frozenset({"bac-yen", "moc-chau"})).is_new
