"""The passport page, laid out: what never changes of a figure is written here, its script fills in the rest."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from dashboard.data.answers import TIME_ZONE
from dashboard.data.page import Frame, panel
from dashboard.figure.asked import Asked
from dashboard.figure.behind import made_of
from dashboard.figure.digest import digest_of
from dashboard.figure.past import grain_of
from dashboard.figure.present import own_inputs_of, parts_of
from dashboard.figure.said import formula_said, input_said, value_said
from dashboard.text import Words
from geo.units import AREA_NAME
from stream.core.ledger import Measure
from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi
from stream.kpi.expression import Named, measures_of
from stream.story.naming import measure_said

STRETCHES: Final = (30, 90, 365)


def frame_of(asked: Asked, catalogue: Catalogue, words: Words, place: str, keep: Mapping[str, str]) -> Frame:
    """The page of a figure; `place` is the name of its unit or area, `keep` what links to other figures say too."""
    kpi = asked.kpi
    said = formula_said(kpi.expression, words, lambda part: _link(part, catalogue, words, keep))
    made = (
        f'<section class="panel panel-made"><h2 class="panel-title">{escape(words["figure.made"])}</h2>'
        f'<p class="formula">{said}</p>'
        f'<p class="quiet made-name">{escape(words["figure.written"])}</p><code>{escape(kpi.definition.formula)}</code>'
        '<div id="inputs"></div></section>'
    )
    content = (
        f'<div class="glance">{_now(words, asked)}{_trend(kpi, words)}</div>'
        f'<div class="beside">{panel("units", words["figure.units"])}{made}{_definition(kpi, catalogue, words)}</div>'
        f'<div class="below">{panel("restated", words["figure.restated"])}{panel("cases", words["figure.cases"])}</div>'
    )
    own = {} if asked.unit is None else {"unit": asked.unit}
    return Frame(
        "figure", "main.js", content, folder="figure",
        title=kpi.definition.title.vi if words.language == "vi" else kpi.definition.title.en,
        subtitle=place, keep={**own, **keep}, theme=keep.get("theme"),
    )  # fmt: skip


def facts_of(asked: Asked, catalogue: Catalogue, words: Words, keep: Mapping[str, str]) -> dict[str, Any]:
    """What the page's script has to know of the figure."""
    kpi, definition = asked.kpi, asked.kpi.definition
    vi = words.language == "vi"
    return {
        "kpi": kpi.id,
        "unit": asked.unit,
        "past": asked.is_past,
        "at": asked.at,
        "known": asked.known_at,
        "keep": keep,
        "form": {
            "unit": definition.unit,
            "digits": definition.digits,
            "direction": definition.direction,
            "target": None if definition.thresholds is None else definition.thresholds.target,
        },
        "direction": definition.direction,
        "thresholds": definition.thresholds,
        "nothing": definition.no_denominator.vi if vi else definition.no_denominator.en,
        "grain": grain_of(kpi),
        "stands": _stands(kpi),
        "made": made_of(kpi),
        "inputs": [{"said": input_said(each, words), "written": str(each)} for each in own_inputs_of(kpi)],
        "parts": [{"kpi": part.kpi, **_form(catalogue[part.kpi], words)} for part in parts_of(kpi)],
        "measures": {measure.name.lower(): measure_said(measure).of(words.language) for measure in _measures(kpi)},
    }


def _stands(kpi: Kpi) -> bool:
    """Whether its days follow no rhythm of the week: a level stands as it is, offices at work or not."""
    return kpi.definition.window == "moment"


def _form(kpi: Kpi, words: Words) -> dict[str, object]:
    """How a part is named and written."""
    short = kpi.definition.short
    return {
        "said": short.vi if words.language == "vi" else short.en,
        "form": {"unit": kpi.definition.unit, "digits": kpi.definition.digits},
    }


def _measures(kpi: Kpi) -> set[Measure]:
    return set(measures_of(kpi.expression))


def _link(part: Named, catalogue: Catalogue, words: Words, keep: Mapping[str, str]) -> str:
    query = urlencode({"lang": words.language, **keep})
    name = _form(catalogue[part.kpi], words)["said"]
    return f'<a class="link" href="/kpi/{part.kpi}?{escape(query)}">{escape(str(name))}</a>'


