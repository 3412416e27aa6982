"""The pages of the archive, laid out; their scripts fill the named elements."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from dashboard.data.page import Frame, panel
from dashboard.text import Words
from geo.units import AREA_NAME
from stream.kpi.period import PeriodError
from stream.snapshot.schedule.periods import period_named
from stream.snapshot.schedule.schedule import Schedule

_LIGHT = "light"


def list_frame(words: Words, theme: str | None, *, runs: bool) -> Frame:
    """What is wrong, sums at a glance, every slot; beside them the scheduler and what is to come; below, a plot."""
    aside = panel("coming", words["archive.coming"])
    if runs:
        aside = f"{panel('drafts', words['archive.drafts'])}{aside}"
    filters = "".join(
        f'<div class="archive-filter"><label for="{name}">{escape(words[f"archive.filter_{name}"])}</label>'
        f'<select class="field" id="{name}"></select></div>'
        for name in ("kind", "year", "state")
    )
    return _frame(
        "list.js",
        '<div id="notices" class="archive-notices" role="alert"></div>'
        '<section id="glances" class="archive-glances"></section>'
        '<div class="archive-columns">'
        f'<section class="panel panel-slots"><div class="archive-bar">'
        f'<h2 class="panel-title">{escape(words["archive.slots"])}</h2>{filters}'
        f'<p id="slots-note" class="quiet" role="status"></p></div>'
        f'<div id="slots" tabindex="0" role="region" aria-label="{escape(words["archive.slots"])}"></div></section>'
        f'<div class="archive-side">{panel("scheduler", words["archive.scheduler"])}{aside}</div></div>'
        f"{_plot(words)}"
        f'<p id="done" class="archive-done" role="status"></p>'
        f'<dialog id="dialog" class="panel archive-dialog" aria-label="{escape(words["archive.run"])}"></dialog>',
        theme,
    )


class Heading(NamedTuple):
    """What stands above a snapshot: what it is, and of which days."""

    title: str
    subtitle: str


def heading_of(schedule: Schedule | None, snapshot: tuple[str, str], words: Words) -> Heading:
    """The heading of a snapshot (kind, period); of a schedule that there is no more only what the address says."""
    kind, name = snapshot
    named = kind if schedule is None else getattr(schedule.title, words.language)
    title = words["archive.title_of"].format(kind=named, period=name)
    try:
        period = None if schedule is None else period_named(schedule, name)
    except PeriodError:
        period = None
    if period is None:
        return Heading(title, AREA_NAME)
    days = {"first": f"{period.first:%d/%m/%Y}", "last": f"{period.last:%d/%m/%Y}"}
    return Heading(title, words["archive.subtitle_of"].format(area=AREA_NAME, **days))


def snapshot_frame(words: Words, theme: str | None, heading: Heading, keep: Mapping[str, str]) -> Frame:
    """Which version; its marks; its facts and files, deliveries; versions side by side; its form."""
    return _frame(
        "snapshot.js",
        '<nav id="versions" class="archive-versions"></nav>'
        '<section id="marks" class="archive-marks"></section>'
        '<div class="archive-halves">'
        f"{panel('files', words['archive.files'])}{panel('deliveries', words['archive.deliveries'])}</div>"
        f"{panel('changes', words['archive.changes'])}"
        f"{panel('compare', words['archive.compare'])}"
        f"{panel('form', words['archive.form'])}"
        f"{panel('origin', words['archive.origin'])}"
        f'<p id="done" class="archive-done" role="status"></p>'
        f'<dialog id="dialog" class="panel archive-dialog" aria-label="{escape(words["archive.receipt"])}"></dialog>',
        theme,
        heading=heading,
        keep=keep,
    )


def _plot(words: Words) -> str:
    of = {name: escape(words[f"archive.plot_{name}"]) for name in ("title", "kind", "kpi", "unit", "help")}
    fields = "".join(
        f'<div class="archive-filter"><label for="plot-{name}">{of[name]}</label>'
        f'<select class="field" id="plot-{name}"></select></div>'
        for name in ("kind", "kpi", "unit")
    )
    return (
        f'<section class="panel panel-plot"><div class="archive-bar"><h2 class="panel-title">{of["title"]}</h2>'
        f'{fields}</div><p id="plot-said" class="plot-said" role="status"></p>'
        f'<div id="plot" class="plot" tabindex="0" role="application" aria-label="{of["title"]}"'
        f' aria-describedby="plot-help"></div>'
        f'<p id="plot-help" class="quiet">{of["help"]}</p></section>'
    )


def _frame(
    script: str, content: str, theme: str | None, *, heading: Heading | None = None,
    keep: Mapping[str, str] | None = None,
) -> Frame:  # fmt: skip
    light = {"theme": _LIGHT} if theme == _LIGHT else {}
    title, subtitle = heading or (None, None)
    return Frame(
        "archive", script, content, folder="archive", title=title, subtitle=subtitle,
        keep={**(keep or {}), **light}, theme=_LIGHT if light else None,
    )  # fmt: skip
