"""`ioc case show`: a wait over the New Year, a transfer, a correction, a late record, new rules, a letter."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any, get_args

import psycopg
import pytest
from click.testing import CliRunner, Result

from ingest.contracts.onestop import Status
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.commands.case import case
from stream.core.ledger import Entry as LedgerEntry
from stream.core.ledger import Measure, postings
from stream.first_rules import first_rules
from stream.store.reading import snapshot
from stream.story.due import StepKind
from stream.story.errors import NotKnownYetError
from stream.story.reading import read_story
from stream.story.words import say
from tests.building.applying import apply_all
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.case_lives import a_calendar, a_register, asked, form, letter, moved_on, petition, recorded

CODE = "H52.17.18-240205-0001"
PLACE, NEXT, RIGHT = "03979", "03982", "03985"  # Thị trấn Mộc Châu, Thị trấn Nông trường Mộc Châu, Xã Chiềng Sơn
RECEIVED = "2024-02-05 08:30"
WAITED = asked("2024-02-06 10:00", "2024-02-16 10:00")
BY_INDEX = "Theo bộ chỉ số (Quyết định 766/QĐ-TTg)"
LATER = "2024-03-01T09:00"
Show = Callable[..., Result]


def tell(log: PostgresLog) -> None:
    """The case, in the order in which it became known; each in an append of its own, so at a moment of its own."""
    for entries in (
        a_register("TTHC-2024", term=5),
        [recorded(CODE, Status.RECEIVED, RECEIVED, PLACE, received_at=RECEIVED)],
        [
            recorded(CODE, Status.SUPPLEMENT_AWAITED, "2024-02-06 10:00", PLACE, received_at=RECEIVED,
                     supplements=asked("2024-02-06 10:00"))
        ],
        [recorded(CODE, Status.IN_PROGRESS, "2024-02-16 10:00", PLACE, received_at=RECEIVED, supplements=WAITED)],
        [recorded(CODE, Status.IN_PROGRESS, "2024-02-20 09:00", NEXT, received_at=RECEIVED, supplements=WAITED)],
        a_calendar("lich-2024-2", **{"Quyết định 10/QĐ-UBND": [date(2024, 2, 21)]}),
        [
            recorded(CODE, Status.IN_PROGRESS, "2024-02-21 14:00", RIGHT, received_at=RECEIVED, supplements=WAITED,
                     unit_corrected=True)
        ],
        [letter(CODE, "2024-02-26 09:00", RIGHT, "12/PXL", "2024-02-28 17:00")],
        [
            recorded(CODE, Status.SETTLED, "2024-02-27 15:00", RIGHT, received_at=RECEIVED, supplements=WAITED,
                     ended_at="2024-02-27 15:00", unit_corrected=True)
        ],
        [moved_on(CODE, Status.IN_PROGRESS, "2024-02-05 14:00", PLACE)],
    ):  # fmt: skip
        log.append(list(entries))


@pytest.fixture
def show(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    tell(log)
    apply_all(log, database)
    return lambda *arguments: CliRunner().invoke(case, ["show", CODE, *arguments])


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def vi(sentences: list[dict[str, str]]) -> list[str]:
    return [each["vi"] for each in sentences]


def test_the_events_stand_in_their_own_time_and_say_which_came_late(show: Show) -> None:
    events = document(show("--as-of", LATER, "--format", "json"))["events"]
    told = [each for each in events if each["adopted"] is None]
    assert [(each["at"][:16], each["status"]["code"], each["unit"]["code"], each["came_late"]) for each in told] == [
        ("2024-02-05T08:30", 2, "03979", False),
        ("2024-02-05T14:00", 4, "03979", True),
        ("2024-02-06T10:00", 5, "03979", False),
        ("2024-02-16T10:00", 4, "03979", False),
        ("2024-02-20T09:00", 4, "03982", False),
        ("2024-02-21T14:00", 4, "03985", False),
        ("2024-02-26T09:00", 0, "03985", False),
        ("2024-02-27T15:00", 9, "03985", False),
    ]
    assert [each["arrival"] for each in told] == [1, 9, 2, 3, 4, 6, 7, 8]
    assert [each["adopted"] for each in events if each["adopted"]] == [{"kind": "calendar", "version": "lich-2024-2"}]
    assert told[0]["status"] == {"code": 2, "vi": "Được tiếp nhận", "en": "Received"}
    assert told[0]["unit"] == {"code": "03979", "name": "Thị trấn Mộc Châu"}
    assert told[0]["source"] == "onestop.moc-chau"
    assert told[0]["type"] == "vn.ioc.onestop.application.recorded"
    assert told[6]["said"]["number"] == "12/PXL"


def test_the_due_date_came_about_step_by_step(show: Show) -> None:
    due = document(show("--as-of", LATER, "--format", "json"))["due"]
    term, moved = due["steps"]
    assert (term["kind"], term["due"], moved["kind"], moved["due"]) == (
        "term", "2024-02-19T08:30:00+07:00", "moved", "2024-02-23T08:30:00+07:00",
    )  # fmt: skip
    assert vi(term["text"]) == [
        (
            "Nguồn không hẹn ngày: tiếp nhận 08:30 05/02/2024 cộng thời hạn 5 ngày làm việc của thủ tục 1.005129 thành"
            " 08:30 19/02/2024."
        ),
        (
            "Không tính đêm, ngoài giờ và: 08/02/2024 (29 Tết), 09/02/2024 (Giao thừa Tết Nguyên Đán), 10/02/2024 (Tết"
            " Nguyên Đán), 11/02/2024 (Mùng hai Tết Nguyên Đán), 12/02/2024 (Mùng ba Tết Nguyên Đán), 13/02/2024 (Mùng"
            " bốn Tết Nguyên Đán), 14/02/2024 (Mùng năm Tết Nguyên Đán), 17/02/2024 đến 18/02/2024 (cuối tuần)."
        ),
    ]
    assert moved["working_seconds"] == 3 * 8 * 3600
    assert vi(moved["text"])[0] == (
        "10:00 16/02/2024: đồng hồ dừng từ 10:00 06/02/2024 đến 10:00 16/02/2024; ngày hẹn trả lùi 3 ngày làm việc,"
        " từ 08:30 19/02/2024 thành 08:30 23/02/2024."
    )
    assert vi(moved["text"])[2] == "Ngày hẹn lùi qua: 21/02/2024 (Quyết định 10/QĐ-UBND)."
    assert moved["rule"]["en"] == (
        "Where the source gives no new date, it moves by the working time that the wait took (B)."
    )


def test_both_readings_of_the_due_date_stay_where_the_rules_changed(show: Show) -> None:
    readings = document(show("--as-of", LATER, "--format", "json"))["due"]["readings"]
    assert [(each["calendar"], each["procedures"], each["due"]) for each in readings] == [
        ("office-1", "TTHC-2024", "2024-02-22T08:30:00+07:00"),
        ("lich-2024-2", "TTHC-2024", "2024-02-23T08:30:00+07:00"),
    ]
    assert readings[0]["known_from"] < readings[1]["known_from"]


def test_what_holds_is_told_in_words(show: Show) -> None:
    now = document(show("--as-of", LATER, "--format", "json"))["now"]
    assert vi(now["text"]) == [
        "Trạng thái: Đã xử lý xong (9).",
        "Đơn vị: Xã Chiềng Sơn (03985).",
        "Tiếp nhận: 08:30 05/02/2024.",
        "Hẹn trả: 08:30 23/02/2024.",
        "Kết thúc xử lý: 15:00 27/02/2024, giải quyết quá hạn.",
        "Thuộc Thị trấn Mộc Châu (03979) từ 08:30 05/02/2024 đến 09:00 20/02/2024.",
        "Thuộc Xã Chiềng Sơn (03985) từ 09:00 20/02/2024 đến 15:00 27/02/2024.",
        "Tạm dừng từ 10:00 06/02/2024 đến 10:00 16/02/2024: 3 ngày làm việc.",
        "Nợ phiếu xin lỗi từ 00:00 24/02/2024; đã gửi 09:00 26/02/2024.",
        "Theo bộ chỉ số (Quyết định 766/QĐ-TTg): trễ, vì kết thúc sau ngày hẹn trả.",
    ]
    assert (now["ended_as"], now["remaining_seconds"], now["index"]["late"]) == ("settled_late", None, True)
    assert now["letter"] == {
        "owed_since": "2024-02-24T00:00:00+07:00", "outstanding": 0, "sent": ["2024-02-26T09:00:00+07:00"],
    }  # fmt: skip


def test_as_of_an_earlier_moment_what_came_later_is_told_but_does_not_hold(show: Show) -> None:
    waiting = document(show("--as-of", "2024-02-09T09:00", "--format", "json"))
    assert len(waiting["events"]) == 9
    text = vi(waiting["now"]["text"])
    assert text[:6] == [
        "Trạng thái: Yêu cầu bổ sung giấy tờ (5).",
        "Đơn vị: Thị trấn Mộc Châu (03979).",
        "Tiếp nhận: 08:30 05/02/2024.",
        "Hẹn trả: 08:30 19/02/2024.",
        "Còn 3 ngày 6 giờ 30 phút làm việc.",
        "Đồng hồ dừng từ 10:00 06/02/2024.",
    ]
    assert text[-2:] == [
        "Tạm dừng từ 10:00 06/02/2024 đến 10:00 16/02/2024: 3 ngày làm việc.",
        f"{BY_INDEX}: đúng hạn; đang chờ bổ sung nên tính đến lúc yêu cầu, 10:00 06/02/2024.",
    ]
    late = document(show("--as-of", "2024-02-26T10:15", "--format", "json"))["now"]
    assert late["levels"] == ["open", "overdue"]
    assert late["remaining_seconds"] == -(8 * 3600 + 6300)
    assert "Đã quá 1 ngày 1 giờ 45 phút làm việc." in vi(late["text"])
    before = document(show("--as-of", "2024-02-01T08:00", "--format", "json"))["now"]
    assert vi(before["text"])[:2] == ["Chưa có gì được ghi nhận đến lúc này.", "Chưa được tiếp nhận."]


def test_as_known_before_the_calendar_and_the_correction(show: Show) -> None:
    events = document(show("--format", "json"))["events"]
    transfer = next(each for each in events if each["arrival"] == 4)
    story = document(show("--as-of", LATER, "--known-at", transfer["known_at"], "--format", "json"))
    assert [each["arrival"] for each in story["events"]] == [1, 2, 3, 4]
    assert story["rules"] == {"calendar": "office-1", "procedures": "TTHC-2024"}
    assert story["due"]["steps"][-1]["due"] == "2024-02-22T08:30:00+07:00"
    assert (story["now"]["unit"]["code"], story["now"]["levels"]) == ("03982", ["open", "overdue"])
    assert story["now"]["letter"]["outstanding"] == 1


def test_the_ledger_tells_what_each_event_changed(show: Show) -> None:
    events = document(show("--as-of", LATER, "--format", "json"))["events"]
    correction = next(each for each in events if each["arrival"] == 6)
    changed = {(each["n"], each["measure"], each["unit"]["code"]) for each in correction["ledger"]}
    assert {(-1, "moved_in", "03982"), (1, "moved_in", "03985")} <= changed
    adoption = next(each for each in events if each["adopted"])
    overdue = [(each["n"], each["at"][:10]) for each in adoption["ledger"] if each["measure"] == "overdue_in"]
    assert overdue == [(-1, "2024-02-23"), (1, "2024-02-24")]
    assert "Ngày hẹn trả: trước 08:30 22/02/2024, nay 08:30 23/02/2024." in vi(adoption["text"])
    late = next(each for each in events if each["came_late"])
    assert vi(late["text"])[1:] == ["Đến muộn: khi đó đã biết việc xảy ra sau nó.", "Sổ cái không đổi."]
    assert vi(events[0]["text"])[2] == "Sổ cái +1: tiếp nhận, 08:30 05/02/2024, Thị trấn Mộc Châu (03979)"


def test_the_text_says_it_in_either_language(show: Show) -> None:
    vietnamese = show("--as-of", LATER).output
    english = show("--as-of", LATER, "--lang", "en").output
    for sentence in (
        f"Hồ sơ {CODE}",
        "Tính đến 09:00 01/03/2024, theo tất cả những gì đã biết.",
        "Thủ tục 1.005129, lĩnh vực Hộ tịch, cấp xã, kênh trực tuyến.",
        "Lịch làm việc lich-2024-2; danh mục thủ tục: TTHC-2024.",
        "  Đơn vị: Xã Chiềng Sơn (03985).",
        "NGÀY HẸN TRẢ HÌNH THÀNH THẾ NÀO",
        "  4. 10:00 16/02/2024: Đang xử lý, Thị trấn Mộc Châu (03979)",
        "     Nói: tiếp nhận 08:30 05/02/2024; yêu cầu bổ sung 10:00 06/02/2024, đã nhận 10:00 16/02/2024.",
        "     Nói: số 12/PXL; hẹn lại 17:00 28/02/2024.",
        "Áp dụng lịch làm việc lich-2024-2",
    ):
        assert sentence in vietnamese
    for sentence in (
        f"Application {CODE}",
        "  Status: Settled (9).",
        (
            "10:00 16/02/2024: the clock stood from 10:00 06/02/2024 to 10:00 16/02/2024; the due date moves by 3 days"
            " of working time, from 08:30 19/02/2024 to 08:30 23/02/2024."
        ),
        "By the index (Decision 766/QĐ-TTg): late, since it ended after the due date.",
        "Came late: something that happened after it was known already.",
    ):
        assert sentence in english
    assert english.count("\n") == vietnamese.count("\n")


def test_an_unknown_code_says_so_and_offers_the_nearest(show: Show) -> None:
    del show
    result = CliRunner().invoke(case, ["show", "H52.17.18-240205-0010"])
    assert str(result.exception) == f"there is no case H52.17.18-240205-0010: the nearest are {CODE}"


def test_before_anybody_spoke_of_it_nothing_is_known(show: Show, stream: psycopg.Connection) -> None:
    del show
    with pytest.raises(NotKnownYetError, match=f"nothing was known of the case {CODE} at 2024-01-01"), snapshot(stream):
        read_story(stream, CODE, local(LATER.replace("T", " ")), local("2024-01-01 08:00"), first_rules())


def test_forms_and_petitions_are_told_too(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    log.append([form("P-1", "2024-03-04 09:00", PLACE), petition("K-1", "2024-03-04 08:00", PLACE, "2024-03-11 17:00")])
    log.append([petition("K-1", "2024-03-04 08:00", PLACE, "2024-03-11 17:00", "2024-03-13 09:00")])
    apply_all(log, database)
    told = CliRunner().invoke(case, ["show", "evaluation/P-1", "--as-of", LATER]).output
    assert "Phiếu đánh giá evaluation/P-1" in told
    assert "Nói: tốt." in told
    asked_of = document(
        CliRunner().invoke(case, ["show", "petition/K-1", "--as-of", "2024-03-12T09:00", "--format", "json"])
    )
    assert asked_of["kind"] == "petition"
    assert asked_of["now"]["levels"] == ["petitions_open", "petitions_overdue"]
    assert [each["heading"]["en"] for each in asked_of["events"]] == [
        "08:00 04/03/2024: petition record, Thị trấn Mộc Châu (03979)",
        "09:00 13/03/2024: petition record, Thị trấn Mộc Châu (03979)",
    ]


def test_what_the_replay_changes_is_what_the_ledger_has(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    lives = some_lives(40)
    Random(5).shuffle(lives)
    log.append(lives[:70])
    log.append(list(a_calendar("lich-2026-2", **{"Quyết định 1/QĐ-UBND": [date(2026, 1, 27)]})))
    log.append(lives[70:])
    apply_all(log, database)
    adopted: Counter[bool] = Counter()
    codes = [code for (code,) in stream.execute("select code from cases order by code").fetchall()]
    with snapshot(stream):
        stories = [read_story(stream, code, _noon(), None, first_rules()) for code in codes]
    for story in stories:
        for chapter in story.chapters:
            before = frozenset() if chapter.before is None else chapter.before.entries
            assert sorted(chapter.postings) == sorted(postings(before, chapter.after.entries))
            adopted[chapter.event is None] += 1
    assert len(stories) == 40
    assert adopted[True] > 0


def test_as_known_at_any_moment_the_story_is_what_the_ledger_had_by_then(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    lives = some_lives(12)
    Random(6).shuffle(lives)
    for start in range(0, len(lives), 9):
        log.append(lives[start : start + 9])
        if start == 18:
            log.append(list(a_calendar("lich-2026-3", **{"Quyết định 2/QĐ-UBND": [date(2026, 1, 26)]})))
    apply_all(log, database)
    moments = stream.execute("select distinct appended_at from event order by 1").fetchall()
    told = 0
    with snapshot(stream):
        for code, number in stream.execute("select code, id from cases order by code").fetchall():
            for (known_at,) in moments:
                posted = stream.execute(
                    "select measure, extract(epoch from at)::bigint, unit, field, channel, level, traits, procedure"
                    " from ledger where case_id = %s and known_at <= %s group by 1, 2, 3, 4, 5, 6, 7, 8"
                    " having sum(n) > 0",
                    [number, known_at],
                ).fetchall()
                try:
                    story = read_story(stream, code, _noon(), known_at, first_rules())
                except NotKnownYetError:
                    assert posted == []
                    continue
                assert {LedgerEntry(*row) for row in posted} == story.judged.entries
                told += bool(posted)
    assert told > 40


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (letter("A", "2024-03-04 09:00", PLACE, "1/PXL", "2024-03-05 09:00"), "Đã gửi phiếu xin lỗi 09:00 04/03/2024"),
        (recorded("A", Status.NEW, "2024-03-04 09:00", PLACE), "chưa tính, vì chưa tiếp nhận."),
        (recorded("A", Status.REFUSED, "2024-03-04 09:00", PLACE), "Trạng thái: Không được tiếp nhận (3)."),
        (moved_on("A", Status.SUPPLEMENT_AWAITED, "2024-03-04 09:00", PLACE), "Đồng hồ dừng từ 09:00 04/03/2024."),
        (recorded("A", Status.IN_PROGRESS, "2025-01-20 09:00", "03991", received_at="2025-01-20 09:00"),
         "Thuộc Xã Quy Hướng (03991) từ 09:00 20/01/2025 đến 00:00 01/07/2025."),
        (recorded("A", Status.RECEIVED, "2025-03-04 09:00", "03980", received_at="2025-03-04 09:00"),
         "Được tiếp nhận, đơn vị 03980 (chưa ghi tên của thời gian này)"),
    ],
)  # fmt: skip
def test_a_case_of_a_single_record_has_a_story(
    log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch, entry: Entry, sentence: str
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    log.append([entry])
    apply_all(log, database)
    result = CliRunner().invoke(case, ["show", "A"])
    assert result.exception is None
    assert sentence in result.output


def test_there_are_words_for_everything_that_a_story_can_say() -> None:
    for measure in Measure:
        assert say(f"measure.{measure.name.lower()}").vi
    for status in (*Status, 0):
        assert say(f"status.{int(status)}").en
    for kind in get_args(StepKind):
        values = dict.fromkeys(
            ("at", "due", "before", "start", "end", "worked", "term", "received", "procedure", "arrival"), "x"
        )
        for key in (f"step.{kind}", f"rule.{kind}"):
            said = say(key, **values)
            assert said.vi != said.en


def _noon() -> datetime:
    return local("2026-02-01 12:00")
