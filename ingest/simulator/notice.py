"""What a shop tells besides its sync records: an event of its own (CloudEvents), with the moment of its sending."""

from datetime import datetime
from typing import Final, NamedTuple

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.feedback import EVALUATED, PETITIONED, EvaluationRecorded, PetitionRecorded
from ingest.contracts.onestop import APOLOGISED, PROGRESSED, ApologySent, ApplicationProgressed
from ingest.contracts.registry import case_of, dataschema

Told = ApplicationProgressed | ApologySent | EvaluationRecorded | PetitionRecorded

_TYPES: Final[dict[type[Told], str]] = {
    ApplicationProgressed: PROGRESSED,
    ApologySent: APOLOGISED,
    EvaluationRecorded: EVALUATED,
    PetitionRecorded: PETITIONED,
}


class Notice(NamedTuple):
    """An event that happened at `happened` and leaves the shop at `at`.

    `number` tells it from the other events about the same case: sent twice, it is the same event.
    """

    at: datetime
    happened: datetime
    number: int
    told: Told

    @property
    def id(self) -> str:
        """The event's id: the same for the same case and number."""
        kind = _TYPES[type(self.told)].rsplit(".", 2)[-2]
        return f"{kind}-{case_of(self.told)}-{self.number}"

    def event(self, source: str) -> bytes:
        """The bytes of the event as `source` sends it."""
        kind = _TYPES[type(self.told)]
        return encode_envelope(
            Envelope(
                id=self.id,
                source=source,
                type=kind,
                subject=case_of(self.told),
                time=self.happened,
                dataschema=dataschema(kind),
                data=wrap(self.told),
            )
        )
