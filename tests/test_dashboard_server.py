"""The server of the wall, over HTTP, as a process on a real database and Redis."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.servers.processes import wait_until
from tests.servers.wall import Wall


def test_a_stream_opens_with_the_build_and_the_newest_board(wall: Wall) -> None:
    with stream(wall) as (answer, events):
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"
        name, hello = next(events)
        assert name == "hello"
        assert hello["ages"]["overview"] < 10
        name, first = next(events)
        assert name == "board"
        assert first["board"]["kpis"]["overdue_now"]["value"] == 12
        assert first["scene"] == "overview"
        assert wall.health()["displays"] >= 1
    wait_until(lambda: wall.health()["displays"] == 0, seconds=20, what="the display being forgotten")


def test_the_layout_carries_the_board_and_speaks_the_language_of_its_page(wall: Wall) -> None:
    texts = {
        language: httpx.get(
            f"{wall.url}/wall/_dash-layout", headers={"referer": f"{wall.url}/wall/?lang={language}"}
        ).text
        for language in ("vi", "en")
    }
    assert "Tỷ lệ đúng hạn" in json.dumps(json.loads(texts["vi"]), ensure_ascii=False)
    assert "On-time rate" in texts["en"]
    layout = json.loads(texts["en"])["props"]
    [frame] = json.loads(layout["data-frames"])
    assert frame["board"]["kpis"]["overdue_now"]["value"] == 12
    assert frame["age"] < 10
    assert json.loads(layout["data-page"])["language"] == "en"


def test_the_newest_frames_can_be_asked_for_without_a_stream(wall: Wall) -> None:
    told = httpx.get(f"{wall.url}/feed/wall/now", params={"scenes": "overview,nothing"}).json()
    assert [frame["scene"] for frame in told["frames"]] == ["overview"]
    assert told["frames"][0]["age"] < 10
    with stream(wall) as (_, events):
        assert next(events)[1]["build"] == told["build"]


def test_a_page_of_an_unknown_scene_or_unit_is_not_found(wall: Wall) -> None:
    answers = {
        path: httpx.get(f"{wall.url}/wall/{path}").status_code for path in ("", "rotation", "nope", "unit/99999")
    }
    assert answers == {"": 200, "rotation": 200, "nope": 404, "unit/99999": 404}


@pytest.mark.parametrize("path", ["/nope", "/wall/nope", "/docs", "/openapi.json", "/redoc", "/feed/nope", "/ops/nope"])
def test_an_unknown_address_is_not_found(wall: Wall, path: str) -> None:
    assert httpx.get(wall.url + path).status_code == 404


def test_the_root_leads_to_the_wall(wall: Wall) -> None:
    assert httpx.get(wall.url, follow_redirects=False).headers["location"] == "/wall/"


@pytest.mark.parametrize("path", ["/wall/", "/health", "/wall/_dash-layout", "/nope", "/wall/assets/wall/main.js"])
def test_every_answer_forbids_what_is_not_named(wall: Wall, path: str) -> None:
    headers = httpx.get(wall.url + path).headers
    policy = dict(each.split(" ", 1) for each in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert [name for name, sources in policy.items() if "http" in sources or "*" in sources] == []
    assert headers["x-content-type-options"] == "nosniff"
    assert "cache-control" in headers


def test_open_streams_do_not_hold_up_the_end(own_wall: Wall) -> None:
    with stream(own_wall) as (_, events):
        next(events)
        began = time.monotonic()
        own_wall.stop()
        assert time.monotonic() - began < 5
        assert "hello" not in [name for name, _ in events]  # and the stream has an end


def test_a_wall_without_redis_shows_what_was_applied_all_the_same(own_wall: Wall) -> None:
    own_wall.stop()
    lonely = Wall(own_wall.folder, own_wall.database, "redis://127.0.0.1:1/0")
    lonely.start()
    try:
        with stream(lonely) as (_, events), lonely.connect() as connection:
            boards = (each["board"] for name, each in events if name == "board")
            assert next(boards)["tallies"]["quarantined"] == 3
            connection.execute("update part_offset set quarantined = 4, duplicates = duplicates - 1")
            assert any(board["tallies"]["quarantined"] == 4 for board in (next(boards) for _ in range(3)))
    finally:
        lonely.stop()


@contextmanager
def stream(wall: Wall) -> Iterator[tuple[httpx.Response, Iterator[tuple[str, Any]]]]:
    with httpx.stream("GET", f"{wall.url}/feed/wall", timeout=30) as answer:
        yield answer, _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in lines:
        field, _, text = line.partition(": ")
        if field == "event":
            name = text
        elif field == "data":
            yield name, json.loads(text)


def test_the_first_page_of_a_fresh_server_has_its_style_sheets_whichever_it_is(own_wall: Wall) -> None:
    page = httpx.get(f"{own_wall.url}/wall/rotation").text
    assert page.count('<link rel="stylesheet"') >= 10
