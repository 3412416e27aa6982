"""Snapshots, made up: of a whole month, with everything that can stand in one.

An area of three units. The first two have applications; of the third nothing is known, so that its figures are null
and its form is empty. The forms add up as the circular wants it: 3 = 4+5+6 = 7+11, 7 = 8+9+10, 11 = 12+13.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Final, Literal

import msgspec

from stream.index.layout import TOTAL, load_layout
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Basis, Bilingual, Definition
from stream.snapshot.content.document import (
    CaseShare,
    Covered,
    Difference,
    FigureFacts,
    FormFacts,
    FormRow,
    Generation,
    IndexFacts,
    KpiFacts,
    LateReason,
    Number,
    OfficialFacts,
    Position,
    QuarantineFacts,
    Restates,
    Rules,
    ScoreFacts,
    Section,
    SeriesFacts,
    Snapshot,
    SourceFacts,
    UnitFacts,
    Witness,
)

UNITS: Final = (
    UnitFacts(code="03980", name="Phường Mộc Châu"),
    UnitFacts(code="03982", name="Phường Thảo Nguyên"),
    UnitFacts(code="04045", name="Xã Lóng Sập"),
)
"""The last has sent nothing."""
SECTIONS: Final = (
    Section(
        id="onestop",
        title=Bilingual("Một cửa", "One-stop shops"),
        kpis=("received_month", "overdue_now", "on_time_rate", "mean_days"),
    ),
    Section(
        id="documents",
        title=Bilingual("Văn bản", "Documents"),
        kpis=("signed_out_rate", "acknowledgement_latency"),
    ),
    Section(id="conference", title=Bilingual("Hội nghị trực tuyến", "Conferences"), kpis=("meetings_held", "line_mos")),
)
WITNESSED: Final = "line_mos"
"""The KPI that is made of samples of lines."""

_DAYS: Final = Definition(
    title=Bilingual("Thời gian giải quyết trung bình, ngày làm việc", "Mean working days until settled"),
    short=Bilingual("Ngày giải quyết", "Days to settle"),
    basis=Basis("Trung tâm tự đặt", "C"),
    source="DongBoHoSoMC: NgayTiepNhan, NgayTra",
    unit="days",
    formula="handling_days / settled",
    window="month",
    direction="lower_is_better",
    no_denominator=Bilingual("Chưa có hồ sơ nào giải quyết xong", "Nothing settled yet"),
    digits=2,
)
_FIGURES: Final[Mapping[str, Sequence[tuple[Number | None, Number | None, Number | None]]]] = {
    "received_month": ((210, None, None), (128, None, None), (82, None, None), (None, None, None)),
    "overdue_now": ((7, None, None), (7, None, None), (0, None, None), (None, None, None)),
    "on_time_rate": ((0.95, 171, 180), (0.94, 94, 100), (0.9625, 77, 80), (None, 0, 0)),
    "mean_days": ((3.75, 675, 180), (4.2, 420, 100), (3.1875, 255, 80), (None, 0, 0)),
    "signed_out_rate": ((1, 340, 340), (1, 200, 200), (1, 140, 140), (None, 0, 0)),
    "acknowledgement_latency": ((95.5, 1910, 20), (120, 1440, 12), (58.75, 470, 8), (None, 0, 0)),
    "meetings_held": ((14, None, None), (9, None, None), (5, None, None), (0, None, None)),
    WITNESSED: ((4.05, 8100, 2000), (3.9, 4680, 1200), (4.275, 3420, 800), (None, 0, 0)),
}
_PLACES: Final = (None, *(unit.code for unit in UNITS))


def a_kpi(name: str, **changes: object) -> KpiFacts:
    """A KPI of the catalogue, or the one of this file that is counted in days."""
    told = _DAYS if name == "mean_days" else load_catalogue()[name].definition
    facts = KpiFacts(
        id=name,
        title=told.title,
        short=told.short,
        unit=told.unit,
        digits=told.digits,
        window=told.window,
        direction=told.direction,
        thresholds=told.thresholds,
        formula=told.formula,
        basis=told.basis,
        source=told.source,
        no_denominator=told.no_denominator,
        digest=sha256(f"{name}: {told.formula}".encode()).hexdigest(),
    )
    return msgspec.structs.replace(facts, **changes)


def figures_of(*names: str) -> tuple[FigureFacts, ...]:
    """The figures of these KPIs: of the area, then of each unit."""
    return tuple(
        FigureFacts(kpi=name, unit=unit, value=value, numerator=numerator, denominator=denominator)
        for name in names
        for unit, (value, numerator, denominator) in zip(_PLACES, _FIGURES[name], strict=True)
    )


def cells_of(online: int, direct: int, before: int, *, early: int, late: int, over: int) -> tuple[int, ...]:
    """The columns 3 to 13 of a row: none settled exactly on its day; what is not settled is open, `over` of it late."""
    received, settled = online + direct + before, early + late
    open_now = received - settled
    return (received, online, direct, before, settled, early, 0, late, open_now, open_now - over, over)


def a_form(unit: str | None, rows: Sequence[FormRow], **changes: object) -> FormFacts:
    """A form of these rows, with the subtotals and the total that they come to."""
    levels = {row.level: row.level_name for row in rows}
    facts = FormFacts(
        unit=unit,
        title="Khu vực Mộc Châu" if unit is None else {each.code: each.name for each in UNITS}[unit],
        since="2026-10-15",
        until="2026-11-14",
        heard="2026-01-05" if rows else None,
        rows=tuple(rows),
        levels=tuple(
            FormRow(
                level=level,
                level_name=name,
                field=None,
                field_name=None,
                cells=added(row.cells for row in rows if row.level == level),
            )
            for level, name in levels.items()
        ),
        total=added(row.cells for row in rows),
        settled_undated=0,
        unknown_level=sum(row.cells[0] for row in rows if row.level == "unknown"),
    )
    return msgspec.structs.replace(facts, **changes)


def added(rows: Iterator[tuple[int, ...]]) -> tuple[int, ...]:
    """Each column summed; eleven zeros of no rows."""
    return tuple(map(sum, zip(*rows, strict=True))) or (0,) * 11


def a_row(level: str, field: str | None, name: str | None, cells: tuple[int, ...]) -> FormRow:
    """A row of the level `district`, `commune` or `unknown`."""
    names = {
        "province": "Cấp tỉnh",
        "district": "Cấp huyện",
        "commune": "Cấp xã",
        "unknown": "Chưa rõ cấp giải quyết",
    }
    return FormRow(level=level, level_name=names[level], field=field, field_name=name, cells=cells)


def forms() -> tuple[FormFacts, ...]:
    """The form of the area and those of its units."""
    first = [
        a_row("province", "DD", "Đất đai", cells_of(20, 14, 6, early=18, late=2, over=5)),
        a_row("commune", "HT", "Hộ tịch", cells_of(70, 24, 4, early=76, late=4, over=2)),
    ]
    second = [
        a_row("commune", "HT", "Hộ tịch", cells_of(50, 22, 8, early=72, late=2, over=0)),
        a_row("unknown", None, None, cells_of(4, 6, 0, early=5, late=1, over=0)),
    ]
    whole = [
        first[0],
        a_row("commune", "HT", "Hộ tịch", added(iter([first[1].cells, second[0].cells]))),
        second[1],
    ]
    return (
        a_form(None, whole, settled_undated=3),
        a_form("03980", first, settled_undated=3),
        a_form("03982", second),
        a_form("04045", []),
    )


def an_index(unit: str | None, *, judged: bool) -> IndexFacts:
    """The index with nine tenths of all points, and an official score of the whole and of the first group."""
    official = OfficialFacts(
        points=84.2, source="Cổng Dịch vụ công quốc gia, ngày 10/11/2026", published_on="2026-11-10"
    )
    published = {"total": official, "openness": msgspec.structs.replace(official, points=17)} if judged else {}
    groups = {group.id for group in load_layout().group}
    scores = []
    for item, title, most in load_layout().items():
        rank: Literal["total", "group", "component"] = (
            "total" if item == TOTAL else "group" if item in groups else "component"
        )
        scores.append(
            ScoreFacts(
                item=item,
                title=title,
                rank=rank,
                points=round(most * 0.9, 2) if judged else None,
                known=most if judged else 0,
                most=most,
                ratio=0.9 if judged else None,
                certainty="B" if rank == "component" else None,
                official=published.get(item),
            )
        )
    return IndexFacts(unit=unit, band=Bilingual("Xuất sắc", "Excellent") if judged else None, scores=tuple(scores))


def a_witness(**changes: object) -> Witness:
    """Taken three hours late, with a source missing; the figures of the samples of lines stand here."""
    facts = Witness(
        taken_at="2026-11-16T11:02:07+07:00",
        late_seconds=10_927,
        late=(LateReason(id="sources_late", text=Bilingual("Chờ nguồn số liệu đến muộn", "Waited for late sources")),),
        sources=(
            SourceFacts(
                source="onestop-sync",
                kind="onestop",
                units=("03980", "03982"),
                state="live",
                last_known_at="2026-11-16T07:58:41.250+07:00",
            ),
            SourceFacts(
                source="spreadsheet-04045", kind="spreadsheet", units=("04045",), state="never", last_known_at=None
            ),
            SourceFacts(
                source="edxml-axis",
                kind="edxml",
                units=tuple(unit.code for unit in UNITS),
                state="silent",
                last_known_at="2026-11-13T16:20:03.004+07:00",
            ),
        ),
        missing=("spreadsheet-04045", "edxml-axis"),
        figures=figures_of(WITNESSED),
    )
    return msgspec.structs.replace(facts, **changes)


def a_snapshot(**changes: object) -> Snapshot:
    """The statutory month 2026-11 of the area; `changes` are fields of `Snapshot`."""
    names = [name for section in SECTIONS for name in section.kpis]
    facts = Snapshot(
        draft=False,
        area="moc-chau",
        kind="statutory-month",
        title=Bilingual("Báo cáo tháng (kỳ theo Nghị định 09/2019/NĐ-CP)", "Monthly report (Decree 09/2019/NĐ-CP)"),
        period=Covered(name="2026-11", calendar="statutory", first="2026-10-15", last="2026-11-14"),
        version=1,
        due_at="2026-11-16T08:00:00+07:00",
        as_of="2026-11-14T23:59:59+07:00",
        known_at="2026-11-16T08:00:00.000+07:00",
        cut=(Position(part=0, next=120_441), Position(part=1, next=118_007), Position(part=2, next=0)),
        rules=Rules(
            code="1.0.0+g1a2b3c4", meaning="2", calendars=("2026-01", "2026-02-tet"), registers=("2026-07-01",)
        ),
        generation=Generation(first="2025-07-01", last=None),
        units=UNITS,
        sections=SECTIONS,
        kpis=tuple(a_kpi(name) for name in names),
        figures=figures_of(*(name for name in names if name != WITNESSED)),
        forms=forms(),
        index=tuple(an_index(place, judged=place != "04045") for place in _PLACES),
        series=(
            SeriesFacts(
                kpi="received_month",
                grain="day",
                days=tuple(f"{date(2026, 10, 15) + timedelta(days=day)}" for day in range(31)),
                values=tuple(None if day == 9 else (day * 5) % 17 for day in range(31)),
            ),
            SeriesFacts(
                kpi="on_time_rate",
                grain="day",
                days=("2026-10-15", "2026-10-16", "2026-10-17", "2026-10-18"),
                values=(0.9, 0.925, None, 0.95),
            ),
        ),
        quarantine=(
            QuarantineFacts(reason="invalid", records=12, waiting=3),
            QuarantineFacts(reason="unknown_unit", records=1, waiting=0),
        ),
        restates=None,
        witness=a_witness(),
    )  # fmt: skip
    return msgspec.structs.replace(facts, **changes)


def a_restated_snapshot(**changes: object) -> Snapshot:
    """Version 2 of the same: two cases of Phường Mộc Châu that became known late changed three figures."""
    return a_snapshot(
        **{
            "version": 2,
            "known_at": "2026-11-19T08:00:00.000+07:00",
            "cut": (Position(part=0, next=121_009), Position(part=1, next=118_960), Position(part=2, next=4)),
            "restates": Restates(
                version=1,
                digest=sha256(b"the manifest before").hexdigest(),
                known_at="2026-11-16T08:00:00.000+07:00",
                cause="late_events",
                differences=_differences(),
            ),
            "witness": a_witness(taken_at="2026-11-19T08:00:02+07:00", late_seconds=0, late=(), missing=()),
            **changes,
        }
    )


def _differences() -> tuple[Difference, ...]:
    on_time, received = load_catalogue()["on_time_rate"].definition, load_catalogue()["received_month"].definition
    cases = (
        CaseShare(case="H52.17.18-261020-0007", share=1, known_at="2026-11-17T09:12:33.120+07:00"),
        CaseShare(case="H52.17.18-261102-0015", share=1, known_at="2026-11-18T14:00:00.000+07:00"),
    )
    return (
        Difference(
            path="kpi/received_month/03980",
            title=received.title,
            unit="03980",
            before=126,
            after=128,
            cases=cases,
            others=0,
        ),
        Difference(
            path="kpi/on_time_rate/area",
            title=on_time.title,
            unit=None,
            before=None,
            after=0.95,
            cases=(CaseShare(case=cases[0].case, share=None, known_at=cases[0].known_at),),
            others=214,
        ),
        Difference(
            path="form/03980/commune/HT/3",
            title=Bilingual("Biểu II.06a, Cấp xã, Hộ tịch, cột (3)", "Form II.06a, commune, civil status, column (3)"),
            unit="03980",
            before=99,
            after=98,
            cases=(CaseShare(case="H52.17.18-261020-0009", share=-1, known_at="2026-11-17T10:00:00.000+07:00"),),
            others=0,
        ),
    )
