"""The language of formulas: it computes what it says, null stays null, and nothing else can be written in it."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.ledger import ENDS, Measure
from stream.kpi.expression import Expression, Named, inputs_of, measures_of, nodes_of, value_of
from stream.kpi.formula import FormulaError, ReferralError, compile_formula
from stream.kpi.terms import SUM_NAMES, Count, Input, Term

NAMES = ("received", "settled_early", "settled_late", "open", "overdue", "received[channel='online']")
FILTERS = ("level='commune'", "field='A'", "channel='postal'", "at='start'", "trait='same_day'", "fee='yes'")
Sums = Mapping[str, int | None]


def naive(text: str, sums: Sums) -> float | None:
    """The formula by Python's own arithmetic, where a null anywhere or a division by zero spoils everything."""
    filtered = text.replace("received[channel='online']", "online")
    names = {"online" if name == NAMES[-1] else name: n for name, n in sums.items() if name in text}
    if any(n is None and name in filtered for name, n in names.items()):
        return None
    try:
        value: float = eval(filtered, {"__builtins__": {"min": min, "max": max}}, dict(names))  # noqa: S307 - the oracle
    except ZeroDivisionError:
        return None
    return value


def formulas() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(NAMES) | st.integers(0, 50).map(str) | st.sampled_from(["0.5", "100"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})"),
            inner.map(lambda part: f"-{part}"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"max({', '.join(parts)})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"min({', '.join(parts)})"),
        )

    return st.recursive(leaves, larger, max_leaves=12)


@given(formulas(), st.fixed_dictionaries({name: st.integers(-5, 9) | st.none() for name in NAMES}))
def test_a_formula_is_worth_what_python_says(text: str, sums: Sums) -> None:
    value = value_of(compile_formula(text), lambda term: sums[str(term)])
    expected = naive(text, sums)
    assert value == expected if expected is None else value == pytest.approx(expected)


@given(st.text(max_size=60) | st.text("received open()[]=,'+-*/.0123 :", max_size=60))
def test_any_text_is_a_formula_or_an_error_with_its_column(text: str) -> None:
    try:
        expression = compile_formula(text)
    except FormulaError as error:
        column = error.column
    else:
        column = 1
        assert value_of(expression, lambda _: None) is None or not inputs_of(expression)
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "received.real", "().__class__", "__import__('os')", "open('/etc/passwd')", "open.read()",
        "received ** 2", "9 ** 9 ** 9", "received // 2", "received % 2", "received << 9", "~received", "+received",
        "not received", "received and open", "received if open else 1", "received == open", "received < 1",
        "lambda: 1", "[received]", "{1}", "(received, open)", "f'{received}'", "'received'", "b'1'", "...", "None",
        "True",
        "1j", "1e10", "1e999", "99999999999", "min()", "min(*open)", "min(received, key=1)", "max(received, default=0)",
        "abs(received)", "sum(received)", "received[0]", "received['online']", "received[1:2]", "received[channel=2]",
        "received[channel='fax']", "received[unit='03980']", "received[channel='online', channel='direct']",
        "received[channel!='online']", "received['online'==channel]", "received[channel='a'='b']",
        "received[channel='online'][field='x']", "(received)[()]", "min[channel='online']", "min", "channel",
        "received := 1", "received = 1", "received; open", "received\nopen", "received #", "recieved", "Received",
        "await open", "yield", "received" + "+ 1" * 200, "-" * 60 + "received", "(" * 300 + "1" + ")" * 300, "open\x00",
        "received[level='district', level='commune']", "received[level='3']", "received[trait='same_day']",
        "received[trait='Digitised']", "received[trait='digitised+']", "received[trait='']", "open[trait='digitised']",
        "moved_in[trait='same_day']", "received[at='start']", "open[at='end']", "open[at='start', at='start']",
        "evaluated[channel='online']", "petitions_open[level='commune']", "petition_answered[trait='good']",
        "procedures[channel='online']", "procedures[trait='digitised']", "procedures[online='some']",
        "procedures[fee='no']", "procedures[online='any', online='full']", "procedures[at='start']",
        "procedures_used[trait='same_day']", "procedures_used[unit='03980']", "procedures[]",
        "otherwise(open)", "otherwise(open, 1, 2)", "otherwise()", "otherwise", "a_rate", "a_rate[level='commune']",
        "received received", "received(1)", "*received", "@received", "min(received, open",
    ],
)  # fmt: skip
def test_hostile_and_mistaken_texts_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        compile_formula(text)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("recieved", 1),
        ("  received / recieved", 14),
        ("received[channel='online'] / received[channel='fax']", 39),
        ("received + (open ** 2)", 13),
        ("received +", 11),
    ],
)
def test_an_error_names_its_column(text: str, column: int) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_formula(text)
    assert caught.value.column == column


