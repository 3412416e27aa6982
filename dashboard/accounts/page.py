"""The pages of and about people as HTML; their scripts fill the named elements."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from dashboard.access.people import RIGHTS
from dashboard.accounts.passwords import LONGEST, SHORTEST
from dashboard.data.page import Frame, panel
from dashboard.displays.page import Sheet, document
from dashboard.text import Words
from geo.units import AREA_NAME

_STYLES: Final = ("data/frame.css", "accounts/sign_in.css")
SIGN_IN: Final = Sheet("sign_in", _STYLES, "accounts/sign_in.js")
PASSWORD: Final = Sheet("own_password", _STYLES, "accounts/password.js")
REFUSED: Final = Sheet("refused", _STYLES, "accounts/refused.js")


def sign_in_page(words: Words, provider: str | None) -> str:
    """What asks for login and password; `provider` is the name on the button that leads to another one."""
    of = {name: escape(text) for name, text in words.under("sign_in").items()}
    by_provider = "" if provider is None else (
        f'<p class="sign-in-or quiet">{of["or"]}</p>'
        f'<button class="button" id="provider" type="button">{of["by"].format(name=escape(provider))}</button>'
    )  # fmt: skip
    content = _middle(
        words,
        of["heading"],
        f'<form id="form" class="sign-in">'
        f'<label for="login">{of["login"]}</label>'
        '<input class="field" id="login" autocomplete="username" autocapitalize="none" spellcheck="false" required>'
        f'<label for="password">{of["password"]}</label>'
        '<input class="field" id="password" type="password" autocomplete="current-password" required>'
        f'<button class="button button-first" id="enter" type="submit">{of["enter"]}</button>{by_provider}'
        '<p id="saying" class="sign-in-saying" role="status"></p></form>'
        f'<p class="quiet">{of["forgotten"]}</p>'
        f'<p><a class="sign-in-link" href="/display/">{of["is_display"]}</a></p>',
    )
    return document(SIGN_IN, words, {"words": words.under("sign_in")}, content, css="entrance")


def password_page(words: Words, *, must_change: bool) -> str:
    """What asks for one's own new password; `must_change`: nothing else is to be had before."""
    of = {name: escape(text) for name, text in words.under("own_password").items()}
    why = of["why_must"] if must_change else of["why"]
    content = _middle(
        words,
        of["heading"],
        f'<p class="quiet">{why}</p><form id="form" class="sign-in">'
        '<input id="login" autocomplete="username" hidden>'
        f'<label for="old">{of["old"]}</label>'
        '<input class="field" id="old" type="password" autocomplete="current-password" required>'
        f'<label for="new">{of["new"]}</label>'
        '<input class="field" id="new" type="password" autocomplete="new-password"'
        f' minlength="{SHORTEST}" maxlength="{LONGEST}" aria-describedby="rule" required>'
        f'<p id="rule" class="quiet">{of["rule"].format(n=SHORTEST)}</p>'
        f'<label for="again">{of["again"]}</label>'
        '<input class="field" id="again" type="password" autocomplete="new-password" required>'
        f'<button class="button button-first" id="enter" type="submit">{of["change"]}</button>'
        '<p id="saying" class="sign-in-saying" role="status"></p></form>'
        f'<button class="link-button sign-in-link" id="leave" type="button">{of["leave"]}</button>',
    )
    return document(PASSWORD, words, {"words": words.under("own_password")}, content, css="entrance")


def refused_page(words: Words, status: int) -> str:
    """Why a person does not get an address: not with their role (403), or there is none (404)."""
    of = {name: escape(text) for name, text in words.under("refused").items()}
    content = _middle(
        words,
        of[f"heading_{status}"],
        f'<p>{of[f"what_{status}"]}</p><p id="who" class="quiet"></p>'
        f'<p><a class="sign-in-link" href="/">{of["home"]}</a></p>',
    )
    return document(REFUSED, words, {"words": words.under("refused")}, content, css="entrance")


def accounts_frame(words: Words, theme: str | None) -> Frame:
    """The administrator's page about accounts, to be put into the frame of all desk pages."""
    content = (
        f"{panel('add', words['accounts.add_title'])}"
        f"{panel('list', words['accounts.list'])}"
        f"{panel('audit', words['accounts.audit'], note=words['accounts.audit_note'])}"
        '<dialog id="dialog" class="panel account-dialog"></dialog>'
    )
    keep = {} if theme is None else {"theme": theme}
    return Frame("accounts", "main.js", content, folder="accounts", keep=keep, theme=theme)


def roles(words: Words) -> Mapping[str, Any]:
    """The roles by their names, in the order in which they may do more."""
    return {role: words[f"accounts.role_{role}"] for role in RIGHTS}


def _middle(words: Words, heading: str, content: str) -> str:
    house = escape(words["wall.title"].format(area=AREA_NAME))
    return (
        f'<p class="display-house">{house}</p>'
        f'<section class="entrance-middle"><h1 class="sign-in-heading">{heading}</h1>{content}</section>'
    )
