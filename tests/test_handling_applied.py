"""Acts go the way of every event: applied once, told apart, and the same again after a rebuild."""

from datetime import datetime

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from stream.alerts.line import shipped_line
from stream.apply.reading import identity_of
from stream.core.handling import UNTOUCHED
from stream.first_rules import first_rules
from stream.handling.acting import Subject, Wanted, act_of
from stream.handling.errors import ActError
from stream.handling.reading import check_tie, read_acts, read_handlings, read_outcome, read_subject
from stream.handling.times import Times
from stream.handling.told import act_json, handling_json
from stream.kpi.catalogue import load_catalogue
from stream.live import BOARD_KPIS, read_board
from stream.rebuild import compare, rebuild
from tests.building.acts import an_act
from tests.building.applying import apply_all, calendar, opener
from tests.building.events import an_application
from tests.building.moments import local

CASE = "H52.17.18-260105-0001"
NOW = local("2026-01-06 09:00")


def received(log: PostgresLog) -> None:
    log.append([an_application(CASE).received("2026-01-05 09:00", due="2026-01-09 17:00").sync()])


def reason(case: Subject, **wanted: object) -> str:
    with pytest.raises(ActError) as raised:
        act_of(Wanted(case=CASE, seen=0, **wanted), case, "lan", NOW, Times(calendar(), shipped_line()))  # type: ignore[arg-type]
    return raised.value.reason


def a_subject(*, is_open: bool = True, rank: int = 0) -> Subject:
    return Subject(CASE, 1, 3980, NOW, is_open, UNTOUCHED.__class__(rank=rank))


def test_what_was_done_about_a_case_is_told_in_the_order_of_the_log(
    database: str, log: PostgresLog, stream: psycopg.Connection
) -> None:
    received(log)
    log.append([an_act("assign", CASE, "lan", to="lan"), an_act("assign", CASE, "minh", to="minh", note="của tôi")])
    apply_all(log, database)
    subject = read_subject(stream, CASE)
    assert subject is not None
    assert (subject.unit, subject.is_open, subject.due) == (3980, True, local("2026-01-09 17:00"))
    assert handling_json(subject.handling) | {"version": 1, "holder": "lan"} == handling_json(subject.handling)
    first, second = read_acts(stream, CASE)
    assert first.overtaken_by is None
    assert second.overtaken_by == first.record
    told = act_json(second)
    assert (told["act"], told["by"], told["note"], told["at"]) == ("assign", "minh", "của tôi", NOW.isoformat())


def test_the_answer_to_an_act_says_who_was_first(database: str, log: PostgresLog, stream: psycopg.Connection) -> None:
    received(log)
    log.append([an_act("assign", CASE, "lan", to="lan")])
    mine = an_act("acknowledge", CASE, "minh")
    identity = identity_of("ioc.ops", mine.body.split(b'"id":"')[1].split(b'"')[0].decode())
    assert read_outcome(stream, CASE, identity) is None
    log.append([mine])
    apply_all(log, database)
    outcome = read_outcome(stream, CASE, identity)
    assert outcome is not None
    rival, handling = outcome
    assert rival is not None
    assert (rival.by, handling.holder, handling.acknowledged_by) == ("lan", "lan", None)


def test_acts_change_no_figure_and_a_rebuild_gives_them_again(
    database: str, log: PostgresLog, stream: psycopg.Connection
) -> None:
    received(log)
    apply_all(log, database)
    wall = load_catalogue().only(BOARD_KPIS)

    def values() -> list[float | None]:
        return [tile.figure.value for tile in read_board(stream, wall, NOW, ["03980"]).tiles]

    before = values()
    log.append([an_act("escalate", CASE, "lan", note="chậm phản hồi"), an_act("comment", CASE, "minh", note="đã gọi")])
    apply_all(log, database)
    assert values() == before
    cut = rebuild(log, lambda schema: opener(database, schema)(), first_rules(), lambda _: None)
    compared = compare(lambda schema: opener(database, schema)(), cut)
    assert {each.table for each in compared if each.equal is False} == set()
    assert next(each for each in compared if each.table == "cases").live_rows == 2


def test_a_second_sending_of_an_act_is_a_duplicate(database: str, log: PostgresLog, stream: psycopg.Connection) -> None:
    received(log)
    once = an_act("comment", CASE, "lan", note="đã gọi")
    log.append([once, once])
    apply_all(log, database)
    assert read_handlings(stream, [CASE])[CASE].comments == 1


def test_a_source_cannot_act(database: str, log: PostgresLog, stream: psycopg.Connection) -> None:
    act = an_act("assign", CASE, "lan", to="lan")
    log.append([act._replace(body=act.body.replace(b'"ioc.ops"', b'"onestop"'))])
    apply_all(log, database)
    assert read_handlings(stream, [CASE]) == {}
    assert [why for (why,) in stream.execute("select reason from quarantine")] == ["acts come from ioc.ops only"]


def test_a_case_that_nobody_touched_is_handled_by_nobody(
    database: str, log: PostgresLog, stream: psycopg.Connection
) -> None:
    received(log)
    apply_all(log, database)
    assert read_handlings(stream, [CASE]) == {}
    assert read_acts(stream, CASE) == ()
    assert read_subject(stream, "H52.17.18-260105-0009") is None


def test_only_what_exists_can_be_tied(database: str, log: PostgresLog, stream: psycopg.Connection) -> None:
    received(log)
    apply_all(log, database)
    for other, why in [(CASE, "tied_to_itself"), ("document/none", "no_such_other")]:
        with pytest.raises(ActError, match=why):
            check_tie(stream, CASE, other)


def test_an_acknowledgement_holds_for_a_working_day(database: str) -> None:
    del database
    made = act_of(
        Wanted(act="acknowledge", case=CASE, seen=0), a_subject(), "lan", NOW, Times(calendar(), shipped_line())
    )
    until: datetime = made.until  # type: ignore[attr-defined]  # of an acknowledgement
    assert until == local("2026-01-07 09:00")


def test_an_act_that_says_too_little_is_refused_with_its_reason() -> None:
    assert reason(a_subject(), act="comment") == "text_missing"
    assert reason(a_subject(), act="escalate", note=" ") == "reason_missing"
    assert reason(a_subject(), act="dismiss") == "reason_missing"
    assert reason(a_subject(), act="hand_over", shift="s") == "person_missing"
    assert reason(a_subject(), act="hand_over", to="hoa", shift="gọi 0912345678") == "personal_phone"
    assert reason(a_subject(), act="tie") == "other_missing"


@pytest.mark.parametrize(
    ("text", "why"),
    [("gọi 0912345678", "phone"), ("CCCD 014090001234", "number"), ("gửi lan@example.vn", "email")],
)
def test_a_text_that_names_a_person_is_refused(text: str, why: str) -> None:
    assert reason(a_subject(), act="comment", note=text) == f"personal_{why}"


def test_nothing_but_remarks_and_ties_can_be_added_to_a_case_that_has_ended() -> None:
    assert reason(a_subject(is_open=False), act="assign", to="lan") == "case_ended"
    made = act_of(
        Wanted(act="comment", case=CASE, seen=0, note="đã trả"), a_subject(is_open=False), "lan", NOW,
        Times(calendar(), shipped_line()),
    )  # fmt: skip
    assert made.note == "đã trả"


def test_above_the_last_rank_there_is_nobody() -> None:
    assert reason(a_subject(rank=len(shipped_line().ranks)), act="escalate", note="gấp") == "highest_rank"
