"""What the formulas of a workbook come to, worked out apart from any spreadsheet program.

Only what our workbooks use: SUM, IF, AND, ABS, COUNTIF for a text, plus, minus, division, comparisons, cells, ranges,
and cells of other sheets.
"""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

Value: TypeAlias = int | float | str | bool | None
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:'(?:[^']|'')+'!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)(?!\()"
    r"|(?P<name>[A-Z]+)(?=\()|(?P<sign><=|>=|<>|[-+/=<>(),]))"
)


class FormulaError(AssertionError):
    """A formula that this does not understand, or that comes to an error."""


class Workings:
    """The cells of a workbook, formulas worked out; `changed` are cells that somebody overwrote, by sheet and name."""

    def __init__(self, book: Workbook, changed: dict[tuple[str, str], Value] | None = None) -> None:
        self._book, self._known = book, dict(changed or {})

    def value(self, sheet: str, where: str) -> Value:
        """What a cell comes to."""
        if (sheet, where) not in self._known:
            told = self._book[sheet][where]
            is_formula = told.data_type == "f"
            self._known[sheet, where] = _Formula(self, sheet, told.value[1:]).value() if is_formula else told.value
        return self._known[sheet, where]

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Every cell that holds a formula."""
        for sheet in self._book.worksheets:
            for row in sheet.iter_rows():
                yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


class _Formula:
    def __init__(self, workings: Workings, sheet: str, text: str) -> None:
        self._workings, self._sheet, self._text = workings, sheet, text
        self._tokens = list(_tokens(text))

    def value(self) -> Value:
        found = self._comparison()
        if self._tokens:
            raise FormulaError(f"{self._text}: what is {self._tokens[0]}")
        return found

    def _comparison(self) -> Value:
        left = self._sum()
        if self._next() in {("sign", each) for each in ("=", "<", ">", "<>", "<=", ">=")}:
            sign, right = self._tokens.pop(0)[1], self._sum()
            if sign in {"=", "<>"}:
                return (left == right) is (sign == "=")
            a, b = self._number(left), self._number(right)
            return {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[sign]
        return left

    def _sum(self) -> Value:
        found = self._term()
        while self._next() in {("sign", "+"), ("sign", "-")}:
            sign = 1 if self._tokens.pop(0)[1] == "+" else -1
            found = self._number(found) + sign * self._number(self._term())
        return found

    def _term(self) -> Value:
        found = self._factor()
        while self._next() == ("sign", "/"):
            self._tokens.pop(0)
            found = self._number(found) / self._number(self._factor())
        return found

    def _factor(self) -> Value:
        kind, text = self._tokens.pop(0)
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "name":
            return self._function(text)
        if kind == "ref":
            (found,) = self._cells(text)
            return found
        if text == "-":
            return -self._number(self._factor())
        if text != "(":
            raise FormulaError(f"{self._text}: what is {text}")
        found = self._comparison()
        self._expect(")")
        return found

    def _function(self, name: str) -> Value:
        self._expect("(")
        given: list[list[Value]] = []
        while True:
            is_range = (self._next() or ("", ""))[0] == "ref" and self._tokens[1][1] in {",", ")"}
            given.append(self._cells(self._tokens.pop(0)[1]) if is_range else [self._comparison()])
            if self._tokens[0][1] == ")":
                break
            self._expect(",")
        self._expect(")")
        if name == "SUM":
            return sum(each for cells in given for each in cells if isinstance(each, int | float))
        if name == "COUNTIF":
            return sum(each == given[1][0] for each in given[0])
        if name == "ABS":
            return abs(self._number(given[0][0]))
        if name == "AND":
            return all(cells[0] for cells in given)
        if name == "IF":
            return given[1][0] if given[0][0] else given[2][0]
        raise FormulaError(f"{self._text}: what is {name}")

    def _cells(self, reference: str) -> list[Value]:
        sheet, _, where = reference.rpartition("!")
        sheet = sheet[1:-1].replace("''", "'") if sheet else self._sheet
        first, top, last, bottom = range_boundaries(where)
        book = self._workings._book
        return [
            self._workings.value(sheet, book[sheet].cell(row, column).coordinate)
            for row in range(int(top or 0), int(bottom or 0) + 1)
            for column in range(int(first or 0), int(last or 0) + 1)
        ]

    def _next(self) -> tuple[str, str] | None:
        return self._tokens[0] if self._tokens else None

    def _expect(self, sign: str) -> None:
        if self._tokens.pop(0) != ("sign", sign):
            raise FormulaError(f"{self._text}: no {sign}")

    def _number(self, value: Value) -> int | float:
        if value is None:
            return 0
        if not isinstance(value, int | float):
            raise FormulaError(f"{self._sheet}: {self._text} reckons with {value!r}")
        return value


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise FormulaError(f"{text}: what is {text[at:]}")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()
