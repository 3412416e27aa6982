"""Why a letter can't be what was asked for; `reason` is the key of the words that say so (`letter.refused_…`)."""

from typing import Final, Literal, TypeAlias

Refusal: TypeAlias = Literal[
    "no_such_case", "no_letter", "not_owed", "already_prepared", "already_sent", "being_sent", "void", "number_taken",
    "number_malformed", "no_reason", "unknown_reason", "too_long", "personal_number", "personal_phone",
    "personal_email", "not_after_today", "not_a_working_day", "too_far", "no_unit", "no_calendar", "no_log", "no_pdf",
]  # fmt: skip

_MISSING: Final = frozenset({"no_such_case", "no_letter"})
_AWAY: Final = frozenset({"no_log", "no_pdf"})
_STANDING: Final = frozenset({"not_owed", "already_prepared", "already_sent", "being_sent", "void", "number_taken"})


class LetterError(Exception):
    """The letter is not prepared, changed, shown or sent; nothing was done."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def retriable(self) -> bool:
        """Whether the same may succeed later."""
        return self.reason in _AWAY

    @property
    def status(self) -> int:
        """Of the answer: 404 not there, 409 as things stand, 422 as it was asked for, 503 not now."""
        if self.reason in _MISSING:
            return 404
        if self.reason in _STANDING:
            return 409
        return 503 if self.retriable else 422
