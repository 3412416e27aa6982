"""The data page, laid out; its script fills the named elements."""

from html import escape

from dashboard.data.page import Frame, panel
from dashboard.text import Words


def data_frame(words: Words) -> Frame:
    """Sums at a glance, the sources, and below them incidents, quarantine and partitions."""
    heads = "".join(f"<span>{escape(words[f'data.{name}'])}</span>" for name in ("sources", "signs", "lateness"))
    sums = (
        f"<span></span><span>{escape(words['data.received'])}</span><span>=</span>"
        f"<span>{escape(words['data.applied'])}</span><span>+</span><span>{escape(words['data.duplicates'])}</span>"
        f"<span>+</span><span>{escape(words['data.quarantined'])}</span><span></span>"
    )
    return Frame(
        "data",
        "main.js",
        '<section id="summary" class="glances"></section>'
        f'<section class="panel panel-sources"><div class="source source-heads quiet">{heads}'
        f'<div class="source-sums">{sums}</div></div><div id="sources"></div></section>'
        '<div class="lower">'
        f"{panel('incidents', words['data.incidents'])}{panel('quarantine', words['data.quarantine'])}"
        f"{panel('partitions', words['data.partitions'])}</div>"
        '<dialog id="record" class="record-dialog panel"></dialog>',
    )


def quality_frame(words: Words) -> Frame:
    """Day and legend, the picture with its axis, the minute that is pointed at, and every endpoint as it stands."""
    of = {name: escape(words[f"quality.{name}"]) for name in _WORDS_OF_QUALITY}
    return Frame(
        "quality",
        "quality.js",
        '<section class="panel panel-picture">'
        f'<div class="bar-above"><div class="days"><label for="day">{of["day"]}</label>'
        f'<button class="button" id="day-before" type="button" title="{of["before"]}">‹</button>'
        '<input class="field" id="day" type="date" required>'
        f'<button class="button" id="day-after" type="button" title="{of["after"]}">›</button>'
        f'<button class="button" id="day-today" type="button">{of["today"]}</button></div>'
        '<p id="drawn" class="quiet"></p>'
        f'<div class="legend" role="img" aria-label="{of["legend"]}"><span class="legend-name">{of["legend"]}</span>'
        '<div class="legend-scale"><canvas id="scale" width="220" height="1"></canvas><ol id="ticks"></ol></div>'
        f'<span class="legend-key legend-unestimated">{of["legend_unestimated"]}</span>'
        f'<span class="legend-key legend-unmeasured">{of["legend_none"]}</span></div></div>'
        f'<div class="minute-line"><dl id="minute" class="minute" aria-live="polite"></dl>'
        f'<p id="help" class="quiet minute-help">{of["picture_help"]}</p></div>'
        '<div class="picture"><ol id="labels" class="labels"></ol><div id="field" class="field-of-cells">'
        f'<canvas id="cells" tabindex="0" role="application" aria-label="{of["picture"]}" '
        f'aria-describedby="help"></canvas><div id="cross" hidden></div><div id="future"></div></div>'
        '<ol id="hours" class="hours"></ol></div>'
        "</section>"
        f"{panel('endpoints', words['quality.endpoints'])}",
    )


_WORDS_OF_QUALITY = ("day", "before", "after", "today", "legend", "legend_none", "legend_unestimated", "picture",
    "picture_help")  # fmt: skip
