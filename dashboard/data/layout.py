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
