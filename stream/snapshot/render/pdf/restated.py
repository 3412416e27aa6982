"""What a restatement changed: each figure before and after, and the cases by numbers of a list at the end."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from stream.snapshot.content.document import CaseShare, Difference, KpiFacts, Number, Snapshot
from stream.snapshot.render.marks import place_name
from stream.snapshot.render.pdf.grid import WIDE, Grid, Head, Row
from stream.snapshot.render.pdf.numbers import NOTHING, as_is, digits_between, figure, said, signed, unit_of
from stream.snapshot.render.pdf.runs import run, width_of
from stream.snapshot.render.wording import moment


def change_grid(snapshot: Snapshot) -> Iterator[Grid]:
    """All figures that changed, in the object's order; beneath each the cases, by their numbers in the list."""
    if snapshot.restates is None or not snapshot.restates.differences:
        return
    numbers = {case: number for number, (case, _) in enumerate(cases(snapshot), 1)}
    told = [_said(snapshot, each) for each in snapshot.restates.differences]
    width = width_of([cell for cells in told for cell in cells], 28, 4)
    yield Grid(
        first="Số liệu; hồ sơ làm thay đổi, theo số thứ tự trong danh sách ở cuối",
        width=width,
        columns=3,
        heads=[[Head("Trước"), Head("Sau"), Head("Chênh lệch")]],
        rows=[
            Row("row", _titled(snapshot, each), run(cells, width), [(who, "")] if (who := _who(each, numbers)) else ())
            for each, cells in zip(snapshot.restates.differences, told, strict=True)
        ],
        names_at_most=WIDE,
    )


def cases(snapshot: Snapshot) -> Sequence[tuple[str, str]]:
    """Each case once, in the order in which it is first named, and when it became known."""
    if snapshot.restates is None:
        return []
    found: dict[str, str] = {}
    for each in snapshot.restates.differences:
        for share in each.cases:
            found.setdefault(share.case, share.known_at)
    return [(case, moment(known_at)) for case, known_at in found.items()]


def change_said(snapshot: Snapshot, each: Difference) -> str:
    """A change in a line: Hồ sơ tiếp nhận trong tháng, Phường Mộc Châu: 126 → 128."""
    before, after, _ = _said(snapshot, each)
    return f"{_titled(snapshot, each)}: {before} → {after}"


def _said(snapshot: Snapshot, each: Difference) -> tuple[str, str, str]:
    """Before, after and the difference, with as many digits as tell them apart."""
    kpi, (before, after) = _kpi(snapshot, each), (each.before, each.after)
    if kpi is not None:
        scale = 100 if kpi.unit == "percent" else 1
        digits = digits_between(_times(before, scale), _times(after, scale), kpi.digits)
        change = NOTHING if before is None or after is None else signed((after - before) * scale, digits)
        return figure(kpi, before, digits), figure(kpi, after, digits), change
    digits = digits_between(before, after, 2 if each.path.startswith("index/") else 0)
    change = NOTHING if before is None or after is None else signed(after - before, digits)
    return said(before, digits), said(after, digits), change


def _times(value: Number | None, scale: int) -> Number | None:
    return None if value is None else value * scale


def _kpi(snapshot: Snapshot, each: Difference) -> KpiFacts | None:
    kind, _, rest = each.path.partition("/")
    name = rest.partition("/")[0]
    return next((kpi for kpi in snapshot.kpis if kpi.id == name), None) if kind == "kpi" else None


def _titled(snapshot: Snapshot, each: Difference) -> str:
    kpi = _kpi(snapshot, each)
    unit = "" if kpi is None else unit_of(kpi)
    return ", ".join(part for part in (each.title.vi, unit, place_name(snapshot, each.unit)) if part)


def _who(each: Difference, numbers: Mapping[str, int]) -> str:
    """[1]–[40] mỗi hồ sơ +1; [41] −2; và 214 hồ sơ khác."""
    parts = [_stretch(shares, numbers) for shares in _alike(each.cases, numbers)]
    if each.others:
        parts.append(f"và {said(each.others)} hồ sơ khác")
    return "; ".join(parts)


def _alike(shares: Sequence[CaseShare], numbers: Mapping[str, int]) -> Iterator[Sequence[CaseShare]]:
    """Cases that follow one another in the list and changed the figure by as much."""
    start = 0
    for place, (one, other) in enumerate(pairwise(shares), 1):
        if one.share != other.share or numbers[other.case] != numbers[one.case] + 1:
            yield shares[start:place]
            start = place
    if shares:
        yield shares[start:]


def _stretch(shares: Sequence[CaseShare], numbers: Mapping[str, int]) -> str:
    first, last, share = numbers[shares[0].case], numbers[shares[-1].case], shares[0].share
    how_much = "" if share is None else f" {'' if share < 0 else '+'}{as_is(share)}"
    if first == last:
        return f"[{first}]{how_much}"
    return f"[{first}]–[{last}]" + (f" mỗi hồ sơ{how_much}" if how_much else "")
