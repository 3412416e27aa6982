"""A display at work: its scenes are the server's choice, it tells how it is, and it is one no more when revoked."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.building.televisions import SCRIPT, Television
from tests.servers.displays import Centre
from tests.servers.home import ioc
from tests.servers.processes import wait_until

REPORT = {"build": "b1", "scene": "overview", "heap_bytes": 41_000_000, "nodes": 3000, "uptime_seconds": 60,
    "heals": {"reopen": 3, "refetch": 2, "reload": 1, "stall": 0}, "restarts": 4}  # fmt: skip


def events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in answer.iter_lines():
        field, _, text = line.partition(": ")
        if field == "event":
            name = text
        elif field == "data":
            yield name, json.loads(text)


def test_a_display_shows_its_scenes_whatever_its_address_says(closed_centre: Centre) -> None:
    television, _ = closed_centre.television(theme="light", language="en", seconds=45)
    page = television.get("/wall/rotation?scenes=map&lang=vi&theme=dark").text
    assert 'lang="en"' in page
    assert 'data-theme="light"' in page
    elsewhere = {"referer": f"{closed_centre.url}/wall/health?lang=vi"}
    layout = television.get("/wall/_dash-layout", SCRIPT, **elsewhere).json()["props"]
    assert layout["lang"] == "en"
    facts = json.loads(layout["data-page"])
    assert [scene["name"] for scene in facts["scenes"]] == ["overview"]
    assert facts["seconds"] == 45
    with television.browser.stream("GET", "/feed/wall?scenes=map,health") as answer:
        assert list(next(events(answer))[1]["ages"]) == ["overview"]


@pytest.mark.parametrize("how", ["page", "command"])
def test_revoking_ends_the_stream_within_seconds_and_says_so(closed_centre: Centre, how: str) -> None:
    television, number = closed_centre.television()
    with television.browser.stream("GET", "/feed/wall") as answer:
        said = events(answer)
        assert next(said)[0] == "hello"
        began = time.monotonic()
        if how == "page":
            assert closed_centre.operator(f"/displays/{number}/revoke", {}).status_code == 200
            closed_centre.wall.hint()  # a new frame: a heartbeat comes within five seconds, as below
        else:
            wall = closed_centre.wall
            done = ioc("display", "revoke", str(number), IOC_HOME=str(wall.folder), IOC_DATABASE_URL=wall.database)
            assert done.returncode == 0, done.stderr
        assert [data for name, data in said if name == "gone"] == [{"why": "revoked"}]  # and the stream has an end
        assert time.monotonic() - began < 9  # of which the command takes two or three
    wait_until(lambda: closed_centre.wall.health()["displays"] == 0, seconds=5, what="the stream being forgotten")
    assert "Traceback" not in (closed_centre.wall.folder / "wall.log").read_text()
    assert television.ask()["state"] == "revoked"
    assert television.prove(number).status_code == 401
    assert television.get("/feed/wall", SCRIPT).status_code == 401
    assert television.get("/wall/rotation").headers["location"] == "/display/"
    assert closed_centre.operator(f"/displays/{number}/revoke", {}).status_code == 404


def test_another_rotation_reaches_the_wall_within_seconds(closed_centre: Centre) -> None:
    television, number = closed_centre.television()
    with television.browser.stream("GET", "/feed/wall") as answer:
        said = events(answer)
        next(said)
        assert closed_centre.operator(f"/displays/{number}/change", {"seconds": 90}).status_code == 200
        closed_centre.wall.hint()
        assert [data for name, data in said if name == "gone"] == [{"why": "changed"}]
    assert television.get("/display/self").json()["seconds"] == 90
    assert closed_centre.listed(number)["name"] == "Sảnh tầng 1"  # what was not named stays


def test_a_display_tells_how_it_is_and_the_list_shows_it(closed_centre: Centre) -> None:
    television, number = closed_centre.television()
    assert closed_centre.listed(number)["reported_at"] is None
    assert television.browser.post("/display/report", json=REPORT).status_code == 204
    told = closed_centre.listed(number)
    assert told["heap_bytes"] == 41_000_000
    assert [told[name] for name in ("reopens", "refetches", "reloads", "stalls", "restarts")] == [3, 2, 1, 0, 4]
    assert told["seen_at"] is not None
    again = television.browser.post("/display/report", json={**REPORT, "nodes": 9999})
    assert again.status_code == 204
    assert closed_centre.listed(number)["nodes"] == 3000  # too soon after the last one to be kept


@pytest.mark.parametrize("wrong", [{"build": "<script>"}, {"scene": "nope"}, {"heap_bytes": -1}, {"nodes": "many"},
    {"note": "hello"}, {"heals": {"reopen": 1e30}}, {"build": "b" * 3000}])  # fmt: skip
def test_a_report_is_numbers_and_nothing_else(closed_centre: Centre, wrong: dict[str, object]) -> None:
    television, number = closed_centre.television()
    assert television.browser.post("/display/report", json={**REPORT, **wrong}).status_code in {400, 413}
    assert closed_centre.listed(number)["reported_at"] is None


def test_only_a_display_reports(closed_centre: Centre) -> None:
    assert Television(closed_centre.url).browser.post("/display/report", json=REPORT).status_code == 401
    assert closed_centre.operator("/display/report", REPORT).status_code == 401
    assert closed_centre.operator("/display/self").status_code == 401


def test_a_session_outlives_the_server_but_not_its_challenges(closed_centre: Centre) -> None:
    television, number = closed_centre.television()
    challenge = television.challenge(number)
    closed_centre.wall.stop()
    closed_centre.wall.start()
    assert television.get("/wall/rotation").status_code == 200
    assert television.prove(number, challenge).status_code == 401
    assert television.prove(number).status_code == 200


def test_the_command_line_approves_lists_and_changes(closed_centre: Centre) -> None:
    wall = closed_centre.wall
    settings = {"IOC_HOME": str(wall.folder), "IOC_DATABASE_URL": wall.database}
    television = Television(closed_centre.url)
    told = television.ask()
    done = ioc(
        "display", "approve", told["code"], "--name", "Phòng họp", "--scene", "map", "--scene", "overview", **settings
    )
    assert (done.returncode, json.loads(done.stdout)) == (0, {"id": told["id"]})
    wait_until(lambda: television.prove(told["id"]).status_code == 200, seconds=5)
    assert ioc("display", "set", str(told["id"]), "--seconds", "60", **settings).returncode == 0
    listed = json.loads(ioc("display", "list", "--format", "json", **settings).stdout)
    [found] = [each for each in listed if each["id"] == told["id"]]
    assert (found["standing"], found["scenes"], found["seconds"]) == ("live", ["map", "overview"], 60)
    assert found["approved_by"].startswith("cli")
    assert "Phòng họp" in ioc("display", "list", **settings).stdout
    again = ioc("display", "approve", told["code"], "--name", "x", **settings)
    assert (again.returncode, "no display waits" in again.stderr) == (1, True)
    assert ioc("display", "set", str(told["id"]), **settings).returncode == 2
