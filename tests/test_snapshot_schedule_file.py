"""The file of schedules: what a centre writes over what is shipped, and every mistake told by file, table and key."""

import pytest

from stream.snapshot.schedule.errors import ScheduleError, UnknownScheduleError
from stream.snapshot.schedule.reading import read_schedules, shipped_schedules
from stream.snapshot.schedule.schedule import AfterPeriod, EachDay, Schedules
from tests.building.schedules import written

PROVINCE = '[receiver.province]\ntitle = { vi = "Tỉnh", en = "Province" }\nchannel = "https"\nurl = "https://x.vn/"\n'


def read(text: str) -> Schedules:
    return read_schedules("snapshots.toml", text)


def refused(text: str) -> str:
    with pytest.raises(ScheduleError) as told:
        read(text)
    return str(told.value)


def test_what_is_shipped_names_its_basis_and_goes_to_the_folder() -> None:
    shipped = shipped_schedules()
    assert list(shipped.schedules) == [
        "daily", "statutory-month", "statutory-quarter", "statutory-half-year", "statutory-nine-months",
        "statutory-year", "index-month", "index-quarter",
    ]  # fmt: skip
    assert {each.receivers for each in shipped} == {("folder",)}
    assert {each.basis.certainty for each in shipped} == {"A", "C"}
    assert all(each.restate is not None and each.restate.threshold.basis.certainty == "C" for each in shipped)
    daily = shipped["daily"]
    assert (daily.at, daily.days, daily.late_sources) == (16.5 * 3600, EachDay(working=True), "partial")
    month = shipped["statutory-month"]
    assert (month.days, month.late_sources, str(month.hold_for)) == (AfterPeriod(1, rolls=True), "hold", "4h")


def test_a_centre_changes_the_keys_that_it_names_and_no_others() -> None:
    own = read('[schedule.daily]\nat = "16:00"\non_time_within = "10m"\n')["daily"]
    assert (own.at, own.on_time_within) == (16 * 3600, 600)
    assert own.title == shipped_schedules()["daily"].title
    assert own.restate == shipped_schedules()["daily"].restate


def test_a_schedule_can_be_left_out_and_another_added() -> None:
    own = read("[schedule.index-month]\noff = true\n" + written("quarter", "days_after = 5", 'kpis = ["overdue_now"]'))
    assert "index-month" not in own.schedules
    assert (own["mine"].kpis, own["mine"].days) == (("overdue_now",), AfterPeriod(5, rolls=True))
    assert own["mine"].by_unit


def test_receivers_of_the_centre_take_the_place_of_the_folder_and_get_everything() -> None:
    own = read(PROVINCE)
    assert list(own.receivers) == ["province"]
    assert (own.receivers["province"].channel, own.receivers["province"].settings) == (
        "https",
        {"url": "https://x.vn/"},
    )
    assert {each.receivers for each in own} == {("province",)}


def test_a_schedule_goes_to_those_that_it_names() -> None:
    second = PROVINCE.replace("receiver.province", "receiver.department")
    own = read(PROVINCE + second + '[schedule.daily]\nreceivers = ["department", "department"]\n')
    assert own["daily"].receivers == ("department",)
    assert own["index-month"].receivers == ("province", "department")


def test_thresholds_of_all_schedules_and_of_one() -> None:
    own = read("[restate.threshold]\ncells = 5\n[schedule.index-month.restate]\nwithin_days = 0\n")
    daily, month, index = (own[kind].restate for kind in ("daily", "statutory-month", "index-month"))
    assert daily is not None
    assert month is not None
    assert (daily.threshold.cells, daily.within_days, month.threshold.cells, month.within_days) == (5, 10, 5, 90)
    assert index is None


