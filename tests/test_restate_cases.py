"""Late records are sent and applied for real: the next version names exactly the figures and the cases behind them."""

from collections.abc import Iterator
from datetime import date
from random import Random

import psycopg
import pytest

from ingest.contracts.documents import DocumentStatus
from ingest.contracts.onestop import Status
from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.rules.adoption import entries_for
from stream.first_rules import first_rules
from stream.kpi.catalogue import load_catalogue
from stream.kpi.linear import shares_of
from stream.kpi.period import Period
from stream.rebuild import rebuild, replace
from stream.snapshot.content.document import Difference, Restates, Snapshot
from stream.snapshot.content.moments import millisecond
from stream.snapshot.restate.differences import differences
from stream.snapshot.restate.paths import parsed
from stream.snapshot.restate.reading import most_named
from tests.building.applying import opener
from tests.building.documents import incoming
from tests.building.events import an_application, progress
from tests.building.lives import some_lives
from tests.building.restating import Centre, a_centre, a_wanted, by_path, now
from tests.test_index_live import petition, told

FIELD = "G09-01"


@pytest.fixture
def centre(log: PostgresLog, database: str) -> Iterator[Centre]:
    with a_centre(log, database) as centre:
        yield centre


def linear(path: str) -> bool:
    """Whether the cases of a figure have shares that add up."""
    part, name, _ = parsed(path)
    if part != "kpi":
        return part == "form"
    shares = shares_of(load_catalogue()[name].expression)
    return shares is not None and shares.lower is None


def check_sums(restates: Restates) -> tuple[int, int]:
    """Each difference is what its cases add up to, where shares can be told; how many are, and how many are not."""
    told = [each for each in restates.differences if linear(each.path)]
    for each in told:
        assert each.others == 0, each.path
        shares = [case.share for case in each.cases]
        assert None not in shares, each.path
        assert sum(share or 0 for share in shares) == (each.after or 0) - (each.before or 0), each.path
    others = [each for each in restates.differences if not linear(each.path)]
    assert all(case.share is None for each in others for case in each.cases)
    assert all(each.cases for each in restates.differences), "somebody changed each of them"
    return len(told), len(others)


def cells(restates: Restates, place: str) -> dict[str, dict[str, int | float | None]]:
    """The rows of a place's form: which case changed which column by how much."""
    prefix = f"form/{place}/unknown/{FIELD}/"
    return {
        each.path.removeprefix(prefix): {case.case: case.share for case in each.cases}
        for each in restates.differences
        if each.path.startswith(prefix)
    }


def test_an_end_that_was_corrected_to_a_late_one_moves_the_case_from_column_8_to_10(centre: Centre) -> None:
    filed = an_application("A-1").received("2026-01-05 09:00", due="2026-01-15 17:00")
    other = an_application("A-2").received("2026-01-06 09:00", due="2026-01-15 17:00").settled("2026-01-13 09:00")
    first = centre.hear(filed.sync(), filed.settled("2026-01-12 09:00").sync(), other.sync())
    second = centre.hear(filed.settled("2026-01-19 09:00").sync())
    before, after = centre.read(first), centre.read(second, version=2)
    restates = centre.restates(before, after)
    assert cells(restates, "03980") == cells(restates, "area") == {"8": {"A-1": -1}, "10": {"A-1": 1}}
    found = by_path(restates.differences)
    rate = found["kpi/on_time_rate/03980"]
    assert (rate.before, rate.after, [(each.case, each.share) for each in rate.cases]) == (1, 0.5, [("A-1", None)])
    assert {each.case for difference in restates.differences for each in difference.cases} == {"A-1"}
    assert {each.unit for each in restates.differences} == {None, "03980"}
    assert millisecond(first) < found["kpi/on_time_rate/area"].cases[0].known_at <= millisecond(second)
    check_sums(restates)
    assert (restates.version, restates.known_at, restates.cause) == (1, millisecond(first), "late_events")


def test_one_that_arrives_late_is_received_in_the_period_after_all(centre: Centre) -> None:
    first = centre.hear(an_application("A-1").received("2026-01-05 09:00").sync())
    second = centre.hear(an_application("B-7").online().received("2026-01-30 09:00", due="2026-02-20 17:00").sync())
    restates = centre.restates(centre.read(first), centre.read(second, version=2))
    assert cells(restates, "03980") == {column: {"B-7": 1} for column in ("3", "4", "11", "12")}
    received = by_path(restates.differences)["kpi/received_month/area"]
    assert (received.before, received.after) == (1, 2)
    assert [(each.case, each.share) for each in received.cases] == [("B-7", 1)]
    check_sums(restates)


