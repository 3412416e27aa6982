"""The passport in words: every sum of the catalogue has a name in both languages, and formulas read as they compute."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.figure.digest import digest_of
from dashboard.figure.said import formula_said, input_said
from dashboard.text import LANGUAGES, Language, words_in
from stream.kpi.catalogue import load_catalogue, read_catalogue
from stream.kpi.conditions import filtered
from stream.kpi.register import CONDITIONS
from stream.kpi.terms import SUM_NAMES, Count, Term
from tests.test_dashboard_text import is_readable, script_literals

HOUSE = Path(dashboard.__file__).parent
SCRIPTS = sorted((HOUSE / "assets" / "figure").glob("*.js"))
PYTHON = "\n".join(file.read_text() for file in (HOUSE / "figure").glob("*.py"))
TABLES = ("term", "gauge", "count", "where", "channel", "kind", "level", "trait", "state", "meaning", "source_state",
          "standing", "certain", "windows", "directions")  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sum_that_a_formula_can_name_has_words(language: Language) -> None:
    words = words_in(language)
    named = {input_said(each, words) for kpi in load_catalogue() for each in kpi.inputs}
    assert len(named) > 60
    assert all(input_said(Term(name), words) for name in SUM_NAMES)
    procedures = Count("procedures")
    kept = [filtered(procedures, key, value) for key, values in CONDITIONS.items() for value in values]
    assert len({input_said(each, words) for each in kept}) == len(kept)


def said(name: str, language: Language = "vi") -> str:
    """The formula of a KPI as text, its links in brackets."""
    kpi = load_catalogue()[name]
    html = formula_said(kpi.expression, words_in(language), lambda part: f"[{part.kpi}]")
    return re.sub(r"<[^>]+>", " ", html).replace("  ", " ").strip()


def test_formulas_read_as_they_compute() -> None:
    assert said("overdue_now") == "hồ sơ quá hạn chưa giải quyết"
    assert " ".join(said("on_time_rate").split()) == (
        "hồ sơ giải quyết trước hạn + hồ sơ giải quyết đúng ngày hẹn chia cho"
        " hồ sơ giải quyết trước hạn + hồ sơ giải quyết đúng ngày hẹn + hồ sơ giải quyết quá hạn"
    )
    assert " ".join(said("online_rate", "en").split()) == (
        "applications received (filed online) divided by applications received"
    )
    assert " ".join(said("meetings_on_time_rate", "en").split()) == (
        "meetings planned (begun on time) divided by meetings planned − meetings planned (cancelled)"
    )
    assert " ".join(said("index_filed").split()) == "nhỏ nhất trong (6; 6 × [online_rate] chia cho 0,5 )"
    assert " ".join(said("line_mos", "en").split()).endswith("100 × samples with an estimated MOS")


def test_what_is_taken_off_as_a_whole_stands_in_brackets() -> None:
    table = _KPI.format(formula="received - (open - overdue)")
    [kpi] = read_catalogue({"a.toml": table})
    text = formula_said(kpi.expression, words_in("en"), lambda part: part.kpi)
    assert re.sub(r"<[^>]+>", "", text) == (
        "applications received − (applications being handled − applications overdue and not settled)"
    )


_KPI = """
[made]
title = {{ vi = "a", en = "b" }}
short = {{ vi = "a", en = "b" }}
basis = {{ text = "a", certainty = "C" }}
source = "a"
unit = "count"
formula = "{formula}"
window = "month"
direction = "neutral"
no_denominator = {{ vi = "a", en = "b" }}
"""


def test_the_digest_changes_with_the_definition_and_with_those_it_refers_to() -> None:
    other = _KPI.replace("[made]", "[other]")
    texts = [
        _KPI.format(formula="other * 2") + other.format(formula=formula) for formula in ("received", "open", "open")
    ]
    digests = [digest_of(catalogue["made"], catalogue) for catalogue in (read_catalogue({"a": text}) for text in texts)]
    assert digests[0] != digests[1] == digests[2]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_word_that_a_person_reads_stands_in_a_script(script: Path) -> None:
    assert [text for text in script_literals(script) if is_readable(text)] == []


def test_scripts_and_text_files_agree_on_the_words() -> None:
    code = "\n".join(script.read_text() for script in SCRIPTS)
    named = set(re.findall(r"\bwords\.(\w+)", code)) | set(re.findall(r'words\[(?:\w+ === \w+ \? )?"(\w+)"', code))
    written = set(words_in("vi").under("figure"))
    assert named <= written | set(words_in("vi").under("page"))
    quoted = {word for word in written if f'"{word}"' in code or f'"{word}"' in PYTHON or f"figure.{word}" in PYTHON}
    built = ("min", "max", "days_", "legend_", "trend_", "cases_", *(f"{table}." for table in TABLES))
    assert {word for word in written - named - quoted if not word.startswith(built)} == set()
