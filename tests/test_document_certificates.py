"""Certificates (chứng thư số): in force from the first moment to the end of the term or to revocation."""

import pytest

from ingest.log.protocol import Entry as LogEntry
from stream.apply.reading import Poison
from stream.core.ledger import Entry, Measure
from stream.first_rules import first_rules
from tests.building.documents import a_certificate
from tests.building.kinds import counted, entries_of, level_at
from tests.building.moments import moment

TERM = ("2026-01-01 00:00", "2027-01-01 00:00")


def levels(at: str, *events: LogEntry) -> tuple[int, int]:
    """How many are in force, and how many of them expire soon."""
    found = entries_of(events, first_rules())
    return level_at(found, "certificates", moment(at)), level_at(found, "certificates_expiring", moment(at))


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2025-12-31 23:59", (0, 0)), ("2026-01-01 00:00", (1, 0)), ("2026-12-01 23:59", (1, 0)),
     ("2026-12-02 00:00", (1, 1)), ("2026-12-31 23:59", (1, 1)), ("2027-01-01 00:00", (0, 0))],
)  # fmt: skip
def test_one_is_in_force_in_its_term_and_expires_soon_in_its_last_30_days(at: str, expected: tuple[int, int]) -> None:
    assert levels(at, a_certificate(valid=TERM)) == expected


def test_one_that_was_revoked_ends_then() -> None:
    events = a_certificate(valid=TERM), a_certificate(valid=TERM, revoked="2026-12-10 09:00", at="2026-12-10 09:05")
    assert levels("2026-12-10 08:59", *events) == (1, 1)
    assert levels("2026-12-10 09:00", *events) == (0, 0)


def test_one_that_was_revoked_early_never_expires_soon() -> None:
    found = counted(entries_of([a_certificate(valid=TERM, revoked="2026-03-02 09:00")], first_rules()))
    assert set(found) == {"CERTIFICATE_IN", "CERTIFICATE_OUT"}


def test_one_of_less_than_30_days_expires_soon_from_the_first() -> None:
    short = a_certificate(valid=("2026-01-01 00:00", "2026-01-11 00:00"))
    assert levels("2026-01-01 00:00", short) == (1, 1)


def test_one_that_was_revoked_before_it_began_counts_for_nothing() -> None:
    assert entries_of([a_certificate(valid=TERM, revoked="2025-12-01 09:00")], first_rules()) == frozenset()


@pytest.mark.parametrize(("kind", "channel"), [("organ", 1), ("person", 2)])
def test_an_entry_says_whose_it_is(kind: str, channel: int) -> None:
    [begin] = counted(entries_of([a_certificate(kind=kind, valid=TERM)], first_rules()))["CERTIFICATE_IN"]
    assert begin == Entry(Measure.CERTIFICATE_IN, moment(TERM[0]), 3980, 0, channel, 3)


def test_the_newest_record_is_the_truth_whichever_came_first() -> None:
    renewed = a_certificate(valid=("2026-01-01 00:00", "2028-01-01 00:00"), at="2026-06-01 08:00")
    assert entries_of([renewed, a_certificate(valid=TERM)], first_rules()) == entries_of([renewed], first_rules())


def test_one_that_ends_before_it_begins_is_refused_by_name() -> None:
    with pytest.raises(Poison, match="ends before it begins") as refused:
        entries_of([a_certificate(valid=(TERM[1], TERM[0]))], first_rules())
    assert refused.value.place == "data.valid_until"
