"""Signing in, being refused, being locked out, signing out: over HTTP, with a real server in a closed house."""

import stat
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

import httpx
import pytest

from dashboard.accounts.facts import Change, Entry
from dashboard.accounts.store import change_account, set_password
from tests.building.televisions import NAVIGATION, SCRIPT, Television
from tests.servers.data_page import script_key
from tests.servers.displays import Centre
from tests.servers.people import PASSWORD, account, enter, signed_in
from tests.servers.processes import wait_until

NEW = "một câu khác hẳn câu trước"


def somebody(centre: Centre, role: str = "operator", **more: object) -> str:
    """The login of a new person."""
    login = f"p{uuid4().hex[:10]}"
    account(centre.wall.database, login, role, **more)  # type: ignore[arg-type] # roles are given as they are
    return login


def tried(centre: Centre, login: str, password: str = PASSWORD, **cookies: str) -> httpx.Response:
    given = {"login": login, "password": password}
    return httpx.post(
        f"{centre.url}/sign-in/session", json=given, headers={"origin": centre.url}, cookies=cookies, timeout=20
    )


def asked(centre: Centre, path: str, cookies: dict[str, str], **headers: str) -> httpx.Response:
    return httpx.get(centre.url + path, cookies=cookies, headers={**SCRIPT, **headers})


def on_record(centre: Centre, who: str) -> list[str]:
    with centre.wall.connect() as connection:
        rows = connection.execute("select what from dashboard.audit where who = %s order by id", [who]).fetchall()
    return [what for (what,) in rows]


@pytest.fixture(autouse=True)
def nothing_held_against_this_address(closed_centre: Centre) -> None:
    """All tests come from one address, and some of them guess."""
    forgive_all(closed_centre)


def forgive_all(centre: Centre) -> None:
    with centre.wall.connect() as connection:
        connection.execute("delete from dashboard.throttle")


def until_locked(centre: Centre, login: str, **cookies: str) -> None:
    """Guess until a guess is not looked at any more; pauses double, so that they outlast a slow machine's answers."""
    for _ in range(12):
        if tried(centre, login, "wrong", **cookies).status_code == 429:
            return
    raise AssertionError("guessing goes on and on")


