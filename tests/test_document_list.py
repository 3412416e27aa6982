"""`ioc case list --kind`: as many documents and certificates as the figure of the same level says."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ingest.contracts.documents import DocumentStatus
from ingest.log.postgres import PostgresLog
from ioc.commands.case import case
from ioc.commands.kpi import kpi
from stream.story.errors import NoSuchCaseError, StoryError
from tests.building.applying import apply_all
from tests.building.conference import endpoint
from tests.building.documents import a_certificate, incoming

NOW = "2026-01-20T08:00"
OTHER = "04033"


@pytest.fixture(autouse=True)
def told(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    documents = [
        incoming("1/TB").sent("2026-01-05 08:00", due="2026-01-16 17:00"),
        incoming("2/TB").sent("2026-01-05 08:00", due="2026-01-09 17:00"),
        incoming("3/TB", OTHER).sent("2026-01-05 08:00", due="2026-01-12 17:00"),
        incoming("4/TB").sent("2026-01-05 08:00"),
        incoming("5/TB").sent("2026-01-05 08:00", due="2026-01-12 17:00").told(DocumentStatus.DONE, "2026-01-13 09:00"),
    ]
    certificates = [
        a_certificate("soon", valid=("2025-02-10 00:00", "2026-02-10 00:00")),
        a_certificate("later", valid=("2026-01-01 00:00", "2028-01-01 00:00")),
    ]
    boxes = [endpoint("TB-1", "down", "2026-01-19 09:00"), endpoint("TB-2", "up", "2026-01-19 09:00")]
    log.append([*(event for each in documents for event in each.events), *certificates, *boxes])
    apply_all(log, database)


def run(*options: str) -> Result:
    return CliRunner().invoke(case, ["list", *options])


def listed(*options: str, as_of: str = NOW) -> list[str]:
    """The ends of the codes."""
    result = run(*options, "--as-of", as_of, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    assert found["number"] == len(found["cases"]) or "--limit" in options
    return [each["code"].rpartition("2026-01-05/")[2] for each in found["cases"]]


def figure(name: str, as_of: str = NOW) -> int:
    result = CliRunner().invoke(kpi, ["show", name, "--as-of", as_of, "--format", "json"])
    return int(json.loads(result.output)["value"])


def test_a_list_has_what_its_figure_counts_and_begins_with_what_is_due_first() -> None:
    documents = ("--kind", "document")
    assert listed(*documents) == ["2/TB", "3/TB", "1/TB", "4/TB"]
    assert listed(*documents, "--overdue", as_of="2026-01-13T08:00") == ["2/TB", "5/TB", "3/TB"]
    assert listed(*documents, "--overdue", "--unit", OTHER) == ["3/TB"]
    for when in (NOW, "2026-01-13T08:00", "2026-01-10T00:00"):
        assert len(listed(*documents, "--overdue", as_of=when)) == figure("documents_overdue", when)
    assert listed("--kind", "certificate", "--due-soon") == ["certificate/soon"]
    assert listed("--kind", "certificate") == ["certificate/soon", "certificate/later"]
    assert listed("--kind", "endpoint") == ["endpoint/TB-1"]
    assert listed("--kind", "meeting") == []
    assert listed() == []
    table = run("--kind", "document", "--overdue", "--as-of", NOW).output
    assert "Đã đến (01)" in table
    assert "3 / 3" in table


def test_a_list_goes_on_page_by_page_and_after_a_case_that_left_it() -> None:
    documents = ("--kind", "document", "--limit", "2")
    page = json.loads(run(*documents, "--as-of", NOW, "--format", "json").output)
    assert (page["number"], page["next_after"]) == (4, page["cases"][-1]["code"])
    assert listed(*documents, "--after", page["next_after"]) == ["1/TB", "4/TB"]
    done = "document/incoming/H52.17.03980/H52.17/2026-01-05/5/TB"
    assert listed("--kind", "document", "--limit", "9", "--after", done) == ["3/TB", "1/TB", "4/TB"]


def test_what_a_kind_does_not_have_is_refused_by_name() -> None:
    assert "only --open, --overdue" in run("--kind", "document", "--channel", "online").output
    assert "one condition" in run("--kind", "document", "--overdue", "--due-soon").output
    with pytest.raises(StoryError, match="--paused is not of this kind of case; there are --open, --overdue"):
        _raise(run("--kind", "document", "--paused"))
    with pytest.raises(NoSuchCaseError, match="there is no case document/x"):
        _raise(run("--kind", "document", "--after", "document/x"))


def _raise(result: Result) -> None:
    assert result.exception is not None
    raise result.exception
