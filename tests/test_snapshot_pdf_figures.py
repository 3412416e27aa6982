"""Every figure of the object stands in the PDF, as its text has it: of the area and of each unit."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import msgspec

from stream.kpi.definition import Bilingual
from stream.snapshot.content.document import CaseShare, FigureFacts, Section, UnitFacts
from stream.snapshot.render.pdf.cases import MOST_LISTED
from stream.snapshot.render.pdf.restated import MOST_SHOWN
from tests.building.snapshot_text import drawn, figures_in_pdf, runs_in, sections_of, text_of
from tests.building.snapshots import a_kpi, a_restated_snapshot, a_snapshot, a_witness


def test_every_figure_of_a_kpi_is_said_with_its_digits() -> None:
    snapshot, told = a_snapshot(), _told()
    kpis = {kpi.id: kpi for kpi in snapshot.kpis}
    figures = [*snapshot.figures, *snapshot.witness.figures]
    assert len(figures) == 32
    for each in figures:
        said, kpi = told[f"kpi/{each.kpi}/{each.unit or 'area'}"], kpis[each.kpi]
        scale = 100 if kpi.unit == "percent" else 1
        assert said == _rounded(each.value, kpi.digits, scale), each


def test_every_cell_of_every_form_is_said() -> None:
    snapshot, told = a_snapshot(), _told()
    said = 0
    for form in (form for form in snapshot.forms if form.heard is not None):
        place = form.unit or "area"
        rows = [(f"{row.level}/{row.field or 'unknown'}", row.cells) for row in form.rows]
        rows += [(f"{row.level}/subtotal", row.cells) for row in form.levels]
        for name, cells in [*rows, ("total/subtotal", form.total)]:
            for column, cell in enumerate(cells, 3):
                assert told[f"form/{place}/{name}/{column}"] == cell
                said += 1
    assert said == 17 * 11
    assert not any(path.startswith("form/04045/") for path in told)


def test_every_score_is_said_and_what_could_not_be_judged_is_a_dash() -> None:
    snapshot, told = a_snapshot(), _told()
    for index in snapshot.index:
        for score in index.scores:
            place = index.unit or "area"
            assert told[f"index/{place}/{score.item}"] == _rounded(score.points, 2)
            if score.official is not None and index.unit is not None:
                assert told[f"official/{place}/{score.item}"] == _rounded(score.official.points, 2)
    assert told["index/04045/total"] is None
    assert told["known/area/total"] == 100


def test_thirty_units_stand_in_groups_that_fit_a_page_and_none_is_left_out() -> None:
    names = [f"Phường {letter}ng Sơn {letter}" for letter in "abcdefghijklmnopqrstuvwxyzăâđê"]
    units = tuple(UnitFacts(code=f"{3900 + n:05d}", name=name) for n, name in enumerate(names))
    places = [None, *(unit.code for unit in units)]
    kpis = ("received_month", "on_time_rate")
    figures = tuple(
        FigureFacts(kpi=kpi, unit=place, value=n / 31 if kpi == "on_time_rate" else 1_000_003 * n, **_NO_PARTS)
        for kpi in kpis
        for n, place in enumerate(places)
    )
    snapshot = a_snapshot(
        units=units, kpis=tuple(map(a_kpi, kpis)), figures=figures, forms=(), index=(), series=(),
        sections=(Section(id="onestop", title=Bilingual("Một cửa", "One-stop shops"), kpis=kpis),),
        witness=a_witness(figures=()),
    )  # fmt: skip
    told = figures_in_pdf(drawn(snapshot), snapshot)
    for each in figures:
        scale, digits = (100, 1) if each.kpi == "on_time_rate" else (1, 0)
        assert told[f"kpi/{each.kpi}/{each.unit or 'area'}"] == _rounded(each.value, digits, scale)


def test_every_difference_is_said_with_the_cases_that_made_it() -> None:
    lines = sections_of(drawn(a_restated_snapshot()))["Điều chỉnh: phiên bản 2 so với phiên bản 1"]
    rows = list(runs_in(lines, 3))
    assert [row.cells for row in rows] == [[126, 128, 2], [None, 95, None], [99, 98, -1]]
    said = "\n".join(lines)
    for text in (
        "Hồ sơ tiếp nhận trong tháng, Phường Mộc Châu\n[1]–[2] mỗi hồ sơ +1",
        "%, Khu vực Mộc Châu\n[1]; và 214 hồ sơ khác",
        "Biểu II.06a, Cấp xã, Hộ tịch, cột (3), Phường Mộc Châu\n[3] −1",
        "[1] H52.17.18-261020-0007", "[2] H52.17.18-261102-0015", "[3] H52.17.18-261020-0009",
    ):  # fmt: skip
        assert text in said


def test_what_nobody_reads_to_its_end_is_counted_and_the_object_is_named() -> None:
    restated = a_restated_snapshot()
    assert restated.restates is not None
    cases = tuple(
        CaseShare(case=f"H52.17.18-261020-{n:04d}", share=n % 2, known_at="2026-11-17T10:00:00.000+07:00")
        for n in range(1_500)
    )
    many = [
        msgspec.structs.replace(restated.restates.differences[0], before=n, after=n + 1, cases=some, others=7)
        for n, some in enumerate([cases[:200], cases[200:], *[cases[:1]] * 700])
    ]
    restates = msgspec.structs.replace(restated.restates, differences=tuple(many))
    lines = sections_of(drawn(a_restated_snapshot(restates=restates, forms=(), index=(), series=())))
    said = "\n".join(lines["Điều chỉnh: phiên bản 2 so với phiên bản 1"])
    assert len(list(runs_in(said.splitlines(), 3))) == MOST_SHOWN
    assert "Và 102 số liệu khác, có đủ trong snapshot.json." in said
    assert "[12] +1; và 195 hồ sơ khác" in said
    assert f"[{MOST_LISTED}] H52.17.18-261020-0999" in said
    assert "Và 500 hồ sơ khác, có đủ trong snapshot.json." in said


def test_figures_that_differ_in_a_digit_that_is_not_shown_are_shown_with_more() -> None:
    restated = a_restated_snapshot()
    assert restated.restates is not None
    near = msgspec.structs.replace(restated.restates.differences[1], before=0.9501, after=0.95)
    restates = msgspec.structs.replace(restated.restates, differences=(near,))
    said = text_of(drawn(a_restated_snapshot(restates=restates, forms=(), index=(), series=())))[0]
    assert "95,01 → 95,00" in said


def test_every_value_of_a_series_is_said() -> None:
    snapshot = a_snapshot()
    lines = sections_of(drawn(snapshot))["Diễn biến trong kỳ, toàn khu vực"]
    received, on_time = (dict(zip(each.days, each.values, strict=True)) for each in snapshot.series)
    for day, value in received.items():
        said = next(line for line in lines if line.startswith(f"{day[8:]}/{day[5:7]}/{day[:4]}")).split()[1:]
        share = on_time.get(day)
        assert said == [
            "–" if value is None else str(value),
            "–" if share is None else f"{_rounded(share, 1, 100)}".replace(".", ","),
        ]


@cache
def _told() -> Mapping[str, Decimal | None]:
    return figures_in_pdf(drawn(a_snapshot()), a_snapshot())


_NO_PARTS: dict[str, None] = {"numerator": None, "denominator": None}


def _rounded(value: float | None, digits: int, scale: int = 1) -> Decimal | None:
    """As `Decimal` and not as the renderer does it."""
    if value is None:
        return None
    return (Decimal(str(value)) * scale).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
