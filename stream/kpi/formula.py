"""The language of formulas: + - * / ( ) min max, numbers, sums by name, filters. Nothing else is understood.

    (settled_early + settled_on_date) / received[channel='online', field='G09-LV01']

Read with Python's own parser, of whose tree only what is listed here is taken: no attribute, call, power,
comparison or name from outside can be written.
"""

import ast
import re
from collections.abc import Mapping
from typing import Final

from stream.core.ledger import LEVELS
from stream.kpi.expression import (
    CHANNELS,
    FLOW_NAMES,
    Choice,
    Expression,
    Extreme,
    Negation,
    Number,
    Operation,
    Operator,
    Term,
)

LONGEST: Final = 500
"""Characters of a formula."""
DEEPEST: Final = 40
"""Levels of nesting; a sum of n parts nests n deep."""
LARGEST: Final = 1e9
"""The largest number that may be written."""

# Python has no `a[b='c']`: the single sign of a filter is doubled, so that its parser takes it for a comparison.
_FILTER = re.compile(r"([\[,]\s*(?:channel|field)\s*)=(?!=)")
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


def compile_formula(text: str) -> Expression:
    """The formula as a tree; raises `FormulaError` for whatever the language does not have."""
    if len(text) > LONGEST:
        raise FormulaError(f"a formula has at most {LONGEST} characters", LONGEST + 1)
    if not text.isprintable() or "#" in text:
        raise FormulaError("a formula is one line of printable text without comment", 1)
    stripped = text.lstrip()
    reader = _Reader(_Columns(_FILTER.sub(r"\1==", stripped), len(text) - len(stripped)))
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

    def __init__(self, columns: _Columns) -> None:
        self._columns = columns

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
            case ast.Name():
                return self._term(node)
            case ast.Subscript(value=ast.Name() as name):
                return self._filtered(self._term(name), node)
            case ast.UnaryOp(op=ast.USub()):
                return Negation(self._expression(node.operand, depth + 1))
            case ast.BinOp() if type(node.op) in _OPERATORS:
                operator = _OPERATORS[type(node.op)]
                left, right = (self._expression(each, depth + 1) for each in (node.left, node.right))
                return Operation(operator, left, right)
            case ast.Call(func=ast.Name(id="min" | "max" as called), args=[_, *_], keywords=[]):
                return Choice(Extreme(called), tuple(self._expression(each, depth + 1) for each in node.args))
            case _:
                raise self._error("only + - * / ( ) min max, numbers and names of sums are understood", node)

    def _number(self, node: ast.Constant) -> Number:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not value <= LARGEST:
            raise self._error(f"a number from 0 to {LARGEST:,.0f} is meant here", node)
        return Number(value)

    def _term(self, node: ast.Name) -> Term:
        if node.id not in FLOW_NAMES and node.id not in LEVELS:
            known = ", ".join([*FLOW_NAMES, *LEVELS])
            raise self._error(f"unknown sum {node.id!r}; there are {known}", node)
        return Term(node.id)

    def _filtered(self, term: Term, node: ast.Subscript) -> Term:
        conditions = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        given: dict[str, str] = {}
        if not conditions:
            raise self._error("a filter is channel='…' or field='…'", node)
        for condition in conditions:
            match condition:
                case ast.Compare(
                    left=ast.Name(id="channel" | "field" as key),
                    ops=[ast.Eq()],
                    comparators=[ast.Constant(value=str(value))],
                ) if key not in given:
                    given[key] = value
                case _:
                    raise self._error("a filter is channel='…' or field='…', each at most once", condition)
        if "channel" in given and given["channel"] not in CHANNELS:
            raise self._error(f"unknown channel {given['channel']!r}; there are {', '.join(CHANNELS)}", node.slice)
        return Term(term.name, CHANNELS.get(given.get("channel", "")), given.get("field"))
