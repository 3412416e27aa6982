"""Events of cases for the tests of stories: records with all their dates, letters, forms, petitions, adopted rules."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.feedback import EVALUATED, PETITIONED, EvaluationRecorded, PetitionRecorded
from ingest.contracts.onestop import (
    APOLOGISED,
    PROGRESSED,
    RECORDED,
    ApologySent,
    ApplicationProgressed,
    ApplicationRecorded,
    Channel,
    Status,
    Supplement,
)
from ingest.contracts.registry import case_of, dataschema
from ingest.contracts.rules import CalendarAdopted, Decision, Level, Procedure, RegisterAdopted
from ingest.log.protocol import Entry
from ingest.rules.adoption import entries_for
from stream.core.public_holidays import office_calendar
from tests.building.moments import local

SOURCE = "onestop.moc-chau"
HOURS = ((27_000, 41_400), (48_600, 63_000))
WEEK = (*(HOURS for _ in range(5)), (), ())
PARTITIONS = 4


def recorded(code: str, status: Status, at: str, unit: str, **said: object) -> Entry:
    """A whole-state record; dates as people write them."""
    data = {name: local(value) if isinstance(value, str) else value for name, value in said.items()}
    channel = data.pop("channel", Channel.ONLINE)
    record = ApplicationRecorded(
        application=code, procedure="1.005129", field="G09-01", field_name="Hộ tịch", agency="H52.17.18", unit=unit,
        status=status, channel=channel, **data,  # type: ignore[arg-type] # dates by name, as the test says them
    )  # fmt: skip
    return _entry(f"{code}/{status}/{at}/{unit}/{len(said)}", RECORDED, local(at), record)


def moved_on(code: str, status: Status, at: str, unit: str) -> Entry:
    """A transition."""
    record = ApplicationProgressed(application=code, unit=unit, status=status, at=local(at))
    return _entry(f"{code}/progress/{status}/{at}", PROGRESSED, local(at), record)


def asked(requested: str, received: str | None = None, due_after: str | None = None) -> tuple[Supplement, ...]:
    """One request for further papers."""
    met, new = (None if text is None else local(text) for text in (received, due_after))
    return (Supplement(id="1", requested_at=local(requested), received_at=met, due_after=new),)


def letter(code: str, at: str, unit: str, number: str, new_date: str) -> Entry:
    """A letter of apology."""
    data = ApologySent(application=code, unit=unit, sent_at=local(at), number=number, new_date=local(new_date))
    return _entry(f"{code}/letter/{number}", APOLOGISED, local(at), data)


def form(name: str, at: str, unit: str, data: EvaluationRecorded | None = None) -> Entry:
    """A quality-evaluation form, good by default."""
    said = data or EvaluationRecorded(form=name, unit=unit, at=local(at), verdict=1)  # type: ignore[arg-type] # Verdict
    return _entry(f"form/{name}", EVALUATED, local(at), said)


def petition(name: str, at: str, unit: str, due: str, answered: str | None = None) -> Entry:
    """A petition."""
    data = PetitionRecorded(
        petition=name, unit=unit, received_at=local(at), due_at=local(due),
        answered_at=None if answered is None else local(answered), satisfied=None if answered is None else True,
    )  # fmt: skip
    return _entry(f"petition/{name}/{answered}", PETITIONED, local(answered or at), data)


def a_calendar(version: str, **off: Sequence[date]) -> Sequence[Entry]:
    """Office hours with the public holidays and these days off, each decision by its name, into every partition."""
    named = [Decision(name="Bộ luật Lao động", days_off=tuple(sorted(office_calendar().days_off)))]
    named += [Decision(name=name, days_off=tuple(days)) for name, days in off.items()]
    return entries_for(CalendarAdopted(version=version, week=WEEK, decisions=tuple(named)), PARTITIONS, _now())


def a_register(version: str, term: float | None) -> Sequence[Entry]:
    """A register of one procedure, into every partition."""
    procedure = Procedure(code="1.005129", name="Đăng ký khai sinh", field="G09-01", level=Level.COMMUNE, term=term)
    return entries_for(RegisterAdopted(version=version, procedures=(procedure,)), PARTITIONS, _now())


def _now() -> datetime:
    return local("2024-02-01 08:00")


def _entry(name: str, event_type: str, at: datetime, data: msgspec.Struct) -> Entry:
    assert isinstance(
        data, ApplicationRecorded | ApplicationProgressed | ApologySent | EvaluationRecorded | PetitionRecorded
    )
    subject = case_of(data)
    envelope = Envelope(
        id=name, source=SOURCE, type=event_type, subject=subject, time=at, dataschema=dataschema(event_type),
        data=wrap(data),
    )  # fmt: skip
    return Entry(subject, encode_envelope(envelope))
