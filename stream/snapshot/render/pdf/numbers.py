"""Numbers as Vietnamese reports write them: 1.234,5; what is not known is a dash, never 0."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from stream.snapshot.content.document import KpiFacts, Number
from stream.snapshot.render.wording import MEASURES, NO_DATA

NOTHING: Final = NO_DATA
MINUS: Final = "−"
_MOST_DIGITS: Final = 6


def said(value: Number | None, digits: int = 0) -> str:
    """A number with so many digits after the comma, halves rounded away from zero."""
    if value is None:
        return NOTHING
    return _written(Decimal(str(value)), digits)


def as_is(value: Number | None) -> str:
    """A number with the digits that it has, at most six."""
    if value is None:
        return NOTHING
    exact = round(Decimal(str(value)), _MOST_DIGITS).normalize()
    return _written(exact, max(0, -int(exact.as_tuple().exponent)))


def percent(ratio: Number | None, digits: int) -> str:
    """A ratio as percent, without the sign."""
    return NOTHING if ratio is None else _written(Decimal(str(ratio)) * 100, digits)


def figure(kpi: KpiFacts, value: Number | None, digits: int | None = None) -> str:
    """A figure without its unit of measure: a ratio as percent."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value)) * (100 if kpi.unit == "percent" else 1)
    return _written(exact, kpi.digits if digits is None else digits)


def measured(kpi: KpiFacts, value: Number | None) -> str:
    """A figure with its unit of measure: 98,2 %."""
    unit = unit_of(kpi)
    return f"{figure(kpi, value)}\u00a0{unit}" if unit and value is not None else figure(kpi, value)


def unit_of(kpi: KpiFacts) -> str:
    """The unit of measure as it is written behind a number; none of what is counted."""
    return "" if kpi.unit == "count" else MEASURES[kpi.unit]


def unit_to_add(kpi: KpiFacts) -> str:
    """The same, but none where the title says it already: "Thời lượng trung bình của một cuộc họp, phút"."""
    unit = unit_of(kpi)
    return "" if unit and f" {unit}" in f" {kpi.title.vi.replace(',', '')} " else unit


def signed(value: Number, digits: int = 0) -> str:
    """A difference: +3, −1,5."""
    text = said(value, digits)
    return text if text.startswith(MINUS) else f"+{text}"


def digits_between(before: Number | None, after: Number | None, digits: int) -> int:
    """How many digits two numbers need to be told apart, at least `digits`."""
    if before is not None and after is not None and before != after:
        while digits < _MOST_DIGITS and said(before, digits) == said(after, digits):
            digits += 1
    return digits


def _written(value: Decimal, digits: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text
