"""A file of official scores: rows of a spreadsheet, read and checked whole, each fault with its row, in both languages.

Columns, in any order, by their Vietnamese or English names: unit or area, period, group, component (may be missing
or empty), points, source, published on. An empty group, or "total" (tổng điểm), means the whole index.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from stream.errors import StreamError
from stream.index.layout import TOTAL, Layout
from stream.index.official import OfficialScore
from stream.index.official_cells import CellError, day_of, period_of, plain, points_of
from stream.kpi.period import Period

KnowsPlace: TypeAlias = Callable[[str, date], bool]
"""Whether a code is a unit or an area on a local day."""

_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("unit", "area", "unit or area", "đơn vị", "mã đơn vị", "khu vực", "đơn vị hoặc khu vực"),
    "period": ("period", "kỳ", "kỳ đánh giá"),
    "group": ("group", "nhóm", "nhóm chỉ số"),
    "component": ("component", "thành phần", "chỉ số thành phần"),
    "points": ("points", "điểm"),
    "source": ("source", "nguồn"),
    "published_on": ("published on", "published_on", "ngày công bố"),
}
_OPTIONAL: Final = frozenset({"component"})
_LONGEST_SOURCE: Final = 200


class Row(NamedTuple):
    """A row with its number, as a spreadsheet counts them."""

    number: int
    cells: Sequence[str]


class Fault(NamedTuple):
    """What is wrong with a row, in both languages."""

    row: int
    vi: str
    en: str


class FaultyFileError(StreamError):
    """Rows of a file of official scores can not be taken; none of it was."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"row {fault.row}: {fault.en}" for fault in faults[:3]))
        self.faults = tuple(faults)


def read_scores(rows: Sequence[Row], layout: Layout, knows_place: KnowsPlace, today: date) -> Sequence[OfficialScore]:
    """The scores in the rows of a spreadsheet, of which the first one names the columns.

    Raises `FaultyFileError` with every fault there is.
    """
    head = rows[0] if rows else Row(1, ())
    columns = _columns(head)
    reader = _Reader(columns, _Names(layout), knows_place, today)
    faults: list[Fault] = []
    scores: dict[OfficialScore, tuple[int, OfficialScore]] = {}
    for number, cells in rows[1:]:
        try:
            score = reader.score(cells)
            earlier, _ = scores.setdefault(score._replace(points=0), (number, score))
            if earlier != number:
                raise CellError(f"trùng với dòng {earlier}", f"is about the same as row {earlier}")
        except CellError as error:
            faults.append(Fault(number, error.vi, error.en))
    if not faults and not scores:
        faults.append(Fault(head.number + 1, "không có điểm nào", "there are no scores"))
    if faults:
        raise FaultyFileError(faults)
    return [score for _, score in scores.values()]


def _columns(head: Row) -> Mapping[str, int]:
    """Where each column stands. Raises `FaultyFileError` where one is missing or stands twice."""
    places: dict[str, list[int]] = {name: [] for name in _HEADERS}
    for place, header in enumerate(head.cells):
        for name, known in _HEADERS.items():
            if plain(header) in known:
                places[name].append(place)
    faults: list[Fault] = []
    for name, found in places.items():
        en, vi = _HEADERS[name][0], _HEADERS[name][-1]
        if len(found) > 1:
            faults.append(Fault(head.number, f"cột {vi!r} có hai lần", f"the column {en!r} stands twice"))
        elif not found and name not in _OPTIONAL:
            faults.append(Fault(head.number, f"thiếu cột {vi!r}", f"the column {en!r} is missing"))
    if faults:
        raise FaultyFileError(faults)
    return {name: found[0] for name, found in places.items() if found}


class _Names:
    """Groups and components of the index by id and by title, in either language, and the most points of each."""

    def __init__(self, layout: Layout) -> None:
        self.most = {item: most for item, _, most in layout.items()}
        self.groups = dict.fromkeys((TOTAL, "", "tổng", "tổng điểm"), TOTAL)
        self.components: dict[tuple[str, str], str] = {}
        for group in layout.group:
            for name in (group.id, group.title.vi, group.title.en):
                self.groups[plain(name)] = group.id
            for each in group.component:
                for name in (each.id, each.title.vi, each.title.en):
                    self.components[group.id, plain(name)] = each.id

    def item(self, group: str, component: str) -> str:
        """The id of what is meant; raises `CellError`."""
        found = self.groups.get(plain(group))
        if found is None:
            raise CellError(f"không có nhóm {group!r}", f"the index has no group {group!r}")
        if not component:
            return found
        item = self.components.get((found, plain(component)))
        if item is None:
            raise CellError(
                f"nhóm {group!r} không có thành phần {component!r}",
                f"the group {group!r} has no component {component!r}",
            )
        return item


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one row after the other; raises `CellError`."""

    columns: Mapping[str, int]
    names: _Names
    knows_place: KnowsPlace
    today: date

    def score(self, row: Sequence[str]) -> OfficialScore:
        given = {name: row[place].strip() if place < len(row) else "" for name, place in self.columns.items()}
        period = period_of(given["period"])
        item = self.names.item(given["group"], given.get("component", ""))
        return OfficialScore(
            self._place(given["place"], period),
            period.first,
            period.last,
            item,
            points_of(given["points"], self.names.most[item]),
            _source(given["source"]),
            self._published_on(given["published_on"], period),
        )

    def _place(self, code: str, period: Period) -> str:
        if not self.knows_place(code, period.last):
            raise CellError(
                f"không có đơn vị hay khu vực nào mang mã {code!r} vào ngày {period.last}",
                f"no unit or area bears the code {code!r} on {period.last}",
            )
        return code

    def _published_on(self, text: str, period: Period) -> date:
        day = day_of(text)
        if not period.first <= day <= self.today:
            raise CellError(
                f"công bố ngày {day}, trước khi kỳ bắt đầu hoặc sau hôm nay",
                f"published on {day}, before the period begins or after today",
            )
        return day


def _source(text: str) -> str:
    if not 0 < len(text) <= _LONGEST_SOURCE:
        raise CellError(
            f"nguồn phải có từ 1 đến {_LONGEST_SOURCE} ký tự", f"a source has 1 to {_LONGEST_SOURCE} characters"
        )
    return text
