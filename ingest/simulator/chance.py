"""What an application's salt decides: each question on its own, the same answer whenever it is asked."""

from enum import IntEnum
from typing import Final

_WORD: Final = (1 << 64) - 1


class Ask(IntEnum):
    """The questions. A new one gets a new number: the answers to the others must not change."""

    DIGITISED = 1
    REUSED = 2
    FROM_STORE = 3
    PAID_ONLINE = 4
    GATEWAY = 5
    ELECTRONIC = 6
    STORED = 7
    POPULATION = 8
    UNDATED = 9
    REAPPOINTED = 10
    REAPPOINTED_BY = 11
    MISTAKEN = 12
    MISTAKE = 13
    MISTAKE_BY = 14
    MISTAKE_SEEN = 15
    TRANSFERRED = 16
    TRANSFERRED_WHEN = 17
    TRANSFERRED_TO = 18
    HEIR = 19
    HEIR_WHEN = 20
    APOLOGISED = 21
    APOLOGISED_WHEN = 22
    PROMISED_AGAIN = 23
    EVALUATED = 24
    EVALUATED_WHEN = 25
    VERDICT = 26
    COMPLAINT = 27
    NAMED = 28
    ON_THE_WAY = 29


def chance(salt: int, ask: Ask) -> float:
    """A number from 0 to 1, evenly spread over salts and independent between questions (splitmix64)."""
    word = (salt + ask * 0x9E3779B97F4A7C15) & _WORD
    word = ((word ^ word >> 30) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ word >> 27) * 0x94D049BB133111EB) & _WORD
    return (word ^ word >> 31) / (_WORD + 1)
