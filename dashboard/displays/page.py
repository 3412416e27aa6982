"""The pages of and about displays as HTML; their scripts fill the named elements."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import msgspec

from dashboard.data.page import Frame, page
from dashboard.text import LANGUAGES, Words, words_in
from geo.units import AREA_NAME

ASSETS: Final = Path(__file__).parent.parent / "assets"
ASSETS_AT: Final = "/display/assets"
_BASE: Final = ("base/1_fonts.css", "base/2_tokens.css", "base/3_page.css")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: `section` of the words and id of its root, style sheets and script below the assets."""

    section: str
    styles: tuple[str, ...]
    script: str


LANDING: Final = Sheet("display", ("display/display.css",), "display/enrol.js")


def landing_page() -> str:
    """What a television opens: everything is said in both languages, Vietnamese first."""
    spoken = {language: words_in(language).under("display") for language in LANGUAGES}
    words = words_in("vi")
    content = (
        f'<p class="display-house">{escape(words["wall.title"].format(area=AREA_NAME))}</p>'
        '<section class="display-middle"><h1 id="heading" class="display-heading"></h1>'
        '<p id="code" class="display-code running" aria-live="polite"></p>'
        '<div id="what" class="display-what"></div>'
        '<button id="again" class="display-button" type="button" hidden></button></section>'
        '<footer class="display-foot" role="status"><span class="display-sign"></span>'
        '<div id="state" class="display-state"></div><div id="more" class="display-more"></div></footer>'
    )
    return document(LANDING, words, {"languages": spoken}, content, css="display")


def list_page(words: Words, facts: Mapping[str, Any]) -> str:
    """The administrator's page: approve by code, and every display as it stands."""
    content = (
        '<section id="glances" class="display-glances"></section>'
        f'<section class="panel"><h2 class="panel-title">{escape(words["displays.approve_title"])}'
        '<span id="waiting" class="panel-note quiet"></span></h2><div id="approve"></div></section>'
        f'<section class="panel"><h2 class="panel-title">{escape(words["displays.list"])}'
        '<span id="done" class="panel-note" role="status"></span></h2><div id="list"></div></section>'
        '<dialog id="dialog" class="panel display-dialog"></dialog>'
    )
    told = {"scene_names": words.under("scene"), **facts}
    return page(Frame("displays", "main.js", content, folder="displays"), words, told)


def document(sheet: Sheet, words: Words, facts: Mapping[str, Any], content: str, *, css: str) -> str:
    """A page of its own, outside the frame of the desk pages; `facts` is what its script has to know."""
    told = escape(msgspec.json.encode({"language": words.language, **facts}).decode(), quote=True)
    styles = "".join(f'<link rel="stylesheet" href="{ASSETS_AT}/{style}">' for style in (*_BASE, *sheet.styles))
    title = escape(words[f"{sheet.section}.title"].format(area=AREA_NAME))
    return (
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<link rel="icon" href="data:,">{styles}'
        f'<script type="module" src="{ASSETS_AT}/{sheet.script}"></script></head><body>'
        f'<main id="{sheet.section}" class="{css}" data-freshness="waiting" data-page="{told}">{content}</main>'
        "</body></html>"
    )
