"""What was sealed is compared with what is known now, and restated by itself once late records changed it by enough."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Barrier, Thread

import msgspec
import pytest

from ingest.contracts.onestop import Status
from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ingest.rules.adoption import entries_for
from stream.kpi.definition import Basis
from stream.snapshot.content.again import recomputed
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.document import Restates, Snapshot
from stream.snapshot.content.errors import NotCanonicalError
from stream.snapshot.restate.again import restates_again
from stream.snapshot.restate.comparing import Compared, Comparing
from stream.snapshot.restate.threshold import Restating, Threshold
from stream.store.reading import snapshot
from tests.building.events import an_application, progress
from tests.building.restating import KIND, Centre, a_centre, a_wanted, now

FINE = Threshold(count=1, percent=0.001, points=0.1, days=0.5, minutes=10, cells=1, index=0.1, basis=Basis("thử", "C"))
COARSE = Threshold(count=9, percent=0.99, points=99, days=9, minutes=99, cells=9, index=99, basis=Basis("thử", "C"))
FILED = an_application("A-1").received("2026-01-05 09:00", due="2026-01-20 17:00")
ALSO = an_application("A-2").received("2026-01-06 09:00", due="2026-01-20 17:00")
LATE = an_application("B-1").received("2026-01-07 09:00", due="2026-01-20 17:00")
AFTER = an_application("C-1").received("2026-02-02 09:00", due="2026-02-20 17:00")


@pytest.fixture
def centre(log: PostgresLog, database: str) -> Iterator[Centre]:
    """A centre that sealed January: two applications."""
    with a_centre(log, database, "received_month", "being_handled", "on_time_rate", "procedures_offered") as centre:
        centre.seal(centre.read(centre.hear(FILED.sync(), ALSO.sync())))
        yield centre


def rules(**changes: object) -> Callable[[], Mapping[str, Restating]]:
    rule = Restating(within_days=9000, no_sooner_hours=0, threshold=FINE)
    return lambda: {KIND: msgspec.structs.replace(rule, **changes)}


def look(centre: Centre, at: datetime | None = None, by: Comparing | None = None) -> Compared | None:
    """Once, of a scheduler whose clock shows a moment."""
    looking = Comparing(centre.connect, rules(), pause=timedelta(0)) if by is None else by
    with centre.connect() as connection:
        return looking.once(connection, now() if at is None else at)


def slots(centre: Centre) -> Sequence[tuple[int, str, str]]:
    with centre.connect() as connection:
        return connection.execute("select version, origin, state from snapshot.slot order by version").fetchall()


def made(centre: Centre, version: int) -> Snapshot:
    """The version, as known at the moment that stands in its slot."""
    with centre.connect() as connection:
        given = {"version": version}
        statement = "select known_at from snapshot.slot where version = %(version)s"
        [(known_at,)] = connection.execute(statement, given).fetchall()
    return centre.read(known_at, version)


def again(centre: Centre, sealed: bytes) -> bytes:
    """The same snapshot, computed again."""
    with centre.connect() as connection:
        return canonical(recomputed(connection, read(sealed)))


def test_a_late_record_makes_the_next_version_as_known_when_it_was_found(centre: Centre) -> None:
    heard = centre.hear(LATE.sync())
    found = look(centre)
    assert found is not None
    assert (found.kind, found.period, found.version, found.is_restated) == (KIND, "2026-01", 1, True)
    assert slots(centre) == [(1, "schedule", "sealed"), (2, "late_events", "waiting")]
    with centre.connect() as connection:
        row = connection.execute("select known_at, due_at, next_at, made_at from snapshot.slot where version = 2")
        [(known_at, due_at, next_at, made_at)] = row.fetchall()
    assert heard <= known_at == found.known_at <= due_at == next_at == made_at


def test_while_the_next_version_waits_nothing_more_is_made(centre: Centre) -> None:
    centre.hear(LATE.sync())
    look(centre)
    centre.hear(ALSO.settled("2026-01-19 09:00").sync())
    assert look(centre) is None
    assert len(slots(centre)) == 2


def test_once_it_is_sealed_a_second_look_makes_nothing_and_what_came_meanwhile_makes_a_third(centre: Centre) -> None:
    centre.hear(LATE.sync())
    look(centre)
    second = made(centre, 2)
    centre.seal(second)
    assert look(centre) is None
    centre.hear(ALSO.settled("2026-01-19 09:00").sync())
    found = look(centre)
    assert found is not None
    assert (found.version, found.is_restated) == (2, True)
    restates = centre.restates(second, made(centre, 3))
    assert {case.case for each in restates.differences for case in each.cases} == {"A-2"}


def test_below_the_threshold_nothing_is_made_until_what_came_adds_up(centre: Centre) -> None:
    threshold = msgspec.structs.replace(COARSE, cells=2)
    coarse = Comparing(centre.connect, rules(threshold=threshold), pause=timedelta(0))
    centre.hear(LATE.sync())
    found = look(centre, by=coarse)
    assert found is not None
    assert found.differing > 3
    assert not found.is_restated
    assert len(slots(centre)) == 1
    assert look(centre, by=coarse) is None, "nothing came since"
    centre.hear(an_application("B-2").received("2026-01-08 09:00", due="2026-01-20 17:00").sync())
    again = look(centre, by=coarse)
    assert again is not None
    assert again.is_restated


def test_what_happened_after_the_period_is_not_even_compared(centre: Centre) -> None:
    centre.hear(AFTER.sync(), ALSO.settled("2026-02-03 09:00").sync())
    assert look(centre) is None
    assert len(slots(centre)) == 1


def test_what_changes_no_figure_makes_no_version(centre: Centre) -> None:
    centre.hear(progress("A-1", Status.IN_PROGRESS, "2026-01-06 09:00"))
    found = look(centre)
    assert found is None or (found.differing, found.is_restated) == (0, False)
    assert len(slots(centre)) == 1


def test_so_long_after_its_slot_a_snapshot_stays_as_it_is(centre: Centre) -> None:
    centre.hear(LATE.sync())
    days = (now() - a_wanted(now()).due_at).days
    over = Comparing(centre.connect, rules(within_days=days - 1), pause=timedelta(0))
    still = Comparing(centre.connect, rules(within_days=days + 1), pause=timedelta(0))
    assert look(centre, by=over) is None
    assert look(centre, by=still) is not None


def test_a_version_that_was_just_said_is_left_alone_for_the_hours_of_its_schedule(centre: Centre) -> None:
    centre.hear(LATE.sync())
    patient = Comparing(centre.connect, rules(no_sooner_hours=1), pause=timedelta(0))
    assert look(centre, by=patient) is None
    with centre.connect() as connection:
        connection.execute("update snapshot.sealed set known_at = known_at - interval '1 hour'")
    found = look(centre, by=patient)
    assert found is not None
    assert found.is_restated


def test_a_version_is_not_looked_at_again_before_the_pause_is_over(centre: Centre) -> None:
    patient = Comparing(centre.connect, rules(), pause=timedelta(hours=1))
    centre.hear(LATE.sync())
    assert look(centre, by=patient) is None
    with centre.connect() as connection:
        connection.execute("update snapshot.sealed set known_at = known_at - interval '61 minutes'")
    assert look(centre, by=patient) is not None


def test_a_schedule_that_restates_nothing_is_left_alone(centre: Centre) -> None:
    centre.hear(LATE.sync())
    assert look(centre, by=Comparing(centre.connect, dict, pause=timedelta(0))) is None
    assert len(slots(centre)) == 1


def a_register(procedures: int) -> Sequence[Entry]:
    """Adopted in a log of four partitions."""
    listed = [
        Procedure(code=f"1.00000{number}", name="Một", field="DD", level=Level.COMMUNE) for number in range(procedures)
    ]
    return entries_for(RegisterAdopted(version=f"{procedures}", procedures=tuple(listed)), 4, now())


def test_what_a_newer_register_changed_makes_no_version_even_where_something_small_came_late(centre: Centre) -> None:
    before = centre.read(centre.hear(*a_register(1)), 2)
    centre.seal(before)
    newer = centre.read(centre.hear(*a_register(4)), 3)
    found = centre.restates(before, newer).differences
    assert ("kpi/procedures_offered/area", 1, 4, ()) in [
        (each.path, each.before, each.after, each.cases) for each in found
    ]
    assert look(centre) is None, "no case came late"
    centre.hear(LATE.sync())
    threshold = msgspec.structs.replace(COARSE, count=3)
    compared = look(centre, by=Comparing(centre.connect, rules(threshold=threshold), pause=timedelta(0)))
    assert compared is not None
    assert compared.differing > 0
    assert not compared.is_restated


def test_of_several_schedulers_that_look_at_once_one_asks_for_the_version(centre: Centre) -> None:
    centre.hear(LATE.sync())
    ready, found = Barrier(4), []

    def looks() -> None:
        looking = Comparing(centre.connect, rules(), pause=timedelta(0))
        with centre.connect() as connection:
            ready.wait()
            found.append(looking.once(connection, now()))

    threads = [Thread(target=looks) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(found) == 4
    assert sum(1 for each in found if each is not None and each.is_restated) == 1
    assert len(slots(centre)) == 2


def test_a_version_that_cannot_be_compared_does_not_hold_up_the_others(centre: Centre) -> None:
    february = a_wanted(centre.settled(), 1)
    other = centre.read(february.known_at)
    period = msgspec.structs.replace(other.period, name="2026-02")
    centre.seal(msgspec.structs.replace(other, period=period))
    with centre.connect() as connection:
        connection.execute("update snapshot.file set body = 'broken' where period = '2026-01'")
    centre.hear(LATE.sync())
    looking = Comparing(centre.connect, rules(), pause=timedelta(minutes=1))
    with centre.connect() as connection:
        connection.execute("update snapshot.sealed set known_at = known_at - interval '2 minutes'")
    with pytest.raises(NotCanonicalError):
        look(centre, by=looking)
    found = look(centre, by=looking)
    assert found is not None
    assert found.period == "2026-02"


def test_computed_again_after_more_came_a_restatement_has_the_same_bytes(centre: Centre) -> None:
    centre.hear(LATE.sync())
    look(centre)
    second = made(centre, 2)
    restates = centre.restates(made(centre, 1), second)
    sealed = canonical(msgspec.structs.replace(second, restates=restates))
    centre.hear(ALSO.settled("2026-01-19 09:00").sync())
    assert restates.differences
    assert again(centre, sealed) == sealed


def test_told_again_the_cases_are_not_those_that_somebody_wrote(centre: Centre) -> None:
    centre.hear(LATE.sync())
    look(centre)
    second = made(centre, 2)
    told = centre.restates(made(centre, 1), second)
    [first, *others] = told.differences
    other = msgspec.structs.replace(first.cases[0], case="H52-somebody-else")
    changed = msgspec.structs.replace(first, cases=(other,))
    forged = msgspec.structs.replace(second, restates=msgspec.structs.replace(told, differences=(changed, *others)))
    with centre.connect() as connection, snapshot(connection):
        assert restates_again(connection, forged) == told
        assert restates_again(connection, second) is None


def test_where_the_version_before_was_never_sealed_what_is_told_of_it_is_kept(centre: Centre) -> None:
    elsewhere = made(centre, 1)
    restates = Restates(version=7, digest="aa", known_at=elsewhere.known_at, cause="by_hand", differences=())
    with centre.connect() as connection, snapshot(connection):
        assert restates_again(connection, msgspec.structs.replace(elsewhere, restates=restates)) == restates
