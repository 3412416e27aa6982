"""What the case page is told about the letter of an application."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from psycopg import Connection

from dashboard.letters.dates import free_days, proposed
from dashboard.letters.desk import Asker
from dashboard.letters.form import the_form
from dashboard.letters.letter import TIME_ZONE
from dashboard.letters.owing import Owing, read_owing
from dashboard.letters.store import Kept, read_letters, standing_letter


def read_state(connection: Connection[Any], code: str, asker: Asker) -> Mapping[str, Any]:
    """`{"case", "state", "owed_since", "is_due", "letter", "void", "told", "offer"}`. Raises `LetterError`.

    `state` is `none`, `prepared`, `sending` or `sent`: also where another system sent the letter, which `told` has
    then. `offer` is what may be chosen from, None where nothing can be prepared.
    """
    owing = read_owing(connection, code, asker.person.scope, asker.now)
    letters = read_letters(connection, code)
    letter = standing_letter(letters)
    is_told = bool(owing.told) and not owing.is_due
    return {
        "case": code,
        "state": letter.standing if letter is not None else "sent" if is_told else "none",
        "owed_since": _at(owing.since),
        "is_due": owing.is_due,
        "letter": None if letter is None else letter_json(letter),
        "void": [letter_json(each) for each in letters if each.state == "void"],
        "told": [
            {"sent_at": _at(each.sent_at), "number": each.number, "new_date": _at(each.new_date), "by": each.by}
            for each in owing.told
        ],
        "offer": _offer(owing, asker) if letter is None and owing.is_due and owing.late is not None else None,
    }


def letter_json(letter: Kept) -> Mapping[str, Any]:
    """A letter that was prepared; `files` are addresses."""
    address = f"/ops/letter/{quote(letter.case, safe='')}"
    return {
        "number": letter.shown,
        "state": letter.standing,
        "reason": letter.reason,
        "new_date": letter.new_date.isoformat(),
        "prepared_at": _at(letter.prepared_at),
        "prepared_by": letter.prepared_by,
        "sent_at": _at(letter.sent_at),
        "sent_by": letter.sent_by,
        "void_at": _at(letter.void_at),
        "void_by": letter.void_by,
        "void_reason": letter.void_reason,
        "files": {} if letter.state == "void" else {kind: f"{address}.{kind}" for kind in ("docx", "pdf")},
    }


def _offer(owing: Owing, asker: Asker) -> Mapping[str, Any]:
    form = the_form()
    free = free_days(owing.calendar, asker.today, form.promise_within)
    return {
        "unit": None if owing.writer is None else owing.writer.title,
        "new_date": proposed(owing.calendar, asker.today, form.propose_after).isoformat(),
        "today": asker.today.isoformat(),
        "within": form.promise_within,
        "free": [day.isoformat() for day in free],
        "reasons": [{"key": key, "text": text} for key, text in form.reasons.items()],
    }


def _at(when: datetime | None) -> str | None:
    return None if when is None else when.astimezone(TIME_ZONE).isoformat()
