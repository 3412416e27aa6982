"""`ioc case show` of a document and of a certificate, and of what has no clock at all; in both languages."""

import json
from collections.abc import Callable, Sequence
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from ingest.contracts.conference import Step
from ingest.contracts.documents import Act, Direction, DocumentStatus, Signature
from ingest.contracts.rules import Level
from ingest.log.postgres import PostgresLog
from ioc.commands.case import case
from stream.apply.cases import CERTIFICATE, DOCUMENT, ENDPOINT, MEETING
from stream.apply.lives import LIVES
from stream.apply.rulebook import Rulebook
from stream.core.endpoint import EndpointRecord
from stream.core.ledger import LEVELS, Measure
from stream.first_rules import first_rules
from stream.story.naming import measure_said, status_said
from stream.story.replay import replay, told_of
from stream.story.words import say
from tests.building.applying import apply_all
from tests.building.conference import MEETING as MEETING_NAME
from tests.building.conference import endpoint, schedule, step
from tests.building.documents import ADocument, a_certificate, incoming, outgoing

UNIT = "03979"  # Phường Mộc Sơn
LATER = "2026-02-01T08:00"
Show = Callable[..., Result]


def told() -> ADocument:
    """It came, was acknowledged, updated, was handled, and was done a day late; a status came after the others."""
    return (
        incoming("12/UBND-VP", UNIT, Level.DISTRICT)
        .sent("2026-01-05 09:00", due="2026-01-09 17:00", kind="Công văn", signature="valid", attachments=2)
        .told(DocumentStatus.ARRIVED, "2026-01-05 09:05")
        .told(DocumentStatus.DONE, "2026-01-15 09:00")
        .sent("2026-01-12 08:00", act="update", due="2026-01-14 17:00", signature="present")
        .told(DocumentStatus.RECEIVED, "2026-01-05 10:05")
    )


