"""Public holidays of 2024 to 2027, and days swapped by a decision, written down by hand.

As the yearly announcements give them (the working days among them; a holiday on a weekend and its compensatory
day both stand here). 2027 was not announced when this was written: it follows article 112 of the Labour Code.
"""

from datetime import date, timedelta
from typing import Final


def _span(first: str, last: str) -> frozenset[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(begin + timedelta(days=count) for count in range((end - begin).days + 1))


PUBLIC_HOLIDAYS: Final = frozenset().union(
    _span("2024-01-01", "2024-01-01"),
    _span("2024-02-08", "2024-02-14"),  # Tết Giáp Thìn
    _span("2024-04-18", "2024-04-18"),  # Giỗ Tổ Hùng Vương
    _span("2024-04-30", "2024-05-01"),
    _span("2024-09-02", "2024-09-03"),  # Quốc khánh
    _span("2025-01-01", "2025-01-01"),
    _span("2025-01-27", "2025-01-31"),  # Tết Ất Tỵ
    _span("2025-04-07", "2025-04-07"),
    _span("2025-04-30", "2025-05-01"),
    _span("2025-09-01", "2025-09-02"),
    _span("2026-01-01", "2026-01-01"),
    _span("2026-02-16", "2026-02-20"),  # Tết Bính Ngọ
    _span("2026-04-26", "2026-04-27"),  # the 26th is a Sunday
    _span("2026-04-30", "2026-05-01"),
    _span("2026-09-01", "2026-09-02"),
    _span("2026-11-24", "2026-11-24"),  # Ngày Văn hóa Việt Nam, from 2026
    _span("2027-01-01", "2027-01-01"),
    _span("2027-02-04", "2027-02-10"),  # Tết Đinh Mùi: five days, two of them on a weekend
    _span("2027-04-16", "2027-04-16"),
    _span("2027-04-30", "2027-05-01"),  # 1 May is a Saturday
    _span("2027-05-03", "2027-05-03"),
    _span("2027-09-02", "2027-09-03"),
    _span("2027-11-24", "2027-11-24"),
)

SWAPPED: Final = {
    date(2024, 4, 29): date(2024, 5, 4),
    date(2025, 5, 2): date(2025, 4, 26),
    date(2026, 1, 2): date(2026, 1, 10),
    date(2026, 8, 31): date(2026, 8, 22),
}
"""Day off → Saturday that is worked in its place."""
