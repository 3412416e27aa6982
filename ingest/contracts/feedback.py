"""What citizens say of a one-stop shop: quality-evaluation forms and petitions. No word of theirs is kept."""

from enum import IntEnum

import msgspec

from ingest.contracts.envelope import Aware, Name, UnitCode

EVALUATED = "vn.ioc.onestop.evaluation.recorded"
PETITIONED = "vn.ioc.onestop.petition.recorded"


class Verdict(IntEnum):
    """What a form says of the service."""

    GOOD = 1  # tốt, hài lòng
    ACCEPTABLE = 2  # bình thường
    POOR = 3  # chưa tốt, không hài lòng


class EvaluationRecorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One quality-evaluation form (phiếu đánh giá). Its case, and the event's subject, is `evaluation/` + form."""

    form: Name
    unit: UnitCode
    at: Aware
    verdict: Verdict
    complaint: bool = False
    application: Name | None = None  # MaHoSo, where the form names one


class PetitionRecorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole state of a petition (phản ánh, kiến nghị), sent again at each change.

    Its case, and the event's subject, is `petition/` + petition.
    """

    petition: Name
    unit: UnitCode
    received_at: Aware
    due_at: Aware | None = None
    answered_at: Aware | None = None
    satisfied: bool | None = None  # with the answer; None where the citizen was not asked or did not say
