"""The code that a display shows until it is approved."""

import secrets
from typing import Final

ALPHABET: Final = "34679CDFGHJKMNPQRTVWXY"
"""No letter that is read as another one from five metres (0 O, 1 I L, 2 Z, 5 S, 8 B), no vowels: no code is a word."""

LENGTH: Final = 8


def new_code() -> str:
    """Eight characters, as they are shown: `K7MP-3XQR`; one of 5 × 10¹⁰."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def code_typed(text: str) -> str | None:
    """The code that somebody typed, whatever they put between its letters; None where it can be none."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return f"{letters[:4]}-{letters[4:]}"
