"""A letter that is marked as sent counts once: in the log, the ledger and the figures, whoever marks it how often."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import msgspec
import psycopg
import pytest

from dashboard.data.operators import UnavailableError
from dashboard.figure.asked import Asked
from dashboard.figure.behind import read_cases
from dashboard.letters.desk import prepare, void
from dashboard.letters.errors import LetterError
from dashboard.letters.sending import send
from dashboard.letters.telling import read_state
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.onestop import APOLOGISED, ApologySent
from ingest.contracts.registry import decode
from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from stream.first_rules import first_rules
from stream.kpi.catalogue import load_catalogue
from stream.store.reading import snapshot
from stream.story.reading import read_story
from stream.story.text import story_text
from tests.building.applying import a_worker, apply_all
from tests.building.letters import CODE, NOW, UNIT, WISH, a_late_one, an_asker, connecting, telling
from tests.building.moments import local
from tests.case_lives import letter
from tests.servers.letters import copied, filled

AFTER = local("2026-02-10 11:00")
Connect = Callable[[], psycopg.Connection]


@pytest.fixture(scope="module")
def applied(postgres: EmbeddedPostgres, migrated: str) -> str:
    return filled(postgres, migrated, [a_late_one(), a_late_one("H52.17.18-260202-0002")])


@pytest.fixture
def database(postgres: EmbeddedPostgres, applied: str) -> Iterator[str]:
    with copied(postgres, applied) as database:
        yield database


@pytest.fixture
def connect(database: str) -> Connect:
    return connecting(database)


@contextmanager
def working(log: PostgresLog, database: str) -> Iterator[None]:
    with a_worker(log, database):
        yield


def figures(connect: Connect) -> dict[str, float | None]:
    """What leaders read: of the month, and of this moment."""
    found: dict[str, float | None] = {}
    with connect() as connection:
        for name in ("apologies_owed", "apologies_sent", "apologies_due"):
            cases = read_cases(connection, Asked(load_catalogue()[name], UNIT, AFTER), AFTER)
            assert cases is not None
            found[name] = cases.figure.value
    return found


def sent_events(database: str) -> list[ApologySent]:
    with connecting(database)() as connection:
        bodies = connection.execute("select body from event").fetchall()
    envelopes = [decode_envelope(bytes(body)) for (body,) in bodies]
    found = [decode(each) for each in envelopes if each.type == APOLOGISED]
    return [each for each in found if isinstance(each, ApologySent)]


def test_preparing_and_making_void_change_no_figure(log: PostgresLog, database: str, connect: Connect) -> None:
    before = figures(connect)
    assert before == {"apologies_owed": 2, "apologies_sent": 0, "apologies_due": 2}
    ends = log.end_positions()
    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        void(connection, CODE, "in hỏng", an_asker())
        prepare(connection, CODE, WISH, an_asker())
    assert log.end_positions() == ends
    apply_all(log, database)
    assert figures(connect) == before


def test_sending_changes_them_once_and_its_answer_comes_when_it_has(
    log: PostgresLog, database: str, connect: Connect
) -> None:
    with working(log, database), connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        sent, outcome = send(connection, CODE, telling(log), an_asker())
        assert (outcome, sent.standing, sent.sent_by) == ("took", "sent", "lan")
        assert figures(connect) == {"apologies_owed": 2, "apologies_sent": 1, "apologies_due": 1}
        again, outcome = send(connection, CODE, telling(log), an_asker())
        assert (outcome, again.sent_at) == ("took", sent.sent_at)
        other, outcome = send(connection, CODE, telling(log), an_asker("minh", now=AFTER))
        assert (outcome, other.sent_by, other.sent_at) == ("overtaken", "lan", sent.sent_at)
    assert figures(connect) == {"apologies_owed": 2, "apologies_sent": 1, "apologies_due": 1}
    [event] = sent_events(database)
    assert msgspec.to_builtins(event) == {
        "application": CODE, "unit": UNIT, "sent_at": "2026-02-10T03:00:00Z", "number": "01/PXL",
        "new_date": "2026-02-25T10:30:00Z", "by": "lan",
        "reason": "hồ sơ cần thêm thời gian xác minh, thẩm tra tại thực địa",
    }  # fmt: skip


def test_the_story_of_the_case_tells_why_and_by_whom(log: PostgresLog, database: str, connect: Connect) -> None:
    with working(log, database), connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        send(connection, CODE, telling(log), an_asker())
        with snapshot(connection):
            story = read_story(connection, CODE, AFTER, None, first_rules())
    told = story_text(story, "vi")
    assert "số 01/PXL; hẹn lại 17:30 25/02/2026; lý do: hồ sơ cần thêm thời gian xác minh" in " ".join(told.split())
    assert "lan ghi nhận" in told


def test_of_many_who_mark_it_at_once_one_sent_it_and_the_log_has_one_event(
    log: PostgresLog, database: str, connect: Connect
) -> None:
    def one(login: str) -> tuple[str, str | None]:
        with connect() as connection:
            letter, outcome = send(connection, CODE, telling(log), an_asker(login))
            return outcome, letter.sent_by

    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
    with working(log, database), ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, ["lan", "minh", "hoa", "tuan", "nga", "bich"]))
    [sender] = {by for _, by in answers}
    assert sorted(outcome for outcome, _ in answers) == [*["overtaken"] * 5, "took"]
    assert [event.by for event in sent_events(database)] == [sender]
    assert figures(connect) == {"apologies_owed": 2, "apologies_sent": 1, "apologies_due": 1}


def test_a_log_that_does_not_answer_is_told_later_of_the_moment_at_which_it_was_sent(
    log: PostgresLog, database: str, connect: Connect
) -> None:
    taken: list[bytes] = []

    def cut_off(key: str, body: bytes) -> None:
        telling(log)(key, body)
        taken.append(body)
        raise UnavailableError  # it had arrived all the same: nobody can know

    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        with pytest.raises(UnavailableError):
            send(connection, CODE, cut_off, an_asker())
        assert read_state(connection, CODE, an_asker())["state"] == "sending"
        with pytest.raises(LetterError, match="being_sent"):
            void(connection, CODE, "in hỏng", an_asker())
        with working(log, database):
            sent, outcome = send(connection, CODE, telling(log), an_asker("minh", now=AFTER))
    assert len(taken) == 1
    assert (outcome, sent.sent_by, sent.sent_at) == ("overtaken", "lan", NOW)
    assert figures(connect) == {"apologies_owed": 2, "apologies_sent": 1, "apologies_due": 1}
    assert len(sent_events(database)) == 1


def test_without_a_worker_it_is_on_record_and_waits(
    log: PostgresLog, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.letters.sending._PATIENCE", 0.1)
    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        letter, outcome = send(connection, CODE, telling(log), an_asker())
    assert (outcome, letter.standing) == ("waits", "sent")


def test_without_a_log_nothing_is_marked(connect: Connect) -> None:
    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        with pytest.raises(LetterError, match="no_log"):
            send(connection, CODE, None, an_asker())
        assert read_state(connection, CODE, an_asker())["state"] == "prepared"


def test_where_the_one_stop_shop_sent_its_own_nothing_more_is_owed_or_sent(
    log: PostgresLog, database: str, connect: Connect
) -> None:
    with connect() as connection:
        prepare(connection, CODE, WISH, an_asker())
        log.append([letter(CODE, "2026-02-10 09:00", UNIT, "9/PXL-MC", "2026-02-13 17:00")])
        apply_all(log, database)
        with pytest.raises(LetterError, match="not_owed"):
            send(connection, CODE, telling(log), an_asker())
        void(connection, CODE, "một cửa đã gửi", an_asker())
        state = read_state(connection, CODE, an_asker())
        with pytest.raises(LetterError, match="not_owed"):
            prepare(connection, CODE, WISH, an_asker())
    assert (state["state"], state["offer"], state["letter"]) == ("sent", None, None)
    assert [each["number"] for each in state["told"]] == ["9/PXL-MC"]
    assert figures(connect) == {"apologies_owed": 2, "apologies_sent": 1, "apologies_due": 1}
