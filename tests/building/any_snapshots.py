"""Snapshots of any size and with anything in them that may stand there, for tests that ask of all."""

from collections.abc import Sequence
from typing import Final

import msgspec
from hypothesis import strategies as st

from stream.kpi.definition import Bilingual, Unit
from stream.snapshot.content.document import (
    FigureFacts,
    FormFacts,
    FormRow,
    IndexFacts,
    KpiFacts,
    Number,
    OfficialFacts,
    QuarantineFacts,
    ScoreFacts,
    Section,
    SeriesFacts,
    Snapshot,
    UnitFacts,
)
from tests.building.snapshots import a_form, a_kpi, a_row, a_snapshot, a_witness, added

TEXTS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(text.strip()))
NUMBERS: Final[st.SearchStrategy[Number]] = st.integers(-(10**12), 10**12) | st.floats(
    -1e12, 1e12, allow_nan=False
).map(lambda value: value + 0.0)
_SMALL: Final = st.integers(-50, 5_000)
_UNITS: Final[tuple[Unit, ...]] = ("count", "percent", "points", "days", "minutes")
_LEVELS: Final = ("province", "district", "commune", "unknown")


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Up to four units, eight KPIs and a dozen rows of a form, with nulls, negatives, and names of all alphabets."""
    units = tuple(
        UnitFacts(code=code, name=draw(TEXTS))
        for code in draw(st.lists(st.from_regex(r"[0-9]{5}", fullmatch=True), unique=True, max_size=4))
    )
    places = [None, *(unit.code for unit in units)]
    kpis = tuple(_kpi(draw, n) for n in range(draw(st.integers(0, 8))))
    return a_snapshot(
        units=units,
        kpis=kpis,
        sections=_sections(draw, kpis),
        figures=tuple(_figure(draw, kpi.id, place) for kpi in kpis for place in places if draw(st.booleans())),
        forms=tuple(_form(draw, place) for place in places),
        index=tuple(_index(draw, place) for place in places),
        series=tuple(_series(draw, kpi.id) for kpi in kpis if draw(st.booleans())),
        quarantine=tuple(
            QuarantineFacts(reason=draw(TEXTS), records=n, waiting=n // 2) for n in draw(st.lists(_SMALL, max_size=3))
        ),
        witness=a_witness(figures=()),
    )


def _kpi(draw: st.DrawFn, n: int) -> KpiFacts:
    title = Bilingual(draw(TEXTS), "Title")
    return a_kpi(
        "received_month", id=f"kpi_{n}", title=title, unit=draw(st.sampled_from(_UNITS)), digits=draw(st.integers(0, 3))
    )


def _sections(draw: st.DrawFn, kpis: Sequence[KpiFacts]) -> tuple[Section, ...]:
    """Some of the KPIs in two sections; the others stand in none."""
    cuts = sorted(draw(st.integers(0, len(kpis))) for _ in "12")
    parts = (kpis[: cuts[0]], kpis[cuts[0] : cuts[1]])
    return tuple(
        Section(id=f"s{n}", title=Bilingual(draw(TEXTS), "Section"), kpis=tuple(kpi.id for kpi in part))
        for n, part in enumerate(parts)
    )


def _figure(draw: st.DrawFn, kpi: str, place: str | None) -> FigureFacts:
    numerator, denominator = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
    value = draw(st.none() | NUMBERS)
    if numerator is not None and denominator is not None and denominator != 0 and draw(st.booleans()):
        value = numerator / denominator
    return FigureFacts(kpi=kpi, unit=place, value=value, numerator=numerator, denominator=denominator)


def _form(draw: st.DrawFn, place: str | None) -> FormFacts:
    rows: list[FormRow] = []
    for level in _LEVELS:
        for n in range(draw(st.integers(0, 3))):
            own = [draw(_SMALL) for _ in range(8)]
            cells = (sum(own[:3]), *own[:3], sum(own[3:6]), *own[3:6], sum(own[6:]), *own[6:])
            rows.append(a_row(level, str(n), draw(st.none() | TEXTS), cells))
    form = msgspec.structs.replace(a_form(None, rows), unit=place, title=draw(TEXTS))
    return form if draw(st.booleans()) else msgspec.structs.replace(form, total=added(iter([form.total, form.total])))


def _index(draw: st.DrawFn, place: str | None) -> IndexFacts:
    scores = [_score(draw, "total")]
    for _ in range(draw(st.integers(0, 3))):
        scores.append(_score(draw, "group"))
        scores += [_score(draw, "component") for _ in range(draw(st.integers(0, 3)))]
    return IndexFacts(unit=place, band=None, scores=tuple(scores))


def _score(draw: st.DrawFn, rank: str) -> ScoreFacts:
    official = OfficialFacts(points=draw(NUMBERS), source=draw(TEXTS), published_on="2026-11-10")
    return msgspec.convert(
        {
            "item": draw(TEXTS),
            "title": {"vi": draw(TEXTS), "en": "Item"},
            "rank": rank,
            "points": draw(st.none() | NUMBERS),
            "known": draw(NUMBERS),
            "most": draw(NUMBERS),
            "ratio": draw(st.none() | NUMBERS),
            "certainty": draw(st.sampled_from([None, "A", "B", "C"])),
            "official": draw(st.none() | st.just(official)),
        },
        ScoreFacts,
    )


def _series(draw: st.DrawFn, kpi: str) -> SeriesFacts:
    days = [f"2026-{month:02}-01" for month in sorted(draw(st.sets(st.integers(1, 12), max_size=6)))]
    values = tuple(draw(st.none() | NUMBERS) for _ in days)
    return SeriesFacts(kpi=kpi, grain="month", days=tuple(days), values=values)
