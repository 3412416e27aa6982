"""What changed a figure between two moments of knowledge, as `ioc kpi changes` prints it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Final

from rich.markup import escape
from rich.table import Table

from ioc.kpi_asked import Asked
from ioc.kpi_passport import local, shown, value_json, when
from ioc.kpi_tables import number
from stream.kpi.changes import CaseChange, Changes, InputChange
from stream.kpi.terms import Term

MOST_CASES: Final = 1_000
"""Cases in one document; the others are summed up."""


def changes_json(asked: Asked, changes: Changes) -> dict[str, object]:
    """The document of `ioc kpi changes --format json`: the nets of all cases make up each term's difference."""
    known_from, known_to = changes.known
    listed, others = changes.cases[:MOST_CASES], changes.cases[MOST_CASES:]
    return {
        "id": changes.kpi.id,
        "unit": asked.unit,
        "filters": asked.filters,
        "until": local(changes.windows.until),
        "known_from": known_from.astimezone(UTC).isoformat(),
        "known_to": known_to.astimezone(UTC).isoformat(),
        "before": value_json(changes.before),
        "after": value_json(changes.after),
        "inputs": [_input(each) for each in changes.inputs],
        "cases": [_case(each) for each in listed],
        "others": {"cases": len(others), "net": _written(_net(others))},
    }


def _input(change: InputChange) -> dict[str, object]:
    return {
        "term": str(change.term),
        "before": change.before,
        "after": change.after,
        "difference": change.difference,
        "gained": sorted(change.gained),
        "lost": sorted(change.lost),
    }


def _case(change: CaseChange) -> dict[str, object]:
    return {
        "case": change.case,
        "known_at": change.known_at.astimezone(UTC).isoformat(),
        "net": _written(change.net),
        "learnt": [
            {
                "what": each.measure,
                "unit": each.unit,
                "at": each.at.astimezone(UTC).isoformat(),
                "known_at": each.known_at.astimezone(UTC).isoformat(),
                "n": each.n,
            }
            for each in change.learnt
        ],
    }


def _net(cases: Sequence[CaseChange]) -> Counter[Term]:
    """What several cases changed together."""
    net: Counter[Term] = Counter()
    for case in cases:
        net.update(case.net)
    return net


def _written(net: Mapping[Term, int]) -> dict[str, int]:
    return {str(term): n for term, n in net.items()}


def changes_table(asked: Asked, changes: Changes) -> Table:
    """The same at a glance."""
    known_from, known_to = (when(moment) for moment in changes.known)
    what = changes.kpi.definition.title.en
    table = Table(what, known_from, known_to, "difference", caption=asked.unit or "the area")
    table.add_row("value", shown(changes.kpi, changes.before.value), shown(changes.kpi, changes.after.value), "")
    for each in changes.inputs:
        table.add_row(escape(f"  {each.term}"), number(each.before), number(each.after), number(each.difference))
        for code in sorted(each.gained):
            table.add_row(escape(f"    {code}"), "", "used", "")
        for code in sorted(each.lost):
            table.add_row(escape(f"    {code}"), "used", "", "")
    for case in changes.cases[:MOST_CASES]:
        net = ", ".join(f"{n:+d} {term}" for term, n in case.net.items())
        moves = "\n".join(f"{each.n:+d} {each.measure} {when(each.at)}" for each in case.learnt)
        table.add_row(escape(case.case), when(case.known_at), escape(moves), escape(net))
    if len(changes.cases) > MOST_CASES:
        table.add_row(f"and {len(changes.cases) - MOST_CASES:,} cases more", "", "", "")
    return table
