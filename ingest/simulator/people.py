"""Invented people: every personal field of a sync record is filled, so that privacy is really put to the test.

Nobody real can be among them: the telephone numbers have a prefix that was withdrawn in 2018 and a digit too
many, the citizen's numbers name a century that has not come, the mail domain is reserved (RFC 2606).
"""

from typing import NamedTuple

_FAMILY = ("Lò", "Vì", "Hà", "Quàng", "Cầm", "Tòng", "Lường", "Mùa", "Giàng", "Sồng", "Thào", "Vàng", "Đinh", "Bàn")
_FAMILY_KINH = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
_MIDDLE = ("Văn", "Thị", "A", "Minh", "Thanh", "Ngọc", "Đức", "Thu", "Quang", "Hồng", "Xuân")
_GIVEN = ("An", "Bình", "Chung", "Dua", "Hạnh", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Páo", "Sơn", "Thảo", "Tủa",
    "Việt", "Yến", "Phương", "Tuấn", "Dung")  # fmt: skip
_FAMILIES = _FAMILY + _FAMILY_KINH


class Person(NamedTuple):
    """Who files an application, or works at a counter."""

    name: str
    number: str
    phone: str
    mail: str


def person(salt: int) -> Person:
    """The same person for the same number, out of some millions."""
    family = _FAMILIES[salt % 24]
    middle = _MIDDLE[salt // 24 % 11]
    given = _GIVEN[salt // 264 % 19]
    digits = salt % 10_000_000
    return Person(
        name=f"{family} {middle} {given}",
        number=f"0149{salt // 7 % 100_000_000:08d}",
        phone=f"0199{digits:07d}",
        mail=f"nguoi.dan.{digits}@moc-chau.example",
    )


def officer(salt: int) -> str:
    """The name of one of the some forty officers of a shop."""
    return person(salt % 41 * 7919 + 104_729).name
