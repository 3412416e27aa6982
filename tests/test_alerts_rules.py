"""Rules of alerts as data: what is shipped, what a centre changes, and how a mistake is told."""

import pytest

from stream.alerts.errors import AlertRuleError
from stream.alerts.judging import of_cases, of_figure, verdict
from stream.alerts.line import shipped_line
from stream.alerts.rule import Rule
from stream.alerts.rules import read_rules, shipped_rules
from stream.core.moment import moment_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.figure import State
from tests.building.applying import calendar
from tests.building.moments import local

OWN = """
[many_due]
title = { vi = "Nhiều hồ sơ sắp đến hạn", en = "Many due soon" }
basis = { text = "x", certainty = "C" }
kpi = "due_soon"
above = 20
"""


def rule(name: str = "overdue_many", text: str = "") -> Rule:
    return read_rules("alerts.toml", text).rules[name]


def test_the_shipped_rules_hold_together() -> None:
    rules = shipped_rules()
    assert {each.kind for each in rules} == {"kpi", "cases", "sources"}
    assert all(each.about in load_catalogue().kpis for each in rules if each.kind == "kpi")
    assert [rank.number for rank in rules.line.ranks] == [1, 2, 3]


def test_a_centre_changes_single_fields_of_a_shipped_rule() -> None:
    changed = rule(text="[overdue_many]\nabove = 20\nclear = 15\n")
    assert (changed.limit, changed.clear, changed.title) == (20, 15, rule().title)


def test_a_new_limit_does_not_keep_the_shipped_one_on_the_other_side() -> None:
    changed = rule("on_time_low", "[on_time_low]\nbelow = 0.9\n")
    assert (changed.limit, changed.clear) == (0.9, 0.9)


def test_a_centre_leaves_a_rule_out_and_adds_its_own() -> None:
    rules = read_rules("alerts.toml", f"[overdue_long]\noff = true\n{OWN}")
    assert "overdue_long" not in rules.rules
    assert rules.rules["many_due"].limit == 20
    assert len(rules) == len(shipped_rules())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[overdue_many", "alerts.toml: Expected ']'"),
        ("a = 1", "alerts.toml: a: is no rule: write [a] and its fields below"),
        ("[Much]\nabove = 1", "alerts.toml: 'Much': an id is made of a-z"),
        ("[overdue_many]\nkpi = 'nope'", "alerts.toml: overdue_many: kpi: no KPI is called 'nope'"),
        ("[overdue_many]\nabowe = 1", "alerts.toml: overdue_many: Object contains unknown field `abowe`"),
        ("[overdue_many]\nabove = 'x'", "alerts.toml: overdue_many: above: Expected `float | null`, got `str`"),
        ("[overdue_many]\nabove = 1\nclear = 3", "alerts.toml: overdue_many: clear: lies beyond the limit 1"),
        ("[overdue_many]\nabove = 1\nbelow = 3", "alerts.toml: overdue_many: above: a rule about a KPI has either"),
        ("[overdue_many]\nfor = '2w'", "alerts.toml: overdue_many: for: '2w' is no length of time: write 30m"),
        ("[overdue_many]\ncases = 'overdue'", "alerts.toml: overdue_many: kpi: a rule is about one of"),
        ("[overdue_many]\nleast = 2", "alerts.toml: overdue_many: least: is for rules about cases"),
        ("[overdue_long]\nabove = 2", "alerts.toml: overdue_long: above: is for rules about a KPI, not about cases"),
        ("[overdue_long]\nof = 'area'", "alerts.toml: overdue_long: of: a rule about cases has its own subjects"),
        ("[overdue_long]\nlonger_than = 'x'", "alerts.toml: overdue_long: longer_than: 'x' is no length of time"),
        ("[unanswered]\nlonger_than = '1d'", "alerts.toml: unanswered: longer_than: is for rules about cases that"),
        ("[on_time_low]\nbelow = 95", "alerts.toml: on_time_low: below: is a ratio: 0.95 for 95 percent"),
        ("[source_silent]\nsources = ['x']", "alerts.toml: source_silent: sources[0]: Invalid enum value 'x'"),
        ("[overdue_many.title]\nvi = 'x'", "alerts.toml: overdue_many: title: Object missing required field `en`"),
        (OWN.replace("above = 20", ""), "alerts.toml: many_due: above: a rule about a KPI has either above or below"),
        ("[[line]]\nname = {vi='a', en='b'}\nwithin = 'x'", "alerts.toml: line 1: within: 'x' is no length of time"),
        ("line = []", "alerts.toml: line: Expected `array` of length >= 1"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_file_rule_and_field(text: str, said: str) -> None:
    with pytest.raises(AlertRuleError) as caught:
        read_rules("alerts.toml", text)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("value", "said"), [(6, "breach"), (5, "between"), (4, "between"), (3, "well"), (0, "well")])
def test_a_value_within_the_limit_is_not_yet_one_at_which_the_cause_has_ended(value: float, said: str) -> None:
    assert verdict(rule(), value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.9499, "breach"), (0.95, "between"), (0.9599, "between"), (0.96, "well"), (1, "well")]
)
def test_below_a_limit_all_is_the_other_way_round(value: float, said: str) -> None:
    assert verdict(rule("on_time_low"), value) == said


def test_a_figure_that_is_not_live_says_nothing() -> None:
    states: tuple[State, ...] = ("late", "partial", "frozen")
    for state in states:
        seen = of_figure(rule(), 99, state)
        assert (seen.verdict, seen.held) == ("unknown", state)
    assert of_figure(rule(), 99, "restated").verdict == "breach"
    assert of_figure(rule(), None, "live").verdict == "well"


def test_many_cases_of_a_unit_are_one_alert_that_counts_them() -> None:
    seen = of_cases(rule("overdue_long"), tuple(f"H52-{n}" for n in range(80)))
    assert (seen.verdict, seen.value, seen.number, len(seen.cases)) == ("breach", 80, 80, 50)
    assert of_cases(rule("overdue_long"), ()).verdict == "well"
    assert of_cases(rule("overdue_long"), ("H52-1",), "late").verdict == "unknown"


def test_the_line_says_who_answers_next_and_by_when() -> None:
    line = shipped_line()
    first, second = line.after(0), line.after(1)
    assert first is not None
    assert second is not None
    evening = moment_of(local("2026-03-17 16:30"))  # an hour before the day's end
    assert first.respond_by(evening, calendar()) == moment_of(local("2026-03-18 08:30"))
    assert (second.number, line.after(3), line.rank(3), line.rank(0)) == (2, None, line.ranks[2], None)
