"""A tile says what its figure is worth: target, the day to compare with, state and age, by marks and words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.browser.fed import Fed, opened
from tests.browser.looks import cut_texts, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

KPI = "due_soon"
NOW = "2026-03-16T03:00:00Z"


def told(fed: Fed, kpi: str = KPI) -> list[str]:
    """What stands below the figure."""
    return [text for text in fed.page.locator(f"#overview-tile-{kpi} .tile-facts > span").all_inner_texts() if text]


def settle(fed: Fed, kpi: str = KPI, **figure: Any) -> None:
    fed.board["kpis"][kpi] |= {"value": 11, "before": 9, "before_day": "2026-03-09", "restated": None, **figure}
    fed.board |= {"now": NOW}
    fed.send()


def test_a_figure_names_its_target_and_the_day_to_compare_with(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit)
    settle(fed, "early_rate", value=0.825, before=0.81)
    assert told(fed, "early_rate") == ["Mục tiêu ≥\u00a080\u00a0%", "Tuần trước 81,0\u00a0%"]
    settle(fed, "early_rate", value=0.825, before=0.81, before_day="2026-03-02")
    assert told(fed, "early_rate")[1] == "Thứ 2 02/03: 81,0\u00a0%"
    settle(fed, "early_rate", value=0.825, before=None, before_day=None)
    assert told(fed, "early_rate") == ["Mục tiêu ≥\u00a080\u00a0%"]
    settle(fed, "overdue_now")
    assert told(fed, "overdue_now")[0] == "Mục tiêu 0"


SOURCE = {"source": "one", "state": "late", "streams": ["onestop"]}
HALF_AN_HOUR_AGO = (datetime.fromisoformat(NOW) - timedelta(minutes=31)).isoformat()


STATES = {
    "late": "Số liệu trễ 31 phút",
    "partial": "Thiếu một phần 31 phút",
    "frozen": "Tạm ngừng tính 31 phút",
    "restated": "Tính lại 3 ngày",
    "live": "",
}


def test_every_state_has_words_a_mark_of_its_own_and_an_age(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit)
    fed.board |= {"sources": [{**SOURCE, "heard_at": HALF_AN_HOUR_AGO}], "behind": 31 * 60.0}
    marks = set()
    for state, words in STATES.items():
        for figure in fed.board["kpis"].values():
            figure |= {"state": state, "restated": {"days": 3}}
        settle(fed, state=state, restated={"days": 3})
        assert fed.page.get_attribute(f"#overview-tile-{KPI}", "data-state") == state
        assert fed.page.inner_text(f"#overview-note-{KPI}") == words
        marks.add(fed.page.locator(f"#overview-note-{KPI}").evaluate(_MARK))
        assert cut_texts(fed.page) == [], state
        assert texts_on_each_other(fed.page) == [], state
    assert len(marks) == len(STATES)
    assert told(fed) == ["Tuần trước 9"]


def test_a_log_that_was_quiet_all_night_has_not_stood_still_since_its_last_event(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit)
    fed.board |= {"known_until": "2026-03-15T10:00:00Z", "behind": 130.0}
    settle(fed, state="frozen")
    assert told(fed)[0] == "Tạm ngừng tính 2 phút"


def test_how_late_the_figure_of_a_unit_is_is_told_only_where_one_source_can_be_meant(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/assets/wall/ages.js")
    ask = """async ([board, unit]) => {
      const { ageOfState } = await import("/wall/assets/wall/ages.js");
      return ageOfState(board, "late", { streams: ["onestop"] }, unit, { for_minutes: "{n}m", for_days: "{n}d" });
    }"""
    one = {**SOURCE, "heard_at": HALF_AN_HOUR_AGO}
    another = {**SOURCE, "source": "another", "heard_at": "2026-03-10T03:00:00Z"}
    assert page.evaluate(ask, [{"now": NOW, "sources": [one]}, "03980"]) == "31m"
    assert page.evaluate(ask, [{"now": NOW, "sources": [one, another]}, None]) == "6d"
    assert page.evaluate(ask, [{"now": NOW, "sources": [one, another]}, "03980"]) == ""


_MARK = """(e) => {
  const { content, borderRadius, borderColor, backgroundImage } = getComputedStyle(e, "::before");
  return [content, borderRadius, borderColor, backgroundImage].join(" ");
}"""


def test_no_data_is_told_apart_from_nought(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit)
    settle(fed, value=0)
    assert fed.page.inner_text(f"#overview-value-{KPI}") == "0"
    settle(fed, value=None)
    assert fed.page.inner_text(f"#overview-value-{KPI}") == "–"
    assert told(fed) == ["Chưa có dữ liệu"]
    settle(fed, value=None, unknown="not_as_known")
    assert told(fed) == ["Không lưu theo thời điểm"]


def test_at_a_desk_a_tile_leads_to_its_passport_also_by_keyboard(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit, "?lang=en&theme=light")
    page = fed.page
    assert page.get_attribute("#overview-tile-overdue_now", "href") == "/kpi/overdue_now?lang=en&theme=light"
    page.focus("#overview-tile-overdue_now")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "overview-tile-on_time_rate"
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"


def marks(fed: Fed, kpi: str) -> int:
    """How many animations run in a tile."""
    count: int = fed.page.locator(f"#overview-tile-{kpi}").evaluate("e => e.getAnimations({ subtree: true }).length")
    return count


def test_a_figure_that_changed_is_marked_once_and_by_the_compositor_alone(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit)
    settle(fed, value=11)
    settle(fed, value=11)
    assert marks(fed, "early_rate") == 0
    before = fed.page.evaluate("() => document.querySelectorAll('*').length")
    settle(fed, "online_rate", value=0.111)
    assert marks(fed, "online_rate") == 1
    [animation] = fed.page.locator("#overview-tile-online_rate").evaluate(
        "(tile) => tile.getAnimations({ subtree: true }).map((a) => a.effect).map((effect) =>"
        " [effect.getTiming().iterations, effect.getTiming().duration,"
        " Object.keys(effect.getKeyframes()[0]).filter((name) => name === 'color' || name === 'width')])"
    )
    assert animation == [1, 700, []]
    settle(fed, "online_rate", value=0.222)
    assert marks(fed, "online_rate") == 1, "it rests before it is marked again"
    assert fed.page.evaluate("() => document.querySelectorAll('*').length") == before


def test_whoever_asks_for_little_motion_gets_none(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit, still=True)
    settle(fed, value=11)
    settle(fed, value=12)
    assert marks(fed, KPI) == 0