def test_one_that_moved_leaves_the_one_unit_and_comes_to_the_other(centre: Centre) -> None:
    filed = an_application("A-1").received("2026-01-05 09:00", due="2026-02-20 17:00")
    there = an_application("A-2").at_unit("03982").received("2026-01-05 09:00").sync()
    first = centre.hear(filed.sync(), there)
    second = centre.hear(filed.at_unit("03982").in_progress("2026-01-20 09:00").sync())
    restates = centre.restates(centre.read(first), centre.read(second, version=2))
    assert cells(restates, "03980") == {column: {"A-1": -1} for column in ("3", "5", "11", "12")}
    assert cells(restates, "03982") == {column: {"A-1": 1} for column in ("3", "6", "11", "12")}
    assert cells(restates, "area") == {}
    check_sums(restates)


def test_a_settlement_that_was_taken_back_is_open_again(centre: Centre) -> None:
    filed = an_application("A-1").received("2026-01-05 09:00", due="2026-01-15 17:00")
    first = centre.hear(filed.sync(), filed.settled("2026-01-12 09:00").sync())
    second = centre.hear(progress("A-1", Status.IN_PROGRESS, "2026-01-13 09:00"))
    restates = centre.restates(centre.read(first), centre.read(second, version=2))
    assert cells(restates, "03980") == {
        "7": {"A-1": -1},
        "8": {"A-1": -1},
        "11": {"A-1": 1},
        "13": {"A-1": 1},
    }
    taken_back = by_path(restates.differences)["kpi/on_time_rate/area"]
    assert (taken_back.before, taken_back.after) == (1, None)
    check_sums(restates)


def test_petitions_and_documents_restate_their_figures_and_no_form(centre: Centre) -> None:
    first = centre.hear(
        an_application("A-1").received("2026-01-05 09:00").sync(),
        petition("P-1", "2026-01-06 08:00", due_at=None),
        *incoming("1/UBND").sent("2026-01-05 09:00", due="2026-01-20 17:00").events,
    )
    late = incoming("2/UBND").sent("2026-01-06 09:00", due="2026-01-21 17:00")
    second = centre.hear(
        petition("P-2", "2026-01-07 08:00", due_at=None),
        *late.told(DocumentStatus.RECEIVED, "2026-01-06 10:00").events,
    )
    restates = centre.restates(centre.read(first), centre.read(second, version=2))
    found = by_path(restates.differences)
    assert not [path for path in found if path.startswith("form/")]
    petitions = found["kpi/petitions_received/03980"]
    assert (petitions.before, petitions.after) == (1, 2)
    [who] = petitions.cases
    assert "P-2" in who.case
    documents = found["kpi/documents_in/03980"]
    assert [(each.case, each.share) for each in documents.cases] == [(late.case, 1)]
    check_sums(restates)


def test_what_happened_after_the_period_restates_nothing(centre: Centre) -> None:
    filed = an_application("A-1").received("2026-01-05 09:00", due="2026-02-15 17:00")
    first = centre.hear(filed.sync())
    second = centre.hear(
        filed.settled("2026-02-03 09:00").sync(), an_application("A-2").received("2026-02-01 00:00").sync()
    )
    before, after = centre.read(first), centre.read(second, version=2)
    assert centre.restates(before, after).differences == differences(before, after) == ()


