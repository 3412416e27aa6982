"""A formula may name another KPI: it is worth what that one is worth in the same window, and never itself."""

import pytest

from stream.kpi.catalogue import CatalogueError, load_catalogue, read_catalogue
from stream.kpi.expression import Named, inputs_of, nodes_of, value_of
from stream.kpi.terms import Input, Term

ENTRY = """
[{id}]
title = {{ vi = "Một", en = "One" }}
short = {{ vi = "Một", en = "One" }}
basis = {{ text = "Quyết định 766/QĐ-TTg", certainty = "B" }}
source = "DongBoHoSoMC"
unit = "points"
formula = "{formula}"
window = "{window}"
direction = "neutral"
no_denominator = {{ vi = "Chưa có", en = "None" }}
"""


def entries(window: str = "month", **formulas: str) -> dict[str, str]:
    """A file for each entry, by the letters of its id."""
    return {f"{name}.toml": ENTRY.format(id=name, formula=text, window=window) for name, text in formulas.items()}


def test_a_kpi_is_worth_the_sum_of_those_it_names_wherever_they_stand() -> None:
    kpis = read_catalogue(entries(a="b + 2 * c", b="received / open[at='start']", c="otherwise(b, 6)"))

    def sum_of(each: Input) -> int:
        return {"received": 3, "open": 0}[each.name]

    assert value_of(kpis["c"].expression, sum_of) == 6
    assert value_of(kpis["a"].expression, sum_of) is None
    assert kpis["a"].inputs == (Term("received"), Term("open", at="start"))
    assert [node.kpi for node in nodes_of(kpis["a"].expression) if isinstance(node, Named)] == ["b", "c", "b"]


@pytest.mark.parametrize(
    ("formulas", "message"),
    [
        ({"a": "1 + a"}, r"a.toml: a: formula: column 5: a KPI can't be computed from itself: a -> a"),
        ({"a": "b", "b": "2 * c", "c": "a / open"}, r"c.toml: c: .*column 1: .*itself: a -> b -> c -> a"),
        ({"a": "received + nobody"}, r"a.toml: a: formula: column 12: unknown sum 'nobody'"),
        ({"a": "b", "b": "received + nobody"}, r"b.toml: b: formula: column 12: unknown sum 'nobody'"),
        ({"a": "b[channel='online']", "b": "received"}, r"a.toml: a: formula: column 1: only a sum has filters"),
    ],
)
def test_what_refers_to_itself_or_to_nothing_is_refused_with_its_place(formulas: dict[str, str], message: str) -> None:
    with pytest.raises(CatalogueError, match=f"^{message}"):
        read_catalogue(entries(**formulas))


def test_a_tower_of_references_is_refused_before_it_grows_too_high() -> None:
    tower = {f"k{number:02d}": f"k{number - 1:02d} + k{number - 1:02d}" for number in range(1, 40)}
    with pytest.raises(CatalogueError, match=r"formula: has more than 10,000 parts"):
        read_catalogue(entries(k00="received", **tower))


def test_a_moment_has_no_flow_in_a_kpi_that_is_named_either() -> None:
    with pytest.raises(CatalogueError, match=r"a.toml: a: window: 'moment' has levels only, and received"):
        read_catalogue({**entries(b="received"), **entries("moment", a="b + open")})
    with pytest.raises(CatalogueError, match="needs a window"):
        read_catalogue(entries("moment", a="open[at='start']"))
    assert len(read_catalogue(entries("moment", a="open / procedures"))) == 1


def test_whatever_the_catalogue_names_can_be_asked_for() -> None:
    for kpi in load_catalogue():
        assert kpi.inputs == inputs_of(kpi.expression)