def test_there_is_no_schedule_of_another_name() -> None:
    with pytest.raises(UnknownScheduleError, match="no schedule is called 'x'; there are daily, "):
        shipped_schedules()["x"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[schedule", "snapshots.toml: is no TOML: "),
        ("[schedules.daily]\n", "snapshots.toml: schedules: means nothing here: write [schedule.<id>]"),
        ("schedule = 1\n", "snapshots.toml: schedule: is no table: write [schedule.<id>]"),
        ("[schedule]\ndaily = 1\n", "snapshots.toml: [schedule.daily]: is no table: write [schedule.daily] and"),
        ("[schedule.Daily]\n", "snapshots.toml: [schedule.Daily]: is no id: write a-z, 0-9 and -"),
        (f"[schedule.{'x' * 41}]\n", "is no id"),
        ('[schedule.daily]\nat = "25:00"\n', "[schedule.daily]: at: '25:00' is no time of day: write \"HH:MM\""),
        ('[schedule.daily]\ntime = "16:00"\n', "[schedule.daily]: Object contains unknown field `time`"),
        ("[schedule.daily]\nat = 16\n", "[schedule.daily]: at: Expected `str`, got `int`"),
        ('[schedule.daily]\nperiod = "week"\n', "[schedule.daily]: period: Invalid enum value 'week'"),
        ('[schedule.daily]\ncalendar = "index"\n', "[schedule.daily]: calendar: a day is the same in both calendars"),
        ("[schedule.daily]\ndays_after = 1\n", "[schedule.daily]: days_after: is for longer periods: write days ="),
        ('[schedule.daily]\nroll = "none"\n', "[schedule.daily]: roll: is for longer periods"),
        ('[schedule.daily]\nlate_sources = "hold"\n', "[schedule.daily]: hold_for: say for how long"),
        ('[schedule.daily]\nhold_for = "4 hours"\n', "[schedule.daily]: hold_for: '4 hours' is no length of time: "),
        ('[schedule.daily]\non_time_within = "soon"\n', "[schedule.daily]: on_time_within: 'soon' is no length"),
        ('[schedule.daily]\nreceivers = ["p"]\n', "[schedule.daily]: receivers: 'p' is no receiver; there are folder"),
        ("[schedule.daily]\nreceivers = []\n", "[schedule.daily]: receivers: Expected `array` of length >= 1"),
        ('[schedule.daily]\nkpis = ["nope"]\n', "[schedule.daily]: kpis: 'nope' is no KPI: `ioc kpi list` has them"),
        ('[schedule.index-month]\nkpis = ["received_today"]\n', "kpis: 'received_today' is of a single day, which a "),
        ("[schedule.daily.restate.threshold]\ncells = 0\n", "[schedule.daily]: restate.threshold.cells: Expected `"),
        ("[schedule.daily.restate]\nwithin = 1\n", "[schedule.daily]: restate: Object contains unknown field `within`"),
        ("[restate]\nwithin_days = -1\n", "restate.within_days: Expected `int` >= 0"),
        ('[schedule.statutory-month]\ndays = "working"\n', "[schedule.statutory-month]: days: is for days: write"),
        ("[schedule.statutory-month]\ndays_after = 0\n", "[schedule.statutory-month]: days_after: Expected `int` >= 1"),
        (written("month"), "[schedule.mine]: days_after: is missing: write 1 for the day after the period's last"),
        (written("month").replace('calendar = "statutory"', ""), '[schedule.mine]: calendar: is missing: write '),
        ("[schedule.mine]\n", "[schedule.mine]: Object missing required field `title`"),
        ('[receiver.p]\nchannel = "https"\n', "[receiver.p]: Object missing required field `title`"),
        (PROVINCE.replace("https\"", "fax\"", 1), "[receiver.province]: channel: Invalid enum value 'fax'"),
        ("[receiver.P]\n", "[receiver.P]: is no id"),
        ("receiver = 3\n", "snapshots.toml: receiver: is no table: write [receiver.<id>]"),
    ],
)  # fmt: skip
def test_every_mistake_names_file_table_key_and_what_to_do(text: str, told: str) -> None:
    assert told in refused(text)
