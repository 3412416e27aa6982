"""The ledger: what a case adds to which figure, at which moment.

A **flow** counts a moment (an application was received). A **level** is posted as its steps: it rises
where it begins and falls where it ends, so that a level at a moment is the sum of its steps up to then.
Steps may lie in the future: an open application becomes overdue by the clock passing, without an event.

A flow may bear **traits**: what else holds of the thing counted (received, and digitised). A level has none.
"""

from collections.abc import Set as AbstractSet
from enum import IntEnum, IntFlag
from typing import Final, NamedTuple, TypeAlias

from stream.core.moment import Moment


class Measure(IntEnum):
    """What is counted; the number stands in the database for ever."""

    RECEIVED = 1  # tiếp nhận
    SETTLED_EARLY = 2  # giải quyết trước hạn: ended on a date before the due date
    SETTLED_ON_DATE = 3  # đúng hạn: on the due date itself
    SETTLED_LATE = 4  # quá hạn: on a later date
    CLOSED_UNSETTLED = 5  # withdrawn, stopped, or refused after receipt
    MOVED_IN = 6
    MOVED_OUT = 7
    SETTLED_UNDATED = 8  # settled, but nobody ever gave a due date

    OPEN_IN = 10  # đang giải quyết
    OPEN_OUT = 11
    OVERDUE_IN = 12  # quá hạn chưa giải quyết
    OVERDUE_OUT = 13
    DUE_SOON_IN = 14  # sắp đến hạn: due within one working day
    DUE_SOON_OUT = 15
    PAUSED_IN = 16  # chờ bổ sung, chờ nghĩa vụ tài chính
    PAUSED_OUT = 17
    LATE_BY_INDEX_IN = 18  # open and overdue by the index's clock, though not by the ordinary one
    LATE_BY_INDEX_OUT = 19

    LATE_UNSEEN = 20  # settled late without having been overdue while open
    FELL_AGAIN = 21  # overdue anew after it had been overdue before: owes no second letter
    APOLOGY_SENT = 22  # phiếu xin lỗi: the first letter of a late application

    EVALUATED = 30  # phiếu đánh giá
    PETITION_RECEIVED = 31  # phản ánh, kiến nghị
    PETITION_ANSWERED = 32
    PETITION_OPEN_IN = 33
    PETITION_OPEN_OUT = 34
    PETITION_OVERDUE_IN = 35
    PETITION_OVERDUE_OUT = 36

    UNUSUAL_MOVE = 40  # a change of status that the field does not know (handbook 3.1), at its moment
    SETTLEMENT_TAKEN_BACK = 41  # settled or returned, then handled again
    IMPOSSIBLE_DATES = 42  # ended, due or returned before it was received; a supplement before its request
    UNIT_OUT_OF_FORCE = 43  # a record names a unit that had ended by then

    DOCUMENT_OUT = 50  # văn bản đi
    DOCUMENT_IN = 51  # văn bản đến
    DOCUMENT_DUE = 52  # an incoming document's due date is over, or the day of it is: counts at the end of that day
    DOCUMENT_ACKNOWLEDGED = 53  # đã tiếp nhận: status 03
    ACKNOWLEDGE_MINUTES = 54  # amount: working minutes from 01 to 03
    DOCUMENT_DONE = 55
    DOCUMENT_CLOSED = 56  # an incoming one ended without being done: refused, taken back, recalled
    DOCUMENT_RECALLED = 57  # an outgoing one was recalled
    DOCUMENT_OPEN_IN = 60
    DOCUMENT_OPEN_OUT = 61
    DOCUMENT_OVERDUE_IN = 62
    DOCUMENT_OVERDUE_OUT = 63
    CERTIFICATE_IN = 64  # chứng thư số còn hiệu lực
    CERTIFICATE_OUT = 65
    CERTIFICATE_EXPIRING_IN = 66
    CERTIFICATE_EXPIRING_OUT = 67

    MEETING_PLANNED = 70  # cuộc họp theo lịch, at its scheduled start
    MEETING_HELD = 71  # at its start
    SITE_INVITED = 72  # amount: invited sites of a unit, at the scheduled start
    LATE_MINUTES = 73  # amount: from scheduled to actual start
    AWAY_MINUTES = 74  # amount: a site was away while its meeting was on
    MEETING_MINUTES = 75  # amount: duration, at the end
    MEETING_IN = 80  # a meeting is on
    MEETING_OUT = 81
    SITE_AWAY_IN = 82  # away for two minutes while its meeting is on
    SITE_AWAY_OUT = 83
    ENDPOINT_IN = 84  # a known endpoint
    ENDPOINT_OUT = 85
    ENDPOINT_AWAY_IN = 86  # an endpoint is down
    ENDPOINT_AWAY_OUT = 87


