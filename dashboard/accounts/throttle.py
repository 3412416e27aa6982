"""Who has tried in vain, kept in the database: a restart forgives nobody.

A try is written down as wrong *before* the password is looked at, and taken back where it was right: a hundred tries
at once are a hundred tries. Who has signed in from this browser before has a bucket of their own (`known`), which
nobody else can fill: whoever keeps guessing at an account slows down strangers, and not the one whose account it is.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection, Rollback

from dashboard.accounts.patience import ACCOUNT, ADDRESS, FORGOTTEN, Bucket, Tries
from dashboard.accounts.queries import query


def buckets_of(login: str, address: str, known: str | None) -> Sequence[Bucket]:
    """What is held against a try: the browser's own bucket where it is known, else that of account and of address."""
    if known is not None:
        return [(f"known {known}", ACCOUNT)]
    return [(_of_login(login), ACCOUNT), (f"address {_digest(address)}", ADDRESS)]


def take_try(
    connection: Connection[Any], buckets: Sequence[Bucket], now: datetime
) -> tuple[timedelta, Mapping[str, Tries]]:
    """How long to wait: nothing, and the try counts, or so long, and it was none. And how it stood before.

    Of a try that was none nothing is kept: nobody fills a table by trying on and on.
    """
    names = sorted(name for name, _ in buckets)
    with connection.transaction():
        connection.execute(query("forget_tries"), {"before": now - FORGOTTEN})
        connection.execute(query("begin_tries"), {"buckets": names, "at": now})
        rows = connection.execute(query("read_tries"), {"buckets": names}).fetchall()
        before = {name: Tries(*rest) for name, *rest in rows}
        wait = max(tries.wait(now) for tries in before.values())
        if wait:
            raise Rollback
        for name, pauses in buckets:
            _write(connection, name, before[name].next(pauses, now))
    return wait, before


def was_right(connection: Connection[Any], buckets: Sequence[Bucket], before: Mapping[str, Tries]) -> None:
    """The password was right: nothing is held against the account, and of the address what was before stays."""
    for name, pauses in buckets:
        tries = before[name]
        _write(connection, name, tries if pauses is ADDRESS else Tries(0, tries.at, tries.at))


def forgive(connection: Connection[Any], login: str) -> None:
    """Nothing is held against an account any more: it has another password."""
    connection.execute(query("forgive_tries"), {"bucket": _of_login(login)})


def _write(connection: Connection[Any], bucket: str, tries: Tries) -> None:
    given = {"bucket": bucket, "tries": tries.count, "until": tries.until, "at": tries.at}
    connection.execute(query("write_tries"), given)


def _of_login(login: str) -> str:
    return f"login {_digest(login)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
