"""Vietnamese text as people search it: whatever the case, the tones and the marks, and whether đ or d was typed."""

import unicodedata
from typing import Final

_MOST_WORDS: Final = 12


def folded(text: str) -> str:
    """The text in small letters without tones and marks, đ as d: "Đăng ký Khai sinh" → "dang ky khai sinh"."""
    if text.isascii():
        return text.lower()
    spelled = unicodedata.normalize("NFD", text.casefold())
    return "".join(each for each in spelled if not unicodedata.combining(each)).replace("đ", "d")


def words_of(text: str) -> tuple[str, ...]:
    """The words that somebody searches for, folded, each once; more than a dozen are not looked at."""
    return tuple(dict.fromkeys(folded(text).split()))[:_MOST_WORDS]


def begins_a_word(word: str, text: str) -> bool:
    """Whether a word of the folded text begins with it: what is being typed counts already."""
    return text.startswith(word) or any(f"{before}{word}" in text for before in " (-/,\"'“")
