"""The figures of a snapshot's PDF by path, taken out of its text as anybody could: what a reader sees.

Paths are those of `Difference.path`: `kpi/<id>/<place>`, `form/<place>/<level>/<field>/<column>`,
`index/<place>/<item>`, and `known/…`, `ratio/…`, `official/…` of the index beside it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Final, NamedTuple

from pypdf import PdfReader

from stream.snapshot.content.document import FormFacts, Snapshot
from stream.snapshot.render.pdf.drawing import pdf_of

_CELL: Final = r"[−+]?[\d.]+(?:,\d+)?|–"
_RUN: Final = re.compile(rf"(?:^|(?<=\S))(?:[ \u2002\u2003]+(?:{_CELL})[▲▼◆●]?)+[ \u2002\u2003]*$")
_HEADING: Final = re.compile(r"^[IVX]+\. (?P<title>.+)$")
_OF_UNITS: Final = "Chất lượng phục vụ theo đơn vị"
_BELOW: Final = {"số điểm chấm được": "known", "tỷ lệ, %": "ratio", "điểm chính thức": "official"}


class Run(NamedTuple):
    """A row of numbers, and what stands before them in the same line."""

    label: str
    cells: Sequence[Decimal | None]


@cache
def drawn(snapshot: Snapshot) -> bytes:
    """Its PDF, drawn once for all tests that look at it."""
    return pdf_of(snapshot)


@cache
def text_of(body: bytes) -> Sequence[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(body)).pages]


def sections_of(body: bytes) -> Mapping[str, Sequence[str]]:
    """The lines under each heading, by the heading without its number."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in (line for page in text_of(body) for line in page.splitlines()):
        heading = _HEADING.match(line)
        title = heading["title"] if heading else title
        found.setdefault(title, []).append(line)
    return found


def number_of(text: str) -> Decimal | None:
    """A number as Vietnamese reports write it; a dash is None."""
    bare = text.rstrip("▲▼◆●")
    return None if bare == "–" else Decimal(bare.replace(".", "").replace(",", ".").replace("−", "-"))


def runs_in(lines: Sequence[str], columns: int) -> Iterator[Run]:
    """The lines that end with so many numbers."""
    for line in lines:
        if found := _RUN.search(line):
            cells = found.group().split()
            if len(cells) >= columns:
                label = line[: found.start()] + " ".join(cells[:-columns])
                yield Run(label, [number_of(cell) for cell in cells[-columns:]])


def figures_in_pdf(body: bytes, snapshot: Snapshot) -> Mapping[str, Decimal | None]:
    """All figures of KPIs, of forms and of the index as the PDF says them: a percentage is a number of percent."""
    sections = sections_of(body)
    found: dict[str, Decimal | None] = {}
    for told in (_kpis, _area_form, _unit_forms, _area_index, _unit_index):
        for path, cell in told(sections, snapshot):
            assert found.get(path, cell) == cell, "the area stands in each group of units, and is the same in all"
            found[path] = cell
    return found


def _tables(lines: Sequence[str], snapshot: Snapshot) -> Iterator[tuple[Sequence[str | None], Sequence[str]]]:
    """Tables of places side by side: which places, and the lines of each table; a head names its units over lines."""
    starts = [place for place, line in enumerate(lines) if line.startswith(("Chỉ tiêu, đơn vị", "Nhóm, thành phần"))]
    seen: Sequence[str | None] = ()
    collected: list[str] = []
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        head = " ".join(lines[start + 1 : end]).split("\u2003")[0]
        units = [unit for unit in snapshot.units if unit.name in head]
        places = (None, *(unit.code for unit in sorted(units, key=lambda unit: head.index(unit.name))))
        if places != seen and collected:
            yield seen, collected
            collected = []
        seen = places
        collected += lines[start:end]
    if collected:
        yield seen, collected


