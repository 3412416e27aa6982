"""The board as one message: the contract with the pages of the dashboard.

    {"v": 1,
     "now": "2026-03-03T03:00:00Z",            when it was computed; displays count ages from `known_until`
     "known_at": null,                         null: as known now; a moment: nothing counts that became known later
     "past": false,                            true: `now` is over, or `known_at` is set: `state`, `latest`, `sources`
                                               are null, and with `known_at` all of the cut: it was not kept
     "known_until": "2026-03-03T02:59:58Z",    when the newest applied event came into the log, or null
     "state": "live",                          frozen | late | partial | restated | live, the worst of all
     "before_day": "2026-02-24",               the local date that is compared with, null: there is none
     "kpis": {"overdue_now": {"value": 3,      null: no data (nothing known, or no denominator); a percent is a ratio
                              "num": null, "den": null,         set where the formula is a fraction
                              "state": "live", as above; null: not kept (docs/sources.md says what each means)
                              "before": 5,     the value at the same time of day on `before_day`
                              "before_day": "2026-02-24",       the same for all
                              "standing": "warn",               good | warn | bad | none
                              "trend": [4, 6, …],               30 complete days, oldest first, null: no data
                              "restated": null,                 or {"days": 3}: on so many of these days another value
                                               was known when today began, whatever the state
                              "unknown": null}},                or "not_as_known": it has no value, since samples of
                                               lines are kept without when they became known
     "units": {"03980": {"overdue_now": 1, …}},                 the value of every KPI for every unit
     "states": {"03980": {"overdue_now": "late", …}},           figures of units that are not live; others are left out
     "late": {"03980": ["overdue_now", …]},    the same without saying which state
     "elsewhere": ["04033"],                   units that count in `kpis` but are not in `units`
     "latest": [{"case": "…", "unit": "03980", "status": 9, "at": "…Z", "known_at": "…Z"}],  newest first, up to 12
     "sources": [{"source": "…", "last_event_at": "…Z", "last_known_at": "…Z", "heartbeat_at": null,
                  "state": "live",             live | late: whether figures wait for it
                  "standing": "closed",        live | late | silent | closed | never (docs/sources.md)
                  "heard_at": "…Z", "cadence": 600, "streams": ["onestop"]}],      cadence null: it promised none
     "tallies": {"received": 9, "applied": 8, "duplicates": 1, "quarantined": 0},
     "positions": {"0": 1234},                 partition → next position: the cut
     "halted": [],                             partitions that were stopped
     "behind": 0.8}                            for how many seconds what came into the log may wait to be applied, null:
                                               no worker ever told

KPIs stand in the order of the catalogue. Titles, digits and units of measure are in the catalogue, not here. Keys
may be added; `v` rises when one is taken away or changes its meaning.
"""

from collections.abc import Mapping
from datetime import UTC, date
from typing import Final

import msgspec

from stream.kpi.figure import State
from stream.live.board import Board, Tile

VERSION: Final = 1


def board_json(board: Board) -> bytes:
    """The board as compact UTF-8 JSON."""
    cut, states = board.cut, _states(board)
    return msgspec.json.encode(
        {
            "v": VERSION,
            "now": board.now.astimezone(UTC),
            "known_at": None if board.known_at is None else board.known_at.astimezone(UTC),
            "past": board.is_past,
            "known_until": None if cut is None else cut.known_until,
            "state": board.state,
            "before_day": board.before_day,
            "kpis": {tile.figure.kpi: _tile(tile, board.before_day) for tile in board.tiles},
            "units": {
                unit: {kpi: figure.value for kpi, figure in figures.items()} for unit, figures in board.by_unit.items()
            },
            "states": states,
            "late": {unit: list(of_unit) for unit, of_unit in states.items()},
            "elsewhere": board.elsewhere,
            "latest": board.latest,
            "sources": board.sources,
            "tallies": None if cut is None else cut.tallies,
            "positions": None if cut is None else cut.positions,
            "halted": None if cut is None else cut.halted,
            "behind": None if cut is None else cut.behind,
        }
    )


def _states(board: Board) -> Mapping[str, Mapping[str, State]]:
    return {
        unit: worse
        for unit, figures in board.by_unit.items()
        if (worse := {kpi: each.state for kpi, each in figures.items() if each.state not in {None, "live"}})
    }  # fmt: skip


def _tile(tile: Tile, before_day: date | None) -> dict[str, object]:
    figure = tile.figure
    return {
        "value": figure.value,
        "num": figure.numerator,
        "den": figure.denominator,
        "state": figure.state,
        "before": tile.before,
        "before_day": before_day,
        "standing": tile.standing,
        "trend": tile.trend,
        "restated": {"days": tile.restated} if tile.restated else None,
        "unknown": tile.unknown,
    }
