"""The catalogue and its figures as tables for people, as `ioc kpi` prints them."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from ioc.kpi_passport import Passport, local, named_parts, shown, since, when
from stream.kpi.definition import Kpi
from stream.kpi.expression import Value
from stream.kpi.figure import Figure


def catalogue_table(kpis: Sequence[Kpi]) -> Table:
    """The catalogue at a glance."""
    table = Table("id", "title", "formula", "window", "basis")
    for kpi in kpis:
        what = kpi.definition
        title = f"{what.title.vi}\n{what.title.en}"
        table.add_row(kpi.id, title, escape(what.formula), what.window, f"{what.basis.text} ({what.basis.certainty})")
    return table


def passport_table(passport: Passport) -> Table:
    """A figure with its passport at a glance."""
    figure, asked, what = passport.figure, passport.asked, passport.kpi.definition
    table = Table(what.title.en, f"[bold]{_marked(passport, figure)}[/bold]", caption=what.title.vi)
    table.add_row("unit", figure.unit or "the area")
    for key, kept in asked.filters.items():
        table.add_row(key, escape(kept))
    table.add_row("state", figure.state)
    if asked.period is not None:
        table.add_row("period", f"{asked.period.name} ({asked.period.calendar})")
    table.add_row("from", since(passport) or "a level: at the moment itself")
    table.add_row("until", local(asked.windows.until))
    if asked.known_at is not None:
        table.add_row("as known at", when(asked.known_at))
    table.add_row("formula", escape(what.formula))
    for name, value in named_parts(asked.narrowed, figure):
        table.add_row(f"  {name}", "no data" if value is None else f"{value:,.4g}")
    for term, n in figure.inputs.items():
        table.add_row(escape(f"  {term}"), number(n))
    table.add_row("basis", escape(f"{what.basis.text} ({what.basis.certainty})"))
    table.add_row("source", escape(what.source))
    _add_parts(table, passport)
    return table


def _add_parts(table: Table, passport: Passport) -> None:
    if passport.by in {None, "unit"}:
        for each in passport.units:
            table.add_row(f"  {each.unit}", _marked(passport, each) + (_fraction(each) if passport.by else ""))
    for member, each in passport.members:
        name = member.code if member.title is None else f"{member.code} {member.title}"
        table.add_row(escape(f"  {name}"), shown(passport.kpi, each.value) + _fraction(each))
    carried = passport.view.carried
    if carried is None:
        return
    table.add_row("in the units of", carried.units_of.title)
    lost = {
        of for ask, units in carried.unattributed.items() if ask.term in passport.asked.narrowed.inputs for of in units
    }
    for code, generation in sorted(lost, key=lambda of: (of[1].code, of[0])):
        table.add_row("counted in no unit of today", f"{code} of {generation.title}")


def _marked(passport: Passport, figure: Figure) -> str:
    is_estimate = passport.view.is_estimate(passport.asked.narrowed, figure.unit)
    return f"{'≈ ' if is_estimate else ''}{shown(passport.kpi, figure.value)}"


def _fraction(figure: Figure) -> str:
    if figure.denominator is None:
        return ""
    return f"  ({number(figure.numerator)} / {number(figure.denominator)})"


def number(n: Value) -> str:
    """A sum as people read it."""
    if n is None:
        return "no data"
    return f"{n:,}" if isinstance(n, int) else f"{n:,.2f}"