def _kpis(sections: Mapping[str, Sequence[str]], snapshot: Snapshot) -> Iterator[tuple[str, Decimal | None]]:
    names = [name for section in snapshot.sections for name in section.kpis]
    for places, lines in _tables(sections["Chỉ tiêu theo lĩnh vực và đơn vị"], snapshot):
        rows = list(runs_in(lines, len(places)))
        assert len(rows) == len(names)
        for name, row in zip(names, rows, strict=True):
            for place, cell in zip(places, row.cells, strict=True):
                yield f"kpi/{name}/{place or 'area'}", cell


def _area_form(sections: Mapping[str, Sequence[str]], snapshot: Snapshot) -> Iterator[tuple[str, Decimal | None]]:
    for form in (form for form in snapshot.forms if form.unit is None):
        yield from _form(form, list(runs_in(sections["Biểu II.06a toàn khu vực"], 11)))


def _unit_forms(sections: Mapping[str, Sequence[str]], snapshot: Snapshot) -> Iterator[tuple[str, Decimal | None]]:
    lines = sections.get("Biểu II.06a theo đơn vị", ())
    forms = [form for form in snapshot.forms if form.unit is not None]
    starts = [next(n for n, line in enumerate(lines) if f"({form.unit}), " in line) for form in forms]
    for form, start, end in zip(forms, starts, [*starts, len(lines)][1:], strict=True):
        rows = list(runs_in(lines[start:end], 11))
        if form.heard is None:
            assert not rows
        else:
            yield from _form(form, rows)


def _form(form: FormFacts, rows: Sequence[Run]) -> Iterator[tuple[str, Decimal | None]]:
    """The rows in the order of the circular: a subtotal, its fields, at the end the total."""
    names = []
    for level in form.levels:
        names.append((f"{level.level}/subtotal", level.level_name))
        names += [
            (f"{row.level}/{row.field or 'unknown'}", row.field_name or row.field or "")
            for row in form.rows
            if row.level == level.level
        ]
    names.append(("total/subtotal", "Tổng số"))
    assert len(rows) == len(names)
    for (name, title), row in zip(names, rows, strict=True):
        assert title in row.label
        for column, cell in enumerate(row.cells, 3):
            yield f"form/{form.unit or 'area'}/{name}/{column}", cell


def _area_index(sections: Mapping[str, Sequence[str]], snapshot: Snapshot) -> Iterator[tuple[str, Decimal | None]]:
    title = next((title for title in sections if title.startswith("Chất lượng phục vụ (")), None)
    index = next((each for each in snapshot.index if each.unit is None), None)
    if title is None or index is None:
        return
    rows = {}
    for line in sections[title]:
        cells = re.search(rf" (?P<points>{_CELL}) (?P<known>{_CELL}) (?:{_CELL}) (?P<ratio>{_CELL}) ", f"{line} ")
        if cells:
            rows[line[: cells.start()]] = cells
    for score in index.scores:
        found = rows[score.title.vi]
        yield f"index/area/{score.item}", number_of(found["points"])
        yield f"known/area/{score.item}", number_of(found["known"])


def _unit_index(sections: Mapping[str, Sequence[str]], snapshot: Snapshot) -> Iterator[tuple[str, Decimal | None]]:
    items = [score for each in snapshot.index if each.unit is None for score in each.scores]
    for places, lines in _tables(sections.get(_OF_UNITS, ()), snapshot):
        rest = list(lines)
        for item in items:
            title = f"{item.title.vi} ("
            rest = rest[next(n for n, line in enumerate(rest) if line.startswith(title)) :]
            runs = runs_in(rest, len(places))
            first = next(n for n, line in enumerate(rest) if _RUN.search(line))
            names = ["index", *(_BELOW[line] for line in rest[1 : first + 1] if line in _BELOW)]
            for name, row in zip(names, runs, strict=False):
                for place, cell in zip(places, row.cells, strict=True):
                    if place is not None:
                        yield f"{name}/{place}/{item.item}", cell
