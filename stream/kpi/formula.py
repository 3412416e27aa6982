"""The language of formulas: + - * / ( ) min max otherwise, numbers, sums and KPIs by name, filters. Nothing else.

    (settled_early + settled_on_date) / received[channel='online', field='G09-LV01']
    otherwise(6 * petitions_on_time_rate, 6)

Read with Python's own parser, of whose tree only what is listed here is taken: no attribute, call, power,
comparison or name from outside can be written.
"""

import ast
import re
from collections.abc import Callable, Mapping
from typing import Final

from stream.kpi.conditions import FilterError, filtered
from stream.kpi.expression import (
    Choice,
    Expression,
    Extreme,
    Named,
    Negation,
    Number,
    Operation,
    Operator,
    Otherwise,
)
from stream.kpi.quality import GAUGES, gauge_named
from stream.kpi.terms import SUM_NAMES, Count, Input, Term

LONGEST: Final = 500
"""Characters of a formula."""
DEEPEST: Final = 40
"""Levels of nesting; a sum of n parts nests n deep."""
LARGEST: Final = 1e9
"""The largest number that may be written."""

# Python has no `a[b='c']`: the single sign of a filter is doubled, so that its parser takes it for a comparison.
_FILTER = re.compile(r"([\[,]\s*[a-z_]+\s*)=(?!=)")
_OPERATORS: Final[Mapping[type[ast.operator], Operator]] = {
    ast.Add: Operator.ADD,
    ast.Sub: Operator.SUBTRACT,
    ast.Mult: Operator.MULTIPLY,
    ast.Div: Operator.DIVIDE,
}


class FormulaError(ValueError):
    """A formula can't be understood; `column` is where, counted from 1."""

    retriable = False

    def __init__(self, what: str, column: int) -> None:
        super().__init__(what)
        self.column = column


class ReferralError(ValueError):
    """A KPI can't be referred to from here; the sentence says why."""

    retriable = False


def no_kpi(name: str) -> Expression | None:
    """What a name refers to where there is no catalogue: nothing."""
    del name
    return None


def compile_formula(text: str, refer: Callable[[str], Expression | None] = no_kpi) -> Expression:
    """The formula as a tree; raises `FormulaError` for whatever the language does not have.

    `refer` answers what another KPI is computed by, None where there is none of that name; it may raise
    `ReferralError`. The name of a sum always means the sum.
    """
    if len(text) > LONGEST:
        raise FormulaError(f"a formula has at most {LONGEST} characters", LONGEST + 1)
    if not text.isprintable() or "#" in text:
        raise FormulaError("a formula is one line of printable text without comment", 1)
    stripped = text.lstrip()
    reader = _Reader(_Columns(_FILTER.sub(r"\1==", stripped), len(text) - len(stripped)), refer)
    return reader.read()


class _Columns:
    """The text that was parsed, and where its places lie in the text that was written."""

    def __init__(self, text: str, indent: int) -> None:
        self.text = text
        self._indent = indent

    def column(self, byte: int) -> int:
        """The column, from 1, of a place that the parser counts in bytes of UTF-8, from 0."""
        before = self.text.encode()[:byte].decode(errors="ignore")
        return self._indent + len(before.replace("==", "=")) + 1


class _Reader:
    """One pass over the parser's tree."""

    def __init__(self, columns: _Columns, refer: Callable[[str], Expression | None]) -> None:
        self._columns = columns
        self._refer = refer

    def read(self) -> Expression:
        try:
            tree = ast.parse(self._columns.text, mode="eval")
        except SyntaxError as error:
            end = (error.offset or len(self._columns.text) + 1) - 1  # it says 0 for the end of the text
            byte = len(self._columns.text[:end].encode())
            raise FormulaError(f"not a formula: {error.msg}", self._columns.column(byte)) from None
        except (ValueError, RecursionError, MemoryError):
            raise FormulaError("not a formula", 1) from None
        return self._expression(tree.body, 1)

    def _error(self, what: str, node: ast.expr) -> FormulaError:
        return FormulaError(what, self._columns.column(node.col_offset))

    def _expression(self, node: ast.expr, depth: int) -> Expression:
        if depth > DEEPEST:
            raise self._error(f"nested deeper than {DEEPEST}", node)
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name() | ast.Subscript(value=ast.Name()):
                return self._named(node)
            case ast.UnaryOp(op=ast.USub()):
                return Negation(self._expression(node.operand, depth + 1))
            case ast.BinOp() if type(node.op) in _OPERATORS:
                left, right = (self._expression(each, depth + 1) for each in (node.left, node.right))
                return Operation(_OPERATORS[type(node.op)], left, right)
            case ast.Call(func=ast.Name(id=called), args=[_, *_], keywords=[]):
                return self._call(called, node, depth)
            case _:
                raise self._not_understood(node)

    def _call(self, called: str, node: ast.Call, depth: int) -> Expression:
        arguments = tuple(self._expression(each, depth + 1) for each in node.args)
        match called, arguments:
            case "min" | "max", _:
                return Choice(Extreme(called), arguments)
            case "otherwise", (first, second):
                return Otherwise(first, second)
            case _:
                raise self._not_understood(node)

    def _not_understood(self, node: ast.expr) -> FormulaError:
        return self._error(
            "only + - * / ( ) min(…) max(…) otherwise(a, b), numbers and names of sums and KPIs are understood", node
        )

    def _number(self, node: ast.Constant) -> Number:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not value <= LARGEST:
            raise self._error(f"a number from 0 to {LARGEST:,.0f} is meant here", node)
        return Number(value)

    def _named(self, node: ast.Name | ast.Subscript) -> Expression:
        match node:
            case ast.Subscript(value=ast.Name() as name):
                return self._filtered(name, node)
            case ast.Name():
                return self._name(node)
            case _:
                raise self._not_understood(node)

    def _name(self, node: ast.Name) -> Expression:
        found = _input(node.id)
        if found is not None:
            return found
        try:
            referred = self._refer(node.id)
        except ReferralError as error:
            raise self._error(str(error), node) from None
        if referred is None:
            known = ", ".join([*SUM_NAMES, *_COUNTS, *GAUGES])
            raise self._error(f"unknown sum {node.id!r}; there are {known}; nor is there a KPI of this name", node)
        return Named(node.id, referred)

    def _filtered(self, name: ast.Name, node: ast.Subscript) -> Input:
        found = _input(name.id)
        if found is None:
            raise self._error(f"only a sum has filters, and {name.id!r} is none", name)
        conditions = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if not conditions:
            raise self._error("a filter is written channel='…'", node)
        for condition in conditions:
            match condition:
                case ast.Compare(left=ast.Name(id=key), ops=[ast.Eq()], comparators=[ast.Constant(value=str(value))]):
                    try:
                        found = filtered(found, key, value)
                    except FilterError as error:
                        raise self._error(str(error), condition) from None
                case _:
                    raise self._error("a filter is written channel='…'", condition)
        return found


_COUNTS: Final = {"procedures": Count("procedures"), "procedures_used": Count("procedures_used")}


def _input(name: str) -> Input | None:
    """What a name means by itself, without a catalogue."""
    return Term(name) if name in SUM_NAMES else _COUNTS.get(name) or gauge_named(name)