def _now(words: Words, asked: Asked) -> str:
    title = words["figure.then" if asked.is_past else "figure.now"]
    return (
        f'<section class="panel panel-now"><h2 class="panel-title">{escape(title)}'
        '<span id="as-of" class="panel-note quiet"></span></h2>'
        '<p id="value" class="value" data-standing="none"></p><div id="standing"></div>'
        '<div id="band"></div><dl id="compared" class="compared"></dl>'
        '<div id="state" class="trust" role="status"></div></section>'
    )


def _trend(kpi: Kpi, words: Words) -> str:
    grain = grain_of(kpi)
    keys = ["month"] if grain == "month" else ["level", "late"] if _stands(kpi) else ["line", "point", "late"]
    keys += ["restated"] if grain == "day" else []
    legend = "".join(
        f'<li class="legend-key legend-{key}">{escape(words[f"figure.legend_{key}"])}</li>' for key in keys
    )
    buttons = "".join(
        f'<button class="button" type="button" data-days="{days}" aria-pressed="false">'
        f"{escape(words[f'figure.days_{days}'])}</button>"
        for days in STRETCHES
    )
    return (
        '<section class="panel panel-trend"><div class="trend-head">'
        f'<h2 class="panel-title">{escape(words["figure.trend"])}</h2>'
        f'<div id="stretches" class="stretches" role="group" aria-label="{escape(words["figure.trend_window"])}">'
        f'{buttons}</div></div><p id="trend-read" class="trend-read" aria-live="off"></p>'
        f'<div id="trend" class="trend"></div><ul class="legend">{legend}</ul>'
        f'<p class="quiet trend-note">{escape(words[f"figure.trend_{grain}"])}. '
        f'<span class="trend-zoom">{escape(words["figure.trend_zoom"])}</span></p></section>'
    )


def _definition(kpi: Kpi, catalogue: Catalogue, words: Words) -> str:
    rows = "".join(
        f"<div><dt>{escape(words[f'figure.{name}'])}</dt><dd>{escape(text)}</dd></div>"
        for name, text in _facts(kpi, catalogue, words)
    )
    return (
        f'<section class="panel panel-definition"><h2 class="panel-title">{escape(words["figure.definition"])}</h2>'
        f'<dl class="definition">{rows}</dl></section>'
    )


def _facts(kpi: Kpi, catalogue: Catalogue, words: Words) -> Iterator[tuple[str, str]]:
    definition = kpi.definition
    nothing = definition.no_denominator
    yield "basis", definition.basis.text
    yield "certainty", words[f"figure.certain.{definition.basis.certainty}"]
    yield "source", definition.source
    yield "window", words[f"figure.windows.{definition.window}"]
    yield "calendar", words["figure.calendar_days"]
    yield "direction", words[f"figure.directions.{definition.direction}"]
    if definition.thresholds is not None:
        told = msgspec.structs.asdict(definition.thresholds)
        limits = {name: value_said(kpi, value, words) for name, value in told.items()}
        yield "thresholds", words["figure.thresholds_of"].format(**limits)
    yield "in_force", _in_force(kpi, words)
    yield "no_denominator", nothing.vi if words.language == "vi" else nothing.en
    yield "id", kpi.id
    yield "digest", digest_of(kpi, catalogue)


def _in_force(kpi: Kpi, words: Words) -> str:
    since, until = kpi.definition.since, kpi.definition.until
    found = []
    if since is not None:
        found.append(words["figure.in_force_from"].format(since=f"{since:%d/%m/%Y}"))
    if until is not None:
        found.append(words["figure.in_force_to"].format(until=f"{until:%d/%m/%Y}"))
    return " ".join(found) or words["figure.in_force_always"]


def place_of(asked: Asked, words: Words, units: Mapping[str, str]) -> str:
    """The unit's name, or the area's; and the moment that was asked for."""
    if asked.unit is None:
        place = words["figure.area"].format(area=AREA_NAME)
    else:
        place = units.get(asked.unit) or words["figure.unit_page"].format(code=asked.unit)
    if asked.at is None:
        return place
    return f"{place}, {asked.at.astimezone(TIME_ZONE):%H:%M %d/%m/%Y}"