@pytest.fixture
def restated(centre: Centre) -> tuple[Snapshot, Snapshot]:
    """Many lives, of which a third of the records came late, and out of order."""
    random, lives = Random(11), some_lives(160)
    late = set(random.sample(range(len(lives)), len(lives) // 3))
    first = centre.hear(*(each for number, each in enumerate(lives) if number not in late))
    rest = [lives[number] for number in late]
    random.shuffle(rest)
    second = centre.hear(*rest)
    return centre.read(first), centre.read(second, version=2)


def test_of_many_late_records_the_shares_of_the_cases_add_up_to_every_difference(
    centre: Centre, restated: tuple[Snapshot, Snapshot]
) -> None:
    before, after = restated
    restates = centre.restates(before, after)
    assert [without(each) for each in restates.differences] == list(differences(before, after))
    told, others = check_sums(restates)
    assert told > 150, "cells and counts"
    assert others > 50, "ratios and points"


def without(difference: Difference) -> Difference:
    """The difference alone."""
    return Difference(
        path=difference.path, title=difference.title, unit=difference.unit, before=difference.before,
        after=difference.after, cases=(), others=0,
    )  # fmt: skip


def test_read_again_after_more_came_and_after_a_rebuild_it_says_the_same(
    centre: Centre, restated: tuple[Snapshot, Snapshot], log: PostgresLog, database: str
) -> None:
    said = centre.restates(*restated)
    centre.hear(*(an_application(f"C-{day}").received(f"2026-01-{day} 09:00").sync() for day in range(10, 30)))
    assert centre.restates(*restated) == said
    put_rebuilt(log, database)
    assert centre.restates(*restated) == said


def put_rebuilt(log: PostgresLog, url: str) -> None:
    """Rebuild the ledger, and put what came of it in its place."""

    def open_schema(schema: str) -> psycopg.Connection:
        return opener(url, schema)()

    rebuild(log, open_schema, first_rules(), lambda _: None)
    replace(open_schema)


def test_of_very_many_cases_those_that_changed_most_are_named_and_the_others_counted(centre: Centre) -> None:
    first = centre.hear(an_application("A-0").received("2026-01-05 09:00").sync())
    lives = [an_application(f"B-{number:03}").received("2026-01-06 09:00").sync() for number in range(203)]
    second = centre.hear(*lives)
    found = by_path(centre.restates(centre.read(first), centre.read(second, version=2)).differences)
    received = found["kpi/received_month/03980"]
    assert (received.before, received.after, len(received.cases), received.others) == (1, 204, 200, 3)
    assert [each.case for each in found["form/area/total/subtotal/3"].cases[:2]] == ["B-000", "B-001"]


def test_the_first_that_is_heard_of_a_unit_comes_from_no_data(centre: Centre) -> None:
    first = centre.hear(an_application("A-1").received("2026-01-05 09:00").sync())
    second = centre.hear(an_application("A-2").at_unit("04045").received("2026-01-06 09:00").sync())
    found = by_path(centre.restates(centre.read(first), centre.read(second, version=2)).differences)
    received = found["kpi/received_month/04045"]
    assert (received.before, received.after, [each.case for each in received.cases]) == (None, 1, ["A-2"])


def test_a_count_of_used_procedures_names_the_cases_by_which_one_came_to_be_used(centre: Centre) -> None:
    listed = [
        Procedure(code=code, name="Một", field=FIELD, level=Level.COMMUNE, online="full")
        for code in ("1.005129", "1.000002", "1.000003")
    ]
    first = centre.hear(
        *entries_for(RegisterAdopted(version="1", procedures=tuple(listed)), 4, now()),
        an_application("A-1").received("2026-01-05 09:00").sync(),
    )
    again = an_application("B-1").received("2026-01-06 09:00")
    anew = told(an_application("B-2").received("2026-01-07 09:00"), procedure="1.000002")
    second = centre.hear(again.sync(), anew.sync())
    restates = centre.restates(centre.read(first), centre.read(second, version=2))
    used = by_path(restates.differences)["kpi/online_services_used_rate/03980"]
    assert (used.before, used.after) == (1 / 3, 2 / 3)
    assert [(each.case, each.share) for each in used.cases] == [("B-2", None)]
    check_sums(restates)


def test_of_a_day_each_figure_counts_over_its_own_window_and_the_form_from_the_first_of_the_month(
    centre: Centre,
) -> None:
    day = Period(None, date(2026, 1, 1), date(2026, 1, 20), "2026-01-20")
    first = centre.hear(
        *(an_application(f"A-{day:02}").received(f"2026-01-{day:02} 09:00").sync() for day in range(5, 21))
    )
    second = centre.hear(
        an_application("B-1").received("2025-12-30 09:00").sync(),
        an_application("B-2").received("2026-01-06 09:00").sync(),
        an_application("B-3").received("2026-01-20 09:00").sync(),
        an_application("B-4").received("2026-01-21 09:00").sync(),
    )
    before, after = (
        centre.read(known, wanted=a_wanted(known, version, day, "day")) for version, known in ((1, first), (2, second))
    )
    restates = centre.restates(before, after)
    found = by_path(restates.differences)
    behind = {
        name: [case.case for case in found[f"kpi/{name}/area"].cases]
        for name in ("received_today", "received_month", "being_handled")
    }
    assert behind == {
        "received_today": ["B-3"],
        "received_month": ["B-2", "B-3"],
        "being_handled": ["B-1", "B-2", "B-3"],
    }
    assert cells(restates, "area")["6"] == {"B-1": 1}
    assert cells(restates, "area")["5"] == {"B-2": 1, "B-3": 1}
    check_sums(restates)


@pytest.mark.parametrize(("differing", "most"), [(0, 200), (1, 200), (200, 200), (400, 100), (4_000, 10), (40_000, 10)])
def test_the_more_figures_differ_the_fewer_cases_of_each_are_named(differing: int, most: int) -> None:
    assert most_named(differing) == most
