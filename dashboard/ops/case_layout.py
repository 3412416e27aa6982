"""The page of a case, laid out: where it stands, what can be done, the picture of its life, and the story below."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from dashboard.access.people import Person
from dashboard.data.page import Frame, panel
from dashboard.ops.case_asked import CaseAsked
from dashboard.text import Words

ACTS: Final = {
    "acknowledge": "A", "assign": "S", "comment": "C", "escalate": "E", "dismiss": "D", "hand_over": "H", "tie": "T"
}  # fmt: skip
"""Every act with its key, the same as in the queue (dashboard/assets/ops/acts.js)."""


def case_frame(asked: CaseAsked, words: Words, keep: Mapping[str, str], *, may_act: bool) -> Frame:
    """The page; `keep` is what links to other pages say too. Without `may_act`, and of the past, there are no acts."""
    of = {name: panel(name, words[f"case.{name}"]) for name in ("events", "done", "holds", "due", "ties")}
    content = (
        '<p id="past" class="panel past" hidden></p>'
        '<section class="panel panel-now"><dl id="facts" class="facts"></dl>'
        f"{_acts(words) if may_act and not asked.is_past else ''}"
        '<p id="notice" class="notice" role="status"></p></section>'
        f'<section class="panel panel-life"><h2 class="panel-title">{escape(words["case.life"])}</h2>'
        '<figure class="life"><div id="life"></div><figcaption id="life-said" class="quiet"></figcaption></figure>'
        "</section>"
        f'<div class="story"><div class="story-left">{of["events"]}{of["done"]}</div>'
        f'<div class="story-right">{of["holds"]}{of["due"]}{of["ties"]}<div id="letter"></div></div></div>'
    )
    return Frame(
        "case", "case.js", content, folder="ops", title=asked.code, subtitle=words["case.subtitle"],
        keep=keep, theme=keep.get("theme"),
    )  # fmt: skip


def case_facts(asked: CaseAsked, person: Person, words: Words, keep: Mapping[str, str]) -> dict[str, Any]:
    """What the page's script has to know before it has read the case."""
    return {
        "case": asked.code,
        "past": asked.is_past,
        "at": asked.at,
        "known": asked.known_at,
        "keep": keep,
        "login": person.login,
        "may_act": person.may("act") and not asked.is_past,
        "acts": words.under("acts"),
        "letter": words.under("letter"),
    }


def _acts(words: Words) -> str:
    buttons = "".join(
        f'<button class="button" type="button" data-act="{act}" aria-keyshortcuts="{key}" disabled>'
        f'{escape(words[f"case.act_{act}"])} <kbd aria-hidden="true">{key}</kbd></button>'
        for act, key in ACTS.items()
    )
    return f'<div id="acts" class="acts" role="group" aria-label="{escape(words["case.acts"])}">{buttons}</div>'
