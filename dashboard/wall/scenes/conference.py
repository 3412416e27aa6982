"""The conferences (hội nghị): who is connected now, the meetings of the day, and how good the lines are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component
from psycopg import Connection

from dashboard.wall.area import Area
from dashboard.wall.parts.tile import tile
from dashboard.wall.scene import Place, Scene, When
from stream.core.moment import day_of, moment_of, start_of
from stream.first_rules import first_rules
from stream.meetings import LineOfToday, MeetingOfDay, SiteNow, read_lines, read_meetings, read_next, read_sites
from stream.quality.parameters import load_parameters
from stream.store.reading import snapshot

HEROES: Final = ("meetings_now", "sites_away_now", "line_mos_today")
OTHERS: Final = ("meetings_on_time_rate", "site_attendance_rate", "late_minutes", "endpoints_away_now")
DAY: Final = (7, 18)
"""The hours, local time, that the time line shows where nothing was earlier or later. C: office hours and a little."""
_HOUR: Final = 3_600


def _layout(place: Place) -> Component:
    return html.Div(
        [
            html.Section(
                [
                    *(tile(place, kpi, size="hero") for kpi in HEROES),
                    html.Div([tile(place, kpi, size="plain") for kpi in OTHERS], className="conference-month"),
                ],
                className="conference-tiles",
            ),
            _panel(place, "sites", html.Div(id=place.id("counts"), className="counts")),
            html.Div(
                [
                    _panel(place, "day", html.Div(id=place.id("hours"), className="hours-axis")),
                    _panel(place, "lines", html.P(place.words["conference.lines_note"], className="panel-note")),
                ],
                className="conference-right",
            ),
        ],
        className="conference",
    )


def _panel(place: Place, name: str, below: Component) -> Component:
    """A panel with its title, something below that, and a list that the page's script fills."""
    standing = html.Span("", id=place.id("standing", name), className="standing")
    title = html.H2([f"{place.words[f'conference.{name}']} ", standing], className="panel-title")
    return html.Section(
        [title, below, html.Div(id=place.id(name), className=f"fitted {name}")],
        id=place.id("panel", name),
        className=f"panel panel-{name}",
    )


def _facts(_: Place) -> Mapping[str, Any]:
    return {"levels": load_parameters().levels.stored}


def _more(connection: Connection[Any], when: When, _: Area) -> Mapping[str, Any]:
    """`lines` is null as known at a moment: samples are kept without when they became known."""
    rules = first_rules()
    with snapshot(connection):
        meetings = read_meetings(connection, when.at, rules, known_at=when.known_at)
        sites = read_sites(connection, when.at, rules, meetings, known_at=when.known_at)
        following = read_next(connection, when.at, rules, known_at=when.known_at)
        lines = read_lines(connection, when.at) if when.known_at is None else None
    return {
        "at": when.at,
        "hours": _hours(moment_of(when.at), meetings, lines or ()),
        "meetings": meetings,
        "next": following,
        "sites": sites,
        "lines": lines,
        "breach": any(each.is_alarm for each in sites) or any(_fails(each) for each in sites),
    }


def _fails(site: SiteNow) -> bool:
    """A bad line, or one that is down, matters while its meeting is on."""
    return site.meeting is not None and (site.state == "down" or site.level == "bad")


def _hours(at: int, meetings: Iterable[MeetingOfDay], lines: Sequence[LineOfToday]) -> tuple[int, int]:
    """From which hour of the local day to which the time line goes, whatever happens outside the usual ones."""
    midnight = start_of(day_of(at))
    told = [each for meeting in meetings for each in (meeting.scheduled, meeting.until, meeting.started, meeting.ended)]
    seconds = [moment_of(each) - midnight for each in told if each is not None]
    measured = [hour.hour for line in lines for hour in line.hours]
    first = min([DAY[0], *(each // _HOUR for each in seconds), *measured])
    last = max([DAY[1], *(-(-each // _HOUR) for each in seconds), *(hour + 1 for hour in measured)])
    return max(0, first), min(24, last)


CONFERENCE: Final = Scene("conference", HEROES + OTHERS, HEROES + OTHERS, _layout, _facts, _more)
