"""Who may see what: every kind of address, for everybody, in an open house and in one for the enrolled."""

import pytest

from dashboard.access.entry import Access
from dashboard.access.people import Person
from dashboard.access.rule import Asking, Go, Pass, Refuse, Show, Verdict, Visitor, rule
from dashboard.displays.facts import DisplayFacts

FACTS = DisplayFacts(7, "Sảnh", ("overview", "map"), 30, "vi", "dark")
NOBODY, DISPLAY, REVOKED = Visitor(), Visitor(FACTS), Visitor(had_session=True)
PERSON = Person(1, "hoa", "Hoa", "administrator")
OPERATOR, BOTH = Visitor(person=PERSON), Visitor(FACTS, PERSON)

SHOW, SIGN_IN, TO_WALL, LANDING = Show(FACTS), "sign in", Go("/wall/rotation"), Go("/display/")

# For each address, opened by a person: nobody, a display, a revoked display, an administrator. Enrolled, then open.
PAGES: dict[str, tuple[object, object, object, object]] = {
    "/display/": (Pass(), Pass(), Pass(), Pass()),
    "/display/assets/display/enrol.js": (Pass(), Pass(), Pass(), Pass()),
    "/sign-in/": (Pass(), Pass(), Pass(), Pass()),
    "/health": (Pass(), Pass(), Pass(), Pass()),
    "/": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/wall/": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/wall/map": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/wall/unit/03980": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/wall/past": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/wall/rotation": (LANDING, SHOW, LANDING, Pass()),
    "/wall/assets/wall/main.js": (SIGN_IN, Pass(), LANDING, Pass()),
    "/wall/_dash-component-suites/dash/deps/react.js": (SIGN_IN, Pass(), LANDING, Pass()),
    "/wall/_dash-dependencies": (SIGN_IN, Pass(), LANDING, Pass()),
    "/wall/_dash-layout": (SIGN_IN, SHOW, LANDING, Pass()),
    "/wall/_dash-update-component": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/feed/wall": (SIGN_IN, SHOW, LANDING, Pass()),
    "/feed/wall/now": (SIGN_IN, SHOW, LANDING, Pass()),
    "/feed/wallet": (SIGN_IN, Refuse(403), LANDING, Refuse(404)),
    "/data/": (SIGN_IN, Refuse(403), LANDING, Pass()),
    "/data/state": (SIGN_IN, Refuse(403), LANDING, Pass()),
    "/kpi/overdue_now": (SIGN_IN, Refuse(403), LANDING, Pass()),
    "/displays/": (SIGN_IN, Refuse(403), LANDING, Pass()),
    "/displays/state": (SIGN_IN, Refuse(403), LANDING, Pass()),
    "/nowhere": (SIGN_IN, Refuse(403), LANDING, Refuse(404)),
    "/wall/assets/../../data/state": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/wall/assets//data/state": (SIGN_IN, TO_WALL, LANDING, Pass()),
    "/display-not": (SIGN_IN, Refuse(403), LANDING, Refuse(404)),
}
VISITORS = {"nobody": NOBODY, "display": DISPLAY, "revoked": REVOKED, "administrator": OPERATOR}
NOT_THERE = ("/feed/wallet", "/nowhere", "/display-not")
ONLY_FOR_ADMINISTRATORS = ("/displays/", "/displays/state")


def asked(visitor: Visitor, path: str, *, access: Access = "enrolled", method: str = "GET", page: str = "",
    navigates: bool = True) -> Verdict:  # fmt: skip
    return rule(visitor, access, Asking(method, path, page=page, navigates=navigates))


@pytest.mark.parametrize("access", ["open", "enrolled"])
@pytest.mark.parametrize(("path", "query"), [("/ops/case/\0", ""), ("/data/quality/line", "endpoint=a%00b")])
def test_what_the_database_could_not_take_in_is_no_address(path: str, query: str, access: Access) -> None:
    asks = Asking("GET", path, query)
    assert rule(OPERATOR, access, asks) == Refuse(404)
    assert rule(DISPLAY, access, asks) == Refuse(403)
    assert rule(NOBODY, access, asks) == Refuse(404 if access == "open" else 401)


@pytest.mark.parametrize("number", range(len(VISITORS)), ids=list(VISITORS))
@pytest.mark.parametrize("path", PAGES)
def test_a_house_for_the_enrolled(path: str, number: int) -> None:
    wanted = PAGES[path][number]
    expected = Go(f"/sign-in/?to={path}") if wanted == SIGN_IN else wanted
    assert asked(list(VISITORS.values())[number], path) == expected


@pytest.mark.parametrize("visitor", VISITORS.values(), ids=list(VISITORS))
@pytest.mark.parametrize("path", [path for path in PAGES if path not in (*ONLY_FOR_ADMINISTRATORS, *NOT_THERE)])
def test_an_open_house_shows_everything_but_the_displays_themselves(path: str, visitor: Visitor) -> None:
    shown = Show(FACTS) if path == "/wall/rotation" and visitor.display else Pass()
    assert asked(visitor, path, access="open") == shown


@pytest.mark.parametrize("path", ONLY_FOR_ADMINISTRATORS)
def test_displays_are_administered_by_administrators_even_in_an_open_house(path: str) -> None:
    assert asked(NOBODY, path, access="open") == Go(f"/sign-in/?to={path}")
    assert asked(DISPLAY, path, access="open") == Refuse(403)
    assert asked(OPERATOR, path, access="open") == Pass()


@pytest.mark.parametrize("path", ["/wall/", "/wall/rotation", "/feed/wall", "/data/state"])
def test_a_script_is_told_what_is_wrong_and_not_led_elsewhere(path: str) -> None:
    assert asked(NOBODY, path, navigates=False) == Refuse(401)
    assert asked(REVOKED, path, navigates=False) == Refuse(401)


def test_a_display_changes_nothing() -> None:
    for path in ("/wall/rotation", "/wall/_dash-update-component", "/feed/wall", "/data/quarantine/replay"):
        assert asked(DISPLAY, path, method="POST", navigates=False) == Refuse(403)


@pytest.mark.parametrize("access", ["open", "enrolled"])
@pytest.mark.parametrize("visitor", VISITORS.values(), ids=list(VISITORS))
def test_nobody_sends_anything_to_the_wall(visitor: Visitor, access: Access) -> None:
    for path in ("/wall/_dash-update-component", "/wall/", "/feed/wall"):
        assert asked(visitor, path, access=access, method="POST", navigates=False) == Refuse(403)
        assert rule(visitor, access, Asking("GET", path, brings_body=True)) == Refuse(403)


def test_a_person_whose_browser_is_also_a_display_sees_both() -> None:
    assert asked(BOTH, "/wall/rotation") == SHOW
    assert asked(BOTH, "/feed/wall", page="/wall/rotation") == SHOW
    assert asked(BOTH, "/wall/_dash-layout", page="/wall/rotation") == SHOW
    assert asked(BOTH, "/wall/map") == Pass()
    assert asked(BOTH, "/feed/wall", page="/wall/map") == Pass()


def test_signing_in_comes_back_to_what_was_asked_for() -> None:
    asking = Asking("GET", "/displays/", "lang=en", navigates=True)
    assert rule(NOBODY, "enrolled", asking) == Go("/sign-in/?to=/displays/%3Flang%3Den")
