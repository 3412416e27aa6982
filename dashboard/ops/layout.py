"""The page of the operators' queue (danh sách hồ sơ đang xử lý), laid out; its script fills the named elements."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from dashboard.access.people import Person
from dashboard.data.page import Frame
from dashboard.text import Words

ACTS: Final = {
    "acknowledge": "A", "assign": "S", "comment": "C", "escalate": "E", "dismiss": "D", "hand_over": "H",
}  # fmt: skip
"""What may be done with the chosen cases, each with its key."""
_LISTS: Final = ("unit", "field", "channel", "kind", "holder")


def queue_frame(person: Person, words: Words, keep: Mapping[str, str], theme: str | None) -> Frame:
    """Filters, the grid, and what may be done with what is chosen: acts and exports only where the person may."""
    of = {name: escape(text) for name, text in words.under("queue").items()}
    content = f"{_filters(of)}{_grid(of)}{_foot(person, of)}{_dialogs(of)}"
    return Frame("queue", "main.js", content, folder="ops", keep=keep, theme=theme)


def facts_of(person: Person, words: Words) -> dict[str, Any]:
    """What the page's script has to know of who looks, and the words that it shares with other pages."""
    return {
        "me": {"login": person.login, "name": person.name},
        "rights": [right for right in ("act", "export") if person.may(right)],
        "acts": words.under("acts"),
    }


def _filters(of: Mapping[str, str]) -> str:
    lists = "".join(
        f'<select class="field list" id="{name}" data-set="no" aria-label="{of[f"by_{name}"]}"></select>'
        for name in _LISTS
    )
    return (
        '<section class="filters" role="search"><div class="filter-line">'
        f'<div class="search"><input class="field" id="q" type="search" autocomplete="off" spellcheck="false" '
        f'maxlength="100" placeholder="{of["search"]}" aria-label="{of["search"]}">'
        '<kbd aria-hidden="true">/</kbd></div>'
        f'{lists}<button class="button" id="clear" type="button" disabled>{of["clear"]}</button>'
        f'<span class="gap"></span><button class="button" id="views-button" type="button" aria-haspopup="dialog" '
        f'aria-expanded="false" data-set="no"><span>{of["views"]}</span><kbd aria-hidden="true">V</kbd></button>'
        f'<button class="button" id="help-button" type="button" title="{of["help"]}" '
        f'aria-label="{of["help"]}">?</button></div>'
        f'<div id="chips" class="chips" role="group" aria-label="{of["chips"]}"></div></section>'
    )


def _grid(of: Mapping[str, str]) -> str:
    return (
        '<section class="panel panel-grid">'
        f'<div id="grid" class="grid" role="grid" tabindex="0" aria-multiselectable="true" aria-label="{of["grid"]}" '
        'aria-describedby="stretch"><div class="heads" role="rowgroup"></div>'
        '<div class="rows" role="rowgroup"></div></div>'
        f'<p id="nothing" class="nothing quiet" hidden>{of["nothing"]}</p>'
        f'<button id="news" class="news" type="button" hidden><span></span>'
        '<kbd aria-hidden="true">N</kbd></button><p id="said" class="sr-only" role="status"></p></section>'
    )


def _foot(person: Person, of: Mapping[str, str]) -> str:
    buttons = "".join(
        f'<button class="button act" type="button" data-act="{act}" disabled>{of[f"act_{act}"]}'
        f'<kbd aria-hidden="true">{key}</kbd></button>'
        for act, key in ACTS.items()
    )
    shown = buttons if person.may("act") else ""
    acts = f'<div id="acts" class="acts" role="group" aria-label="{of["acts"]}">{shown}</div>'
    exports = "".join(
        f'<a class="button" data-form="{form}" href="/ops/export.{form}" download>{form.upper()}</a>'
        for form in ("csv", "xlsx")
    )
    taken = (
        f'<div id="exports" class="exports" role="group" aria-label="{of["export"]}">'
        f'<span class="quiet">{of["export"]}</span>{exports}</div>'
    )
    return (
        f'<footer class="foot"><strong id="chosen" class="chosen"></strong>{acts}'
        '<div class="foot-list"><span id="notice" class="notice" role="status"></span>'
        '<span id="why" class="why quiet"></span>'
        '<span id="stretch" class="quiet running"></span>'
        f'<label class="quiet" for="sort">{of["sorted"]}</label><select class="field" id="sort"></select>'
        f'<button class="button" id="dir" type="button" data-dir="asc" aria-label="{of["turn"]}" title="{of["turn"]}">'
        f"</button>{taken if person.may('export') else ''}</div></footer>"
    )


def _dialogs(of: Mapping[str, str]) -> str:
    return (
        '<dialog id="views" class="panel views" aria-label="{views}"></dialog>'
        '<dialog id="help" class="panel help" aria-labelledby="help-title"></dialog>'
    ).format(views=of["views"])
