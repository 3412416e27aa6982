"""Two snapshots of the same period differ by exactly the figures that were changed, each told once and by its name."""

from collections.abc import Mapping
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.kpi.definition import Basis
from stream.snapshot.content.document import Difference, FormFacts, FormRow, Number, Snapshot, Witness
from stream.snapshot.restate.differences import differences
from stream.snapshot.restate.paths import parsed
from stream.snapshot.restate.threshold import Threshold, beyond
from tests.building.snapshots import a_form, a_row, a_snapshot, a_witness, cells_of, figures_of

BEFORE = a_snapshot()
THRESHOLD = Threshold(
    count=5, percent=0.005, points=0.1, days=0.5, minutes=10, cells=3, index=0.25, basis=Basis("thử", "C")
)
Changes = Mapping[str, Number | None]
values = st.none() | st.integers(-3, 300) | st.floats(-3, 300, allow_nan=False)
counts = st.integers(-3, 300)


def kpi_paths(snapshot: Snapshot) -> list[str]:
    return [f"kpi/{each.kpi}/{each.unit or 'area'}" for each in snapshot.figures]


def score_paths(snapshot: Snapshot) -> list[str]:
    return [f"index/{index.unit or 'area'}/{score.item}" for index in snapshot.index for score in index.scores]


def cell_paths(snapshot: Snapshot) -> list[str]:
    found = []
    for form in snapshot.forms:
        if form.heard is None:
            continue
        for row in [*form.rows, *form.levels]:
            found += [f"{row_name(form, row)}/{column}" for column in range(3, 14)]
        found += [f"form/{form.unit or 'area'}/total/subtotal/{column}" for column in range(3, 14)]
    return found


def row_name(form: FormFacts, row: FormRow) -> str:
    field = "subtotal" if any(row is each for each in form.levels) else (row.field or "unknown")
    return f"form/{form.unit or 'area'}/{row.level}/{field}"


def put(cells: tuple[int, ...], name: str, changes: Changes) -> tuple[int, ...]:
    return tuple(
        n if (new := changes.get(f"{name}/{column}")) is None else int(new)
        for column, n in zip(range(3, 14), cells, strict=True)
    )


def changed(snapshot: Snapshot, changes: Changes) -> Snapshot:
    """The snapshot with other values at these paths, put in without any of the product's own naming."""
    replace = msgspec.structs.replace
    forms = []
    for form in snapshot.forms:
        rows = tuple(replace(row, cells=put(row.cells, row_name(form, row), changes)) for row in form.rows)
        levels = tuple(replace(row, cells=put(row.cells, row_name(form, row), changes)) for row in form.levels)
        total = put(form.total, f"form/{form.unit or 'area'}/total/subtotal", changes)
        forms.append(replace(form, rows=rows, levels=levels, total=total))
    return replace(
        snapshot,
        figures=tuple(
            replace(each, value=changes.get(path, each.value))
            for path, each in zip(kpi_paths(snapshot), snapshot.figures, strict=True)
        ),
        forms=tuple(forms),
        index=tuple(
            replace(
                index,
                scores=tuple(
                    replace(score, points=changes.get(f"index/{index.unit or 'area'}/{score.item}", score.points))
                    for score in index.scores
                ),
            )
            for index in snapshot.index
        ),
    )


def values_of(snapshot: Snapshot) -> dict[str, Number | None]:
    found: dict[str, Number | None] = {}
    for path, figure in zip(kpi_paths(snapshot), snapshot.figures, strict=True):
        found[path] = figure.value
    for form in snapshot.forms:
        for row in [*form.rows, *form.levels]:
            found |= {f"{row_name(form, row)}/{column}": n for column, n in enumerate(row.cells, 3)}
        found |= {f"form/{form.unit or 'area'}/total/subtotal/{column}": n for column, n in enumerate(form.total, 3)}
    for index in snapshot.index:
        found |= {f"index/{index.unit or 'area'}/{score.item}": score.points for score in index.scores}
    return found


some_changes = st.one_of(
    st.dictionaries(st.sampled_from([*kpi_paths(BEFORE), *score_paths(BEFORE)]), values, max_size=12),
    st.dictionaries(st.sampled_from(cell_paths(BEFORE)), counts, max_size=12),
)


def only(found: tuple[Difference, ...]) -> Difference:
    [difference] = found
    return difference


def with_rows(*rows: FormRow) -> Snapshot:
    return a_snapshot(forms=(a_form("03980", rows),), figures=(), index=())


