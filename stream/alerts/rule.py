"""A rule of alerts (quy tắc cảnh báo): what one table of the file says, and what must hold of it.

A rule is about one of three: a figure (`kpi`) beyond a limit, cases of a unit in a condition (`cases`), or sources that
are not heard of (`sources`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec

from stream.alerts.lasting import Lasting, lasting
from stream.kpi.definition import Basis, Bilingual, Kpi

Level: TypeAlias = Literal["alarm", "warn"]
"""alarm (khẩn): somebody has to act now; warn (lưu ý): somebody has to look today."""
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
Of: TypeAlias = Literal["unit", "area"]
Condition: TypeAlias = Literal["overdue", "paused", "letter_owed", "unanswered"]
"""Open and overdue; waiting for a supplement or a payment; owing a letter of apology; escalated and not answered."""
Cause: TypeAlias = Literal["silent", "late", "intake", "halted", "frozen"]
"""The incidents of sources (`stream.core.incidents`), and frozen: what comes into the log is not applied."""
Kind: TypeAlias = Literal["kpi", "cases", "sources"]


class WrittenRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as it is written in the file; its table's name is its id."""

    title: Bilingual
    basis: Basis
    level: Level = "warn"
    kpi: str | None = None
    cases: Condition | None = None
    sources: list[Cause] | None = None
    of: Of = "unit"
    above: float | None = None
    below: float | None = None
    clear: float | None = None
    longer_than: str | None = None
    least: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    lasts: str = msgspec.field(default="0m", name="for")
    clear_for: str = "10m"
    off: bool = False


class FieldError(ValueError):
    """A rule says things that do not go together; `field` is where."""

    retriable = False

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, checked. A value beyond `limit` breaches it, and its cause has ended where the value is back at `clear`.

    `is_above` says on which side lies the breach. It has to last `lasts` in working time before an alert opens, and
    its end `clear_for` in plain time before it closes. `longer_than` is of cases.
    """

    id: str
    title: Bilingual
    basis: Basis
    level: Level
    kind: Kind
    about: str
    of: Of
    limit: float
    clear: float
    is_above: bool
    lasts: Lasting
    clear_for: Lasting
    longer_than: Lasting | None = None
    causes: tuple[Cause, ...] = ()


def checked(name: str, written: WrittenRule, kpi_of: Callable[[str], Kpi | None]) -> Rule:
    """The rule that is written; raises `FieldError`. `kpi_of` answers the KPI of an id, None where there is none."""
    named = [kind for kind in get_args(Kind) if getattr(written, kind) is not None]
    if len(named) != 1:
        raise FieldError("kpi", "a rule is about one of kpi, cases and sources")
    kind: Kind = named[0]
    limit, is_above = _limit(kind, written)
    clear = limit if written.clear is None else written.clear
    if (clear > limit) if is_above else (clear < limit):
        raise FieldError("clear", f"lies beyond the limit {limit:g}: an alert would end before it began")
    if kind == "kpi":
        _check_kpi(written, kpi_of(str(written.kpi)), (limit, clear))
    elif written.of != "unit":
        raise FieldError("of", f"a rule about {kind} has its own subjects: leave it out")
    return Rule(
        id=name, title=written.title, basis=written.basis, level=written.level, kind=kind,
        about=written.kpi or written.cases or "sources", of=written.of, limit=limit, clear=clear, is_above=is_above,
        lasts=_lasting("for", written.lasts), clear_for=_lasting("clear_for", written.clear_for),
        longer_than=_longer_than(written), causes=tuple(written.sources or ()),
    )  # fmt: skip


def _limit(kind: Kind, written: WrittenRule) -> tuple[float, bool]:
    if kind != "kpi":
        for field in ("above", "below", "clear"):
            if getattr(written, field) is not None:
                raise FieldError(field, f"is for rules about a KPI, not about {kind}")
        return float((written.least or 1) - 1), True
    if written.least is not None:
        raise FieldError("least", "is for rules about cases: write above or below")
    match written.above, written.below:
        case (float(above), None):
            return above, True
        case (None, float(below)):
            return below, False
        case _:
            raise FieldError("above", "a rule about a KPI has either above or below")


def _check_kpi(written: WrittenRule, kpi: Kpi | None, limits: tuple[float, float]) -> None:
    if kpi is None:
        raise FieldError("kpi", f"no KPI is called {written.kpi!r}: `ioc kpi list` has them")
    if kpi.definition.unit == "percent" and max(map(abs, limits)) > 1:
        raise FieldError("above" if written.below is None else "below", "is a ratio: 0.95 for 95 percent")


def _longer_than(written: WrittenRule) -> Lasting | None:
    if written.cases is None or written.cases == "unanswered":
        if written.longer_than is not None:
            raise FieldError("longer_than", "is for rules about cases that have no time of their own")
        return None
    if written.longer_than is None:
        raise FieldError("longer_than", f"is missing: for how much working time they may be {written.cases}")
    return _lasting("longer_than", written.longer_than)


def _lasting(field: str, text: str) -> Lasting:
    try:
        return lasting(text)
    except ValueError as error:
        raise FieldError(field, str(error)) from None
