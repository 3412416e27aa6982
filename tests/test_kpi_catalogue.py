"""The catalogue is checked before anything runs; what is wrong is named by file, KPI, key and column."""

from datetime import date

import pytest

from dashboard.wall.scene import Scene
from dashboard.wall.scenes import SCENES
from stream.core.ledger import BALANCES, FLOWS, LEVELS, SUMS
from stream.kpi.catalogue import CatalogueError, UnknownKpiError, load_catalogue, read_catalogue
from stream.kpi.definition import Standing
from stream.kpi.expression import inputs_of
from stream.kpi.terms import Count, Term
from stream.live import BOARD_KPIS

GOOD = """
[one]
title = { vi = "Một", en = "One" }
short = { vi = "Một", en = "One" }
basis = { text = "NĐ 61/2018/NĐ-CP", certainty = "A" }
source = "DongBoHoSoMC"
unit = "percent"
formula = "settled_early / received"
window = "month"
direction = "higher_is_better"
thresholds = { target = 0.9, warn = 0.8 }
no_denominator = { vi = "Chưa có", en = "None" }
"""


def test_the_first_catalogue_has_the_figures_that_were_asked_for() -> None:
    wanted = {
        "received_today", "received_month", "being_handled", "overdue_now", "due_soon", "settled_early",
        "settled_on_date", "settled_late", "settled_month", "on_time_rate", "early_rate", "online_rate",
    }  # fmt: skip
    assert wanted <= set(load_catalogue().kpis)


def test_the_catalogue_has_what_the_district_reports() -> None:
    wanted = {
        "online_services", "online_services_full", "online_services_partial", "online_services_communal",
        "procedures_offered", "same_day_rate", "early_rate", "digitised_rate", "paid_online_rate",
        "procedures_paid_online_rate", "procedures_payable_online_rate", "evaluations", "evaluations_good_rate",
        "evaluation_complaints", "apologies_owed", "apologies_sent", "apologies_due", "petitions_received",
        "petitions_late", "paused_now", "closed_unsettled", "moved_in", "moved_out", "reused_rate",
        "electronic_result_rate", "stored_result_rate", "population_rate", "unusual_moves", "settlements_taken_back",
        "impossible_dates", "unit_out_of_force", "index_total", "index_known",
    }  # fmt: skip
    assert wanted <= set(load_catalogue().kpis)


def test_everything_that_the_ledger_counts_is_in_some_figure() -> None:
    terms = {each for kpi in load_catalogue() for each in inputs_of(kpi.expression) if isinstance(each, Term)}
    of_sums = {measure for name in (*SUMS, *BALANCES) for measure, _ in {**SUMS, **BALANCES}[name]}
    assert {measure for term in terms for measure, _ in term.parts} | of_sums >= FLOWS
    assert {term.name for term in terms} >= {*LEVELS, *BALANCES}


def test_a_share_is_of_something_and_a_figure_of_the_register_alone_needs_no_window() -> None:
    for kpi in load_catalogue():
        inputs = inputs_of(kpi.expression)
        if kpi.definition.unit == "percent":
            assert "/" in kpi.definition.formula, kpi.id
        if kpi.definition.unit == "count" and all(isinstance(each, Count) and not each.is_used for each in inputs):
            assert kpi.definition.window == "moment", kpi.id


def test_only_what_the_law_or_the_index_names_has_a_target() -> None:
    for kpi in load_catalogue():
        if kpi.definition.thresholds is not None and kpi.id not in BOARD_KPIS:
            assert "đủ điểm từ" in kpi.definition.basis.text or "không được còn" in kpi.definition.basis.text, kpi.id


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
def test_a_scene_reads_known_kpis_and_shows_none_that_it_does_not_read(scene: Scene) -> None:
    assert set(scene.tiles) <= set(scene.kpis)
    assert len(load_catalogue().only(scene.kpis)) == len(set(scene.kpis))