def test_a_filter_keeps_a_channel_a_field_or_both() -> None:
    text = "received[channel='online', field='G09-LV01'] / open[field='Đất đai']"
    assert list(inputs_of(compile_formula(text))) == [
        Term("received", channel=2, field="G09-LV01"),
        Term("open", field="Đất đai"),
    ]
    assert [str(term) for term in inputs_of(compile_formula(text))] == [
        "received[channel='online', field='G09-LV01']",
        "open[field='Đất đai']",
    ]


def test_a_formula_names_the_measures_that_it_needs() -> None:
    expression = compile_formula("received[channel='online'] / max(overdue, 1) + received")
    assert measures_of(expression) == {Measure.RECEIVED, Measure.OVERDUE_IN, Measure.OVERDUE_OUT}


def test_a_filter_keeps_a_level_of_authority_and_traits_and_takes_a_level_at_the_start() -> None:
    text = "received[level='commune', trait='with_duty+paid_online'] / (open[at='start'] + ended[trait='same_day'])"
    terms = [
        Term("received", level=3, trait="with_duty+paid_online"),
        Term("open", at="start"),
        Term("ended", trait="same_day"),
    ]
    assert list(inputs_of(compile_formula(text))) == terms
    assert [term.keep.traits for term in terms] == [12, None, 1]
    assert {measure for measure, _ in terms[2].parts} == ENDS
    assert "received[level='commune', trait='with_duty+paid_online']" in map(str, terms)


def test_procedures_are_counted_by_what_the_register_says_of_them() -> None:
    text = (
        "procedures_used[online='any', channel='online', trait='digitised'] / procedures[online='any', level='commune']"
    )
    used, offered = inputs_of(compile_formula(text))
    assert used == Count("procedures_used", (("online", "any"),), channel=2, trait="digitised")
    assert offered == Count("procedures", (("online", "any"),), level=3)
    assert str(offered) == "procedures[online='any', level='commune']"


@given(st.sampled_from([*SUM_NAMES, "procedures", "procedures_used"]), st.lists(st.sampled_from(FILTERS), max_size=5))
def test_what_is_read_is_written_such_that_it_is_read_as_the_same(name: str, filters: list[str]) -> None:
    try:
        expression = compile_formula(f"{name}[{', '.join(filters)}]" if filters else name)
    except FormulaError:
        return
    assert compile_formula(str(expression)) == expression


def sums(**by_name: int) -> Callable[[Input], int]:
    return lambda each: by_name[each.name]


def test_otherwise_stands_in_for_null_and_for_nothing_else() -> None:
    expression = compile_formula("otherwise(received / open, 6)")
    assert value_of(expression, sums(received=3, open=2)) == 1.5
    assert value_of(expression, sums(received=0, open=2)) == 0
    assert value_of(expression, sums(received=3, open=0)) == 6
    assert value_of(expression, lambda _: None) == 6


def test_a_name_that_is_no_sum_is_the_value_of_a_kpi() -> None:
    rate = compile_formula("received / open")
    expression = compile_formula("20 * rate + open", {"rate": rate, "open": rate}.get)
    assert Named("rate", rate) in nodes_of(expression)
    assert inputs_of(expression) == (Term("received"), Term("open"))
    assert value_of(expression, sums(received=3, open=2)) == 32


def test_a_reference_that_is_refused_is_refused_with_its_place() -> None:
    def refer(name: str) -> Expression | None:
        raise ReferralError(f"not {name}")

    with pytest.raises(FormulaError, match="not rate") as caught:
        compile_formula("  received * rate", refer)
    assert caught.value.column == 14


def test_null_is_not_zero() -> None:
    def worth(text: str) -> float | None:
        return value_of(compile_formula(text), lambda each: None if each.name == "open" else 0)

    assert worth("received") == 0
    assert worth("open * 0") is None
    assert worth("max(open, 7)") is None
    assert worth("received / received") is None
    assert worth(" * ".join(["1e9"] * 39)) is None
