"""`ioc source`: what is registered is what the door goes by."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ingest.contracts.declared import SOURCE_DECLARED, SOURCES_SOURCE, SourceDeclared, Stream
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.registry import decode
from ingest.log.postgres import PostgresLog
from ingest.promises import promises
from ingest.registration import Source
from ingest.store.sources import PostgresSourceBook
from ioc.commands.source import source
from tests.building.applying import apply_all
from tests.building.events import SOURCE as BEATING
from tests.building.events import heartbeat
from tests.servers.door import all_records

AGENCY = ("--agency", "H52.17.18=03980")


@pytest.fixture(autouse=True)
def centre(ingest_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", ingest_database)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(source, [*arguments, "--home", str(folder)])


@pytest.mark.parametrize(("options", "expected"), [((), "transfer"), (("--unit-change", "correction"), "correction")])
def test_what_another_unit_means_is_registered_with_the_source(
    book: PostgresSourceBook, tmp_path: Path, options: tuple[str, ...], expected: str
) -> None:
    added = run(tmp_path, "add", "moc-chau", "--kind", "onestop-sync", *AGENCY, *options)
    assert added.exit_code == 0, added.output
    found = book.by_token(added.stdout.strip())
    assert isinstance(found, Source)
    assert found.unit_change == expected
    (listed,) = json.loads(run(tmp_path, "list", "--format", "json").stdout)
    assert listed["unit_change"] == expected
    assert expected in run(tmp_path, "list").stdout


def test_another_word_for_it_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, "add", "moc-chau", "--kind", "events", *AGENCY, "--unit-change", "guess")
    assert result.exit_code == 2
    assert "correction" in result.stderr


def told(database: str, partitions: int = 8) -> list[SourceDeclared]:
    """Every promise in the log, in order."""
    log = PostgresLog(database, partitions=partitions)
    try:
        envelopes = [decode_envelope(record.body) for record in all_records(log)]
    finally:
        log.close()
    found = sorted((each for each in envelopes if each.type == SOURCE_DECLARED), key=lambda each: each.time)
    assert {each.source for each in found} <= {SOURCES_SOURCE}
    promised = [each for each in map(decode, found) if isinstance(each, SourceDeclared)]
    assert [each.subject for each in found] == [each.source for each in promised]
    return promised


@pytest.mark.parametrize(
    ("kind", "streams", "cadence"),
    [
        ("onestop-sync", ("onestop",), 1_800),
        ("edxml", ("documents",), 3_600),
        ("bigbluebutton", ("conference",), None),
        ("jitsi", ("conference",), 300),
        ("spreadsheet", ("onestop",), 28_800),
    ],
)
def test_a_source_promises_what_is_usual_for_its_kind(
    ingest_database: str, tmp_path: Path, kind: str, streams: tuple[Stream, ...], cadence: int | None
) -> None:
    added = run(tmp_path, "add", "mc", "--kind", kind, *AGENCY, "--agency", "host=03979")
    assert added.exit_code == 0, added.output
    assert told(ingest_database) == [
        SourceDeclared(source="mc", kind=kind, streams=streams, units=("03979", "03980"), cadence=cadence)
    ]


def test_every_kind_that_can_be_registered_has_a_usual_promise() -> None:
    [kind] = [option for option in source.commands["add"].params if option.name == "kind"]
    assert isinstance(kind.type, click.Choice)
    assert set(kind.type.choices) == promises().keys()


def test_what_it_sends_how_often_its_levels_and_its_secret_are_as_given(
    book: PostgresSourceBook, ingest_database: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    added = run(
        tmp_path, "add", "mc", "--kind", "bigbluebutton", "--every", "10m", "--sends", "conference", "--sends",
        "documents", "--agency", "host=03980", "--district-agency", "H52.17=03979", "--province-agency", "H52=03979",
        "--secret-file", str(tmp_path / "secret"), "--callback", "https://ioc.example/v1/conference/bigbluebutton",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    found = book.by_token(added.stdout.strip())
    assert found is not None
    assert (found.cadence, found.streams, found.secret) == (600, ("conference", "documents"), "s3cret")
    assert {agency: int(found.level_of(agency)) for agency in found.agencies} == {"host": 3, "H52.17": 2, "H52": 1}
    assert found.callback == "https://ioc.example/v1/conference/bigbluebutton"
    [promise] = told(ingest_database)
    assert (promise.cadence, promise.streams, promise.units) == (600, ("conference", "documents"), ("03979", "03980"))
    everything = added.output + run(tmp_path, "list").output + run(tmp_path, "list", "--format", "json").output
    assert "s3cret" not in everything


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--every", "9s"), "between 10s"),
        (("--every", "soon"), "no time"),
        (("--callback", "ioc.example"), "http"),
        (("--kind", "bigbluebutton"), "host=UNIT"),
        (("--district-agency", "H52.17.18=03979"), "given twice"),
    ],
)
def test_what_can_not_be_promised_is_refused(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    result = run(tmp_path, "add", "mc", "--kind", "events", *AGENCY, *options)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_a_promise_can_be_changed_and_told_again(
    book: PostgresSourceBook, ingest_database: str, tmp_path: Path
) -> None:
    token = run(tmp_path, "add", "mc", "--kind", "events", *AGENCY, "--every", "none").stdout.strip()
    assert run(tmp_path, "declare", "mc", "--every", "45s").exit_code == 0
    assert run(tmp_path, "declare", "mc").exit_code == 0
    assert [each.cadence for each in told(ingest_database)] == [None, 45, 45]
    found = book.by_token(token)
    assert found is not None
    assert found.cadence == 45
    assert run(tmp_path, "declare", "nobody").exit_code == 1


def test_a_revoked_source_promises_nothing_any_more(ingest_database: str, tmp_path: Path) -> None:
    run(tmp_path, "add", "mc", "--kind", "events", *AGENCY)
    assert run(tmp_path, "revoke", "mc").exit_code == 0
    assert [(each.source, each.active) for each in told(ingest_database)] == [("mc", True), ("mc", False)]


def test_the_list_says_how_each_source_stands(
    database: str, log: PostgresLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    monkeypatch.setenv("IOC_PARTITIONS", str(log.partitions))
    run(tmp_path, "add", "mc", "--kind", "events", *AGENCY)
    apply_all(log, database)
    [listed] = json.loads(run(tmp_path, "list", "--format", "json").stdout)
    assert (listed["declared"], listed["cadence"], listed["state"]) == (True, 1_800, "never")
    assert "never" in run(tmp_path, "list").stdout


def test_sources_of_before_are_declared_once_and_keep_the_promise_of_their_heartbeats(
    database: str, log: PostgresLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    monkeypatch.setenv("IOC_PARTITIONS", str(log.partitions))
    book = PostgresSourceBook(database)
    for name in (BEATING, "file"):
        book.add(name, "events", {"H52.17.18": "03980"})
    log.append([heartbeat("2026-03-17 09:00")])
    apply_all(log, database)
    assert run(tmp_path, "declare").exit_code == 0
    assert {each.source: each.cadence for each in told(database, log.partitions)} == {BEATING: 1_800, "file": None}
    apply_all(log, database)
    assert "nothing" in run(tmp_path, "declare").stderr
    book.revoke("file")
    book.close()
    run(tmp_path, "declare")
    assert [(each.source, each.active) for each in told(database, log.partitions)][2:] == [("file", False)]
