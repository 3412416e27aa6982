"""Form II.06a equals a count of the cases one by one, for any period, units, moment and knowledge, and adds up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stream.core.ledger import Measure
from stream.core.moment import Moment, datetime_of, day_number, moment_of, start_of
from stream.kpi.period import CALENDARS, Period, parse_period, period_of_days
from stream.report.asked import Asked
from stream.report.cases import read_cases
from stream.report.changes import read_restatement
from stream.report.columns import COLUMNS
from stream.report.errors import BrokenFormError, ReportError
from stream.report.ii06a import Form, Kind
from stream.report.reading import read_report
from stream.report.scope import Scope
from stream.store.reading import snapshot
from tests.building.moments import moment
from tests.ledgers import Posted, fill
from tests.report_lives import Life, Story, cells, stories, tell

# Both sides of the borders of periods: years, statutory years, quarters, months.
DAYS = [date(2024, 12, 14), date(2024, 12, 15), date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 14),
        date(2025, 6, 15), date(2025, 6, 30), date(2025, 7, 1), date(2025, 9, 14), date(2025, 10, 1)]  # fmt: skip
CLOCKS = [0, 1, 43_200, 86_399]
MOMENTS = [start_of(day_number(day)) + clock for day in DAYS for clock in CLOCKS]
UNITS = (3979, 3985, 4033)
NAMES = [f"{year}{part}" for year in (2024, 2025)
         for part in ("", "-H1", "-H2", "-9M", "-Q1", "-Q3", "-Q4", "-01", "-06", "-07", "-12")]  # fmt: skip
PERIODS = [parse_period(name, calendar) for name in NAMES for calendar in CALENDARS]
LATER = start_of(day_number(date(2026, 1, 10)))
SCOPES = [None, *(frozenset([unit]) for unit in UNITS), frozenset(UNITS[:2])]
SEARCH = settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes, with a database behind it
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def asked(
    period: Period, units: frozenset[int] | None = None, as_of: Moment = LATER, known: Moment | None = None
) -> Asked:
    scope = Scope(None, "", None if units is None else tuple(sorted(units)), period.first, period.last)
    return Asked.of(period, scope, datetime_of(as_of), None if known is None else datetime_of(known))


def form_of(connection: psycopg.Connection, question: Asked) -> Form:
    with snapshot(connection):
        return read_report(connection, question).form


def counted(told: Sequence[Story], units: frozenset[int] | None, question: Asked) -> dict[Kind, Counter[int]]:
    """The same form, case after case."""
    known = None if question.known_at is None else moment_of(question.known_at)
    rows: dict[Kind, Counter[int]] = {}
    for story in told:
        life = story.known(known)
        for column in cells(life, units, start_of(question.since), question.until):
            assert life is not None
            rows.setdefault(Kind(life.level, life.field + 1), Counter())[column] += 1
    return rows


def own(form: Form) -> dict[Kind, Counter[int]]:
    return {line.kind: Counter({c: line.cells[c] for c in COLUMNS if c not in {3, 7, 11}}) for line in form.lines}


def known() -> st.SearchStrategy[Moment | None]:
    return st.none() | st.sampled_from(MOMENTS)


def periods() -> st.SearchStrategy[Period]:
    days = st.lists(st.sampled_from(DAYS), min_size=2, max_size=2).map(sorted)
    return st.sampled_from(PERIODS) | days.map(lambda both: period_of_days(*both))


@SEARCH
@given(stories(MOMENTS, UNITS), st.lists(periods(), min_size=2, max_size=2), st.sampled_from(MOMENTS), known())
def test_the_form_is_a_count_of_the_cases_and_adds_up(
    connection: psycopg.Connection, told: list[Story], some: list[Period], as_of: Moment, knowledge: Moment | None
) -> None:
    tell(connection, told)
    for period in some:
        if as_of < start_of(day_number(period.first)):
            continue
        forms = []
        for units in SCOPES:
            question = asked(period, units, as_of, knowledge)
            form = form_of(connection, question)
            assert {kind: +row for kind, row in own(form).items()} == counted(told, units, question)
            for row in (*(line.cells for line in form.lines), *form.levels.values(), form.total):
                assert row[3] == row[4] + row[5] + row[6] == row[7] + row[11]
                assert row[7] == row[8] + row[9] + row[10]
                assert row[11] == row[12] + row[13]
                assert min(row.values()) >= 0
            forms.append(form)
        area, *of_units = forms[: 1 + len(UNITS)]
        for column in (3, *range(7, 14)):
            assert sum(form.total[column] for form in of_units) == area.total[column]


@SEARCH
@given(stories(MOMENTS, UNITS), periods(), st.sampled_from(SCOPES), known())
def test_the_cases_behind_a_cell_are_as_many_as_it_says(
    connection: psycopg.Connection, told: list[Story], period: Period, units: frozenset[int] | None, late: Moment | None
) -> None:
    tell(connection, told)
    question = asked(period, units, known=late)
    with snapshot(connection):
        form = read_report(connection, question).form
        lines = [(line.kind.level, line.field.code, line.cells) for line in form.lines[:2]]
        for level, field, row in [(None, None, form.total), *lines]:
            for column in COLUMNS:
                found = read_cases(connection, question, column, level, field).cases
                assert len({case.code for case in found}) == len(found) == row[column]


@SEARCH
@given(
    stories(MOMENTS, UNITS),
    periods(),
    st.sampled_from(SCOPES),
    st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2),
)
def test_what_cases_changed_adds_up_to_what_cells_changed(
    connection: psycopg.Connection, told: list[Story], period: Period, units: frozenset[int] | None, both: list[Moment]
) -> None:
    tell(connection, told)
    first, second = sorted(both)
    with snapshot(connection):
        restated = read_restatement(connection, asked(period, units), datetime_of(first), datetime_of(second))
    assert restated.then == form_of(connection, asked(period, units, known=first))
    assert restated.now == form_of(connection, asked(period, units, known=second))
    for change in restated.changes:
        assert change.now - change.then == sum(change.cases.values()) != 0
        assert change.cases.keys() <= restated.postings.keys()
    total = {change.cell.column for change in restated.changes if change.cell.level is None}
    assert total == {c for c in COLUMNS if restated.then.total[c] != restated.now.total[c]}


def test_a_case_that_was_taken_for_open_is_found_as_it_was_known_then(connection: psycopg.Connection) -> None:
    received, ended, told = (moment(f"2025-{day} 09:00") for day in ("06-02", "06-20", "07-15"))
    still = Life(((received, 3979),), None, Measure.SETTLED_LATE, moment("2025-06-05 17:00"), None, 0, 1, 3)
    tell(connection, [Story("H52-1", ((received, still), (told, still._replace(ended=ended))))])
    june = period_of_days(date(2025, 6, 1), date(2025, 6, 30))
    with snapshot(connection):
        for known, cells_of in ((told - 1, {5: 1, 13: 1}), (told, {5: 1, 10: 1})):
            found = {
                column: len(read_cases(connection, asked(june, None, known=known), column).cases)
                for column in range(4, 14)
            }
            assert {column: n for column, n in found.items() if n and column not in {7, 11}} == cells_of


def test_a_form_that_does_not_add_up_is_not_shown_and_names_its_cases(connection: psycopg.Connection) -> None:
    tell(connection, [])
    fill(connection, [Posted(Measure.SETTLED_LATE, 3979, moment("2025-06-15 08:00"), level=3)])
    connection.execute(
        "insert into cases (id, code, unit, field, channel, status, is_open, last_at, timeline)"
        " values (0, 'H52-1', 3979, 1, 1, 9, false, now(), '')"
    )
    with pytest.raises(
        BrokenFormError, match=r"Cấp xã, G09-LV01: column 3 is 0, but 7 \+ 11 is 1 \+ 0 \(cases H52-1\)"
    ):
        form_of(connection, asked(period_of_days(date(2025, 6, 1), date(2025, 6, 30))))


def test_a_report_of_a_period_to_come_is_refused() -> None:
    with pytest.raises(ReportError, match="begins on 2025-10-01"):
        asked(period_of_days(date(2025, 10, 1), date(2025, 12, 31)), as_of=moment("2025-09-30 12:00"))
