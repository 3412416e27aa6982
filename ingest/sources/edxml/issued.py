"""What names a document for ever: who issued it, on which day, with which code."""

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

from ingest.refusal import Reason, RefusedError
from ingest.sources.edxml.moments import when
from ingest.sources.edxml.tree import Element, is_element, one, text, value

_MISSING: Final = Reason("missing", "thiếu trường bắt buộc")
# As long as a case may be: 18 signs before two organs, a day and a code, with three strokes, are 255.
_ORGAN: Final = re.compile(r"[\w.\-]{1,64}")
# With a number in it, as every document has one: what is none may be a person's name.
_CODE: Final = re.compile(r"(?=\D{0,95}\d)[\w./\-&+,()]{1,96}")


class Issued(NamedTuple):
    """Identity of a document."""

    sender: str
    day: date
    code: str


def organ(holder: Element | None, place: str) -> str:
    """The `OrganId` of `From`, `To` or `ResponseFor`. Raises `RefusedError` where it is missing or can't be a code."""
    found = value(holder, f"{place}.OrganId", "organid")
    if found is None:
        raise RefusedError(f"{place}.OrganId", _MISSING)
    return _organ(found, f"{place}.OrganId")


def issued(holder: Element, sender: str, promulgation: Element | None, place: str) -> Issued:
    """What `Code`, the date in `promulgation` and, where one of them is missing, `DocumentId` say.

    Raises `RefusedError`.
    """
    identity = named(value(holder, f"{place}.DocumentId", "documentid"))
    code = _code(one(holder, f"{place}.Code", "code"), f"{place}.Code") or (identity and identity.code)
    written = value(promulgation, f"{place}.PromulgationDate", "promulgationdate", "date")
    if code is None:
        raise RefusedError(f"{place}.Code", _MISSING)
    if written is not None:
        return Issued(sender, when(written, f"{place}.PromulgationDate").day, code)
    if identity is None:
        raise RefusedError(f"{place}.PromulgationDate", _MISSING)
    return Issued(sender, identity.day, code)


def named(identity: str | None) -> Issued | None:
    """A `DocumentId` of the common form `organ,date,code`; None for every other: many are numbers of a system."""
    parts = identity.split(",", 2) if identity else []
    if len(parts) < 3:
        return None
    try:
        day = when(parts[1].strip(), "").day
        return Issued(_organ(parts[0].strip(), ""), day, _joined(None, parts[2], ""))
    except RefusedError:
        return None


def _organ(written: str, place: str) -> str:
    if not _ORGAN.fullmatch(written):
        raise RefusedError(place, Reason("not the code of an organ", "không phải mã định danh cơ quan"))
    return written


def _code(element: Element | None, place: str) -> str | None:
    """`CodeNumber` and `CodeNotation`, or the text of the element where it has neither."""
    if element is None:
        return None
    number = value(element, f"{place}.CodeNumber", "codenumber")
    notation = value(element, f"{place}.CodeNotation", "codenotation")
    if number is None and notation is None:
        whole = None if any(is_element(child) for child in element) else text(element, place)
        return None if whole is None else _joined(None, whole, place)
    if number is None and notation is not None and not notation[:1].isdigit():
        return None  # 15/QĐ-UBND needs its 15
    return _joined(number, notation or "", place)


def _joined(number: str | None, notation: str, place: str) -> str:
    """`123/UBND-VP`, whether the number stands alone or in the notation, too; blanks make no other document."""
    first, rest = ("".join(unicodedata.normalize("NFC", part or "").split()) for part in (number, notation))
    whole = "/".join(part for part in (first, rest) if part)
    if first and rest.startswith(f"{first}/"):
        whole = rest
    elif rest and first.endswith(f"/{rest}"):
        whole = first
    if not _CODE.fullmatch(whole):
        raise RefusedError(
            place,
            Reason(
                "not the code of a document (a number, with up to 96 letters, digits and ./-)",
                "không phải số, ký hiệu văn bản",
            ),
        )
    return whole
