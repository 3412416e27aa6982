"""Personal data stay outside: what is dropped from JSON, and masked in bytes that are none.

No KPI needs them (domain handbook 3.2), so they are dropped at the door, before anything is stored,
logged or quarantined. Three groups of names, compared without case, accents and separators:

- the personal fields of the sync record `DongBoHoSoMC` (handbook 3.2);
- its free texts and the names of files, in which people are named;
- the people of the progress record, of documents and of conferences (handbook 3.2, 4.1, 4.2).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import msgspec

PERSONAL_FIELDS: Final = (
    "ChuHoSo", "SoGiayToChuHoSo", "Email", "SoDienThoai", "DinhDanhCHS", "LoaiDinhDanh", "SoDinhDanh",
    "LoaiDoiTuong", "MaDoiTuong", "Fax", "DiaChi", "NgaySinh", "HoTen", "HoVaTen", "CCCD", "CMND",
)  # fmt: skip
FREE_TEXTS: Final = (
    "TrichYeuHoSo", "ThongTinKhac", "ThongTinTra", "GhiChu", "NoiDungBoSung", "NguoiYeuCauBoSung",
    "NguoiTiepNhanBoSung", "ThongTinTiepNhan", "NoiDungXuLy", "NguoiXuLy", "TenTepDinhKem", "DuongDanTaiTepTin",
    "DuongDanTepTinKetQua", "TenGiayTo", "TrichYeu", "NoiDung",
)  # fmt: skip
OTHER_PEOPLE: Final = (
    "FullName", "StaffInfo", "SignerInfo", "Phone", "PhoneNumber", "Telephone", "Mobile", "Applicant",
    "ApplicantName", "CitizenId", "IdentityNumber", "Address", "Birthday", "DateOfBirth",
    "Signer", "Staff", "UserName", "DisplayName", "ParticipantName",
)  # fmt: skip
DOCUMENT_TEXTS: Final = ("Subject", "Content")
"""What a document is about: dropped from the data of events; the `subject` of an envelope is a case."""

# Found anywhere in a name, these mark it: EmailChuHoSo, SoDienThoaiNguoiNop.
_STEMS: Final = (
    "chuhoso", "sodienthoai", "email", "dinhdanhchs", "sodinhdanh", "nguoinop", "signer", "staff", "fullname",
    "username", "displayname", "participantname",
)  # fmt: skip

MASKED: Final = "***"


def _plain(name: str) -> str:
    """The letters and digits of a name without case and accents: "Số_điện thoại" is `sodienthoai`."""
    parted = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(sign for sign in parted if sign.isalnum())


_NAMES: Final = frozenset(_plain(name) for name in PERSONAL_FIELDS + FREE_TEXTS + OTHER_PEOPLE)
_TEXTS: Final = frozenset(map(_plain, DOCUMENT_TEXTS))


@lru_cache(maxsize=4096)
def is_personal(name: str) -> bool:
    """Whether a field of this name is dropped."""
    plain = _plain(name)
    return plain in _NAMES or any(stem in plain for stem in _STEMS)


def scrub(value: object) -> object:
    """The same JSON value without its personal fields, at any depth."""
    if isinstance(value, dict):
        return {name: scrub(inner) for name, inner in value.items() if not is_personal(str(name))}
    if isinstance(value, list):
        return [scrub(inner) for inner in value]
    return value


def scrub_event(event: dict[str, object]) -> dict[str, object]:
    """The same event without personal fields anywhere, and without a document's texts in its data."""
    kept = {name: scrub(inner) for name, inner in event.items() if not is_personal(name)}
    return kept | {"data": _without_texts(kept["data"])} if "data" in kept else kept


def _without_texts(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_texts(inner) for name, inner in value.items() if _plain(str(name)) not in _TEXTS}
    if isinstance(value, list):
        return [_without_texts(inner) for inner in value]
    return value


_ALTERNATIVES: Final = "|".join(sorted(PERSONAL_FIELDS + FREE_TEXTS + OTHER_PEOPLE, key=len, reverse=True))
_NAME: Final = rf"[\w.\-]{{0,40}}?(?:{_ALTERNATIVES})[\w.\-]{{0,40}}"
_STRUCTURE: Final = r"\{[^{}]*\}?|\[[^\[\]]*\]?"
_QUOTED: Final = r'\\*"(?:\\.|[^"\\])*(?:\\*"|\\?$)'
_FIELD: Final = re.compile(
    rf'(?P<name>(?<![\w.\-]){_NAME}\\*["\']?\s*[:=]\s*)(?:{_STRUCTURE}|{_QUOTED}|\'[^\']*\'?|[^,;&{{}}\[\]"\'\r\n]+)',
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT: Final = re.compile(
    rf"(?P<open><(?P<tag>[\w:.\-]{{0,40}}?(?:{_ALTERNATIVES})[\w.\-]{{0,40}})\b[^>]*>).*?(?:(?=</(?P=tag))|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS: Final = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64})+")
_NUMBER: Final = re.compile(r"(?<!\d)\+?\d{9,12}(?!\d)")


def mask_text(text: str) -> str:
    """The same text with `***` for values of personal fields, e-mail addresses, and phone or identity numbers.

    A number is taken for one of a person where it has 9 to 12 digits (phones 10, CMND 9, CCCD 12).
    """
    text = _ELEMENT.sub(rf"\g<open>{MASKED}", text)
    text = _FIELD.sub(rf"\g<name>{MASKED}", text)
    return _NUMBER.sub(MASKED, _ADDRESS.sub(MASKED, text))


def without_personal_data(body: bytes) -> bytes:
    """Bytes that may be kept and shown: JSON with its personal fields dropped, anything else masked."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return mask_text(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return msgspec.json.encode(_scrub_texts(scrub(value)))


def _scrub_texts(value: object) -> object:
    """JSON within JSON strings, and addresses in texts: poison is not shaped as anybody agreed."""
    if isinstance(value, dict):
        return {name: _scrub_texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_scrub_texts(inner) for inner in value]
    if isinstance(value, str):
        return _ADDRESS.sub(MASKED, _FIELD.sub(rf"\g<name>{MASKED}", value))
    return value
