"""What nobody answers within its working time goes one rank further along the line, as an act of the centre's own."""

from datetime import datetime

import psycopg

from ingest.log.postgres import PostgresLog
from ioc.alerting.escalating import BY, Escalating
from stream.alerts.line import Line
from stream.alerts.rules import read_rules
from stream.core.handling import Handling
from stream.core.moment import moment_of
from stream.handling.reading import read_acts, read_handlings
from stream.store.reading import snapshot
from tests.building.acts import an_act
from tests.building.applying import apply_all
from tests.building.events import an_application
from tests.building.moments import local

CODE = "H52-unanswered"
LINE = read_rules(
    "alerts.toml",
    '[[line]]\nname = {vi = "Một cửa", en = "Shop"}\nwithin = "1h"\n'
    '[[line]]\nname = {vi = "Chủ tịch", en = "Chair"}\nwithin = "2h"\n',
).line


class Escalated:
    """A case that was escalated at eight in the morning, and has two hours by the shipped line."""

    def __init__(self, log: PostgresLog, url: str, connection: psycopg.Connection) -> None:
        self.log, self.url, self.connection = log, url, connection
        case = an_application(CODE).received("2026-03-02 08:00", due="2026-03-20 17:00")
        log.append([case.sync(), an_act("escalate", CODE, "lan", at=local("2026-03-10 08:00"), note="quá tải")])
        apply_all(log, url)

    def look(self, now: datetime, line: Line = LINE) -> int:
        """One look of a service that was just started; what it did is applied."""
        escalating = Escalating(lambda: PostgresLog(self.url, partitions=4))
        number = escalating.once(self.connection, line, now)
        again = escalating.once(self.connection, line, now)
        escalating.close()
        assert again == 0
        apply_all(self.log, self.url)
        return number

    @property
    def handling(self) -> Handling:
        return read_handlings(self.connection, [CODE])[CODE]


def test_an_escalation_that_nobody_answers_goes_on_by_itself(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    case = Escalated(log, database, stream)
    assert case.look(local("2026-03-10 09:59")) == 0
    assert case.look(local("2026-03-10 10:01")) == 1
    assert (case.handling.rank, case.handling.last_by) == (2, BY)
    assert case.handling.respond_by == moment_of(local("2026-03-10 14:01"))  # two hours, without the noon
    with snapshot(stream):
        told = read_acts(stream, CODE)[-1].act
    assert (told.by, told.note) == (BY, "Một cửa chưa trả lời trong thời hạn.")


def test_two_services_make_one_event_of_it(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    case = Escalated(log, database, stream)
    now = local("2026-03-10 10:01")
    for _ in range(2):  # neither knows of the other, and the worker has not applied the first one's yet
        escalating = Escalating(lambda: PostgresLog(database, partitions=4))
        assert escalating.once(stream, LINE, now) == 1
        escalating.close()
    apply_all(log, database)
    assert (case.handling.rank, case.handling.version) == (2, 2)
    [(duplicates,)] = stream.execute("select sum(duplicates)::int from part_offset").fetchall()
    assert duplicates == 1


def test_what_the_log_could_not_take_is_escalated_when_it_answers_again(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    case = Escalated(log, database, stream)
    escalating = Escalating(lambda: PostgresLog(database, partitions=4))
    stream.execute("alter schema ingest rename to away")
    assert escalating.once(stream, LINE, local("2026-03-10 10:01")) == 0
    stream.execute("alter schema away rename to ingest")
    assert escalating.once(stream, LINE, local("2026-03-10 10:02")) == 1
    assert escalating.once(stream, LINE, local("2026-03-10 10:03")) == 0
    escalating.close()
    apply_all(log, database)
    assert (case.handling.rank, case.handling.version) == (2, 2)


def test_what_the_last_rank_has_stays_there(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    case = Escalated(log, database, stream)
    case.look(local("2026-03-10 10:01"))
    assert case.look(local("2026-03-10 14:02")) == 0
    assert case.handling.rank == 2


def test_an_answer_in_time_keeps_it_where_it_is(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    case = Escalated(log, database, stream)
    log.append([an_act("acknowledge", CODE, "minh", seen=1, at=local("2026-03-10 09:30"))])
    apply_all(log, database)
    assert case.look(local("2026-03-10 10:01")) == 0
    assert (case.handling.rank, case.handling.acknowledged_by) == (1, "minh")


def test_an_answer_that_crosses_the_escalation_wins(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    """The chair answers in the second in which the service escalates: the log says who was first."""
    case = Escalated(log, database, stream)
    log.append([an_act("acknowledge", CODE, "minh", seen=1, at=local("2026-03-10 10:00"))])  # not applied yet
    assert case.look(local("2026-03-10 10:01")) == 1
    assert (case.handling.rank, case.handling.acknowledged_by) == (1, "minh")
