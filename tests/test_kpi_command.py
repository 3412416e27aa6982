"""`ioc kpi` prints the catalogue and any figure with its passport; its JSON is a contract."""

import json
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from ioc.commands.kpi import kpi
from stream.core.ledger import Measure
from stream.core.moment import moment_of
from stream.kpi.catalogue import load_catalogue
from tests.ledgers import FIELDS, Posted, fill


def at(text: str) -> int:
    """A moment in UTC, by day and clock of March 2026."""
    return moment_of(datetime.fromisoformat(f"2026-03-{text}:00").replace(tzinfo=UTC))


@pytest.fixture
def known(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        fill(
            connection,
            [
                Posted(Measure.RECEIVED, 3980, at("02T02:00"), known=at("02T02:01"), channel=2),
                Posted(Measure.RECEIVED, 3980, at("02T03:00"), known=at("05T02:01")),
                Posted(Measure.RECEIVED, 3979, at("03T02:00"), known=at("03T02:01"), channel=2),
                Posted(Measure.OPEN_IN, 3980, at("02T02:00"), known=at("02T02:01")),
                Posted(Measure.OVERDUE_IN, 3980, at("03T17:00"), known=at("02T02:01")),  # 4 March, 0:00 local
            ],
        )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(kpi, list(arguments))


def shown(*arguments: str) -> dict[str, Any]:
    result = run("show", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    return document


def test_the_list_has_the_whole_catalogue() -> None:
    listed = json.loads(run("list", "--format", "json").output)["kpis"]
    assert [each["id"] for each in listed] == list(load_catalogue().kpis)
    titles = {each["id"]: each["title"]["vi"] for each in listed}
    assert titles["received_today"] == "Hồ sơ tiếp nhận trong ngày"
    assert "on_time_rate" in run("list").output


@pytest.mark.usefixtures("known")
def test_a_figure_comes_with_its_passport() -> None:
    figure = shown("online_rate", "--as-of", "2026-03-10T08:00")
    assert figure["value"] == pytest.approx(2 / 3)
    assert (figure["numerator"], figure["denominator"]) == (2, 3)
    assert figure["inputs"] == [{"term": "received[channel='online']", "sum": 2}, {"term": "received", "sum": 3}]
    assert figure["units"] == {"03979": 1.0, "03980": 0.5}
    assert figure["from"] == "2026-03-01T00:00:00+07:00"
    assert figure["definition"]["formula"] == "received[channel='online'] / received"


@pytest.mark.usefixtures("known")
def test_a_period_takes_the_place_of_the_window() -> None:
    assert shown("received_today", "--from", "2026-03-01", "--to", "2026-03-02")["value"] == 2
    assert shown("received_today", "--from", "2026-03-03", "--to", "2026-03-31")["value"] == 1
    assert shown("received_today", "--from", "2026-03-03", "--to", "2026-03-03", "--unit", "03980")["value"] == 0


@pytest.mark.usefixtures("known")
def test_a_level_at_the_end_of_a_day_does_not_count_the_next_midnight() -> None:
    assert shown("overdue_now", "--to", "2026-03-03")["value"] == 0
    assert shown("overdue_now", "--as-of", "2026-03-04T00:00")["value"] == 1
    assert shown("overdue_now")["value"] == 1


@pytest.mark.usefixtures("known")
def test_what_was_known_then_can_still_be_asked_for() -> None:
    period = ("received_month", "--from", "2026-03-01", "--to", "2026-03-31")
    assert shown(*period)["value"] == 3
    assert shown(*period, "--known-at", "2026-03-05T02:00:59Z")["value"] == 2
    assert shown(*period, "--known-at", "2026-03-05T09:01+07:00")["value"] == 3


@pytest.mark.usefixtures("known")
def test_a_named_period_of_either_calendar_takes_the_place_of_the_window() -> None:
    quarter = shown("received_today", "--period", "2026-Q1")
    assert (quarter["value"], quarter["from"]) == (3, "2026-01-01T00:00:00+07:00")
    assert quarter["period"] == {"calendar": "index", "name": "2026-Q1", "from": "2026-01-01", "to": "2026-03-31"}
    assert shown("received_today", "--period", "2026-04", "--calendar", "statutory")["value"] == 0
    assert shown("received_today", "--period", "2026-03", "--calendar", "statutory")["value"] == 3


@pytest.mark.usefixtures("known")
def test_a_figure_is_narrowed_to_a_channel_a_field_or_a_level() -> None:
    march = ("received_month", "--period", "2026-03")
    assert shown(*march, "--channel", "online")["value"] == 2
    assert shown(*march, "--channel", "online", "--field", FIELDS[0], "--unit", "03980")["value"] == 1
    assert shown(*march, "--field", FIELDS[1])["value"] == 0
    assert shown(*march, "--level", "commune")["value"] == 0
    assert shown(*march, "--level", "unknown")["filters"] == {"level": "unknown"}
    assert shown("online_rate", "--period", "2026-03", "--channel", "online")["value"] == 1.0


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("by", "members"),
    [
        ("channel", {"direct": 1, "online": 2, "postal": 0}),
        ("level", {"province": 0, "district": 0, "commune": 0, "unknown": 3}),
        ("field", {FIELDS[0]: 3, FIELDS[1]: 0}),
        ("unit", {"03979": 1, "03980": 2}),
    ],
)
def test_a_breakdown_has_every_part_and_the_parts_make_up_the_whole(by: str, members: dict[str, int]) -> None:
    document = shown("received_month", "--period", "2026-03", "--by", by)
    assert {member[by]: member["value"] for member in document["by"]} == members
    assert sum(members.values()) == document["value"]
    rate = shown("online_rate", "--period", "2026-03", "--by", by)
    assert sum(member["denominator"] for member in rate["by"]) == rate["denominator"]
    assert next(iter(members)) in run("show", "online_rate", "--period", "2026-03", "--by", by).output


@pytest.mark.usefixtures("known")
def test_a_series_has_a_point_for_each_day_or_month() -> None:
    def points(*arguments: str) -> list[dict[str, Any]]:
        result = run("series", *arguments, "--format", "json")
        assert result.exit_code == 0, result.output
        found: list[dict[str, Any]] = json.loads(result.output)["points"]
        return found

    days = ("--from", "2026-03-01", "--to", "2026-03-04")
    assert [point["value"] for point in points("received_month", *days)] == [None, 2, 1, 0]
    assert [point["value"] for point in points("received_month", *days, "--known-at", "2026-03-04T12:00")] == [
        None, 1, 1, 0,
    ]  # fmt: skip
    assert [point["value"] for point in points("overdue_now", *days, "--unit", "03980")] == [None, 0, 0, 1]
    months = points("received_month", "--from", "2026-02-10", "--to", "2026-04-10", "--grain", "month", "--by", "unit")
    assert [(point["from"], point["to"]) for point in months] == [
        ("2026-02-10", "2026-02-28"), ("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-04-10"),
    ]  # fmt: skip
    assert months[1]["units"] == {"03979": 1, "03980": 2}
    carried = points("received_month", *days, "--units", "today", "--by", "unit")
    assert carried[1]["units"] == {"03979": None, "03980": 2}
    assert "03980" in run("series", "received_month", *days, "--by", "unit").output


@pytest.mark.usefixtures("known")
def test_what_changed_a_figure_is_told_case_by_case() -> None:
    between = ("--known-from", "2026-03-04T12:00", "--known-to", "2026-03-06T12:00", "--period", "2026-03")
    result = run("changes", "online_rate", *between, "--format", "json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.output)
    assert (document["before"]["value"], document["after"]["value"]) == (1.0, pytest.approx(2 / 3))
    assert [each["difference"] for each in document["inputs"]] == [0, 1]
    [case] = document["cases"]
    assert case["net"] == {"received": 1}
    assert case["learnt"][0]["what"] == "received"
    assert case["known_at"] == "2026-03-05T02:01:00+00:00"
    assert "received" in run("changes", "online_rate", *between).output
    assert (
        json.loads(run("changes", "online_rate", *between, "--unit", "03979", "--format", "json").output)["cases"] == []
    )


@pytest.mark.usefixtures("known")
def test_no_data_is_null_and_not_zero() -> None:
    assert shown("on_time_rate", "--as-of", "2026-03-10T08:00")["value"] is None
    assert shown("received_month", "--unit", "04033")["value"] is None
    assert "Nothing settled yet" in run("show", "on_time_rate").output


@pytest.mark.usefixtures("known")
def test_the_table_names_formula_and_inputs() -> None:
    output = run("show", "online_rate", "--as-of", "2026-03-10T08:00").output
    assert "66.7%" in output
    assert "received[channel='online'] / received" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unit", "3980"),
        ("--unit", "abcde"),
        ("--from", "2026-03-03", "--to", "2026-03-02"),
        ("--from", "yesterday"),
        ("--as-of", "2026-03-03"),
        ("--known-at", "noon"),
        ("--format", "xml"),
        ("--period", "2026-Q9"),
        ("--period", "2026", "--from", "2026-03-03"),
        ("--channel", "fax"),
        ("--level", "3"),
        ("--by", "weather"),
        ("--units", "tomorrow"),
    ],
)
def test_a_wrong_call_is_status_2(arguments: tuple[str, ...]) -> None:
    assert run("show", "received_today", *arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("series", "received_today"),
        ("series", "received_today", "--from", "2026-03-03", "--to", "2026-03-02"),
        ("series", "received_today", "--from", "2020-01-01", "--to", "2026-03-02"),
        ("show", "petitions_received", "--channel", "online"),
        ("changes", "received_today"),
        ("changes", "received_today", "--known-from", "2026-03-03T12:00", "--known-to", "2026-03-02T12:00"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_read(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.usefixtures("known")
def test_an_unknown_kpi_or_unit_is_a_sentence() -> None:
    assert "no KPI is called" in str(run("show", "nonsense").exception)
    assert "03988 is no unit of today" in str(
        run("show", "being_handled", "--unit", "03988", "--units", "today").exception
    )
    for command in ("show", "series", "changes"):
        days = ("--from", "2026-03-01", "--to", "2026-03-04")
        known = ("--known-from", "2026-03-02T12:00", "--known-to", "2026-03-02T13:00") if command == "changes" else ()
        refused = run(command, "received_today", "--field", "G09-LV99", *days, *known)
        assert "was ever of a field G09-LV99" in str(refused.exception)
    assert "no unit 99999" in str(run("show", "received_today", "--unit", "99999").exception)
