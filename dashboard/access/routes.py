"""Which address needs which right: the one table. What is not in it is refused, whoever asks."""

from typing import Final, Literal, NamedTuple, TypeAlias

from starlette.routing import compile_path

from dashboard.access.people import Right

Need: TypeAlias = Right | Literal["public", "display", "person"]
"""A right; or nothing at all, a display's session, or that of any person whatever their role."""


class Route(NamedTuple):
    """Addresses as Starlette writes them; asking for the head of a page is asking for the page."""

    method: Literal["GET", "POST", "DELETE", "PUT", "PATCH"]
    pattern: str
    need: Need


ROUTES: Final = (
    # Whether the server is well; what makes a session; every page's scripts and styles, which say nothing.
    Route("GET", "/health", "public"),
    Route("GET", "/sign-in", "public"),
    Route("GET", "/sign-in/", "public"),
    Route("GET", "/sign-in/me", "public"),
    Route("POST", "/sign-in/session", "public"),
    Route("POST", "/sign-in/leave", "public"),
    Route("POST", "/sign-in/oidc", "public"),
    Route("GET", "/sign-in/oidc/back", "public"),
    Route("GET", "/sign-in/password", "person"),
    Route("POST", "/sign-in/password", "person"),
    Route("POST", "/sign-in/present", "person"),
    Route("GET", "/display", "public"),
    Route("GET", "/display/", "public"),
    Route("GET", "/display/assets/{rest:path}", "public"),
    Route("POST", "/display/enrol", "public"),
    Route("POST", "/display/challenge", "public"),
    Route("POST", "/display/session", "public"),
    Route("GET", "/display/self", "display"),
    Route("POST", "/display/report", "display"),
    # Figures.
    Route("GET", "/", "look"),
    Route("GET", "/wall", "look"),
    Route("GET", "/wall/{rest:path}", "look"),
    Route("GET", "/feed/wall", "look"),
    Route("GET", "/feed/wall/{rest:path}", "look"),
    Route("GET", "/kpi/assets/plotly.min.js", "look"),
    Route("GET", "/kpi/{kpi}", "look"),
    Route("GET", "/kpi/{kpi}/now", "look"),
    Route("GET", "/kpi/{kpi}/past", "look"),
    Route("GET", "/data", "look"),
    Route("GET", "/data/", "look"),
    Route("GET", "/data/state", "look"),
    Route("GET", "/data/quality", "look"),
    Route("GET", "/data/quality/{rest:path}", "look"),
    Route("GET", "/data/assets/{rest:path}", "look"),
    # Cases.
    Route("GET", "/kpi/{kpi}/cases", "cases"),
    Route("GET", "/feed/ops", "cases"),
    Route("GET", "/ops", "cases"),
    Route("GET", "/ops/", "cases"),
    Route("GET", "/ops/rows", "cases"),
    Route("GET", "/ops/views", "cases"),
    Route("POST", "/ops/views", "cases"),
    Route("DELETE", "/ops/views/{view}", "cases"),
    Route("GET", "/ops/case/{code:path}", "cases"),
    Route("GET", "/ops/behind/{kpi}", "cases"),
    Route("GET", "/ops/behind/{kpi}/cases", "cases"),
    Route("GET", "/ops/letter/{code:path}", "cases"),
    Route("GET", "/ops/alerts", "cases"),
    Route("GET", "/ops/alerts/{rest:path}", "cases"),
    # Acts.
    Route("POST", "/ops/act", "act"),
    Route("GET", "/ops/people", "act"),
    Route("POST", "/ops/letter/{code:path}", "act"),
    Route("POST", "/ops/alerts/{rest:path}", "act"),
    # Lists that are taken away.
    Route("GET", "/ops/export.csv", "export"),
    Route("GET", "/ops/export.xlsx", "export"),
    # Data in quarantine.
    Route("GET", "/data/quarantine/{part}/{pos}", "repair"),
    Route("POST", "/data/quarantine/replay", "repair"),
    # What was sent to the province; having it made is for administrators.
    Route("GET", "/archive", "archive"),
    Route("GET", "/archive/", "archive"),
    Route("GET", "/archive/state", "archive"),
    Route("GET", "/archive/trend", "archive"),
    Route("GET", "/archive/keys.json", "archive"),
    Route("GET", "/archive/run/{kind}/{period}", "administer"),
    Route("POST", "/archive/run", "administer"),
    Route("POST", "/archive/deliver", "administer"),
    Route("GET", "/archive/drafts/{number}/{name}", "administer"),
    Route("GET", "/archive/{kind}/{period}", "archive"),
    Route("GET", "/archive/{kind}/{period}/state", "archive"),
    Route("GET", "/archive/{kind}/{period}/content", "archive"),
    Route("GET", "/archive/{kind}/{period}/form", "archive"),
    Route("GET", "/archive/{kind}/{period}/compare", "archive"),
    Route("GET", "/archive/{kind}/{period}/{version}/check", "archive"),
    Route("GET", "/archive/{kind}/{period}/{version}/file/{name}", "archive"),
    Route("GET", "/archive/{kind}/{period}/{version}/receipt/{receiver}", "archive"),
    # Who is let in.
    Route("GET", "/displays", "administer"),
    Route("GET", "/displays/", "administer"),
    Route("GET", "/displays/state", "administer"),
    Route("POST", "/displays/approve", "administer"),
    Route("POST", "/displays/{number}/change", "administer"),
    Route("POST", "/displays/{number}/revoke", "administer"),
    Route("GET", "/accounts", "administer"),
    Route("GET", "/accounts/", "administer"),
    Route("GET", "/accounts/state", "administer"),
    Route("POST", "/accounts/add", "administer"),
    Route("POST", "/accounts/{login}/change", "administer"),
    Route("POST", "/accounts/{login}/password", "administer"),
    Route("POST", "/accounts/{login}/end", "administer"),
)

_COMPILED: Final = [(route, compile_path(route.pattern)[0]) for route in ROUTES]


def route_of(method: str, path: str) -> Route | None:
    """The line of the table for an address; None where there is none."""
    asked = "GET" if method == "HEAD" else method
    return next((route for route, regex in _COMPILED if route.method == asked and regex.match(path)), None)


def need_of(method: str, path: str) -> Need | None:
    """What an address needs; None where nobody may have it."""
    found = route_of(method, path)
    return None if found is None else found.need
