"""Events of the log, as a source would have sent them."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.heartbeat import HEARTBEAT, SourceHeartbeat
from ingest.contracts.onestop import PROGRESSED, RECORDED, ApplicationProgressed, ApplicationRecorded, Channel, Status
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry
from tests.building.moments import local

SOURCE = "onestop.moc-chau"


@dataclass(frozen=True)
class AnApplication:
    """`an_application("A-1").received("2026-02-13 09:00", due="2026-02-20 17:00").sync()`."""

    code: str
    state: ApplicationRecorded
    at: datetime = field(default_factory=lambda: local("2026-01-05 08:00"))

    def received(self, when: str, due: str | None = None) -> "AnApplication":
        return self._with(Status.RECEIVED, when, received_at=local(when), due_at=None if due is None else local(due))

    def in_progress(self, when: str) -> "AnApplication":
        return self._with(Status.IN_PROGRESS, when)

    def awaiting_papers(self, when: str) -> "AnApplication":
        return self._with(Status.SUPPLEMENT_AWAITED, when)

    def settled(self, when: str) -> "AnApplication":
        return self._with(Status.SETTLED, when, ended_at=local(when))

    def returned(self, when: str) -> "AnApplication":
        return self._with(Status.RETURNED, when, returned_at=local(when))

    def withdrawn(self, when: str) -> "AnApplication":
        return self._with(Status.WITHDRAWN, when, ended_at=local(when))

    def online(self) -> "AnApplication":
        return replace(self, state=_changed(self.state, channel=Channel.ONLINE))

    def at_unit(self, unit: str) -> "AnApplication":
        return replace(self, state=_changed(self.state, unit=unit))

    def sync(self) -> Entry:
        """The whole state as the event that lies in the log."""
        name = f"{self.code}/{self.state.status}/{self.at.isoformat()}/{self.state.unit}"
        return _entry(name, RECORDED, self.code, self.at, wrap(self.state))

    def _with(self, status: Status, when: str, **moments: datetime | None) -> "AnApplication":
        return replace(self, at=local(when), state=_changed(self.state, status=status, **moments))


def an_application(code: str = "H52.17.18-260105-0001") -> AnApplication:
    """An application that has only been filed."""
    return AnApplication(
        code,
        ApplicationRecorded(
            application=code, procedure="1.005129", field="G09-01", field_name="Hộ tịch", agency="H52.17.18",
            unit="03980", status=Status.NEW,
        ),
    )  # fmt: skip


def progress(code: str, status: Status, when: str, unit: str = "03980") -> Entry:
    """A transition."""
    data = ApplicationProgressed(application=code, unit=unit, status=status, at=local(when))
    return _entry(f"{code}/progress/{status}/{when}", PROGRESSED, code, local(when), wrap(data))


def heartbeat(when: str, source: str = SOURCE) -> Entry:
    """A sign of life."""
    data = SourceHeartbeat(source=source, at=local(when), complete_until=local(when))
    return _entry(f"beat/{when}", HEARTBEAT, source, local(when), wrap(data))


def _entry(name: str, event_type: str, subject: str, at: datetime, data: msgspec.Raw) -> Entry:
    envelope = Envelope(
        id=name, source=SOURCE, type=event_type, subject=subject, time=at, dataschema=dataschema(event_type), data=data
    )
    return Entry(subject, encode_envelope(envelope))


def _changed(state: ApplicationRecorded, **changes: object) -> ApplicationRecorded:
    kept = {name: getattr(state, name) for name in state.__struct_fields__}
    return ApplicationRecorded(**{**kept, **changes})
