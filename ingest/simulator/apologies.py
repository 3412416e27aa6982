"""Letters of apology (phiếu xin lỗi và hẹn lại ngày trả kết quả): owed for every late result, and mostly sent."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ingest.contracts.onestop import ApologySent
from ingest.simulator.calendar import OfficeCalendar
from ingest.simulator.chance import Ask, chance
from ingest.simulator.life import Filing, Step, is_late, settled
from ingest.simulator.notice import Notice
from ingest.simulator.profile import Profile
from ingest.simulator.shops import Shop


def apologies(
    profile: Profile,
    filing: Filing,
    steps: Sequence[Step],
    shop_at: Callable[[datetime], Shop],
    calendar: OfficeCalendar,
) -> tuple[Notice, ...]:
    """The letter for an application that ends after the day it was promised for; none for those that stay owed."""
    end = settled(steps)
    if end is None or end.due_at is None or not is_late(steps):
        return ()
    if chance(filing.salt, Ask.APOLOGISED) >= profile.apologised:
        return ()
    hours = 8 + 24 * chance(filing.salt, Ask.APOLOGISED_WHEN)  # of office time, from the day after the promise
    morning = calendar.opening_from((end.due_at + timedelta(days=1)).replace(hour=0, minute=0, second=0))
    sent_at = min(end.at, calendar.add(morning, int((hours - 8) * 3600)))
    letter = ApologySent(
        application=filing.code,
        unit=shop_at(sent_at).unit,
        sent_at=sent_at,
        number=f"PXL-{filing.code}",
        new_date=calendar.close_after(sent_at, 2 + int(chance(filing.salt, Ask.PROMISED_AGAIN) * 13)),
    )
    return (Notice(sent_at + timedelta(seconds=5), sent_at, 1, letter),)
