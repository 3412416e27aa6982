"""A letter is marked as sent: once on record, whoever says so and how often (the log and the ledger count one)."""

import time
from typing import Any, Final, Literal, TypeAlias

from psycopg import Connection

from dashboard.letters.dates import end_of_work
from dashboard.letters.desk import Asker
from dashboard.letters.errors import LetterError
from dashboard.letters.owing import Owing, read_owing
from dashboard.letters.store import Kept, claim, lock, mark_sent, read_letters, standing_letter
from dashboard.ops.log import Tell
from stream.sent_letters import SentLetter, event_of, is_counted

_PATIENCE: Final = 3.0
_LOOK_AGAIN: Final = 0.02
Outcome: TypeAlias = Literal["took", "waits", "overtaken"]
"""On record and counted; on record, and not counted yet; somebody else had marked it before."""


def send(connection: Connection[Any], code: str, tell: Tell | None, asker: Asker) -> tuple[Kept, Outcome]:
    """Tell the log that the letter was sent, and wait a moment until the figures hold it.

    Who marks it first is the one who sent it, and stays so if the log does not answer: whoever tries again finishes it.
    Of those who try at once, one tells the log and the others wait. Raises `LetterError` and `UnavailableError`.
    """
    owing = read_owing(connection, code, asker.person.scope, asker.now)
    letter = standing_letter(read_letters(connection, code))
    if letter is None:
        raise LetterError("no_letter")
    if letter.standing == "prepared" and not owing.is_due:
        raise LetterError("not_owed")
    if tell is None:
        raise LetterError("no_log")
    letter = claim(connection, letter, asker.person.login, asker.now)
    letter = _on_record(connection, letter, tell, owing)
    if not _counted(connection, _told(letter, owing)):
        return letter, "waits"
    return letter, "took" if letter.sent_by == asker.person.login else "overtaken"


def _on_record(connection: Connection[Any], letter: Kept, tell: Tell, owing: Owing) -> Kept:
    """The letter once the log has it, told by whoever comes first to hold it."""
    with connection.transaction():
        held = lock(connection, letter)
        if held.state == "prepared":
            tell(*event_of(_told(held, owing)))
            held = mark_sent(connection, held)
        return held


def _told(letter: Kept, owing: Owing) -> SentLetter:
    if letter.sent_at is None or letter.sent_by is None:
        raise LetterError("void")  # it was claimed a moment ago: only what is void can't be
    return SentLetter(
        name=f"letter/{letter.id}",
        case=letter.case,
        unit=f"{owing.unit:05d}",
        sent_at=letter.sent_at,
        number=letter.shown,
        new_date=end_of_work(owing.calendar, letter.new_date),
        reason=letter.reason,
        by=letter.sent_by,
    )


def _counted(connection: Connection[Any], sent: SentLetter) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while not is_counted(connection, sent):
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_AGAIN)
    return True