def test_every_text_of_the_catalogue_differs_between_the_languages() -> None:
    for kpi in load_catalogue():
        for text in (kpi.definition.title, kpi.definition.short, kpi.definition.no_denominator):
            assert text.vi != text.en, kpi.id


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('formula = "settled_early', 'formula = "settled_erly', "t.toml: one: formula: column 1: unknown sum"),
        ("/ received", "/ received(1)", "t.toml: one: formula: column 17: only"),
        ('formula = "settled_early / received"', 'formula = "1 / 2"', "t.toml: one: formula: names no sum"),
        ('window = "month"', 'window = "week"', "t.toml: one: window: Invalid enum value 'week'"),
        ('window = "month"', 'window = "moment"', "t.toml: one: window: 'moment' has levels only, and settled_early"),
        ("vi = \"Một\", en = \"One\" }\nshort", "vi = \"Một\" }\nshort", "t.toml: one: title: .*missing .*`en`"),
        ('source = "DongBoHoSoMC"', 'source = ""', "t.toml: one: source: .*length >= 1"),
        ('source = "DongBoHoSoMC"', "", "t.toml: one: .*missing required field `source`"),
        ('source = "DongBoHoSoMC"', 'source = "x"\ncolour = "red"', "t.toml: one: .*unknown field `colour`"),
        ('certainty = "A"', 'certainty = "D"', "t.toml: one: basis.certainty: Invalid"),
        ("target = 0.9", "target = 90", "t.toml: one: thresholds: are ratios"),
        ("warn = 0.8", "warn = 0.95", "t.toml: one: thresholds.warn: lies on the good side"),
        ('"higher_is_better"', '"lower_is_better"', "t.toml: one: thresholds.warn: lies on the good side"),
        ('"higher_is_better"', '"neutral"', "t.toml: one: thresholds: a neutral figure"),
        ('window = "month"', 'window = "month"\nsince = 2026-01-01\nuntil = 2025-01-01', "t.toml: one: until: ends"),
        ('window = "month"', 'window = "month"\nsince = "soon"', "t.toml: one: since: "),
        ('window = "month"', 'window = "month"\ndigits = 9', "t.toml: one: digits: "),
        ("[one]", "[One]", "t.toml: 'One': an id is made of"),
        ("[one]", "[one", "t.toml: .*line 2"),
        ("[one]", "one = 1\n[two]", "t.toml: one: Expected `object`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError, match=f"^{message}"):
        read_catalogue({"t.toml": GOOD.replace(old, new)})


def test_a_kpi_is_defined_once() -> None:
    with pytest.raises(CatalogueError, match=r"^b.toml: one: is defined in a.toml already"):
        read_catalogue({"b.toml": GOOD, "a.toml": GOOD})


def test_an_empty_catalogue_is_refused() -> None:
    with pytest.raises(CatalogueError, match="empty"):
        read_catalogue({"t.toml": "# nothing yet"})


def test_an_unknown_id_names_those_there_are() -> None:
    with pytest.raises(UnknownKpiError, match="no KPI is called 'two'; there are one"):
        read_catalogue({"t.toml": GOOD})["two"]


def test_a_kpi_holds_from_its_first_day_to_its_last() -> None:
    dated = GOOD + "since = 2026-01-01\nuntil = 2026-01-31\n"
    catalogue = read_catalogue({"t.toml": dated})
    assert [len(catalogue.on(date(*day))) for day in [(2025, 12, 31), (2026, 1, 1), (2026, 1, 31), (2026, 2, 1)]] == [
        0, 1, 1, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "value", "standing"),
    [
        ("on_time_rate", 1.0, "good"),
        ("on_time_rate", 0.99, "good"),
        ("on_time_rate", 0.96, "warn"),
        ("on_time_rate", 0.94, "bad"),
        ("on_time_rate", None, "none"),
        ("overdue_now", 0, "good"),
        ("overdue_now", 10, "warn"),
        ("overdue_now", 11, "bad"),
        ("received_today", 470, "none"),
    ],
)
def test_a_value_stands_good_warn_or_bad(kpi: str, value: float | None, standing: Standing) -> None:
    assert load_catalogue()[kpi].standing(value) == standing
