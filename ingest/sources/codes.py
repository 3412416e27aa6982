"""Codes, labels, flags and amounts of a sync record: given a meaning, or refused by name; never guessed."""

import re
from enum import IntEnum
from typing import Final, TypeVar

from ingest.refusal import Reason, RefusedError, shown

Code = TypeVar("Code", bound=IntEnum)

_MISSING: Final = Reason("missing", "thiếu trường bắt buộc")
_WHOLE: Final = re.compile(r"\d{1,15}(?:\.0{1,2})?", re.ASCII)
_OTHER_CASES: Final = (
    "evaluation/", "petition/", "rules/", "document/", "certificate/", "meeting/", "endpoint/",
)  # fmt: skip
_YES: Final = frozenset({"1", "true", "có"})
_NO: Final = frozenset({"0", "false", "không"})


def text_of(value: str | float, field: str) -> str:
    """The text of a scalar, without blanks around it. Raises `RefusedError` for a number of over 19 digits."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and value.bit_length() > 64:  # more digits than Python likes to write out
        raise RefusedError(field, Reason("a number out of range", "số quá lớn"))
    return str(value)


def name(value: str | int | None, field: str) -> str:
    """A code that has to be there: 1 to 255 printable characters. Raises `RefusedError`."""
    text = optional_name(value, field)
    if text is None:
        raise RefusedError(field, _MISSING)
    return text


def optional_name(value: str | int | None, field: str) -> str | None:
    """A code that may be missing; None for null and for blanks. Raises `RefusedError`."""
    if value is None:
        return None
    text = text_of(value, field)
    if len(text) > 255:
        raise RefusedError(field, Reason("longer than 255 characters", "dài quá 255 ký tự"))
    if not text.isprintable():
        raise RefusedError(field, Reason("unprintable characters", "có ký tự không in được"))
    return text or None


def check_application(code: str, field: str) -> None:
    """Raise `RefusedError` for the code of an application that is the case of a form, a petition or a rule."""
    if code.startswith(_OTHER_CASES):
        raise RefusedError(field, Reason("the case of something else", "mã dành cho loại khác, không phải hồ sơ"))


def label(value: str | int | None, field: str) -> str | None:
    """A title for people; None for null and for blanks. Raises `RefusedError` over 2,000 characters."""
    if value is None:
        return None
    text = text_of(value, field)
    if len(text) > 2000:
        raise RefusedError(field, Reason("longer than 2000 characters", "dài quá 2000 ký tự"))
    if "\0" in text:
        raise RefusedError(field, Reason("unprintable characters", "có ký tự không in được"))
    return text or None


def code(kind: type[Code], value: str | int | None, field: str) -> Code | None:
    """A member of an enumeration, sent as number or digits; None for null and for blanks.

    Raises `RefusedError` for a code that the field does not know.
    """
    if value is None:
        return None
    text = text_of(value, field)
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 6:
        try:
            return kind(int(text))
        except ValueError:
            pass
    raise RefusedError(field, Reason(f"unknown code {shown(text)}", f"mã không xác định {shown(text)}"))


def flag(value: bool | str | int | None, field: str) -> bool | None:  # noqa: FBT001 - a value of the wire, not a switch
    """Yes or no, sent as truth value, 1 or 0, or text; None for null and for blanks. Raises `RefusedError`."""
    if value is None or isinstance(value, bool):
        return value
    text = text_of(value, field).casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    if not text:
        return None
    raise RefusedError(field, Reason(f"neither yes nor no: {shown(text)}", f"không phải có hoặc không: {shown(text)}"))


def amount(value: str | float | None, field: str) -> int | None:
    """Whole đồng; None for null and for blanks.

    "50.000" is fifty thousand to a Vietnamese reader and fifty to a machine: such a text is refused.
    """
    if value is None:
        return None
    text = text_of(value, field)
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise RefusedError(field, Reason("not a whole amount in đồng", "không phải số tiền nguyên (đồng)"))
    return int(text.partition(".")[0])