@given(some_changes)
def test_the_differences_are_exactly_the_changes(changes: Changes) -> None:
    after, was = changed(BEFORE, changes), values_of(BEFORE)
    found = differences(BEFORE, after)
    told = {each.path: (each.before, each.after) for each in found}
    assert len(told) == len(found)
    assert told == {path: (was[path], value) for path, value in changes.items() if value != was[path]}


@given(some_changes)
def test_what_was_before_and_the_differences_make_what_came_after(changes: Changes) -> None:
    after = changed(BEFORE, changes)
    told: Changes = {each.path: each.after for each in differences(BEFORE, after)}
    assert changed(BEFORE, told) == after


@given(some_changes, some_changes)
def test_the_way_back_has_the_same_differences_turned_round(one: Changes, other: Changes) -> None:
    earlier, later = changed(BEFORE, one), changed(BEFORE, other)
    forth, back = differences(earlier, later), differences(later, earlier)
    assert [(each.path, each.before, each.after) for each in forth] == [
        (each.path, each.after, each.before) for each in back
    ]


@given(some_changes)
def test_nothing_differs_from_itself(changes: Changes) -> None:
    same = changed(BEFORE, changes)
    assert differences(same, same) == ()


def test_the_total_of_a_place_that_was_not_heard_of_was_no_zero() -> None:
    after = with_rows(a_row("commune", "G01", None, cells_of(4, 3, 2, early=3, late=1, over=1)))
    before = msgspec.structs.replace(after, forms=(msgspec.structs.replace(a_form("03980", ()), heard=None),))
    told = {each.path: (each.before, each.after) for each in differences(before, after)}
    assert told["form/03980/total/subtotal/3"] == (None, after.forms[0].total[0])
    assert after.forms[0].total[0] > 0


def test_they_stand_in_the_order_of_the_snapshot() -> None:
    paths = [*kpi_paths(BEFORE), *cell_paths(BEFORE), *score_paths(BEFORE)]
    after = changed(BEFORE, dict.fromkeys(reversed(paths), 999))
    assert [each.path for each in differences(BEFORE, after)] == paths


@pytest.mark.parametrize(("before", "after"), [(None, 0), (0, None), (None, 0.5), (3, None)])
def test_no_data_is_not_zero(before: Number | None, after: Number | None) -> None:
    path = "kpi/on_time_rate/03980"
    earlier, later = (changed(BEFORE, {path: value}) for value in (before, after))
    difference = only(differences(earlier, later))
    assert (difference.path, difference.before, difference.after) == (path, before, after)
    assert beyond([difference], THRESHOLD, BEFORE.kpis)


def test_a_whole_number_is_the_same_with_and_without_a_point() -> None:
    after = changed(BEFORE, {"kpi/received_month/area": 210.0})
    assert differences(BEFORE, after) == ()


def test_a_row_that_appears_comes_from_zeros_and_one_that_vanishes_goes_to_zeros() -> None:
    kept = a_row("commune", "HT", "Hộ tịch", cells_of(7, 0, 0, early=7, late=0, over=0))
    come = a_row("commune", "DD", "Đất đai", cells_of(2, 0, 0, early=0, late=0, over=0))
    gone = a_row("province", None, None, cells_of(0, 1, 0, early=1, late=0, over=0))
    found = {each.path: (each.before, each.after) for each in differences(with_rows(kept, gone), with_rows(kept, come))}
    rows = {path: pair for path, pair in found.items() if "/subtotal/" not in path}
    assert rows == {
        "form/03980/commune/DD/3": (0, 2),
        "form/03980/commune/DD/4": (0, 2),
        "form/03980/commune/DD/11": (0, 2),
        "form/03980/commune/DD/12": (0, 2),
        "form/03980/province/unknown/3": (1, 0),
        "form/03980/province/unknown/5": (1, 0),
        "form/03980/province/unknown/7": (1, 0),
        "form/03980/province/unknown/8": (1, 0),
    }
    assert found["form/03980/province/subtotal/3"] == (1, 0)
    assert found["form/03980/total/subtotal/3"] == (8, 9)


def test_the_form_of_a_place_that_was_not_told_before_comes_from_no_data() -> None:
    form = a_form("03980", [a_row("commune", "HT", "Hộ tịch", cells_of(7, 0, 0, early=7, late=0, over=0))])
    found = differences(a_snapshot(forms=()), a_snapshot(forms=(form,)))
    assert {each.before for each in found} == {None}
    assert len(found) == 3 * 11


