"""Packages of a kind hang together: a missing one is named, and two of one number, or a swapped version, are found."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.chain import Link, check_chain
from stream.snapshot.seal.findings import Finding
from stream.snapshot.seal.making import FIRST, Place
from tests.building.seals import SEALED_AT, sealed
from tests.building.snapshots import a_restated_snapshot, a_snapshot


def of_month(name: str, **changes: object) -> Snapshot:
    return a_snapshot(period=msgspec.structs.replace(a_snapshot().period, name=name), **changes)


def link(snapshot: Snapshot, place: Place = FIRST) -> Link:
    made, _ = sealed(snapshot, place=place)
    return Link(f"{snapshot.period.name}-v{snapshot.version}.zip", made.manifest, made.digest)


def after(before: Link) -> Place:
    return Place(before.manifest.number + 1, before.digest)


def restatement(of: Link, place: Place) -> Link:
    snapshot = a_restated_snapshot(period=msgspec.structs.replace(a_snapshot().period, name=of.manifest.period))
    assert snapshot.restates is not None
    return link(
        msgspec.structs.replace(snapshot, restates=msgspec.structs.replace(snapshot.restates, digest=of.digest)), place
    )


ONE = link(of_month("2026-08"))
TWO = link(of_month("2026-09"), after(ONE))
THREE = link(of_month("2026-10"), after(TWO))
FOUR = restatement(TWO, after(THREE))
WHOLE = (ONE, TWO, THREE, FOUR)


def codes(found: Iterable[Finding], severity: str = "error") -> list[str]:
    return [each.code for each in found if each.severity == severity]


def test_a_whole_chain_is_told_to_be_whole_in_whatever_order_it_is_given() -> None:
    for given in (WHOLE, tuple(reversed(WHOLE))):
        found = list(check_chain(given))
        assert codes(found) == []
        assert codes(found, "note") == ["chain.good", "restates.good"]
        assert found[0].facts == {"kind": "statutory-month", "first": 1, "last": 4}


def test_who_dates_back_comes_after_what_was_sealed_later() -> None:
    made, _ = sealed(of_month("2026-10"), place=after(TWO), sealed_at=SEALED_AT - timedelta(seconds=1))
    found = list(check_chain([ONE, TWO, Link("back.zip", made.manifest, made.digest)]))
    assert (codes(found), codes(found, "warning")) == ([], ["chain.time"])
    assert found[0].where == "back.zip"


def test_a_missing_link_is_named_by_its_number() -> None:
    [wrong] = [each for each in check_chain([ONE, THREE]) if each.severity == "error"]
    assert (wrong.code, wrong.facts["missing"]) == ("chain.missing", "2")
    [wrong] = [each for each in check_chain([ONE, FOUR]) if each.severity == "error"]
    assert wrong.facts["missing"] == "2–3"


def test_one_package_alone_is_not_blamed_for_what_was_not_given() -> None:
    found = list(check_chain([FOUR]))
    assert codes(found) == []
    assert codes(found, "note") == ["chain.open", "restates.open"]


def test_a_link_to_another_manifest_than_the_one_before_is_found() -> None:
    other = link(of_month("2026-09"), Place(2, "a" * 64))
    [wrong] = [each for each in check_chain([ONE, other]) if each.severity == "error"]
    assert wrong.code == "chain.link"
    assert wrong.facts["is_now"] == ONE.digest


def test_two_manifests_with_one_number_are_a_fork() -> None:
    other = link(of_month("2026-09", title=msgspec.structs.replace(a_snapshot().title, vi="Khác")), after(ONE))
    assert other.manifest.number == TWO.manifest.number
    assert "chain.fork" in codes(check_chain([ONE, TWO, other]))


def test_the_same_package_twice_is_no_fork() -> None:
    again = Link("copy.zip", TWO.manifest, TWO.digest)
    found = list(check_chain([ONE, TWO, again]))
    assert codes(found) == []
    assert "chain.twice" in codes(found, "note")


def test_a_version_that_was_sealed_twice_is_found() -> None:
    again = link(of_month("2026-09"), after(TWO))
    assert codes(check_chain([ONE, TWO, again])) == ["chain.version_twice"]


def test_a_restatement_of_another_version_than_the_one_given_is_found() -> None:
    wrong = restatement(Link("", TWO.manifest, "b" * 64), after(THREE))
    assert codes(check_chain([ONE, TWO, THREE, wrong])) == ["restates.digest"]


def test_kinds_have_chains_of_their_own() -> None:
    other = link(of_month("2026-08", kind="index-month"))
    assert codes(check_chain([*WHOLE, other])) == []
