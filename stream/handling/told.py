"""Handling and acts as the pages are told them; keys are a contract between server and script."""

from collections.abc import Mapping
from typing import Final

from stream.core.handling import Deed, Handling, HandlingRecord
from stream.core.moment import Moment, datetime_of
from stream.handling.reading import ToldAct

NAMES: Final[Mapping[int, str]] = {
    Deed.ACKNOWLEDGED: "acknowledge",
    Deed.ASSIGNED: "assign",
    Deed.COMMENTED: "comment",
    Deed.ESCALATED: "escalate",
    Deed.DISMISSED: "dismiss",
    Deed.HANDED_OVER: "hand_over",
    Deed.TIED: "tie",
}


def handling_json(handling: Handling) -> dict[str, object]:
    """How a case stands among the people who handle it."""
    return {
        "version": handling.version,
        "holder": handling.holder,
        "acknowledged_by": handling.acknowledged_by,
        "acknowledged_until": _when(handling.acknowledged_until),
        "rank": handling.rank,
        "respond_by": _when(handling.respond_by),
        "dismissed": handling.is_dismissed,
        "dismissed_due": _when(handling.dismissed_due),
        "ties": list(handling.ties),
        "comments": handling.comments,
    }


def rival_json(rival: HandlingRecord) -> dict[str, object]:
    """Who was first, with what, and when."""
    return {"act": NAMES[rival.deed], "by": rival.by, "at": _when(rival.at)}


def act_json(told: ToldAct) -> dict[str, object]:
    """One act of the story of a case."""
    record = told.record
    return {
        "act": NAMES[record.deed],
        "by": record.by,
        "at": told.at.isoformat(),
        "known_at": told.known_at.isoformat(),
        "note": told.act.note,
        "to": record.to,
        "until": _when(record.until),
        "rank": record.rank,
        "untied": record.untied,
        "overtaken_by": None if told.overtaken_by is None else rival_json(told.overtaken_by),
    }


def _when(moment: Moment | None) -> str | None:
    return None if moment is None else datetime_of(moment).isoformat()
