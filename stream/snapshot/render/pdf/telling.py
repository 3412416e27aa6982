"""What the last pages say: sources, what lies in quarantine, definitions, and how to verify all of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from stream.snapshot.content.document import KpiFacts, Snapshot
from stream.snapshot.render.pdf.numbers import NOTHING, said, unit_of
from stream.snapshot.render.pdf.standing import target
from stream.snapshot.render.pdf.wording import SOURCE_KINDS, lower
from stream.snapshot.render.wording import CERTAINTIES, DIRECTIONS, SOURCE_STATES, WINDOWS, moment


@dataclass(frozen=True, slots=True)
class Source:
    """How a source stood; `is_missing` where the snapshot is partial because of it."""

    name: str
    kind: str
    units: str
    state: str
    last: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A KPI: what it is called, how it is computed, from what, by which rule; `digest` is of what decides its value."""

    id: str
    title: str
    what: str
    formula: str
    basis: str
    source: str
    digest: str


def sources(snapshot: Snapshot) -> Iterator[Source]:
    """The sources as they stood when the snapshot was taken."""
    names = {unit.code: unit.name for unit in snapshot.units}
    everything = set(names)
    for each in snapshot.witness.sources:
        yield Source(
            each.source,
            SOURCE_KINDS.get(each.kind, each.kind),
            "Toàn khu vực"
            if everything <= set(each.units)
            else ", ".join(names.get(code, code) for code in each.units),
            SOURCE_STATES.get(each.state, each.state),
            NOTHING if each.last_known_at is None else moment(each.last_known_at),
            each.source in snapshot.witness.missing,
        )


def quarantine(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Reason, records, and how many of them nobody had sent again."""
    for each in snapshot.quarantine:
        yield each.reason, said(each.records), said(each.waiting)


def definitions(snapshot: Snapshot) -> Iterator[Definition]:
    """The KPIs in the order of the object."""
    for kpi in snapshot.kpis:
        yield Definition(
            kpi.id,
            kpi.title.vi,
            _what(kpi),
            kpi.formula,
            f"{kpi.basis.text} ({CERTAINTIES[kpi.basis.certainty]})",
            kpi.source,
            kpi.digest,
        )


def _what(kpi: KpiFacts) -> str:
    parts = [lower(WINDOWS[kpi.window]), lower(DIRECTIONS[kpi.direction])]
    if unit_of(kpi):
        parts.insert(0, f"đơn vị tính: {unit_of(kpi)}")
    if kpi.thresholds is not None:
        parts.append(f"mục tiêu {target(kpi)}")
    return "; ".join(parts)


def rules(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """By what the figures were made, and up to where the log was known."""
    known, generation = snapshot.rules, snapshot.generation
    yield "Loại báo cáo", snapshot.kind
    yield "Địa bàn", snapshot.area
    yield "Kỳ, phiên bản", f"{snapshot.period.name}, {snapshot.version}"
    yield "Lịch gửi (due_at)", snapshot.due_at
    yield "Tính đến (as_of)", snapshot.as_of
    yield "Biết đến (known_at)", snapshot.known_at
    yield "Lập lúc (taken_at)", snapshot.witness.taken_at
    yield "Phiên bản chương trình", known.code
    yield "Cách hiểu sự kiện", known.meaning
    yield "Lịch làm việc", ", ".join(known.calendars) or NOTHING
    yield "Danh mục thủ tục", ", ".join(known.registers) or NOTHING
    yield "Thế hệ đơn vị hành chính", f"từ {generation.first or NOTHING} đến {generation.last or 'nay'}"
    if snapshot.restates is not None:
        yield f"Mã băm bảng kê của phiên bản {snapshot.restates.version}", snapshot.restates.digest


def cut(snapshot: Snapshot) -> str:
    """Up to which record of each partition the log counts."""
    return "; ".join(f"{each.part}: {said(each.next)}" for each in snapshot.cut)