LEVELS: Final = {
    "open": (Measure.OPEN_IN, Measure.OPEN_OUT),
    "overdue": (Measure.OVERDUE_IN, Measure.OVERDUE_OUT),
    "due_soon": (Measure.DUE_SOON_IN, Measure.DUE_SOON_OUT),
    "paused": (Measure.PAUSED_IN, Measure.PAUSED_OUT),
    "late_by_index": (Measure.LATE_BY_INDEX_IN, Measure.LATE_BY_INDEX_OUT),
    "petitions_open": (Measure.PETITION_OPEN_IN, Measure.PETITION_OPEN_OUT),
    "petitions_overdue": (Measure.PETITION_OVERDUE_IN, Measure.PETITION_OVERDUE_OUT),
    "documents_open": (Measure.DOCUMENT_OPEN_IN, Measure.DOCUMENT_OPEN_OUT),
    "documents_overdue": (Measure.DOCUMENT_OVERDUE_IN, Measure.DOCUMENT_OVERDUE_OUT),
    "certificates": (Measure.CERTIFICATE_IN, Measure.CERTIFICATE_OUT),
    "certificates_expiring": (Measure.CERTIFICATE_EXPIRING_IN, Measure.CERTIFICATE_EXPIRING_OUT),
    "meetings_on": (Measure.MEETING_IN, Measure.MEETING_OUT),
    "sites_away": (Measure.SITE_AWAY_IN, Measure.SITE_AWAY_OUT),
    "endpoints": (Measure.ENDPOINT_IN, Measure.ENDPOINT_OUT),
    "endpoints_away": (Measure.ENDPOINT_AWAY_IN, Measure.ENDPOINT_AWAY_OUT),
}
STEPS: Final = frozenset(step for steps in LEVELS.values() for step in steps)
FLOWS: Final = frozenset(Measure) - STEPS
ENDS: Final = frozenset(
    {
        Measure.SETTLED_EARLY,
        Measure.SETTLED_ON_DATE,
        Measure.SETTLED_LATE,
        Measure.SETTLED_UNDATED,
        Measure.CLOSED_UNSETTLED,
    }
)


SUMS: Final = {
    "settled": tuple((each, 1) for each in sorted(ENDS - {Measure.CLOSED_UNSETTLED})),
    "ended": tuple((each, 1) for each in sorted(ENDS)),
    "apologies_owed": ((Measure.OVERDUE_IN, 1), (Measure.LATE_UNSEEN, 1), (Measure.FELL_AGAIN, -1)),
}
"""Flows made of several measures. An apology is owed once, from the moment an application is late; that an open one
will be late is posted ahead as a step already, so that no measure of its own is needed."""
BALANCES: Final = {"apologies_due": (*SUMS["apologies_owed"], (Measure.APOLOGY_SENT, -1))}
"""Levels made of flows, summed since ever: owed and not sent."""
SINCE_EVER: Final = STEPS | frozenset(measure for parts in BALANCES.values() for measure, _ in parts)
"""What is summed over all of history, and so has a roll-up by year."""


