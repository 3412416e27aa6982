"""The frame that the pages for desks share: head, links between pages, and the facts for the page's script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from dashboard.text import LANGUAGES, Words
from geo.units import AREA_NAME

ASSETS: Final = Path(__file__).parent.parent / "assets"
ASSETS_AT: Final = "/data/assets"
_STYLES: Final = (
    "base/1_fonts.css",
    "base/2_tokens.css",
    "base/3_page.css",
    "wall/2_header.css",
    "data/frame.css",
    "accounts/me.css",
    "base/9_print.css",
)
_PAGES: Final = {
    "wall": "/wall/", "queue": "/ops/", "alerts": "/ops/alerts", "data": "/data/", "quality": "/data/quality",
    "archive": "/archive/", "displays": "/displays/", "accounts": "/accounts/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Which page it is: `section` of the words, id of its root and name of its style sheet; its script; its content.

    Styles and script lie in `folder` of the assets. `title` and `subtitle` take the place of the section's words;
    `keep` is what else the address says, which the links to the other language keep; `theme` is the one asked for.
    """

    section: str
    script: str
    content: str
    folder: str = "data"
    title: str | None = None
    subtitle: str | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    theme: str | None = None


def page(frame: Frame, words: Words, facts: Mapping[str, Any]) -> str:
    """The whole page as HTML. `facts` is what its script has to know (language and words are added)."""
    told = {**facts, "language": words.language, "words": {**words.under("page"), **words.under(frame.section)}}
    styles = "".join(
        f'<link rel="stylesheet" href="{ASSETS_AT}/{s}">' for s in (*_STYLES, f"{frame.folder}/{frame.section}.css")
    )
    title = escape(frame.title or words[f"{frame.section}.title"].format(area=AREA_NAME))
    theme = "" if frame.theme is None else f' data-theme="{escape(frame.theme)}"'
    return (
        f'<!DOCTYPE html><html lang="{words.language}"{theme}><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<link rel="icon" href="data:,">{styles}'
        f'<script type="module" src="{ASSETS_AT}/{frame.folder}/{frame.script}"></script>'
        f'<script type="module" src="{ASSETS_AT}/accounts/me.js"></script></head><body>'
        f'<main id="{frame.section}" class="frame" data-freshness="waiting" data-page="{_attribute(told)}">'
        f"{_head(frame, title, words)}{frame.content}</main></body></html>"
    )


def panel(name: str, title: str, *, note: str = "") -> str:
    """A titled panel whose content the script puts into the element `name`."""
    return (
        f'<section class="panel panel-{name}"><h2 class="panel-title">{escape(title)}'
        f'<span id="{name}-note" class="panel-note quiet">{escape(note)}</span></h2><div id="{name}"></div></section>'
    )


def _head(frame: Frame, title: str, words: Words) -> str:
    section, kept = frame.section, "".join(f"&{urlencode({key: value})}" for key, value in frame.keep.items())
    links = "".join(
        f'<a class="language{" language-spoken" if name == section else ""}"'
        f'{" aria-current=page" if name == section else ""} href="{address}?lang={words.language}">'
        f"{escape(words[f'data.to_{name}'])}</a>"
        for name, address in _PAGES.items()
    )
    languages = "".join(
        f'<a class="language{" language-spoken" if language == words.language else ""}"'
        f' href="?lang={language}{escape(kept)}" lang="{language}"'
        f' title="{escape(words[f"language.{language}"])}">{language.upper()}</a>'
        for language in LANGUAGES
    )
    return (
        f'<header class="header"><div class="brand"><h1 class="brand-title">{title}</h1>'
        f'<p class="brand-subtitle">{escape(frame.subtitle or words[f"{section}.subtitle"])}</p></div>'
        f'<nav class="languages pages" aria-label="{escape(words["data.pages"])}">{links}</nav>'
        f'<nav class="languages" aria-label="{escape(words["wall.language"])}">{languages}</nav>'
        '<div id="freshness" class="freshness" role="status" data-state="waiting"><span class="freshness-sign"></span>'
        '<span id="freshness-state" class="freshness-state"></span>'
        '<span id="freshness-age" class="freshness-age running" aria-live="off"></span></div>'
        '<div class="clock"><span id="clock" class="clock-time running"></span>'
        '<span id="date" class="clock-date"></span></div></header>'
    )


def _attribute(value: object) -> str:
    return escape(msgspec.json.encode(value).decode(), quote=True)