@pytest.mark.parametrize("field", ["subtotal", "unknown", "a/b", "Đất đai", "%", ".."])
def test_fields_of_any_name_are_told_apart(field: str) -> None:
    row = a_row("commune", field, None, cells_of(0, 0, 0, early=0, late=0, over=0))
    nameless = a_row("commune", None, None, cells_of(0, 0, 0, early=0, late=0, over=0))
    one, other = (
        differences(with_rows(row, nameless), with_rows(*rows))
        for rows in (
            (msgspec.structs.replace(row, cells=cells_of(1, 0, 0, early=0, late=0, over=0)), nameless),
            (row, msgspec.structs.replace(nameless, cells=cells_of(1, 0, 0, early=0, late=0, over=0))),
        )
    )
    [first, *_], [second, *_] = one, other
    assert unquote(first.path.split("/")[3]) == field
    assert second.path == "form/03980/commune/unknown/3"
    assert len({each.path for each in (*one, *other) if "/subtotal/" not in each.path}) == 8
    assert all(parsed(each.path).place == "03980" for each in (*one, *other))


@pytest.mark.parametrize("path", ["", "kpi/x", "form/area/commune/HT/three", "series/x/area", "kpi/a/b/c/d/e"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="names no figure"):
        parsed(path)


def test_titles_name_the_figure_in_both_languages_and_the_place_stands_beside_it() -> None:
    paths = ["kpi/on_time_rate/03980", "form/area/commune/HT/9", "form/area/commune/subtotal/13"]
    paths += ["form/area/total/subtotal/3", "index/area/total"]
    found = differences(BEFORE, changed(BEFORE, dict.fromkeys(paths, 1000)))
    assert [each.unit for each in found] == ["03980", None, None, None, None]
    kpi = next(each for each in BEFORE.kpis if each.id == "on_time_rate")
    assert found[0].title == kpi.title
    assert [(each.title.vi, each.title.en) for each in found[1:]] == [
        (
            "Biểu II.06a, Cấp xã, Hộ tịch: cột (9) số lượng hồ sơ đã giải quyết, đúng hạn",
            "Form II.06a, commune level, Hộ tịch: column (9) settled on the due date",
        ),
        (
            "Biểu II.06a, cộng cấp xã: cột (13) số lượng hồ sơ đang giải quyết, quá hạn",
            "Form II.06a, commune level, subtotal: column (13) being handled overdue",
        ),
        (
            "Biểu II.06a, tổng số: cột (3) số lượng hồ sơ tiếp nhận, tổng số",
            "Form II.06a, total: column (3) received, in all",
        ),
        ("Chỉ số phục vụ: Tổng điểm", "Service-quality index: Total"),
    ]


def test_what_was_witnessed_does_not_restate() -> None:
    [first, *others] = figures_of("line_mos")
    other: Witness = a_witness(figures=(msgspec.structs.replace(first, value=1.0), *others), missing=())
    assert differences(BEFORE, a_snapshot(witness=other)) == ()


@pytest.mark.parametrize(
    ("path", "before", "least", "less"),
    [
        ("kpi/received_month/area", 210, 215, 214),
        ("kpi/on_time_rate/area", 0.2, 0.205, 0.2049),
        ("kpi/mean_days/area", 3.75, 3.25, 3.26),
        ("kpi/acknowledgement_latency/area", 95.5, 105.5, 105.4),
        ("form/area/commune/HT/3", 9, 6, 7),
        ("index/area/progress", 18, 17.75, 17.76),
    ],
)
def test_a_difference_counts_from_the_threshold_of_its_unit_of_measure_on(
    path: str, before: Number, least: Number, less: Number
) -> None:
    was = changed(BEFORE, {path: before})
    for value, expected in ((least, True), (less, False)):
        found = differences(was, changed(BEFORE, {path: value}))
        assert [each.path for each in found] == [path]
        assert beyond(found, THRESHOLD, BEFORE.kpis) is expected


def test_no_difference_is_beyond_nothing() -> None:
    assert not beyond([], THRESHOLD, BEFORE.kpis)


@pytest.mark.parametrize("number", [0, -1])
def test_a_threshold_of_nothing_is_refused(number: int) -> None:
    table = {**msgspec.to_builtins(THRESHOLD), "cells": number}
    with pytest.raises(msgspec.ValidationError, match="cells"):
        msgspec.convert(table, Threshold)