class OfReceipt(IntFlag):
    """What else is known of a received application; on `RECEIVED`."""

    DIGITISED = 1  # HoSoCoThanhPhanSoHoa
    REUSED = 2  # digitised papers were used again, or taken from the national e-store
    WITH_DUTY = 4  # có nghĩa vụ tài chính: a fee above zero
    PAID_ONLINE = 8  # DuocThanhToanTrucTuyen 1 or 2
    POPULATION = 16  # the population database was used
    SYNCHRONISED = 32  # the sync service of the national portal has sent it


class OfEnd(IntFlag):
    """What else is known of an ended application; on the measures in `ENDS`."""

    SAME_DAY = 1  # ended on the local day of its receipt
    ELECTRONIC = 2  # with an electronic result
    STORED = 4  # with a result in the citizen's e-store
    COPIES = 8  # of a procedure that certifies copies
    LATE_BY_INDEX = 16  # late by the index's clock (handbook section 5)
    SUPPLEMENTED_TWICE = 32  # more than one request for further papers


class OfEvaluation(IntFlag):
    """What a form says; on `EVALUATED`."""

    GOOD = 1
    COMPLAINT = 2


class OfAnswer(IntFlag):
    """How a petition was answered; on `PETITION_ANSWERED`."""

    ON_TIME = 1
    RATED = 2  # the citizen said whether the answer satisfies
    SATISFIED = 4


class OfDocument(IntFlag):
    """What else is known of a document; on `DOCUMENT_OUT` and `DOCUMENT_IN`."""

    OPEN = 1  # not secret
    ELECTRONIC = 2
    SIGNED = 4  # bears a valid signature
    SIGNATURE = 8  # bears a signature that was not found invalid: valid, or not checked


class OfDue(IntFlag):
    """What became of an incoming document by its due date; on `DOCUMENT_DUE`."""

    ON_TIME = 1  # done on or before the day


class OfAcknowledgement(IntFlag):
    """How fast receipt was acknowledged; on `DOCUMENT_ACKNOWLEDGED`."""

    WITHIN_A_DAY = 1  # of working time


class OfMeeting(IntFlag):
    """What became of a meeting; on `MEETING_PLANNED`."""

    ON_TIME = 1  # started no later than the tolerated minutes after its scheduled start
    HELD = 2
    CANCELLED = 4


class OfSite(IntFlag):
    """Whether an invited site took part; on `SITE_INVITED`."""

    ATTENDED = 1
    LATE = 2  # joined later than the tolerated minutes after the start


class Entry(NamedTuple):
    """One thing that a case counts for. A case's entries are a set.

    `level` is the level of authority of the procedure (0: not in the register). `traits` are of `OfReceipt`,
    `OfEnd`, `OfEvaluation` or `OfAnswer`, as the measure has it; those of documents and meetings are named likewise.
    `procedure` stands on `RECEIVED` only, 0 elsewhere. A certificate's `channel` is its kind (1 organ, 2 person). An
    entry counts `amount`, 1 to MOST_AMOUNT, which is not 1 only where its measure says so.
    """

    measure: int
    at: Moment
    unit: int
    field: int
    channel: int
    level: int = 0
    traits: int = 0
    procedure: int = 0
    amount: int = 1


MOST_AMOUNT: Final = 32_767
"""An amount in minutes: 22 days. What is longer is told as this."""

Posting: TypeAlias = tuple[Entry, int]
"""An entry gained (+1) or lost (-1)."""


def postings(before: AbstractSet[Entry], after: AbstractSet[Entry]) -> list[Posting]:
    """What one event changed, in a fixed order: losses first, each by measure and moment."""
    lost, gained = before - after, after - before
    changed = [(entry, -1) for entry in sorted(lost)] if lost else []
    if gained:
        changed += [(entry, +1) for entry in sorted(gained)]
    return changed
