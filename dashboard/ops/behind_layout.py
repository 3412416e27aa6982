"""The page of the cases behind a figure, laid out: the sums in words, the parts of the fraction, the list."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final, get_args
from urllib.parse import urlencode

from dashboard.data.page import Frame
from dashboard.figure.asked import Asked
from dashboard.figure.behind import made_of
from dashboard.figure.said import input_said
from dashboard.text import Words
from stream.kpi.expression import measures_of
from stream.kpi.linear import shares_of
from stream.store.behind import Part
from stream.story.naming import measure_said

_PARTS: Final = get_args(Part)


def behind_frame(asked: Asked, part: Part, words: Words, place: str, keep: Mapping[str, str]) -> Frame:
    """The page of one part of a figure's cases; `place` names its unit and moment, `keep` what its links say too."""
    definition = asked.kpi.definition
    own = {} if asked.unit is None else {"unit": asked.unit}
    kept = {**own, **keep} | ({} if part == "all" else {"part": part})
    query = urlencode({"lang": words.language, **own, **keep})
    content = (
        '<section class="panel panel-sum"><div class="sum-head"><p id="value" class="behind-value running"></p>'
        '<div id="sum" class="sum" role="status"></div>'
        f'<a class="link to-passport" href="/kpi/{asked.kpi.id}?{escape(query)}">{escape(words["behind.passport"])}</a>'
        f"</div>{_parts(asked, part, words, {**own, **keep})}</section>"
        '<section class="panel panel-list"><h2 class="panel-title">'
        f'<span>{escape(words["behind.list"])}</span><span id="list-note" class="panel-note quiet"></span></h2>'
        f'<p id="list-help" class="quiet list-help">{escape(words["behind.help"])}</p>'
        '<div id="list"></div><p id="list-more" class="list-more"></p></section>'
    )
    title = definition.title.vi if words.language == "vi" else definition.title.en
    return Frame(
        "behind", "behind.js", content, folder="ops",
        title=words["behind.title_of"].format(title=title), subtitle=place, keep=kept, theme=keep.get("theme"),
    )  # fmt: skip


def behind_facts(asked: Asked, part: Part, words: Words, keep: Mapping[str, str]) -> dict[str, Any]:
    """What the page's script has to know of the figure."""
    kpi, definition = asked.kpi, asked.kpi.definition
    shares = shares_of(kpi.expression)
    return {
        "kpi": kpi.id,
        "unit": asked.unit,
        "past": asked.is_past,
        "keep": keep,
        "part": part,
        "form": {
            "unit": definition.unit,
            "digits": definition.digits,
            "direction": definition.direction,
            "target": None if definition.thresholds is None else definition.thresholds.target,
        },
        "made": made_of(kpi),
        "fraction": shares is not None and shares.lower is not None,
        "inputs": [input_said(each, words) for each in kpi.inputs],
        "measures": {
            measure.name.lower(): measure_said(measure).of(words.language) for measure in measures_of(kpi.expression)
        },
    }


def _parts(asked: Asked, chosen: Part, words: Words, keep: Mapping[str, str]) -> str:
    """Links to the parts of a fraction; a plain sum has none."""
    shares = shares_of(asked.kpi.expression)
    if shares is None or shares.lower is None:
        return ""
    links = "".join(
        f'<a class="part" href="/ops/behind/{asked.kpi.id}?'
        f'{escape(urlencode({"lang": words.language, **keep} | ({} if part == "all" else {"part": part})))}"'
        f"{' aria-current=page' if part == chosen else ''}>{escape(words[f'behind.part_{part}'])}</a>"
        for part in _PARTS
    )
    return f'<nav class="parts" aria-label="{escape(words["behind.parts"])}">{links}</nav>'
