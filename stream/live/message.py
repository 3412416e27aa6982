"""The board as one message: the contract with the pages of the dashboard.

    {"v": 1,
     "now": "2026-03-03T03:00:00Z",            when it was computed; displays count ages from `known_until`
     "known_until": "2026-03-03T02:59:58Z",    when the newest applied event came into the log, or null
     "state": "live",                          live | late: whether every source that promised to reports
     "kpis": {"overdue_now": {"value": 3,      null: no data (nothing known, or no denominator); a percent is a ratio
                              "num": null, "den": null,         set where the formula is a fraction
                              "state": "live", live | late: a source that it waits for does not report
                              "before": 5,     the value at the same time of day a week ago
                              "standing": "warn",               good | warn | bad | none
                              "trend": [4, 6, …]}},             30 complete days, oldest first, null: no data
     "units": {"03980": {"overdue_now": 1, …}},                 the value of every KPI for every unit
     "late": {"03980": ["overdue_now", …]},    the KPIs whose figure of a unit is late; units without any are left out
     "elsewhere": ["04033"],                   units that count in `kpis` but are not in `units`
     "latest": [{"case": "…", "unit": "03980", "status": 9, "at": "…Z", "known_at": "…Z"}],  newest first, up to 12
     "sources": [{"source": "…", "last_event_at": "…Z", "last_known_at": "…Z", "heartbeat_at": null,
                  "state": "live",             live | late: whether figures wait for it
                  "standing": "closed",        live | late | silent | closed | never (docs/sources.md)
                  "heard_at": "…Z", "cadence": 600, "streams": ["onestop"]}],      cadence null: it promised none
     "tallies": {"received": 9, "applied": 8, "duplicates": 1, "quarantined": 0},
     "positions": {"0": 1234},                 partition → next position: the cut
     "halted": []}                             partitions that were stopped

KPIs stand in the order of the catalogue. Titles, digits and units of measure are in the catalogue, not here. Keys
may be added; `v` rises when one is taken away or changes its meaning.
"""

from datetime import UTC
from typing import Final

import msgspec

from stream.live.board import Board, Tile

VERSION: Final = 1


def board_json(board: Board) -> bytes:
    """The board as compact UTF-8 JSON."""
    return msgspec.json.encode(
        {
            "v": VERSION,
            "now": board.now.astimezone(UTC),
            "known_until": board.cut.known_until,
            "state": board.state,
            "kpis": {tile.figure.kpi: _tile(tile) for tile in board.tiles},
            "units": {
                unit: {kpi: figure.value for kpi, figure in figures.items()} for unit, figures in board.by_unit.items()
            },
            "late": {
                unit: late
                for unit, figures in board.by_unit.items()
                if (late := [kpi for kpi, figure in figures.items() if figure.state == "late"])
            },
            "elsewhere": board.elsewhere,
            "latest": board.latest,
            "sources": board.sources,
            "tallies": board.cut.tallies,
            "positions": board.cut.positions,
            "halted": board.cut.halted,
        }
    )


def _tile(tile: Tile) -> dict[str, object]:
    figure = tile.figure
    return {
        "value": figure.value,
        "num": figure.numerator,
        "den": figure.denominator,
        "state": figure.state,
        "before": tile.before,
        "standing": tile.standing,
        "trend": tile.trend,
    }
