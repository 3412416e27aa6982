"""Figures of documents and certificates: what a formula may ask of them, and what comes out of real events."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from ingest.contracts.documents import DocumentStatus
from ingest.contracts.rules import Level
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.commands.kpi import kpi
from stream.apply.lives import LIVES
from stream.core.ledger import Entry as LedgerEntry
from stream.first_rules import first_rules
from stream.kpi.formula import FormulaError, compile_formula
from stream.kpi.narrowing import Filters, NarrowingError, narrowed
from tests.building.applying import apply_all
from tests.building.documents import a_certificate, incoming, outgoing
from tests.building.events import an_application
from tests.case_lives import a_calendar

RECEIVED, DONE = DocumentStatus.RECEIVED, DocumentStatus.DONE


@pytest.mark.parametrize(
    "formula",
    [
        "document_out[level='district', trait='open+signed']",
        "documents_overdue[level='commune', at='start']",
        "certificates[kind='organ']",
        "certificates_expiring[kind='person', level='commune']",
    ],
)
def test_what_a_formula_asks_of_documents_is_written_as_it_was_read(formula: str) -> None:
    assert str(compile_formula(formula)) == formula


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("document_out[channel='online']", "document_out has no channel: what it counts differs by level"),
        ("documents_open[field='DD']", "documents_open has no field: what it counts differs by level"),
        ("document_out[kind='organ']", "document_out is not of certificates: it has no kind"),
        ("received[kind='organ']", "received is not of certificates: it has no kind"),
        ("certificates[channel='online']", "certificates has no channel: what it counts differs by kind and level"),
        ("certificates[kind='ward']", "unknown kind 'ward'; there are organ, person"),
        ("certificates[kind='organ', kind='person']", "kind is given twice"),
        ("document_due[trait='signed']", "document_due has no trait 'signed'; there are on_time"),
        ("documents_open[trait='open']", "documents_open has no traits"),
    ],
)
def test_a_filter_that_does_not_fit_is_refused_by_name(formula: str, why: str) -> None:
    with pytest.raises(FormulaError, match=why):
        compile_formula(formula)


def test_a_figure_of_documents_can_be_narrowed_to_a_level_and_to_no_channel() -> None:
    share = compile_formula("document_out[trait='signed'] / document_out")
    assert narrowed(share, Filters(level=2)) == compile_formula(
        "document_out[level='district', trait='signed'] / document_out[level='district']"
    )
    with pytest.raises(NarrowingError, match="nothing in this figure has a channel"):
        narrowed(compile_formula("certificates"), Filters(channel=1))


@pytest.fixture
def told(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A month of a commune and of the district's office, through log, worker and database."""
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    log.append(_month())
    apply_all(log, database)


def _month() -> Sequence[Entry]:
    commune = [
        outgoing("1/UBND").sent("2026-01-05 09:00", signature="valid"),
        outgoing("2/UBND").sent("2026-01-06 09:00", signature="valid"),
        outgoing("3/UBND").sent("2026-01-07 09:00", signature="present"),
        outgoing("4/UBND").sent("2026-01-08 09:00", electronic=False),
        outgoing("5/UBND").sent("2026-01-08 10:00", secret=True),
        outgoing("6/UBND").sent("2026-01-09 09:00", signature="valid").sent("2026-01-12 09:00", act="recall"),
    ]
    district = [outgoing("1/PNV", level=Level.DISTRICT).sent("2026-01-05 09:00", signature="valid")]
    came = incoming("11/TB").sent("2026-01-05 08:00", due="2026-01-09 17:00")
    into = [
        came.told(RECEIVED, "2026-01-05 08:30").told(DONE, "2026-01-09 16:00"),
        incoming("12/TB").sent("2026-01-05 08:00", due="2026-01-09 17:00").told(RECEIVED, "2026-01-06 09:30")
        .told(DONE, "2026-01-12 08:00"),
        incoming("13/TB").sent("2026-01-05 08:00", due="2026-01-09 17:00"),
        incoming("14/TB").sent("2026-01-05 08:00").told(DocumentStatus.REFUSED, "2026-01-05 09:00"),
        incoming("15/TB").sent("2026-01-05 08:00", due="2026-02-03 17:00", electronic=False),
    ]  # fmt: skip
    certificates = [
        a_certificate("organ-1", "organ", ("2025-01-10 00:00", "2026-01-10 00:00")),
        a_certificate("organ-2", "organ", ("2026-01-01 00:00", "2028-01-01 00:00")),
        a_certificate("person-1", "person", ("2025-02-01 00:00", "2026-02-01 00:00")),
        a_certificate("person-2", "person", ("2025-03-01 00:00", "2028-02-01 00:00"), revoked="2026-01-15 09:00"),
    ]
    return [*(event for each in [*commune, *district, *into] for event in each.events), *certificates]


def value(name: str, *arguments: str, until: str = "2026-01-31") -> tuple[Any, Any, Any]:
    """A figure of January, and what was divided by what."""
    found = shown(name, "--from", "2026-01-01", "--to", until, *arguments)
    return found["value"], found["numerator"], found["denominator"]


