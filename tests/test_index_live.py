"""The index from events to points: what sources send is applied by a real worker, and judged."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.feedback import EVALUATED, PETITIONED, EvaluationRecorded, PetitionRecorded, Verdict
from ingest.contracts.onestop import OnlinePayment, Papers, Status, Supplement
from ingest.contracts.registry import case_of, dataschema
from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ingest.rules.adoption import entries_for
from stream.index.read import read_index
from stream.kpi.period import parse_period
from stream.store.reading import snapshot
from tests.building.applying import apply_all
from tests.building.events import SOURCE, AnApplication, an_application
from tests.building.moments import local

JANUARY = parse_period("2026-01", "index").windows(datetime(2026, 3, 1, tzinfo=UTC))
COPIES, OTHER = "1.000001", "1.005129"
REGISTER = RegisterAdopted(
    version="1",
    procedures=(
        Procedure(code=COPIES, name="Chứng thực", field="G09-01", level=Level.COMMUNE, online="full", fee=2000,
                  fee_online=True, certifies_copies=True, population_database=True),
        Procedure(code=OTHER, name="Đăng ký", field="G09-01", level=Level.COMMUNE, complete=True),
    ),
)  # fmt: skip


def told(application: AnApplication, **state: object) -> AnApplication:
    """The application with more in its record."""
    kept = {name: getattr(application.state, name) for name in application.state.__struct_fields__}
    return replace(application, state=type(application.state)(**{**kept, **state}))


def feedback(event_type: str, data: EvaluationRecorded | PetitionRecorded, at: str) -> Entry:
    subject = case_of(data)
    envelope = Envelope(
        id=f"{subject}/{at}", source=SOURCE, type=event_type, subject=subject, time=local(at),
        dataschema=dataschema(event_type), data=wrap(data),
    )  # fmt: skip
    return Entry(subject, encode_envelope(envelope))


def evaluation(form: str, at: str, *, complaint: bool) -> Entry:
    data = EvaluationRecorded(form=form, unit="03980", at=local(at), verdict=Verdict.GOOD, complaint=complaint)
    return feedback(EVALUATED, data, at)


def petition(name: str, at: str, **more: Any) -> Entry:
    return feedback(PETITIONED, PetitionRecorded(petition=name, unit="03980", received_at=local(at), **more), at)


def asked(number: int, requested: str, received: str | None = None) -> Supplement:
    return Supplement(
        id=str(number), requested_at=local(requested), received_at=None if received is None else local(received)
    )


def waiting(application: AnApplication, since: str, *requests: Supplement) -> AnApplication:
    asked_for = told(application, status=Status.SUPPLEMENT_AWAITED, supplements=requests)
    return replace(asked_for, at=local(since))


@pytest.fixture
def judged(log: PostgresLog, database: str, stream: psycopg.Connection) -> dict[str, float | None]:
    paid = told(
        an_application("A-1").online(), procedure=COPIES, fee=2000, online_payment=OnlinePayment.NATIONAL_PORTAL,
        digitised=True, papers=Papers(submitted=2, reused=1), population_database=True,
    )  # fmt: skip
    received = paid.received("2026-01-05 09:00", due="2026-01-09 17:00")
    late = an_application("A-2").received("2026-01-05 10:00", due="2026-01-07 17:00")
    twice = an_application("A-3").received("2026-01-06 09:00", due="2026-01-30 17:00")
    once = an_application("A-4").received("2026-01-06 09:00", due="2026-01-12 17:00")
    log.append(
        [
            *entries_for(REGISTER, log.partitions, local("2026-01-02 08:00")),
            received.sync(),
            told(received.settled("2026-01-05 15:00"), electronic_results=1, stored_results=1).sync(),
            late.sync(),
            late.settled("2026-01-12 15:00").sync(),
            waiting(twice, "2026-01-12 09:00", asked(1, "2026-01-08 09:00", "2026-01-09 09:00"),
                    asked(2, "2026-01-12 09:00")).sync(),
            waiting(once, "2026-01-08 09:00", asked(1, "2026-01-08 09:00")).sync(),
            evaluation("F-1", "2026-01-06 08:00", complaint=True),
            evaluation("F-2", "2026-01-06 09:00", complaint=False),
            petition("P-1", "2026-01-05 08:00", due_at=local("2026-01-10 17:00"),
                     answered_at=local("2026-01-08 08:00"), satisfied=True),
            petition("P-2", "2026-01-05 08:00", due_at=local("2026-01-07 17:00")),
        ]
    )  # fmt: skip
    apply_all(log, database)
    with snapshot(stream):
        [score] = read_index(stream, JANUARY, ["03980"]).units
    return {each.component.id: each.points for group in score.groups for each in group.components}


def test_what_sources_send_becomes_points(judged: dict[str, float | None]) -> None:
    assert judged == {
        "published": None,
        "updated": None,
        "complete": 2,
        "synchronised": 6,
        # Of four, one ended late and one was asked for papers twice; who waits for the first papers is not late,
        # though the due date is over.
        "on_time": pytest.approx(20 * 2 / 4),
        "offered": pytest.approx(2 * 0.5 / 0.8),
        "used": 4,
        "filed": pytest.approx(6 * 0.25 / 0.5),
        "paid": 6,
        "paying_procedures": 2,
        "payable_procedures": 2,
        "petitions": pytest.approx(6 * 1 / 2),
        "answers": 6,
        "reception": pytest.approx(6 * (1 / 4) / 0.9),
        "electronic": pytest.approx(6 * 1 / 2),
        "digitised": pytest.approx(4 * 1 / 4),
        "reused": pytest.approx(2 * 0.25 / 0.8),
        "stored": pytest.approx(4 * 1 / 2),
        "population": pytest.approx(2 * 1 / 4),
        "population_procedures": pytest.approx(2 * 1 / 2),
        "copies": 2,
    }
