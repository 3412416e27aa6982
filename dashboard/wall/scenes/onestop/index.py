"""The index of Decision 766 as this centre computes it, by group, with what was published beside it (handbook 5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from psycopg import Connection

from dashboard.wall.scene import When
from dashboard.wall.scenes.onestop.form import local_day, month_of
from geo.areas import CENTRE
from stream.index.layout import TOTAL
from stream.index.official import OfficialScore, read_official
from stream.index.read import read_index
from stream.index.score import Score
from stream.kpi.period import Period

LOOK_BACK: Final = 3
"""Scores are published after their month: that of so many months before stands in, and says of which it is."""


def read_month_index(connection: Connection[Any], when: When) -> dict[str, Any]:
    """The index of the calendar month up to the moment; call it inside a `snapshot`. No points judged is null."""
    period = month_of(local_day(when), "index")
    score = read_index(connection, period.windows(when.at), (), when.known_at).area
    official = _read_official(connection, period, when)
    return {"name": period.name, **_score_json(score, {} if official is None else official[1]),
            "official": None if official is None else _official_json(*official)}  # fmt: skip


def _read_official(
    connection: Connection[Any], period: Period, when: When
) -> tuple[Period, dict[str, OfficialScore]] | None:
    """What was published about the area: of this month, else of the last one that anybody published a total of."""
    for each in _back_from(period):
        scores = read_official(connection, each.first, each.last, when.known_at)
        of_area = {item: score for (place, item), score in scores.items() if place == CENTRE}
        if TOTAL in of_area:
            return each, of_area
    return None


def _back_from(period: Period) -> Iterator[Period]:
    first: date = period.first
    for _ in range(1 + LOOK_BACK):
        yield month_of(first, "index")
        first = (first - timedelta(days=1)).replace(day=1)


def _score_json(score: Score, official: dict[str, OfficialScore]) -> dict[str, Any]:
    return {
        "total": score.total,
        "known": score.known,
        "most": sum(each.group.points for each in score.groups),
        "band": None if score.band is None else msgspec.to_builtins(score.band.title),
        "groups": [
            {
                "id": each.group.id,
                "points": each.points,
                "known": each.known,
                "most": each.group.points,
                "official": official[each.group.id].points if each.group.id in official else None,
            }
            for each in score.groups
        ],
    }


def _official_json(period: Period, scores: dict[str, OfficialScore]) -> dict[str, Any]:
    total = scores[TOTAL]
    return {
        "name": period.name,
        "points": total.points,
        "source": total.source,
        "published_on": total.published_on.isoformat(),
    }
