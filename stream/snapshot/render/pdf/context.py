"""All that the template names: the object in Vietnamese words, tables and drawings."""

from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from stream.report import wording as circular
from stream.report.ii06a import BASIS
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.marks import area_name
from stream.snapshot.render.pdf import forms, restated, scores, telling
from stream.snapshot.render.pdf.cases import Cases
from stream.snapshot.render.pdf.drawn import plots, series_grids
from stream.snapshot.render.pdf.figures import figure_grids
from stream.snapshot.render.pdf.form import the_form
from stream.snapshot.render.pdf.leading import leading
from stream.snapshot.render.pdf.warned import tags, warnings
from stream.snapshot.render.wording import CALENDARS, moment, period_name, stretch

_STYLE: Final = Path(__file__).parent / "templates" / "report.css"
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")


def context_of(snapshot: Snapshot) -> dict[str, Any]:
    """What the template is filled with."""
    area, number = forms.area_form(snapshot), count()
    index = scores.area_index(snapshot)
    return {
        "s": snapshot,
        "title": f"{snapshot.title.vi}, {period_name(snapshot.period)}, phiên bản {snapshot.version}",
        "css": _style(snapshot),
        "created": _w3c(snapshot.known_at),
        "heading": lambda text: f"{_ROMAN[next(number)]}. {text}",
        "form": the_form(),
        "agency": the_form().agency_on(date.fromisoformat(snapshot.period.last)),
        "area": area_name(snapshot),
        "period": period_name(snapshot.period),
        "days": stretch(snapshot.period.first, snapshot.period.last),
        "calendar": CALENDARS[snapshot.period.calendar],
        "written_day": _written_day(snapshot.known_at),
        "as_of": moment(snapshot.as_of),
        "known_at": moment(snapshot.known_at),
        "taken_at": moment(snapshot.witness.taken_at),
        "warnings": list(warnings(snapshot)),
        "leading": list(leading(snapshot)),
        "plots": list(plots(snapshot)),
        "words": circular,
        "basis": BASIS,
        "identities": forms.identities(),
        "form_days": "" if area is None else stretch(area.since, area.until),
        "form_lines": [] if area is None else list(forms.lines(area)),
        "form_notes": [] if area is None else list(forms.notes(area)),
        "unit_forms": forms.unit_forms(snapshot),
        "figure_grids": list(figure_grids(snapshot)),
        "scored": [] if index is None else list(scores.scored(index)),
        "bands": list(scores.bands(snapshot)),
        "unit_scores": list(scores.unit_scores(snapshot)),
        **_restated(snapshot),
        "sources": list(telling.sources(snapshot)),
        "quarantine": list(telling.quarantine(snapshot)),
        "series_grids": list(series_grids(snapshot)),
        "definitions": list(telling.definitions(snapshot)),
        "rules": list(telling.rules(snapshot)),
        "cut": telling.cut(snapshot),
        "package": f"{snapshot.area}-{snapshot.kind}-{snapshot.period.name}-v{snapshot.version}.zip",
    }


def _restated(snapshot: Snapshot) -> dict[str, Any]:
    if snapshot.restates is None:
        return {"change_grid": None, "cases": [], "more_cases": 0}
    cases = Cases.of(snapshot.restates)
    return {
        "change_grid": restated.change_grid(snapshot.restates, cases, snapshot),
        "cases": cases.listed(),
        "more_cases": len(cases.known_at) - len(cases.numbers),
    }


def _style(snapshot: Snapshot) -> Markup:
    """The style sheet with what stands in the head and foot of each page."""
    running = f"{snapshot.title.vi} · {period_name(snapshot.period)} · phiên bản {snapshot.version}"
    known = f"Số liệu tính đến {moment(snapshot.as_of)}, biết đến {moment(snapshot.known_at)}"
    strings = {"--running": running, "--tags": tags(snapshot), "--known": known}
    style = _sheet()
    for name, text in strings.items():
        style = style.replace(f"var({name})", _quoted(text))
    return Markup(style)  # noqa: S704 - our own file, and strings that were quoted for it


def _quoted(text: str) -> str:
    """A string of a style sheet: all that could end it or the sheet is written as a number."""
    return '"' + "".join(each if each.isalnum() or each in " .,:/·()-" else f"\\{ord(each):x} " for each in text) + '"'


@cache
def _sheet() -> str:
    return _STYLE.read_text(encoding="utf-8")


def _written_day(text: str) -> str:
    """Ngày 05 tháng 3 năm 2026: two digits for days below 10 and months below 3 (Decree 30/2020/NĐ-CP, annex I)."""
    when = datetime.fromisoformat(text).astimezone(circular.LOCAL)
    month = f"{when.month:02d}" if when.month < 3 else f"{when.month}"
    return f"ngày {when.day:02d} tháng {month} năm {when.year}"


def _w3c(moment: str) -> str:
    """To the second: a date of a PDF has no more."""
    return f"{moment[:19]}{moment[-6:]}"
