"""What a sync record must say of itself for its status to be countable (handbook 3.1, 3.5, 5).

A whole-state record that says "settled" without any moment of an end cannot be put on a day, and no day is
guessed: it is refused by name, and its source sends it again when it is complete.
"""

from collections.abc import Mapping
from typing import Final

from ingest.contracts.onestop import ApplicationRecorded, Status
from ingest.refusal import Reason, RefusedError

# All statuses that follow receipt (handbook 3.1, usual moves). 3 and 7 may come straight after 1.
_AFTER_RECEIPT: Final = frozenset(
    {
        Status.RECEIVED,
        Status.IN_PROGRESS,
        Status.SUPPLEMENT_AWAITED,
        Status.PAYMENT_AWAITED,
        Status.STOPPED,
        Status.SETTLED,
        Status.RETURNED,
    }
)
_SETTLED: Final = frozenset({Status.SETTLED, Status.RETURNED})
_CLOSED_UNSETTLED: Final = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED})


def _needs(status: Status, what: str, what_vi: str) -> Reason:
    return Reason(f"missing: status {status.value} needs {what}", f"thiếu: trạng thái {status.value} cần {what_vi}")


_RECEIPT: Final[Mapping[Status, Reason]] = {
    status: _needs(status, "the moment of receipt", "ngày tiếp nhận") for status in Status
}
_END: Final[Mapping[Status, Reason]] = {
    status: _needs(status, "the moment of its end", "ngày kết thúc xử lý") for status in Status
}


def check(record: ApplicationRecorded) -> None:
    """Raise `RefusedError` for a record whose status cannot be counted.

    - 2, 4, 5, 6, 8, 9, 10 need `NgayTiepNhan`: only a received application can be there;
    - 9 and 10 need `NgayKetThucXuLy` or `NgayTra`: the end is the time of status 9, else of 10;
    - 3, 7 and 8 of a received application need `NgayKetThucXuLy`, `NgayTuChoi` or `NgayTra`: it was open until
      then. Not received, they count nowhere and need nothing.
    """
    status = record.status
    if record.received_at is None:
        if status in _AFTER_RECEIPT:
            raise RefusedError("NgayTiepNhan", _RECEIPT[status])
        return
    if status in _SETTLED and record.ended_at is None and record.returned_at is None:
        raise RefusedError("NgayKetThucXuLy", _END[status])
    ends = (record.ended_at, record.refused_at, record.returned_at)
    if status in _CLOSED_UNSETTLED and all(end is None for end in ends):
        raise RefusedError("NgayTuChoi" if status is Status.REFUSED else "NgayKetThucXuLy", _END[status])
