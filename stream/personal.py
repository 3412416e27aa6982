"""Personal data in what people of the centre type: found before it is kept anywhere, so that it never is.

No figure and no letter needs them here (domain handbook 3.2): a remark names the case, never the citizen. What is
looked for is what `ingest.contracts.privacy` masks in bytes, and the ways in which people write it: in groups, with
signs between. Codes of cases and procedures, dates and sums of money pass.
"""

import re
import unicodedata
from typing import Final, Literal, TypeAlias

Personal: TypeAlias = Literal["personal_number", "personal_phone", "personal_email"]
"""A number of identity (CCCD, 12 digits; CMND, 9), a telephone number (10 or 11 digits), an e-mail address."""

_BEGINS: Final = r"(?<![\w./\-])"  # inside a code or a date no number begins
_EMAIL: Final = re.compile(r"[\w.+\-]{1,64}\s?@\s?[\w\-]{1,64}(?:\.[\w\-]{1,64})+")
_PHONE: Final = re.compile(rf"{_BEGINS}(?:\(?\+?84\)?|\(?0)[\s.\-]?(?:\(?\d\)?[\s.\-]?){{8,9}}\d(?![\w/])")
_NUMBER: Final = re.compile(rf"(?<!\d)\d{{9,15}}(?!\d)|{_BEGINS}\d{{3}}(?:[ \-]\d{{3}}){{2,3}}(?!\w)")


def personal_in(text: str) -> Personal | None:
    """What of a person the text seems to hold; None where it seems to hold nothing."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    if _EMAIL.search(plain):
        return "personal_email"
    if _PHONE.search(plain):
        return "personal_phone"
    return "personal_number" if _NUMBER.search(plain) else None