@pytest.fixture
def show(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    for event in told().events:
        log.append([event])
    sent = outgoing("34/UBND-VP", UNIT).sent("2026-01-05 09:00").sent("2026-01-06 09:00", act="recall")
    log.append([*sent.events, a_certificate("ab12", "person", ("2026-01-01 00:00", "2026-02-15 00:00"), unit=UNIT)])
    apply_all(log, database)
    return lambda code, *options: CliRunner().invoke(case, ["show", code, "--as-of", LATER, *options])


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_a_document_is_told_in_its_own_words(show: Show) -> None:
    vietnamese = show(told().case).output
    for sentence in (
        "Văn bản document/incoming/H52.17.03979/H52.17/2026-01-05/12/UBND-VP",
        "Văn bản 12/UBND-VP ngày 05/01/2026 của H52.17, đến H52.17.03979 (cấp huyện).",
        "  Trạng thái: Hoàn thành (06).",
        "  Đơn vị: Phường Mộc Sơn (03979).",
        "  Đến: 09:05 05/01/2026.",
        "  Hạn xử lý do bên gửi đặt: 17:00 14/01/2026.",
        "  Xác nhận tiếp nhận: 10:05 05/01/2026, sau 1 giờ làm việc.",
        "  Có chữ ký số, chưa kiểm tra.",
        "  Kết thúc: 09:00 15/01/2026, xử lý xong văn bản.",
        "  1. 09:00 05/01/2026: Văn bản đến, Phường Mộc Sơn (03979)",
        "     Nói: loại Công văn; hạn xử lý 17:00 09/01/2026; chữ ký số hợp lệ; 2 tệp đính kèm.",
        "  4. 08:00 12/01/2026: Bên gửi cập nhật, Phường Mộc Sơn (03979)",
        "     Hạn: trước 17:00 09/01/2026, nay 17:00 14/01/2026.",
        "     Sổ cái +60: số phút làm việc đến khi tiếp nhận, 10:05 05/01/2026, Phường Mộc Sơn (03979)",
    ):
        assert sentence in vietnamese
    english = show(told().case, "--lang", "en").output
    assert "Receipt acknowledged: 10:05 05/01/2026, after 1 hour of working time." in english
    assert english.count("\n") == vietnamese.count("\n")
    assert "{" not in vietnamese + english


def test_as_of_an_earlier_moment_it_is_told_as_it_stood(show: Show) -> None:
    then = document(show(told().case, "--as-of", "2026-01-12T07:00", "--format", "json"))["now"]
    assert (then["status"]["code"], then["levels"]) == (3, ["documents_open", "documents_overdue"])
    assert then["due"] == "2026-01-09T17:00:00+07:00"
    updated = document(show(told().case, "--as-of", "2026-01-14T07:00", "--format", "json"))["now"]
    assert (updated["levels"], updated["due"]) == (["documents_open"], "2026-01-14T17:00:00+07:00")
    before = document(show(told().case, "--as-of", "2026-01-01T07:00", "--format", "json"))["now"]
    assert [each["en"] for each in before["text"]] == ["Nothing had been said by then."]


def test_each_event_says_when_it_came_and_what_it_changed(show: Show) -> None:
    story = document(show(told().case, "--format", "json"))
    assert (story["kind"], story["level"], story["channel"], story["procedure"]) == ("document", "district", None, None)
    events = story["events"]
    assert [each["arrival"] for each in events] == [1, 2, 5, 4, 3]
    assert [each["came_late"] for each in events] == [False, False, True, True, False]
    assert [each["status"] and each["status"]["code"] for each in events] == [None, 1, 3, None, 6]
    acknowledged = {(each["measure"], each["n"]) for each in events[2]["ledger"]}
    assert acknowledged == {("document_acknowledged", 1), ("acknowledge_minutes", 60)}
    assert (story["now"]["ended_as"], story["due"]) == ("document_done", {"steps": [], "readings": []})
    certificate = document(show("certificate/ab12", "--format", "json"))["now"]
    assert (certificate["ended"], certificate["due"]) == (None, "2026-02-15T00:00:00+07:00")


def test_as_known_before_the_update_it_was_overdue(show: Show) -> None:
    update = next(each for each in document(show(told().case, "--format", "json"))["events"] if each["arrival"] == 4)
    then = document(show(told().case, "--known-at", update["known_at"], "--format", "json"))
    assert [each["arrival"] for each in then["events"]] == [1, 2, 4, 3]


def test_an_outgoing_document_and_a_certificate_are_told_too(show: Show) -> None:
    sent = show("document/outgoing/H52.17.03979/H52.17.03979/2026-01-05/34/UBND-VP").output
    for sentence in (
        "Văn bản đi 34/UBND-VP ngày 05/01/2026 của H52.17.03979 (cấp xã).",
        "  Trạng thái: Đã gửi đi.",
        "  Gửi đi: 09:00 05/01/2026.",
        "  Bên gửi thu hồi: 09:00 06/01/2026.",
    ):
        assert sentence in sent
    certificate = show("certificate/ab12", "--lang", "en").output
    for sentence in (
        "Certificate of a person (commune).",
        "  Valid from: 00:00 01/01/2026.",
        "  Valid until: 00:00 15/02/2026.",
        "  In force.",
        "  Expires soon.",
        "     It said: valid from 00:00 01/01/2026 to 00:00 15/02/2026.",
    ):
        assert sentence in certificate


def test_meetings_and_endpoints_are_told_the_same_way(
    log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    site = ("DC-CHIENG-SON", "03985")
    log.append(
        [
            schedule("2026-01-05 08:00", site),
            step("started", "2026-01-05 08:10"),
            step("joined", "2026-01-05 08:11", site),
        ]
    )
    log.append([endpoint("TB-1", "up", "2026-01-05 07:00"), endpoint("TB-1", "down", "2026-01-05 09:00")])
    apply_all(log, database)

    def shown(code: str) -> str:
        return CliRunner().invoke(case, ["show", code, "--as-of", "2026-01-05T10:00", "--lang", "en"]).output

    meeting, box = shown(f"meeting/{MEETING_NAME}"), shown("endpoint/TB-1")
    assert "  Status: On.\n" in meeting
    assert "  Scheduled to start: 08:00 05/01/2026.\n" in meeting
    assert "It said: scheduled to start 08:00 05/01/2026; 1 sites invited." in meeting
    assert "It said: site DC-CHIENG-SON." in meeting
    assert "  Status: Down.\n" in box
    assert "  It is away.\n" in box


def test_every_status_and_measure_has_words() -> None:
    kinds: dict[int, Sequence[int]] = {
        DOCUMENT: [0, *DocumentStatus], CERTIFICATE: [1, 2], MEETING: range(1, 6), ENDPOINT: [1, 2],
    }  # fmt: skip
    for kind, statuses in kinds.items():
        assert all(status_said(kind, int(status)).vi for status in statuses)
    assert all(measure_said(measure).en for measure in Measure if measure >= Measure.DOCUMENT_OUT)
    assert all(say(f"level_now.{name}").vi for name, steps in LEVELS.items() if steps[0] >= Measure.DOCUMENT_OUT)


def test_everything_that_a_source_can_say_has_words() -> None:
    acts = [f"{direction}_{act}" for direction in get_args(Direction) for act in get_args(Act)]
    signatures = [f"signature_{each}" for each in get_args(Signature)]
    assert all(say(f"act.{each}").vi for each in (*acts, *get_args(Step)))
    assert all(say(f"event.{each}").en for each in signatures)


def test_of_a_life_of_thousands_of_events_the_newest_are_judged_one_by_one() -> None:
    records = [EndpointRecord(number, 600 * number, number % 2 == 0, 3980, number) for number in range(3_000)]
    judged = replay(ENDPOINT, 0, records, [], Rulebook(first_rules(), {}))
    assert [each.pos for each in judged] == list(range(3_000 - told_of(3_000), 3_000))
    life = LIVES[ENDPOINT]
    assert judged[-1].entries == life.entries(life.fold(records, first_rules()), first_rules())
    assert [told_of(number) for number in (1, 500, 3_000, 20_000)] == [500, 500, 83, 20]
