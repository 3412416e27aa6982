"""What an operator typed, checked: reasons, numbers."""

import re
from typing import Final

from dashboard.letters.errors import LetterError
from dashboard.letters.form import Form
from stream.personal import personal_in

MOST: Final = 500
"""Characters of a reason: it is one sentence of a letter."""
_NUMBER: Final = re.compile(r"(?=.{1,40}$)(\d{1,6})([A-Za-z]?(?:/[\w\-.&]+)?)", re.UNICODE)
"""A number as registries write it: 145/PXL-UBND, 145a/PXL, 145."""


def reason_of(form: Form, key: str | None, text: str | None) -> str:
    """The reason as the letter says it: a usual one by its key, or what was typed. Raises `LetterError`."""
    if key is not None:
        if key not in form.reasons:
            raise LetterError("unknown_reason")
        return form.reasons[key]
    return free_text(text)


def free_text(text: str | None) -> str:
    """What somebody typed, in one line. Raises `LetterError` for nothing, too much, and what seems a person's."""
    plain = " ".join((text or "").split())
    if not plain.strip(".;, "):
        raise LetterError("no_reason")
    if len(plain) > MOST:
        raise LetterError("too_long")
    if (found := personal_in(plain)) is not None:
        raise LetterError(found)
    return plain


def number_typed(text: str) -> str:
    """A number that the registry gave, of two digits at least (Decree 30/2020/NĐ-CP): 5/PXL is 05/PXL.

    Raises `LetterError` for what none gives.
    """
    plain = "".join(text.split())
    if (found := _NUMBER.fullmatch(plain)) is None or personal_in(plain) is not None:
        raise LetterError("number_malformed")
    number, rest = found.groups()
    return f"{int(number):02d}{rest}"
