"""Formulas in words: what is added up and what is divided by what, as people say it."""

from collections.abc import Callable
from html import escape
from typing import Final

from dashboard.text import Words
from stream.kpi.definition import Kpi
from stream.kpi.expression import (
    Choice,
    Expression,
    Named,
    Negation,
    Number,
    Operation,
    Operator,
    Otherwise,
)
from stream.kpi.quality import Gauge
from stream.kpi.terms import AUTHORITIES, CHANNELS, KINDS, Count, Input, Term

_SIGNS: Final = {Operator.ADD: "+", Operator.SUBTRACT: "−", Operator.MULTIPLY: "×"}
Part = Callable[[Named], str]
"""What stands for another KPI: a link to its passport, as HTML."""


def input_said(each: Input, words: Words) -> str:
    """A sum or a count, with what is kept of it."""
    if isinstance(each, Gauge):
        return words[f"figure.gauge.{each.name}"]
    name = words[f"figure.{'term' if isinstance(each, Term) else 'count'}.{each.name}"]
    kept = _kept(each, words)
    return f"{name} ({', '.join(kept)})" if kept else name


def _kept(each: Term | Count, words: Words) -> list[str]:
    found = []
    if isinstance(each, Count):
        found += [words[f"figure.where.{key}_{value}"] for key, value in each.where]
    if each.channel is not None:
        of_certificates = isinstance(each, Term) and "kind" in each.dimensions
        table = "kind" if of_certificates else "channel"
        found.append(words[f"figure.{table}.{_name(KINDS if of_certificates else CHANNELS, each.channel)}"])
    if each.level is not None:
        found.append(words[f"figure.level.{_name(AUTHORITIES, each.level)}"])
    if each.field is not None:
        found.append(words["figure.field"].format(field=each.field))
    found += [_trait(each.name, trait, words) for trait in (each.trait or "").split("+") if trait]
    if isinstance(each, Term) and each.at is not None:
        found.append(words["figure.at_start"])
    return found


def _trait(name: str, trait: str, words: Words) -> str:
    """What a trait means may depend on what bears it."""
    own = f"figure.trait.{name}_{trait}"
    return words[own] if own in words.table else words[f"figure.trait.{trait}"]


def formula_said(expression: Expression, words: Words, part: Part) -> str:
    """A formula in words, as HTML; fractions stand one above the other."""
    return _Said(words, part).of(expression)


class _Said:
    """Says expressions in the words of one language."""

    def __init__(self, words: Words, part: Part) -> None:
        self._words = words
        self._part = part

    def of(self, each: Expression) -> str:
        match each:
            case Named():
                return self._part(each)
            case Number(value):
                return escape(number_said(value, self._words))
            case Term() | Count() | Gauge():
                return escape(input_said(each, self._words))
            case _:
                return self._joined(each)

    def _joined(self, each: Expression) -> str:
        match each:
            case Negation(of):
                return f"−{self._inside(of)}"
            case Operation(Operator.DIVIDE, left, right):
                return self._fraction(left, right)
            case Operation(operator, left, right):
                before = self._inside if operator is Operator.MULTIPLY else self.of
                after = self.of if operator is Operator.ADD else self._inside
                return f'{before(left)} <span class="operator">{_SIGNS[operator]}</span> {after(right)}'
            case Choice(extreme, of):
                name = escape(self._words[f"figure.{extreme.value}"])
                return f"{name} ({'; '.join(map(self.of, of))})"
            case Otherwise(first, second):
                return f"{self._inside(first)} ({escape(self._words['figure.otherwise'])} {self.of(second)})"
            case _:
                raise TypeError(f"nothing is joined in {each}")

    def _fraction(self, left: Expression, right: Expression) -> str:
        by = escape(self._words["figure.divided_by"])
        return (
            f'<span class="fraction"><span class="fraction-upper">{self.of(left)}</span>'
            f'<span class="fraction-by">{by}</span><span class="fraction-lower">{self.of(right)}</span></span>'
        )

    def _inside(self, each: Expression) -> str:
        """In brackets where it is a sum."""
        is_sum = isinstance(each, Operation) and each.operator in {Operator.ADD, Operator.SUBTRACT}
        return f"({self.of(each)})" if is_sum else self.of(each)


def number_said(value: float, words: Words) -> str:
    """A number of a formula; a decimal comma in Vietnamese."""
    text = f"{value:g}"
    return text.replace(".", ",") if words.language == "vi" else text


def value_said(kpi: Kpi, value: float, words: Words) -> str:
    """A value that a definition names: a ratio as percent."""
    is_percent = kpi.definition.unit == "percent"
    return f"{number_said(100 * value, words)}\u00a0%" if is_percent else number_said(value, words)


def _name(names: dict[str, int], number: int) -> str:
    return next(name for name, each in names.items() if each == number)
