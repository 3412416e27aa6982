"""Acting over HTTP: who may, what becomes of it, and who hears that somebody was first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import httpx
import pytest

from dashboard.access.people import Role
from stream.handling.reading import read_acts
from tests.servers.centre import Centre
from tests.servers.people import signed_in

FIRST, CONTENDED, OWN, TIED, AHEAD = (f"H52.17.18-260105-{number:04d}" for number in (61, 64, 67, 70, 73))  # of 03979
TODAY = date(2026, 7, 1)


def acting(centre: Centre, login: str, role: Role = "operator", unit: str | None = None) -> httpx.Client:
    """A person's browser, signed in."""
    scope = () if unit is None else ((unit, TODAY),)
    cookies = signed_in(centre, role=role, scope=scope, login=login)
    return httpx.Client(base_url=centre.url, cookies=cookies, headers={"origin": centre.url}, timeout=20)


def act(client: httpx.Client, case: str, act: str, **more: Any) -> httpx.Response:
    return client.post("/ops/act", json={"act": act, "case": case, "seen": 0, **more})


def test_an_act_takes_effect_and_the_answer_shows_how_the_case_stands(shared_centre: Centre) -> None:
    with acting(shared_centre, "lan") as lan:
        answer = act(lan, FIRST, "assign", to="lan")
        assert (answer.status_code, answer.json()["took"]) == (200, True)
        assert (answer.json()["handling"]["holder"], answer.json()["handling"]["version"]) == ("lan", 1)
        again = act(lan, FIRST, "acknowledge", seen=1, note="đang xem").json()["handling"]
        assert (again["acknowledged_by"], again["holder"]) == ("lan", "lan")


def test_of_two_who_act_at_once_one_is_told_who_was_first(shared_centre: Centre) -> None:
    with acting(shared_centre, "lan") as lan, acting(shared_centre, "minh") as minh, ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(lambda who: act(who[0], CONTENDED, "assign", to=who[1]), [(lan, "lan"), (minh, "minh")])
        )
    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert (first.status_code, second.status_code) == (200, 409)
    winner = first.json()["handling"]["holder"]
    assert second.json()["took"] is False
    assert (second.json()["overtaken_by"]["by"], second.json()["overtaken_by"]["act"]) == (winner, "assign")
    assert second.json()["handling"]["holder"] == winner


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"act": "comment"}, "text_missing"),
        ({"act": "comment", "note": "gọi 0912345678"}, "personal_phone"),
        ({"act": "assign", "to": "nobody.here"}, "no_such_person"),
        ({"act": "tie", "other": "document/none"}, "no_such_other"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(shared_centre: Centre, asked: dict[str, str], why: str) -> None:
    with acting(shared_centre, "lan") as lan:
        answer = lan.post("/ops/act", json={"case": OWN, "seen": 0, **asked})
        assert (answer.status_code, answer.json()) == (422, {"detail": why})


def test_nobody_gets_before_others_by_having_seen_what_is_not_there_yet(shared_centre: Centre) -> None:
    with acting(shared_centre, "lan") as lan, acting(shared_centre, "minh") as minh, shared_centre.connect() as stream:
        assert act(lan, AHEAD, "assign", to="lan").json()["took"] is True
        assert act(minh, AHEAD, "assign", seen=9_999, to="minh").json()["took"] is True
        assert [told.act.seen for told in read_acts(stream, AHEAD)] == [0, 1]


def test_a_case_of_other_units_is_not_there(shared_centre: Centre) -> None:
    with acting(shared_centre, "xa", unit="04033") as other, acting(shared_centre, "muong", unit="03979") as own:
        assert act(other, OWN, "comment", note="thử").status_code == 404
        assert other.get("/ops/people", params={"case": OWN}).status_code == 404
        assert act(own, OWN, "comment", note="thử").status_code == 200
        assert own.post("/ops/act", json={"act": "comment", "case": "none", "seen": 0}).status_code == 404


def test_by_tying_nobody_learns_of_a_case_outside_their_scope(shared_centre: Centre) -> None:
    foreign, none = "H52.17.18-260105-0006", "H52.17.18-260105-9999"
    with acting(shared_centre, "muong", unit="03979") as own, acting(shared_centre, "lan") as everywhere:
        told = [act(own, TIED, "tie", other=other, untie=untie) for other in (foreign, none) for untie in (False, True)]
        assert {(each.status_code, each.text) for each in told} == {(422, '{"detail":"no_such_other"}')}
        assert act(everywhere, TIED, "tie", other=foreign).json()["handling"]["ties"] == [foreign]
        assert act(own, TIED, "tie", other=foreign, untie=True).json()["handling"]["ties"] == []  # it was told of it
        assert act(own, TIED, "tie", other=OWN).status_code == 200


def test_only_who_may_act_acts(shared_centre: Centre) -> None:
    assert httpx.post(f"{shared_centre.url}/ops/act", json={}, headers={"origin": shared_centre.url}).status_code == 401
    for role in ("leader", "analyst"):
        with acting(shared_centre, role, role=role) as looking:
            assert act(looking, OWN, "comment", note="thử").status_code == 403


def test_colleagues_are_those_who_may_act_on_the_case(shared_centre: Centre) -> None:
    with (
        acting(shared_centre, "lan") as lan,
        acting(shared_centre, "xa", unit="04033"),
        acting(shared_centre, "sep", role="leader"),
    ):
        told = lan.get("/ops/people", params={"case": OWN}).json()
    assert told["me"] == "lan"
    logins = {each["login"] for each in told["people"]}
    assert "lan" in logins
    assert logins.isdisjoint({"xa", "sep"})


def test_an_act_from_a_page_of_another_house_is_refused(shared_centre: Centre) -> None:
    with acting(shared_centre, "lan") as lan:
        lan.headers["origin"] = "http://elsewhere.example"
        assert act(lan, OWN, "comment", note="thử").status_code == 403
