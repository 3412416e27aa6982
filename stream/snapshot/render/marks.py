"""What nobody may overlook in a snapshot: that it is a draft, restates another, is partial or late."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from stream.snapshot.content.document import Restates, Snapshot, Witness
from stream.snapshot.render.wording import CAUSES, lasting

MarkId: TypeAlias = Literal["draft", "restated", "partial", "late"]


class Mark(NamedTuple):
    """A mark: its name in capitals, and what it means here."""

    id: MarkId
    title: str
    text: str


NAMES: Final = {
    "draft": "BẢN NHÁP",
    "restated": "BẢN ĐIỀU CHỈNH",
    "partial": "SỐ LIỆU CHƯA ĐẦY ĐỦ",
    "late": "LẬP MUỘN",
}


def marks(snapshot: Snapshot) -> Sequence[Mark]:
    """The marks that a snapshot bears, the gravest first; none where all is as it should be."""
    found = []
    if snapshot.draft:
        found.append(Mark("draft", NAMES["draft"], "Chưa niêm phong, không có giá trị báo cáo."))
    if snapshot.restates is not None:
        found.append(Mark("restated", f"{NAMES['restated']} SỐ {snapshot.version}", _restated(snapshot.restates)))
    if snapshot.witness.is_partial:
        found.append(Mark("partial", NAMES["partial"], _partial(snapshot.witness)))
    if snapshot.witness.late:
        found.append(Mark("late", NAMES["late"], _late(snapshot.witness)))
    return found


def area_name(snapshot: Snapshot) -> str:
    """The name of the area, as its form has it."""
    return next((form.title for form in snapshot.forms if form.unit is None), snapshot.area)


def place_name(snapshot: Snapshot, unit: str | None) -> str:
    """The name of a unit by its code, or of the area (null)."""
    if unit is None:
        return area_name(snapshot)
    named: dict[str, str] = {each.code: each.name for each in snapshot.units}
    return named.get(unit, unit)


def _restated(restates: Restates) -> str:
    return (
        f"Thay cho bản số {restates.version}, {CAUSES[restates.cause]}; {len(restates.differences)} số liệu thay đổi."
    )


def _partial(witness: Witness) -> str:
    return f"Thiếu {len(witness.missing)} nguồn: {', '.join(witness.missing)}."


def _late(witness: Witness) -> str:
    why = "; ".join(reason.text.vi for reason in witness.late)
    return f"Muộn {lasting(witness.late_seconds)}. Lý do: {why}."
