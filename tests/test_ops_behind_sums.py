"""The drill-down of every figure that has cases adds up to it: area and unit, live and as known, page by page."""

from collections.abc import Iterator
from random import Random
from typing import Any, get_args
from uuid import uuid4

import psycopg
import pytest

from dashboard.figure.asked import Asked, NotUnderstoodError
from dashboard.figure.behind import made_of
from dashboard.ops.behind_read import Turned, read_leaf, turned
from dashboard.ops.behind_scope import seen_of
from ioc.services.postgres import EmbeddedPostgres
from stream.core.ledger import Measure
from stream.core.moment import moment_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Kpi
from stream.kpi.expression import measures_of
from stream.store.behind import InScope, Part
from tests.building.moments import local
from tests.building.visitors import person
from tests.ledgers import Posted, fill

CATALOGUE = load_catalogue()
OF_CASES = [kpi for kpi in CATALOGUE if made_of(kpi) == "cases"]
UNITS = (3979, 3980, 4033)
NOON, KNOWN = local("2026-03-03 12:00"), local("2026-03-02 09:00")


@pytest.fixture(scope="module")
def ledger(postgres: EmbeddedPostgres, migrated: str) -> Iterator[psycopg.Connection]:
    """Every measure of every such figure, of many cases, units, fields, channels and levels, some learnt late."""
    name = f"b{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    options = "-c search_path=stream,public"
    with psycopg.connect(postgres.url(name), autocommit=True, options=options) as connection:
        fill(connection, list(_postings()))
        yield connection


def _postings() -> Iterator[Posted]:
    random = Random(6)
    measures = sorted({measure for kpi in OF_CASES for measure in measures_of(kpi.expression)})
    first, last = moment_of(local("2026-02-25 08:00")), moment_of(NOON)
    for measure in measures:
        for _ in range(60 if measure == Measure.RECEIVED else 14):
            at = random.randrange(first, last)
            yield Posted(
                measure, random.choice(UNITS), at, at + random.choice([0, 0, 200_000]), random.choice([1, 1, 1, -1]),
                field=random.randrange(2), channel=random.randrange(4), case=random.randrange(60),
                level=random.randrange(4), traits=random.choice([0, 0, 1, 3, 7]),
            )  # fmt: skip


def leaf(connection: psycopg.Connection, asked: Asked, turn: Turned, *units: str) -> dict[str, Any]:
    return dict(read_leaf(connection, asked, NOON, turn, seen_of(person("operator", *units).scope)))


def pages(connection: psycopg.Connection, asked: Asked, part: Part, count: int, *units: str) -> list[dict[str, Any]]:
    """All pages of a part, one behind the other."""
    found = [leaf(connection, asked, Turned(part, most=count), *units)]
    while found[-1]["next"] is not None:
        found.append(leaf(connection, asked, turned(part, found[-1]["next"], count), *units))
    return found


@pytest.mark.parametrize("kpi", OF_CASES, ids=lambda kpi: kpi.id)
def test_all_pages_of_every_figure_add_up_to_it(ledger: psycopg.Connection, kpi: Kpi) -> None:
    for unit in (None, "03980"):
        for known in (None, KNOWN):
            asked = Asked(kpi, unit, known_at=known)
            [whole] = pages(ledger, asked, "all", 500)
            assert whole["holds"], (unit, known)
            short = pages(ledger, asked, "all", 9)
            listed = [case for page in short for case in page["cases"]]
            assert listed == whole["cases"]
            assert sum(case["upper"] for case in listed) == whole["upper"] == (whole["figure"]["upper"] or 0)
            if whole["lower"] is not None:
                assert sum(case["lower"] for case in listed) == whole["lower"] == (whole["figure"]["lower"] or 0)


def test_figures_are_told_of_every_kind_of_case(ledger: psycopg.Connection) -> None:
    numbers = {kpi.id: leaf(ledger, Asked(kpi), Turned())["number"] for kpi in OF_CASES}
    assert len(OF_CASES) > 40
    assert sum(number > 0 for number in numbers.values()) > 0.9 * len(OF_CASES), numbers


@pytest.mark.parametrize("part", get_args(Part))
def test_each_part_of_a_fraction_comes_to_its_own_part(ledger: psycopg.Connection, part: Part) -> None:
    counted = 0
    for kpi in OF_CASES:
        [page] = pages(ledger, Asked(kpi), part, 500)
        if page["lower"] is None:
            continue
        counted += page["number"]
        assert page["holds"], kpi.id
        shares = [(case["upper"], case["lower"]) for case in page["cases"]]
        assert len(shares) == page["number"]
        assert all(
            {"all": upper or lower, "upper": upper, "lower": lower, "missing": upper != lower}[part]
            for upper, lower in shares
        )
    assert counted > 50


def test_a_person_of_some_units_is_listed_their_cases_and_told_how_many_there_are_besides(
    ledger: psycopg.Connection,
) -> None:
    asked = Asked(CATALOGUE["received_month"])
    [whole], own = pages(ledger, asked, "all", 500), pages(ledger, asked, "all", 2, "03980")
    listed = [case for page in own for case in page["cases"]]
    assert listed == [case for case in whole["cases"] if case["unit"] == "03980"]
    assert 0 < len(listed) < whole["number"]
    for page in own:
        assert (page["number"], page["upper"], page["holds"]) == (whole["number"], whole["upper"], True)
        assert (page["seen"]["number"], page["seen"]["upper"]) == (len(listed), sum(case["upper"] for case in listed))


def test_who_sees_none_of_the_cases_is_told_the_sum_all_the_same(ledger: psycopg.Connection) -> None:
    found = leaf(ledger, Asked(CATALOGUE["received_month"], "03980"), Turned(), "03979")
    assert found["cases"] == []
    assert found["number"] > 0
    assert found["holds"]
    assert found["seen"]["number"] == 0
    assert found["next"] is None


def test_a_unit_of_a_scope_is_one_for_its_own_time() -> None:
    today = seen_of(person("operator", "03980").scope)
    assert today is not None
    [now] = [each for each in today if each.since >= local("2025-07-01 00:00")]
    assert now == InScope(3980, local("2025-07-01 00:00"), now.until)
    before = {each.unit for each in today if each.until <= local("2025-02-01 00:00")}
    assert before
    assert before != {3980}, "what the unit of today was made of"
    assert seen_of(person("operator").scope) is None


@pytest.mark.parametrize(
    "asked", [("some", None, None), (None, "1_2_3", None), (None, "a_b_c_d", None), (None, "0_0_99999_0", None),
              (None, None, 0), (None, None, 501)],
)  # fmt: skip
def test_a_page_that_nobody_can_mean_is_refused(asked: tuple[str | None, str | None, int | None]) -> None:
    with pytest.raises(NotUnderstoodError):
        turned(*asked)
