"""The page of alerts, laid out; its script fills the named elements."""

from html import escape

from dashboard.data.page import Frame, panel
from dashboard.text import Words


def alerts_frame(words: Words, theme: str | None = None) -> Frame:
    """What is wrong with alerting itself, sums at a glance, open alerts, and beside them silences and channels."""
    return Frame(
        "alerts",
        "main.js",
        '<div id="notices" class="alert-notices" role="alert"></div>'
        '<section id="glances" class="alert-glances"></section>'
        '<div class="alert-columns">'
        f"{panel('open', words['alerts.open'])}"
        f'<div class="alert-side">{panel("silences", words["alerts.silences"])}'
        f"{panel('channels', words['alerts.channels'])}{panel('closed', words['alerts.history'])}</div></div>"
        '<p id="done" class="alert-done" role="status"></p>'
        f'<dialog id="dialog" class="panel alert-dialog" aria-label="{escape(words["alerts.silence"])}"></dialog>',
        folder="alerts",
        keep={"theme": "light"} if theme == "light" else {},
        theme="light" if theme == "light" else None,
    )
