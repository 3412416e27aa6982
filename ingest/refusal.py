"""Why something was not taken: the place and the reason, in English and Vietnamese, never the personal value."""

import re
from typing import Final, NamedTuple

import msgspec

BODY: Final = "$"
"""The field of a refusal that is about the whole body."""


class Reason(NamedTuple):
    """One sentence for the sender, twice."""

    en: str
    vi: str


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """One record or event that was not taken; `index` is its place in the batch, None for the whole body."""

    index: int | None
    field: str
    reason: str
    reason_vi: str


class RefusedError(ValueError):
    """Raised inside a translation to leave one record; caught where the record's index is known."""

    retriable = False

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__(f"{field}: {reason.en}")
        self.field = field
        self.reason = reason


def refuse(index: int | None, field: str, reason: Reason) -> Refusal:
    """The refusal of a field."""
    return Refusal(index=index, field=field, reason=reason.en, reason_vi=reason.vi)


_HARMLESS: Final = re.compile(r"(?=.*[0-9])[A-Z0-9./_\-]{1,40}")
_LIKE_A_PERSONS_NUMBER: Final = re.compile(r"\d{9,}")


def shown(value: object) -> str:
    """A code as it may be quoted in a refusal; `***` for what could be a name, an address or a person's number."""
    text = str(value)
    if not _HARMLESS.fullmatch(text) or _LIKE_A_PERSONS_NUMBER.search(text):
        return "***"
    return text


_MISSING: Final = re.compile(r"missing required field `(?P<name>[^`]+)`")
_PLACE: Final = re.compile(r" - at `(?P<path>[^`]+)`$")
_VALUE: Final = re.compile(r"^(Invalid enum value).*")
_BYTE: Final = re.compile(r" \(byte (?P<offset>\d+)\)$")


def misfit(error: msgspec.MsgspecError | UnicodeDecodeError) -> tuple[str, Reason]:
    """The field that does not fit its class, as a path without `$`, and the reason, without its value."""
    if isinstance(error, UnicodeDecodeError):
        return BODY, Reason("not UTF-8", "không phải mã UTF-8")
    said = str(error)
    place = _PLACE.search(said)
    path = place["path"].removeprefix("$").removeprefix(".") if place else ""
    if missing := _MISSING.search(said):
        name = missing["name"]
        return f"{path}.{name}" if path else name, Reason("missing", "thiếu trường bắt buộc")
    sentence = _VALUE.sub("unknown code", _PLACE.sub("", said))
    return path or BODY, Reason(sentence[:1].lower() + sentence[1:], f"giá trị không hợp lệ ({sentence})")


def malformed(error: Exception, body: bytes) -> Refusal:
    """The refusal of a body that is not JSON, with the line and column where reading stopped."""
    if isinstance(error, RecursionError):
        return refuse(None, BODY, Reason("nested too deep", "lồng nhau quá sâu"))
    if isinstance(error, UnicodeDecodeError):
        return refuse(None, BODY, Reason("malformed JSON: not UTF-8", "JSON sai cú pháp: không phải mã UTF-8"))
    found = _BYTE.search(str(error))
    offset = min(int(found["offset"]), len(body)) if found else len(body)
    line = body.count(b"\n", 0, offset) + 1
    column = offset - body.rfind(b"\n", 0, offset)
    what = _BYTE.sub("", str(error)).removeprefix("JSON is malformed: ")
    return refuse(
        None,
        BODY,
        Reason(
            f"malformed JSON at line {line}, column {column}: {what}",
            f"JSON sai cú pháp tại dòng {line}, cột {column}: {what}",
        ),
    )
