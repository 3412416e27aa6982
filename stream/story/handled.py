"""What people did about a case, in the sentences of its story."""

from collections.abc import Sequence

from stream.core.handling import Deed
from stream.handling.reading import ToldAct
from stream.handling.told import NAMES
from stream.story.words import Said, Value, clock, plain, say


def told_acts(acts: Sequence[ToldAct]) -> Sequence[Said]:
    """One sentence for each act, in the order of the log; what was overtaken says by whom."""
    return [_told(act) for act in acts]


def _told(told: ToldAct) -> Said:
    record = told.record
    values: dict[str, Value] = {"at": clock(record.at), "by": record.by, "to": record.to or "", "rank": record.rank}
    if record.until is not None:
        values["until"] = clock(record.until)
    said = say(f"handled.{_key(told)}", **values)
    if told.act.note is not None:
        said = say("handled.note", what=said, note=plain(told.act.note))
    rival = told.overtaken_by
    return said if rival is None else say("handled.overtaken", what=said, rival=rival.by, when=clock(rival.at))


def _key(told: ToldAct) -> str:
    record = told.record
    if record.deed == Deed.ASSIGNED and record.to is None:
        return "assign_nobody"
    return "untie" if record.untied else NAMES[record.deed]
