"""A late application at a one-stop shop, and people who write its letter."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

import psycopg

from dashboard.access.people import Person, Role, Scope
from dashboard.letters.desk import Asker, Wish
from dashboard.letters.letter import Late
from dashboard.ops.log import Tell
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from tests.building.applying import opener
from tests.building.events import an_application
from tests.building.moments import local

CODE: Final = "H52.17.18-260202-0001"
UNIT: Final = "03980"
NOW: Final = local("2026-02-10 10:00")  # a Tuesday
NEW_DATE: Final = date(2026, 2, 25)
WISH: Final = Wish("verify", None, NEW_DATE, None)


def a_late_one(code: str = CODE, unit: str = UNIT, due: str = "2026-02-06 17:00") -> Entry:
    """Received on Monday the 2nd, due on Friday, still open."""
    return an_application(code).at_unit(unit).received("2026-02-02 09:00", due=due).sync()


def a_person(login: str = "lan", role: Role = "operator", scope: Scope | None = None) -> Person:
    return Person(1, login, login.title(), role, scope or Scope())


def of_unit(unit: str) -> Scope:
    return Scope(((unit, NOW.date()),))


def an_asker(login: str = "lan", now: datetime = NOW, scope: Scope | None = None) -> Asker:
    return Asker(a_person(login, scope=scope), now)


def telling(log: PostgresLog) -> Tell:
    """The way into the log, as `ioc` hands it in."""

    def tell(key: str, body: bytes) -> None:
        log.append([Entry(key, body)])

    return tell


def connecting(url: str) -> Callable[[], psycopg.Connection]:
    return opener(url)


def late_facts(**changes: object) -> Late:
    """What a letter says of an application."""
    given: dict[str, object] = {
        "code": CODE, "procedure": "Đăng ký khai sinh & cấp bản sao <trích lục>", "procedure_code": "1.005129",
        "received": datetime(2026, 2, 2, 2, 0, tzinfo=UTC), "due": datetime(2026, 2, 6, 10, 30, tzinfo=UTC),
        "is_settled": False, "unit_title": "Phường Mộc Châu", "unit_name": "Mộc Châu",
    }  # fmt: skip
    return Late(**{**given, **changes})  # type: ignore[arg-type] # facts by name, as the test says them