def shown(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(kpi, ["show", *arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    return document


@pytest.mark.usefixtures("told")
def test_outgoing_documents_are_signed_by_level_and_secret_ones_are_out() -> None:
    assert value("documents_out")[0] == 7
    assert value("signed_out_rate") == (pytest.approx(4 / 6), 4, 6)
    assert value("signed_out_rate_commune") == (pytest.approx(3 / 5), 3, 5)
    assert value("signed_out_rate", "--level", "commune") == value("signed_out_rate_commune")
    assert value("signed_out_rate_district") == (1.0, 1, 1)
    assert value("signature_out_rate") == (pytest.approx(5 / 6), 5, 6)
    assert value("electronic_out_rate") == (pytest.approx(5 / 6), 5, 6)
    assert value("documents_recalled")[0] == 1
    assert value("signed_out_rate", until="2026-01-02")[0] is None


@pytest.mark.usefixtures("told")
def test_incoming_documents_are_done_on_time_or_not_and_those_due_later_do_not_count_yet() -> None:
    assert value("incoming_on_time_rate") == (pytest.approx(1 / 3), 1, 3)
    assert value("incoming_on_time_rate", until="2026-01-08") == (None, 0, 0)
    assert value("documents_in")[0] == 5
    assert value("electronic_in_rate") == (pytest.approx(4 / 5), 4, 5)
    assert value("documents_done")[0] == 2
    assert value("documents_closed")[0] == 1
    assert [shown("documents_overdue", "--as-of", at)["value"] for at in (
        "2026-01-09T23:59", "2026-01-10T00:00", "2026-01-12T08:00", "2026-02-03T23:59", "2026-02-04T00:00",
    )] == [0, 2, 1, 1, 2]  # fmt: skip
    assert shown("documents_open", "--as-of", "2026-01-10T00:00")["value"] == 3


@pytest.mark.usefixtures("told")
def test_acknowledgement_takes_working_minutes() -> None:
    assert value("acknowledgement_latency") == (pytest.approx((30 + 570) / 2), 600, 2)  # 8 hours and 90 minutes
    assert value("acknowledged_within_a_day_rate") == (0.5, 1, 2)
    result = CliRunner().invoke(kpi, ["show", "acknowledgement_latency", "--from", "2026-01-01", "--to", "2026-01-31"])
    assert "300 min" in result.output


@pytest.mark.usefixtures("told")
def test_certificates_stand_by_kind_and_say_which_of_them_expire() -> None:
    def at(name: str, when: str) -> list[int]:
        return [shown(f"{name}{kind}", "--as-of", when)["value"] for kind in ("", "_organ", "_person")]

    assert at("certificates", "2026-01-09T12:00") == [4, 2, 2]
    assert at("certificates_expiring", "2026-01-09T12:00") == [2, 1, 1]
    assert at("certificates", "2026-01-20T12:00") == [2, 1, 1]
    assert at("certificates_expiring", "2026-01-20T12:00") == [1, 0, 1]
    assert at("certificates", "2026-02-02T12:00") == [1, 1, 0]


@pytest.mark.usefixtures("told")
def test_what_nobody_told_of_is_no_data_and_not_zero(log: PostgresLog, database: str) -> None:
    assert shown("received_month")["value"] is None
    assert shown("meetings_now")["value"] is None
    assert shown("documents_open", "--as-of", "2025-12-31T08:00")["value"] is None
    assert shown("certificates", "--as-of", "2025-12-31T08:00")["value"] == 3
    log.append([an_application().received("2026-01-05 09:00").sync()])
    apply_all(log, database)
    assert value("received_month")[0] == 1
    assert value("received_month", "--unit", "03980")[0] == 1
    assert shown("received_month", "--as-of", "2025-12-31T08:00", "--unit", "03980")["value"] is None
    assert shown("received_month", "--as-of", "2025-12-31T08:00", "--units", "today")["value"] is None


def test_any_order_and_any_duplicates_leave_the_same_sums(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    month = list(_month())
    log.append([*reversed(month), *month[::3]])
    apply_all(log, database, batch=7)
    shuffled = stream.execute(_SUMS).fetchall()
    assert _posted_and_made(stream) == []
    stream.execute("truncate event, cases, ledger, rollup_day, rollup_month, rollup_unit_day, rollup_unit_month")
    stream.execute("truncate ingest.entry; delete from part_offset; update ingest.head set next_pos = 0")
    log.append(month)
    apply_all(log, database)
    assert shuffled == stream.execute(_SUMS).fetchall()
    assert len(shuffled) > 30


def _posted_and_made(stream: psycopg.Connection) -> list[str]:
    """Cases whose postings do not add up to what their records make of them."""
    differ = []
    for number, code, kind, packed in stream.execute("select id, code, kind, timeline from cases").fetchall():
        life, rules = LIVES[kind], first_rules()
        made = life.entries(life.fold(life.unpack(packed), rules), rules)
        posted = stream.execute(_POSTED, [number]).fetchall()
        if {LedgerEntry(*row) for row in posted} != made:
            differ.append(code)
    return differ


def test_a_new_calendar_measures_the_open_documents_anew_and_leaves_the_ended_ones(
    log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    open_one = incoming("1/TB").sent("2026-01-05 09:00").told(RECEIVED, "2026-01-07 10:00")
    ended = incoming("2/TB").sent("2026-01-05 09:00").told(RECEIVED, "2026-01-07 10:00").told(DONE, "2026-01-07 11:00")
    log.append([*open_one.events, *ended.events])
    apply_all(log, database)
    assert value("acknowledgement_latency")[1:] == (2 * 1020, 2)
    log.append(list(a_calendar("lich-2026-2", **{"Quyết định 1/QĐ-UBND": [date(2026, 1, 6)]})))
    apply_all(log, database)
    assert value("acknowledgement_latency")[1:] == (1020 + 540, 2)
    prompt = incoming("3/TB").sent("2026-01-08 09:00").told(RECEIVED, "2026-01-09 09:00")
    log.append(prompt.events)
    apply_all(log, database)
    assert value("acknowledged_within_a_day_rate")[1:] == (1, 3)


_POSTED = """
select measure, extract(epoch from at)::bigint, unit, field, channel, level, traits, procedure, sum(n)::integer
from ledger where case_id = %s group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0
"""
_SUMS = """
select measure, unit, day, level, channel, traits, n from rollup_day where n <> 0
order by measure, unit, day, level, channel, traits
"""
