"""Procedures are counted from the register in force and from what was received, as of and as known at any moment."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from stream.core.ledger import Measure, OfReceipt
from stream.core.moment import Moment, datetime_of, day_number, day_of, moment_of, start_of
from stream.kpi.catalogue import read_catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import asks_of
from stream.kpi.register import codes_of
from stream.kpi.terms import Count
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from stream.store.register import Use, read_register, read_used
from tests.ledgers import Posted, fill
from tests.test_kpi_reading import MOMENTS, UNITS

CODES = ("1.000001", "1.000002", "1.000003")
NOON = datetime(2026, 3, 17, 5, tzinfo=UTC)


def procedure(code: str, **says: object) -> Procedure:
    """A procedure of a commune, about which the register says little else."""
    what = {"code": code, "name": f"Thủ tục {code}", "field": "G09-LV01", "level": Level.COMMUNE, **says}
    return msgspec.convert(what, Procedure, strict=False)


REGISTER = (
    procedure(CODES[0], online="full", fee=8_000, fee_online=True, publish_by="2026-03-01", published_on="2026-03-01"),
    procedure(
        CODES[1], online="partial", fee=5_000, publish_by="2026-03-10", published_on="2026-03-12", complete=False
    ),
    procedure(CODES[2], level=Level.DISTRICT, population_database=True, publish_by="2026-04-01", complete=True),
)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        number_procedures(connection)
        yield connection


def number_procedures(connection: psycopg.Connection) -> None:
    for number, code in enumerate(CODES, 1):
        connection.execute("insert into procedure (id, code) overriding system value values (%s, %s)", [number, code])


def adopt(
    connection: psycopg.Connection, procedures: Sequence[Procedure], known_at: datetime, parts: Sequence[int] = (0, 1)
) -> None:
    """A register comes into force in each partition, a second later in the next."""
    content = msgspec.json.encode(RegisterAdopted(version=f"{known_at}", procedures=tuple(procedures)))
    row = connection.execute(
        "insert into rule (kind, version, digest, content) values ('procedures', %s, %s, %s) returning id",
        [f"{known_at}", f"{known_at} {len(content)}", content],
    ).fetchone()
    for part in parts:
        connection.execute(
            "insert into part_rule (part, pos, known_at, rule_id) values (%s, %s, %s + %s * interval '1 second', %s)",
            [part, moment_of(known_at), known_at, part, row and row[0]],
        )


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        ((), CODES),
        ((("online", "any"),), CODES[:2]),
        ((("online", "full"),), CODES[:1]),
        ((("online", "partial"),), CODES[1:2]),
        ((("fee", "yes"),), CODES[:2]),
        ((("fee", "yes"), ("fee_online", "yes")), CODES[:1]),
        ((("population", "yes"),), CODES[2:]),
        ((("published", "on_time"),), CODES[:1]),
        ((("published", "known"),), CODES[:2]),  # the third may still be published in time
        ((("updated", "known"),), ()),
        ((("complete", "known"),), CODES[1:]),
        ((("complete", "yes"),), CODES[2:]),
    ],
)
def test_a_condition_keeps_what_the_register_says(where: tuple[tuple[str, str], ...], codes: Sequence[str]) -> None:
    day = day_number(date(2026, 3, 17))
    assert codes_of(REGISTER, Count("procedures", where), day) == set(codes)


def test_what_is_not_published_when_its_day_is_over_was_not_published_on_time() -> None:
    later = day_number(date(2026, 4, 2))
    assert len(codes_of(REGISTER, Count("procedures", (("published", "known"),)), later)) == 3
    assert len(codes_of(REGISTER, Count("procedures", (("published", "on_time"),)), later)) == 1
    earlier = day_number(date(2026, 3, 11))  # the second one is late, and nobody knows yet of the day after
    assert len(codes_of(REGISTER, Count("procedures", (("published", "known"),)), earlier)) == 2


def test_a_level_and_a_field_are_kept_too() -> None:
    assert codes_of(REGISTER, Count("procedures", level=2), 0) == {CODES[2]}
    assert codes_of(REGISTER, Count("procedures", field="G09-LV02"), 0) == set()


@st.composite
def receipts(draw: st.DrawFn) -> list[Posted]:
    """Received applications, some of which were taken back later; no other measure bears a procedure."""
    gained = st.builds(
        Posted,
        measure=st.just(Measure.RECEIVED),
        unit=st.sampled_from(UNITS),
        at=st.sampled_from(MOMENTS),
        known=st.sampled_from(MOMENTS),
        n=st.just(1),
        field=st.just(0),
        channel=st.integers(1, 2),
        level=st.just(0),
        traits=st.integers(0, 3),
        procedure=st.integers(0, 3),
        case=st.none(),
    )
    rows = draw(st.lists(gained, min_size=4, max_size=20))
    lost = draw(st.lists(st.sampled_from(rows), max_size=10, unique_by=id))
    return rows + [row._replace(n=-1, known=max(row.known, draw(st.sampled_from(MOMENTS)))) for row in lost]


def naive_used(posted: Sequence[Posted], use: Use, known: Moment | None) -> dict[int, frozenset[str]]:
    """The codes by unit, one posting after the other."""
    sums: Counter[tuple[int, int]] = Counter()
    for row in posted:
        is_asked = start_of(use.since) <= row.at < use.until and row.procedure
        if is_asked and use.channel in {None, row.channel} and row.traits & use.traits == use.traits:
            sums[row.unit, row.procedure] += row.n if known is None or row.known <= known else 0
    used: dict[int, frozenset[str]] = {}
    for (unit, number), n in sums.items():
        if n > 0:
            used[unit] = used.get(unit, frozenset()) | {CODES[number - 1]}
    return used


@settings(
    deadline=None,
    max_examples=50,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    receipts(),
    st.lists(
        st.builds(
            Use,
            st.sampled_from([None, 1, 2]),
            st.sampled_from([0, 1, 3]),
            st.sampled_from(MOMENTS).map(day_of),
            st.sampled_from(MOMENTS).map(lambda moment: moment + 1),
        ),
        min_size=1,
        max_size=4,
    ),
    st.none() | st.sampled_from(MOMENTS),
)
def test_used_procedures_are_those_of_a_plain_look_at_every_receipt(
    connection: psycopg.Connection, posted: list[Posted], uses: list[Use], known: Moment | None
) -> None:
    fill(connection, posted)
    found = read_used(connection, uses, UNITS, None if known is None else datetime_of(known))
    assert found == [naive_used(posted, use, known) for use in uses]


def received(procedure: int, unit: int = 3980, when: datetime = NOON, **more: int) -> Posted:
    return Posted(Measure.RECEIVED, unit, moment_of(when), moment_of(when), procedure=procedure, **more)


def test_a_procedure_that_two_units_used_counts_once_in_the_area(connection: psycopg.Connection) -> None:
    adopt(connection, REGISTER[:2], NOON)
    fill(connection, [received(1), received(1, 3979), received(2, 3979), received(3, 3979)])
    [kpi] = read_catalogue({"t.toml": SHARE})
    with snapshot(connection):
        [readings] = read_sums(connection, [Question(Windows.at(NOON), asks_of([kpi]))])
    area, one, other = evaluate([kpi], readings, [None, "03979", "03980"])
    assert (area.numerator, area.denominator, area.value) == (2, 2, 1.0)  # the third is not in the register
    assert (one.numerator, other.numerator, other.value) == (2, 1, 0.5)


def test_traits_and_channels_of_the_receipt_decide_what_a_use_is(connection: psycopg.Connection) -> None:
    adopt(connection, REGISTER, NOON)
    fill(connection, [received(1, channel=2, traits=OfReceipt.PAID_ONLINE), received(2, channel=2), received(2)])
    paid = SHARE.replace("procedures_used", "procedures_used[channel='online', trait='paid_online']")
    [kpi] = read_catalogue({"t.toml": paid})
    with snapshot(connection):
        [readings] = read_sums(connection, [Question(Windows.at(NOON), asks_of([kpi]))])
    assert evaluate([kpi], readings)[0].numerator == 1


def test_the_register_is_the_one_that_was_in_force_as_known_then(connection: psycopg.Connection) -> None:
    assert read_register(connection) is None
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    adopt(connection, REGISTER[:1], early)
    adopt(connection, REGISTER, late, parts=[1])
    assert read_register(connection) == REGISTER
    assert read_register(connection, datetime(2026, 1, 31, tzinfo=UTC)) == REGISTER[:1]
    assert read_register(connection, datetime(2025, 12, 31, tzinfo=UTC)) is None


def test_without_a_register_nothing_of_it_is_known(connection: psycopg.Connection) -> None:
    fill(connection, [received(1)])
    [kpi] = read_catalogue({"t.toml": SHARE})
    with snapshot(connection):
        [readings] = read_sums(connection, [Question(Windows.at(NOON), asks_of([kpi]))])
    assert set(evaluate([kpi], readings)[0].inputs.values()) == {None}


SHARE = """
[share]
title = { vi = "Một", en = "One" }
short = { vi = "Một", en = "One" }
basis = { text = "Quyết định 766/QĐ-TTg", certainty = "B" }
source = "DongBoHoSoMC"
unit = "percent"
formula = "procedures_used / procedures"
window = "month"
direction = "higher_is_better"
no_denominator = { vi = "Chưa có", en = "None" }
"""
