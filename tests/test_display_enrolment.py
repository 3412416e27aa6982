"""A display is enrolled, approved and proves its key; nothing else opens the wall. Over HTTP, with a real server."""

import re
from http.cookies import SimpleCookie

import pytest

from tests.building.televisions import SCRIPT, Television
from tests.servers.displays import Centre


def test_a_television_shows_a_code_is_approved_and_opens_its_wall(closed_centre: Centre) -> None:
    television = Television(closed_centre.url)
    told = television.ask()
    assert told["state"] == "pending"
    assert re.fullmatch(r"[34679CDFGHJKMNPQRTVWXY]{4}-[34679CDFGHJKMNPQRTVWXY]{4}", told["code"])
    assert 590 < told["seconds"] <= 600
    assert television.ask()["code"] == told["code"]  # however often it asks
    assert television.prove(told["id"]).status_code == 401  # not approved yet
    assert television.get("/wall/rotation").headers["location"] == "/display/"
    closed_centre.approve(told["code"].lower().replace("-", " "))
    assert television.ask() == {"id": told["id"], "state": "approved", "code": None, "seconds": None}
    opened = television.prove(told["id"])
    assert opened.json() == {
        "id": told["id"], "name": "Sảnh tầng 1", "scenes": ["overview"], "seconds": 20, "language": "vi",
        "theme": "dark",
    }  # fmt: skip
    assert television.get("/display/self").json() == opened.json()
    assert television.get("/wall/rotation").status_code == 200


def test_the_session_is_kept_where_no_script_and_no_other_house_gets_at_it(closed_centre: Centre) -> None:
    television = Television(closed_centre.url)
    number = closed_centre.approve(television.ask()["code"])
    [kept] = SimpleCookie(television.prove(number).headers["set-cookie"]).values()
    assert (kept["httponly"], kept["samesite"].lower(), kept["path"], kept["secure"]) == (True, "strict", "/", "")
    assert int(kept["max-age"]) == 12 * 3600


def test_where_the_way_is_encrypted_the_session_takes_no_other_one(closed_centre: Centre) -> None:
    behind_proxy = closed_centre.url.replace("http:", "https:")
    television = Television(closed_centre.url)
    number = closed_centre.approve(television.ask()["code"])
    challenge = television.browser.post("/display/challenge", json={"id": number}, headers={"origin": behind_proxy})
    text = challenge.json()["challenge"]
    proof = {"id": number, "challenge": text, "signature": television.sign(number, text, behind_proxy)}
    answer = television.browser.post("/display/session", json=proof, headers={"origin": behind_proxy})
    [kept] = SimpleCookie(answer.headers["set-cookie"]).values()
    assert kept["secure"] is True


def test_a_display_opens_one_wall_and_nothing_else(closed_centre: Centre) -> None:
    television, _ = closed_centre.television()
    assert television.get("/wall/map").headers["location"] == "/wall/rotation"
    assert television.get("/").headers["location"] == "/wall/rotation"
    for path in ("/data/", "/data/state", "/displays/", "/displays/state", "/kpi/overdue_now"):
        assert television.get(path).status_code == 403, path
    assert television.browser.post("/displays/approve", json={}).status_code == 403
    assert television.get("/feed/wall/now", SCRIPT).status_code in {200, 503}
    assert television.get("/wall/assets/wall/main.js", SCRIPT).status_code == 200


def test_nobody_sees_anything_in_a_closed_house(closed_centre: Centre) -> None:
    nobody = Television(closed_centre.url)
    for path in ("/wall/", "/wall/_dash-layout", "/feed/wall", "/feed/wall/now", "/data/state", "/displays/state"):
        assert nobody.get(path, SCRIPT).status_code == 401, path
    assert nobody.get("/wall/").headers["location"] == "/sign-in/?to=/wall/"
    assert nobody.get("/health").status_code == 200


def test_a_proof_is_good_once(closed_centre: Centre) -> None:
    television, number = closed_centre.television()
    challenge = television.challenge(number)
    assert television.prove(number, challenge).status_code == 200
    assert television.prove(number, challenge).status_code == 401


def test_a_proof_is_good_for_one_display_one_house_and_one_key(closed_centre: Centre) -> None:
    television, number = closed_centre.television()
    other, others = closed_centre.television()
    assert television.prove(number, other.challenge(others)).status_code == 401
    challenge = television.challenge(number)
    elsewhere = television.sign(number, challenge, "https://elsewhere.example")
    assert television.prove(number, challenge, signature=elsewhere).status_code == 401
    assert television.prove(number, challenge, signature=other.sign(number, challenge)).status_code == 401
    assert television.prove(number, challenge, signature="AAAA").status_code == 401
    assert television.prove(number, challenge + "A").status_code == 401
    assert television.prove(number, challenge).status_code == 200  # what failed did not use it up


@pytest.mark.parametrize("path", ["/display/enrol", "/display/challenge", "/display/session", "/display/report"])
def test_a_page_of_another_house_asks_in_vain(closed_centre: Centre, path: str) -> None:
    television, _ = closed_centre.television()
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert television.browser.post(path, json={}, headers=headers).status_code == 403


def test_only_a_key_that_is_one_is_enrolled(closed_centre: Centre) -> None:
    television = Television(closed_centre.url)
    for wrong in ({"x": "A" * 43}, {"crv": "P-384"}, {"kty": "RSA"}, {"x": television.public["x"] + "="}, {"y": "é"}):
        answer = television.browser.post("/display/enrol", json={"key": television.public | wrong})
        assert answer.status_code == 400, wrong
    assert television.browser.post("/display/enrol", content=b"x" * 9000).status_code == 415
    huge = b'{"key":"' + b"x" * 9000 + b'"}'
    headers = {"content-type": "application/json"}
    assert television.browser.post("/display/enrol", content=huge, headers=headers).status_code == 413


def test_an_unknown_code_approves_nothing(closed_centre: Centre) -> None:
    for code in ("MMMM-MMMM", "", "short", "0000-0000"):
        answer = closed_centre.operator("/displays/approve", {"code": code, "showing": {"name": "x"}})
        assert answer.status_code == 404, code


@pytest.mark.parametrize("showing", [{"name": ""}, {"name": " x"}, {"name": "x", "scenes": []},
    {"name": "x", "scenes": ["no"]}, {"name": "x", "seconds": 1}, {"name": "x", "theme": "pink"},
    {"name": "x", "more": 1}])  # fmt: skip
def test_a_display_shows_what_there_is(closed_centre: Centre, showing: dict[str, object]) -> None:
    code = Television(closed_centre.url).ask()["code"]
    assert closed_centre.operator("/displays/approve", {"code": code, "showing": showing}).status_code == 400


def test_the_list_tells_no_codes(closed_centre: Centre) -> None:
    code = Television(closed_centre.url).ask()["code"]
    assert code not in closed_centre.operator("/displays/state").text
