"""The language of formulas: it computes what it says, null stays null, and nothing else can be written in it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.ledger import Measure
from stream.kpi.expression import Term, measures_of, terms_of, value_of
from stream.kpi.formula import FormulaError, compile_formula

NAMES = ("received", "settled_early", "settled_late", "open", "overdue", "received[channel='online']")
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
        assert value_of(expression, lambda _: None) is None or not list(terms_of(expression))
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
    assert list(terms_of(compile_formula(text))) == [
        Term("received", channel=2, field="G09-LV01"),
        Term("open", field="Đất đai"),
    ]
    assert [str(term) for term in terms_of(compile_formula(text))] == [
        "received[channel='online', field='G09-LV01']",
        "open[field='Đất đai']",
    ]


def test_a_formula_names_the_measures_that_it_needs() -> None:
    expression = compile_formula("received[channel='online'] / max(overdue, 1) + received")
    assert measures_of(expression) == {Measure.RECEIVED, Measure.OVERDUE_IN, Measure.OVERDUE_OUT}


def test_null_is_not_zero() -> None:
    def worth(text: str) -> float | None:
        return value_of(compile_formula(text), lambda term: None if term.name == "open" else 0)

    assert worth("received") == 0
    assert worth("open * 0") is None
    assert worth("max(open, 7)") is None
    assert worth("received / received") is None
    assert worth(" * ".join(["1e9"] * 39)) is None
