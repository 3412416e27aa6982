"""The story of a case tells what people did about it, in the order of the log, and who was first."""

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from stream.first_rules import first_rules
from stream.handling.reading import read_acts
from stream.store.reading import snapshot
from stream.story.errors import StoryError
from stream.story.reading import read_story
from stream.story.text import story_text
from stream.story.words import Language
from tests.building.acts import an_act
from tests.building.applying import apply_all
from tests.building.events import an_application
from tests.building.moments import local

CASE = "H52.17.18-260105-0001"
NOW = local("2026-01-07 09:00")


@pytest.fixture
def handled(database: str, log: PostgresLog) -> None:
    log.append([an_application(CASE).received("2026-01-05 09:00", due="2026-01-09 17:00").sync()])
    log.append(
        [
            an_act("acknowledge", CASE, "lan", note="đang hỏi địa chính"),
            an_act("assign", CASE, "minh", to="minh"),
            an_act("assign", CASE, "lan", seen=1),
            an_act("escalate", CASE, "lan", seen=2, note="gấp"),
            an_act("tie", CASE, "lan", other="document/1"),
        ]
    )
    apply_all(log, database)


def told(stream: psycopg.Connection, language: Language) -> list[str]:
    with snapshot(stream):
        story = read_story(stream, CASE, NOW, None, first_rules())
        text = story_text(story, language, read_acts(stream, CASE))
    return [line.strip() for line in text.split("\n\n")[-1].splitlines()]


@pytest.mark.usefixtures("handled")
def test_every_act_is_told_and_what_was_overtaken_names_who_was_first(stream: psycopg.Connection) -> None:
    assert told(stream, "vi") == [
        "Đã xử lý trên hàng đợi",
        "1. 09:00 06/01/2026: lan nhận biết, có hiệu lực đến 09:00 07/01/2026: đang hỏi địa chính",
        "2. 09:00 06/01/2026: minh giao cho minh; không có hiệu lực: lan làm trước lúc 09:00 06/01/2026",
        "3. 09:00 06/01/2026: lan thôi giao, hồ sơ chưa có ai",
        "4. 09:00 06/01/2026: lan chuyển cấp trên bậc 1, chờ trả lời đến 11:00 06/01/2026: gấp",
        "5. 09:00 06/01/2026: lan gắn document/1",
    ]
    assert told(stream, "en")[2] == (
        "2. 09:00 06/01/2026: minh assigned it to minh; without effect: lan was first, at 09:00 06/01/2026"
    )


@pytest.mark.usefixtures("handled")
def test_how_a_case_is_handled_has_no_story_of_its_own(stream: psycopg.Connection) -> None:
    with snapshot(stream), pytest.raises(StoryError, match=f"ask for {CASE}"):
        read_story(stream, f"handling/{CASE}", NOW, None, first_rules())
