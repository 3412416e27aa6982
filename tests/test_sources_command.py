"""`ioc source`: what is registered is what the door goes by."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.registration import Source
from ingest.store.sources import PostgresSourceBook
from ioc.commands.source import source

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
