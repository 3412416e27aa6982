"""The page of the wall, laid out: one head, its scenes one on the other, one foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from dash import html
from dash.development.base_component import Component

from dashboard.wall.asked import Asked
from dashboard.wall.header import header
from dashboard.wall.scene import Place, Scene, rule
from dashboard.wall.scenes import SCENES
from geo.units import AREA_NAME


@dataclass(frozen=True, slots=True)
class Shown:
    """What the server gives a page beside its layout: its build, and the newest frames as they are, with their age."""

    build: str
    frames: Sequence[Mapping[str, Any]]


def wall(place: Place, asked: Asked, shown: Shown) -> Component:
    """The page; figures come from the frames that lie in it, then from the feed."""
    scenes = [SCENES[name] for name in asked.scenes]
    places = {scene.name: replace(place, scene=scene.name) for scene in scenes}
    data: dict[str, Any] = {
        "data-page": _json(_facts(asked, places, scenes, shown.build)),
        "data-frames": _json(shown.frames),
        "data-freshness": "unknown",
        "data-theme": asked.theme,
    }
    return html.Main(
        [
            header(place, asked),
            html.Div(
                [_scene(scene, places[scene.name], is_first=not number) for number, scene in enumerate(scenes)],
                className="stage",
            ),
            html.Footer(
                [
                    *(html.Span("", id=f"tally-{name}") for name in _TALLIES),
                    _alerts(place),
                    html.Span("", id="tally-known"),
                ],
                className="footer",
            ),
        ],
        id="wall",
        className="wall",
        lang=place.words.language,
        **data,
    )


_TALLIES = ("received", "applied", "duplicates", "quarantined", "halted", "renewing")


def _alerts(place: Place) -> Component:
    """The sign of open alerts; on a desk it leads to them."""
    if place.is_display:
        return html.Span("", id="tally-alerts", className="alerts-sign")
    return html.A("", id="tally-alerts", className="alerts-sign", href=f"/ops/alerts?lang={place.words.language}")


def _scene(scene: Scene, place: Place, *, is_first: bool) -> Component:
    data: dict[str, Any] = {"data-shown": "yes" if is_first else "no"}
    title = place.words[f"scene.{scene.name}"]
    return html.Section(
        scene.layout(place), id=f"scene-{scene.name}", className=f"scene scene-{scene.name}", title="",
        **{**data, "aria-label": title},
    )  # fmt: skip


def _facts(asked: Asked, places: Mapping[str, Place], scenes: Sequence[Scene], build: str) -> dict[str, Any]:
    """What the page's script has to know and is no figure."""
    place = places[scenes[0].name]
    return {
        "language": asked.language,
        "theme": asked.theme,
        "build": build,
        "words": place.words.under("page"),
        "units": {unit.code: unit.title for unit in place.area.units},
        "scenes": [_facts_of(scene, places[scene.name], is_past=asked.past is not None) for scene in scenes],
        "past": _past(asked, place),
        "seconds": asked.seconds,
        "unit": asked.unit,
        "display": place.display,
        "healing": _HEALING,
        "alerts": _words_of_alerts(place),
    }


def _words_of_alerts(place: Place) -> dict[str, str]:
    words = place.words
    named = {name: words[f"alerts.{name}"] for name in ("source", "cause_intake", "cause_halted", "cause_frozen")}
    return {**words.under("alert_sign"), **named, "area": words["alerts.area"].format(area=AREA_NAME)}


_HEALING: Final = {"after_days": 7, "heap_mb": 256}
"""A page opens itself anew after so many days, in a quiet hour, or once its script holds so many MiB for minutes."""


def _past(asked: Asked, place: Place) -> dict[str, Any] | None:
    """What the time machine has to know: the moment, and with which units the page was laid out."""
    if asked.past is None:
        return None
    words = place.words.under("past")
    return {"at": asked.past.at, "known": asked.past.known, "area": place.area.edition, "words": words}


def _facts_of(scene: Scene, place: Place, *, is_past: bool) -> dict[str, Any]:
    return {
        "name": scene.name,
        "rules": [{**rule(place.catalogue[kpi]), "short": place.short(kpi)} for kpi in scene.kpis] if is_past else [],
        "tiles": [rule(place.catalogue[kpi]) for kpi in scene.tiles],
        "words": place.words.under(scene.name),
        "late_after": scene.pace.most + _READING_WITHIN,
        **scene.facts(place),
    }


_READING_WITHIN = 6.0
"""Seconds that a frame may come later than its pace says before its figures are called late: within 15 in all."""


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