def test_a_person_signs_in_is_known_and_signs_out(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    assert asked(closed_centre, "/data/state", {}).status_code == 401
    session = enter(closed_centre.url, login.upper())  # however it was typed
    assert asked(closed_centre, "/data/state", session).status_code == 200
    told = asked(closed_centre, "/sign-in/me", session).json()["person"]
    assert told == {
        "login": login, "name": login.capitalize(), "role": "operator",
        "rights": ["act", "cases", "export", "look", "repair"],
    }  # fmt: skip
    left = httpx.post(f"{closed_centre.url}/sign-in/leave", cookies=session, headers={"origin": closed_centre.url})
    assert left.status_code == 200
    assert asked(closed_centre, "/data/state", session).status_code == 401  # a copy of the cookie opens nothing either
    assert on_record(closed_centre, login) == ["sign_in", "sign_out"]


def test_a_session_is_kept_where_no_script_and_no_other_house_gets_at_it(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    kept = SimpleCookie()
    for said in tried(closed_centre, login).headers.get_list("set-cookie"):
        kept.load(said)
    session, known = kept["ioc_session"], kept["ioc_known"]
    assert (session["httponly"], session["samesite"].lower(), session["path"], session["secure"]) == (
        True, "lax", "/", "",
    )  # fmt: skip
    assert int(session["max-age"]) == 12 * 3600
    assert (known["httponly"], known["samesite"].lower(), known["path"]) == (True, "strict", "/sign-in")
    secure = httpx.post(
        f"{closed_centre.url}/sign-in/session", json={"login": login, "password": PASSWORD},
        headers={"origin": closed_centre.url.replace("http:", "https:")},
    )  # fmt: skip
    assert all("Secure" in said for said in secure.headers.get_list("set-cookie"))
    with closed_centre.wall.connect() as connection:
        found = connection.execute("select count(*) from dashboard.session where token_hash = %s",
            [session.value.encode()]).fetchone()  # fmt: skip
    assert found == (0,)  # only its digest is kept


def test_nobody_learns_which_logins_there_are(closed_centre: Centre) -> None:
    login, disabled = somebody(closed_centre), somebody(closed_centre)
    with closed_centre.wall.connect() as connection:
        change_account(connection, disabled, Change(disabled=True), "tests", datetime.now(UTC))
    answers = [
        tried(closed_centre, login, "wrong"), tried(closed_centre, disabled, PASSWORD),
        tried(closed_centre, f"x{uuid4().hex[:8]}", "wrong"), tried(closed_centre, "a b@c'--", "wrong"),
    ]  # fmt: skip
    told = {(each.status_code, each.text, tuple(sorted(set(each.headers) - {"date"}))) for each in answers}
    assert len(told) == 1
    assert answers[0].status_code == 401
    assert answers[0].json() == {"detail": "wrong"}
    assert on_record(closed_centre, login) == ["sign_in.refused"]


@pytest.mark.parametrize("body", ['{"x":' + "[" * 1900 + "]" * 1900 + "}", r'{"login": "a\u0000b", "password": "x"}'])
def test_what_nobody_types_is_refused_before_anything_reads_it(closed_centre: Centre, body: str) -> None:
    headers = {"origin": closed_centre.url, "content-type": "application/json"}
    answer = httpx.post(f"{closed_centre.url}/sign-in/session", content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"detail": "not_understood"})


def test_what_was_typed_for_an_unknown_login_is_written_nowhere(closed_centre: Centre) -> None:
    typed = f"my-password-{uuid4().hex[:8]}"
    tried(closed_centre, typed, "x")
    with closed_centre.wall.connect() as connection:
        kept = connection.execute("select who, facts::text from dashboard.audit").fetchall()
        buckets = connection.execute("select bucket from dashboard.throttle").fetchall()
    assert typed not in str(kept) + str(buckets) + (closed_centre.wall.folder / "wall.log").read_text()


def test_guessing_slows_down_and_a_restart_forgives_nobody(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    assert [tried(closed_centre, login, "wrong").status_code for _ in range(3)] == [401, 401, 401]
    until_locked(closed_centre, login)
    closed_centre.wall.stop()
    with closed_centre.wall.connect() as connection:  # so that the pause outlasts the restart
        connection.execute("update dashboard.throttle set until = until + interval '5 minutes'")
    closed_centre.wall.start()
    refused = tried(closed_centre, login)
    assert refused.status_code == 429
    assert 200 <= int(refused.headers["retry-after"]) <= 320
    assert "sign_in.locked" in on_record(closed_centre, login)
    forgive_all(closed_centre)
    assert tried(closed_centre, login).status_code == 200


def test_guesses_of_others_do_not_shut_out_whoever_has_signed_in_here_before(closed_centre: Centre) -> None:
    login = somebody(closed_centre, "administrator")
    known = tried(closed_centre, login).cookies["ioc_known"]
    until_locked(closed_centre, login)
    assert tried(closed_centre, login).status_code == 429  # from a strange browser
    assert tried(closed_centre, login, ioc_known=known).status_code == 200
    other = somebody(closed_centre)
    until_locked(
        closed_centre, other, ioc_known=known
    )  # it is good for the account that signed in with it, and no other


def test_a_page_of_another_house_signs_nobody_in_or_out(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    session = enter(closed_centre.url, login)
    for origin in ("https://elsewhere.example", "null", ""):
        headers = {"origin": origin} if origin else {}
        for path, body in (
            ("/sign-in/session", {"login": login, "password": PASSWORD}), ("/sign-in/leave", {}),
            ("/sign-in/password", {"old": PASSWORD, "new": NEW}), ("/sign-in/present", {}),
        ):  # fmt: skip
            answer = httpx.post(closed_centre.url + path, json=body, headers=headers, cookies=session)
            assert answer.status_code == 403, (origin, path)
    assert asked(closed_centre, "/sign-in/me", session).json()["person"]["login"] == login


def test_a_password_that_somebody_else_made_up_is_changed_first(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    with closed_centre.wall.connect() as connection:
        set_password(connection, login, "của người khác đặt ra", "tests", datetime.now(UTC))
    session = enter(closed_centre.url, login, "của người khác đặt ra")
    led = httpx.get(f"{closed_centre.url}/data/?lang=en", cookies=session, headers=NAVIGATION)
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in/password?to=/data/%3Flang%3Den")
    assert asked(closed_centre, "/data/state", session).status_code == 403

    def change(old: str, new: str) -> int:
        return httpx.post(f"{closed_centre.url}/sign-in/password", json={"old": old, "new": new}, cookies=session,
            headers={"origin": closed_centre.url}, timeout=20).status_code  # fmt: skip

    assert change("wrong", NEW) == 401
    assert change("của người khác đặt ra", "ngắn") == 422
    assert change("của người khác đặt ra", "của người khác đặt ra") == 422
    assert change("của người khác đặt ra", NEW) == 200
    assert asked(closed_centre, "/data/state", session).status_code == 200
    assert tried(closed_centre, login, NEW).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [Change(role="leader"), Change(disabled=True), Change(scope=(Entry("03979", datetime.now(UTC).date()),))],
)
def test_other_rights_end_what_was_begun_within_two_seconds(closed_centre: Centre, wanted: Change) -> None:
    login = somebody(closed_centre)
    session = enter(closed_centre.url, login)
    with (
        httpx.Client(base_url=closed_centre.url, cookies=session, timeout=10) as browser,
        browser.stream("GET", "/feed/wall") as answer,
    ):
        lines = answer.iter_lines()
        assert "event: hello" in lines
        with closed_centre.wall.connect() as connection:
            change_account(connection, login, wanted, "tests", datetime.now(UTC))
        began = datetime.now(UTC)
        wait_until(lambda: browser.get("/data/state").status_code == 401, what="the end of the session")
        assert datetime.now(UTC) - began < timedelta(seconds=2)
        closed_centre.wall.hint()
        assert "event: gone" in lines


def test_changing_a_password_ends_all_other_sessions(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    here, there = enter(closed_centre.url, login), enter(closed_centre.url, login)
    changed = httpx.post(f"{closed_centre.url}/sign-in/password", json={"old": PASSWORD, "new": NEW}, cookies=here,
        headers={"origin": closed_centre.url}, timeout=20)  # fmt: skip
    assert changed.status_code == 200
    assert asked(closed_centre, "/data/state", here).status_code == 200
    assert asked(closed_centre, "/data/state", there).status_code == 401


@pytest.mark.parametrize("column", ["until", "seen_at"])
def test_a_session_runs_out(closed_centre: Centre, column: str) -> None:
    login = somebody(closed_centre)
    session = enter(closed_centre.url, login)
    with closed_centre.wall.connect() as connection:
        connection.execute(  # as if twelve hours had gone, or half an hour without a hand
            f"update dashboard.session set {column} = {column} - interval '12 hours 1 second' where account_id ="
            " (select id from dashboard.account where login = %s)".encode(), [login],
        )  # fmt: skip
    wait_until(lambda: asked(closed_centre, "/data/state", session).status_code == 401, what="the end of the session")
    led = httpx.get(f"{closed_centre.url}/data/", cookies=session, headers=NAVIGATION)
    assert led.headers["location"] == "/sign-in/?to=/data/"


def test_a_hand_on_the_page_keeps_the_session_and_asking_by_itself_does_not(closed_centre: Centre) -> None:
    login = somebody(closed_centre)
    session = enter(closed_centre.url, login)

    def seen() -> datetime:
        with closed_centre.wall.connect() as connection:
            found = connection.execute(
                "select seen_at from dashboard.session join dashboard.account on account.id = account_id"
                " where login = %s", [login],
            ).fetchone()  # fmt: skip
        assert found is not None
        moment: datetime = found[0]
        return moment

    before = seen()
    asked(closed_centre, "/data/state", session)
    httpx.post(f"{closed_centre.url}/sign-in/present", json={}, cookies=session, headers={"origin": closed_centre.url})
    wait_until(lambda: seen() > before, what="that somebody was seen")
    last = seen()
    asked(closed_centre, "/data/state", session)
    httpx.post(f"{closed_centre.url}/sign-in/present", json={}, cookies=session, headers={"origin": closed_centre.url})
    wait_until(lambda: seen() > last, what="that somebody was seen again")


def test_a_script_with_the_key_acts_as_an_administrator_and_a_browser_can_not_sign_in_with_it(
    closed_centre: Centre,
) -> None:
    file = closed_centre.wall.folder / "secrets" / "operator.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert closed_centre.operator("/accounts/state").status_code == 200
    assert tried(closed_centre, "ioc", script_key(closed_centre.wall)).status_code == 401
    for wrong in ("Bearer wrong", "Bearer", "Basic eDp5", f"Bearer {script_key(closed_centre.wall)}x"):
        assert asked(closed_centre, "/accounts/state", {}, authorization=wrong).status_code == 401


def test_who_may_not_have_a_page_is_told_so_in_words(closed_centre: Centre) -> None:
    leader = signed_in(closed_centre.wall, "leader")
    refused = httpx.get(f"{closed_centre.url}/accounts/?lang=en", cookies=leader, headers=NAVIGATION)
    assert refused.status_code == 403
    assert "Your role does not open this page" in refused.text
    assert asked(closed_centre, "/accounts/", leader).json() == {"detail": "not_for_you"}
    nowhere = httpx.get(f"{closed_centre.url}/nowhere", cookies=leader, headers=NAVIGATION)
    assert (nowhere.status_code, "Không có trang này" in nowhere.text) == (404, True)
    nobody = Television(closed_centre.url).get("/accounts/")
    assert nobody.headers["location"] == "/sign-in/?to=/accounts/"


@pytest.mark.parametrize("name", [b"ioc_display", b"ioc_session", b"ioc_known"])
@pytest.mark.parametrize("value", ["", "x", "x.y", "WzkuMGUrMTIsMV0.AAAA", "é.é"])
def test_a_cookie_made_elsewhere_opens_nothing(closed_centre: Centre, name: bytes, value: str) -> None:
    headers = {b"cookie": name + b"=" + value.encode()}
    assert httpx.get(f"{closed_centre.url}/data/state", headers=headers).status_code == 401
