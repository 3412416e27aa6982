"""A figure is late where the sources that it waits for do not report, partial where some of them do.

Which these are depends on stream, unit and successors. Whatever they send, it is frozen while that is not applied.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stream.core.ledger import Measure
from stream.core.moment import Moment
from stream.kpi.catalogue import load_catalogue
from stream.kpi.figure import STATES, State, worst
from stream.kpi.streams import STREAM_OF, streams_of
from stream.sources.inheriting import FROZEN_AFTER, Inherited, inherited
from stream.sources.standing import SourceStanding
from tests.building.moments import moment
from tests.building.sources import round_the_clock, stands

NOW = moment("2026-03-17 10:00")
AT = datetime.fromtimestamp(NOW, UTC)
CATALOGUE = load_catalogue()


def source(heard: Moment | None = NOW, *, streams: str = "onestop", unit: str = "03980") -> SourceStanding:
    """A source that promised ten minutes."""
    found = stands("mc", NOW, round_the_clock(), 600, heard, NOW - 86_400)
    return replace(found, streams=tuple(streams.split()), units=(unit,))


SILENT = NOW - 3_600


def state(kpi: str, *sources: SourceStanding, unit: str | None = None, halted: int = 0) -> State:
    return inherited(sources, AT, halted=halted).state_of(CATALOGUE[kpi], unit)


def test_every_measure_comes_from_one_stream() -> None:
    assert STREAM_OF.keys() == set(Measure)
    named = {measure.name.split("_")[0]: STREAM_OF[measure] for measure in Measure if measure >= 50}
    expected = {"DOCUMENT": "documents", "ACKNOWLEDGE": "documents", "CERTIFICATE": "documents"}
    assert named == {name: expected.get(name, "conference") for name in named}
    assert {STREAM_OF[measure] for measure in Measure if measure < 50} == {"onestop"}


@pytest.mark.parametrize(
    ("kpi", "streams"),
    [
        ("overdue_now", {"onestop"}),
        ("on_time_rate", {"onestop"}),
        ("endpoints_away_now", {"conference"}),
        ("meetings_on_time_rate", {"conference"}),
    ],
)
def test_a_kpi_comes_from_the_streams_of_its_inputs(kpi: str, streams: set[str]) -> None:
    assert streams_of(CATALOGUE[kpi]) == streams


def test_every_kpi_of_the_catalogue_waits_for_what_its_file_is_about() -> None:
    for kpi in CATALOGUE:
        assert streams_of(kpi) <= {"onestop", "documents", "conference"}, kpi.id


@pytest.mark.parametrize(
    ("heard", "expected"), [(NOW, "live"), (NOW - 600, "live"), (NOW - 601, "late"), (None, "late")]
)
def test_the_figure_of_the_area_is_late_from_the_second_its_source_is_silent(
    heard: Moment | None, expected: State
) -> None:
    other = replace(source(streams="documents"), source="papers")
    assert state("overdue_now", source(heard), other) == expected


def test_a_source_that_lags_makes_its_figures_late() -> None:
    assert state("overdue_now", replace(source(), state="late")) == "late"
    assert state("overdue_now", replace(source(), state="closed")) == "live"


def test_only_figures_made_of_its_stream_wait_for_a_source() -> None:
    silent = [source(SILENT, streams="documents conference"), source()]
    assert state("overdue_now", *silent) == "live"
    assert state("endpoints_away_now", *silent) == "late"


def test_a_units_figures_wait_for_those_that_speak_for_it() -> None:
    found = inherited([source(SILENT, unit="03982"), source()], AT, halted=0)
    states = {unit: found.state_of(CATALOGUE["overdue_now"], unit) for unit in (None, "03980", "03982")}
    assert states == {None: "partial", "03980": "live", "03982": "late"}


def test_who_spoke_for_a_unit_before_a_merger_speaks_for_its_successors() -> None:
    before, after = datetime(2024, 6, 3, tzinfo=UTC), datetime(2025, 8, 4, tzinfo=UTC)
    silent = replace(source(SILENT, unit="03979"), since=before)
    assert inherited([silent], AT, halted=0).state_of(CATALOGUE["overdue_now"], "03980") == "late"
    registered_anew = replace(silent, since=after)
    assert inherited([registered_anew], AT, halted=0).state_of(CATALOGUE["overdue_now"], "03980") == "live"


def test_a_source_without_a_promise_or_revoked_keeps_nobody_waiting() -> None:
    free = replace(source(SILENT), cadence=None, state="live")
    revoked = replace(source(SILENT), active=False)
    found = inherited([free, revoked], AT, halted=0)
    assert (found.of_all, found.state_of(CATALOGUE["overdue_now"], None)) == ("live", "live")


def test_where_one_of_two_sources_of_a_unit_fails_a_part_is_missing() -> None:
    other = replace(source(), source="other")
    assert state("overdue_now", source(SILENT), other, unit="03980") == "partial"
    assert state("overdue_now", source(SILENT), replace(other, heard_at=None, state="never"), unit="03980") == "late"


def test_what_is_made_of_two_streams_is_partial_where_one_of_them_fails() -> None:
    papers = replace(source(SILENT, streams="documents"), source="papers")
    found = inherited([source(), papers], AT, halted=0)
    assert found.of_streams(frozenset({"onestop", "documents"}), None) == "partial"
    assert (found.of_all, inherited([papers], AT, halted=0).of_all) == ("partial", "late")


def test_a_source_that_nobody_waits_for_does_not_make_up_for_one_that_fails() -> None:
    free = replace(source(), source="file", cadence=None, state="live")
    assert state("overdue_now", source(SILENT), free) == "late"


@pytest.mark.parametrize("kpi", ["overdue_now", "endpoints_away_now"])
def test_halted_partitions_freeze_everything(kpi: str) -> None:
    assert state(kpi, source(SILENT), unit="03980", halted=1) == "frozen"


@pytest.mark.parametrize(
    ("behind", "expected"), [(None, "live"), (0.0, "live"), (FROZEN_AFTER, "live"), (FROZEN_AFTER + 0.1, "frozen")]
)
def test_what_waits_too_long_to_be_applied_freezes_everything(behind: float | None, expected: State) -> None:
    found = inherited([source()], AT, halted=0, behind=behind)
    assert (found.of_all, found.state_of(CATALOGUE["overdue_now"], "03980")) == (expected, expected)


def test_of_several_states_the_worst_counts() -> None:
    assert STATES == ("frozen", "late", "partial", "restated", "live")
    assert worst(["live", "partial", "restated"]) == "partial"
    assert worst([]) == "live"


def test_before_anything_was_heard_of_nothing_is_live() -> None:
    assert Inherited([], NOW, is_blind=True).of_all == "late"
    assert state("overdue_now") == "late"
